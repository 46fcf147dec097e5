using System.Globalization;
using System.Text;
using Ganss.Xss;
using Markdig;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace CordisPulse.Core.Rendering;

/// <summary>
/// Turns the Markdown of introductions, news and summaries into HTML or plain text. Raw HTML in it is text, pictures become their
/// alternative text, and a link that leads nowhere (<c>#</c>, a lost address) reads "link not kept" in place of a dead link.
/// </summary>
public sealed class MarkdownRenderer
{
    public const string LinkNotKept = "link not kept";

    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder()
        .DisableHtml()
        .UsePipeTables()
        .UseAutoLinks()
        .Build();

    private static readonly RendererPool Renderers = new(Pipeline, forPlainText: false);
    private static readonly RendererPool PlainTextRenderers = new(Pipeline, forPlainText: true);

    private static readonly IdnMapping InternationalNames = new();

    // Only what is not plain needs it, and making it takes a tenth of a second.
    private readonly Lazy<HtmlSanitizer> _sanitizer = new(MakeSanitizer);

    /// <param name="markdown">Text of an edition.</param>
    /// <param name="topHeading">Level that a first-level heading in the text gets, so that it stands below the heading of what it belongs to.</param>
    /// <param name="resolve">Gives the address of a link within the site (<c>#item-slug</c>, <c>/subscribe</c>), or null for one that leads nowhere.</param>
    public string ToHtml(string markdown, int topHeading = 4, Func<string, string?>? resolve = null)
    {
        if (PlainParagraph.Is(markdown))
            return PlainParagraph.ToHtml(markdown);
        var document = Parse(markdown, resolve);
        var headings = document.Descendants<HeadingBlock>().ToList();
        var shift = topHeading - Math.Max(1, headings.Select(heading => heading.Level).DefaultIfEmpty(topHeading).Min());
        foreach (var heading in headings)
            heading.Level = Math.Clamp(heading.Level + shift, topHeading, 6);
        var html = Renderers.Render(document);
        return PlainHtml.Is(html) ? html : _sanitizer.Value.Sanitize(html);
    }

    /// <summary>The text without marks: one line a paragraph or list entry, for search and counting.</summary>
    public static string ToPlainText(string markdown) => PlainParagraph.Is(markdown) ? markdown : PlainTextRenderers.Render(Parse(markdown, null)).Trim();

    /// <summary>Of what stands between spaces, whatever holds a letter or a digit.</summary>
    public static int CountWords(string markdown)
    {
        var words = 0;
        var isCounted = false;
        foreach (var sign in ToPlainText(markdown))
            if (char.IsWhiteSpace(sign))
                isCounted = false;
            else if (!isCounted && char.IsLetterOrDigit(sign))
                (isCounted, words) = (true, words + 1);
        return words;
    }

    /// <summary>False for a text of a shape that nobody writes: it reads as it was typed, marks and all.</summary>
    public static bool CanLayOut(string markdown) => MarkdownParser.ParseIfSane(markdown, Pipeline) is not null;

    /// <summary>True for an address that readers can open.</summary>
    public static bool IsWebLink(string? url)
        => Uri.TryCreate(url, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps) && IsHost(uri.Host);

    /// <summary>Names in other scripts have a form that the name servers know (RFC 5891), but for those that nobody can have.</summary>
    private static bool IsHost(string host)
    {
        if (Ascii.IsValid(host))
            return host.Length > 0;
        try
        {
            return InternationalNames.GetAscii(host).Length > 0;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    /// <summary>True for what a link within a text may lead to: a web page or a mail address.</summary>
    public static bool IsOpenable(string? url)
        => IsWebLink(url) || (Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme == Uri.UriSchemeMailto);

    internal static MarkdownDocument Parse(string markdown, Func<string, string?>? resolve)
    {
        var document = MarkdownParser.Parse(markdown, Pipeline);
        foreach (var link in document.Descendants<LinkInline>().ToList())
            if (link.IsImage)
                Unwrap(link, null);
            else if (link.Url is ['#' or '/', _, ..] && resolve?.Invoke(link.Url) is { } address)
                link.Url = address;
            else if (!IsOpenable(link.Url))
                Unwrap(link, $" ({LinkNotKept})");
        foreach (var link in document.Descendants<AutolinkInline>().Where(link => !link.IsEmail && !IsOpenable(link.Url)).ToList())
            link.ReplaceBy(new LiteralInline(link.Url));
        return document;
    }

    private static void Unwrap(LinkInline link, string? note)
    {
        var text = new ContainerInline();
        while (link.FirstChild is { } child)
        {
            child.Remove();
            text.AppendChild(child);
        }

        if (note is not null)
            text.AppendChild(new LiteralInline(note));
        link.ReplaceBy(text, copyChildren: false);
    }

    private static HtmlSanitizer MakeSanitizer()
    {
        var sanitizer = new HtmlSanitizer();
        sanitizer.AllowedTags.Clear();
        sanitizer.AllowedTags.UnionWith(PlainHtml.Tags);
        sanitizer.AllowedAttributes.Clear();
        sanitizer.AllowedAttributes.UnionWith(["href", "start"]);
        sanitizer.AllowedSchemes.Clear();
        sanitizer.AllowedSchemes.UnionWith(PlainHtml.Schemes);
        sanitizer.AllowedCssProperties.Clear();
        return sanitizer;
    }
}
