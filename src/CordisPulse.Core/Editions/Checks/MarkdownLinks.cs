using CordisPulse.Core.Rendering;
using Markdig;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace CordisPulse.Core.Editions.Checks;

public sealed record MarkdownLink(string Text, string Url);

public static class MarkdownLinks
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().DisableHtml().UseAutoLinks().Build();

    private static readonly MarkdownPipeline WithPlaces = new MarkdownPipelineBuilder().DisableHtml().UseAutoLinks().UsePreciseSourceLocation().Build();

    public static bool IsPlaceholder(string? url) => string.IsNullOrWhiteSpace(url) || url.Trim() is "#" or "http://" or "https://";

    /// <summary>The words of each link that leads nowhere yet, in order.</summary>
    public static IReadOnlyList<string> PlaceholdersIn(string markdown) => [.. Placeholders(markdown).Select(link => WordsOf(link))];

    /// <summary>Gives one of the links that lead nowhere an address and leaves every other letter as it is.</summary>
    /// <param name="at">Its place among those of <see cref="PlaceholdersIn"/> with the same words.</param>
    /// <param name="words">Its words, so that no other link is changed when the text has changed since.</param>
    /// <returns>Null when the link is not there, or leads somewhere already.</returns>
    public static string? Fill(string markdown, int at, string words, string url)
    {
        if (at < 0 || Placeholders(markdown).Where(link => WordsOf(link) == words).ElementAtOrDefault(at) is not { } link)
            return null;
        var span = link.Span;
        var whole = markdown.Substring(span.Start, span.Length);
        var address = url.AsSpan().IndexOfAny(' ', '(', ')') < 0 ? url : $"<{url}>";
        return $"{markdown[..span.Start]}{whole[..(whole.LastIndexOf("](", StringComparison.Ordinal) + 2)]}{address}){markdown[(span.End + 1)..]}";
    }

    /// <summary>Gives every link to one address another and leaves every other letter as it is.</summary>
    /// <returns>Null when no link holds the address in just these letters.</returns>
    public static string? Replace(string markdown, string url, string by)
    {
        var changed = markdown;
        // From the last to the first, so that the places of the others stay true.
        foreach (var span in SpansOf(markdown, url).OrderByDescending(span => span.Start))
        {
            var at = markdown.LastIndexOf(url, span.End, span.Length, StringComparison.Ordinal);
            if (at < 0)
                continue;
            var isBare = by.AsSpan().IndexOfAny('(', ')') >= 0 && at > 0 && markdown[at - 1] == '(';
            changed = string.Concat(changed.AsSpan(0, at), isBare ? $"<{by}>" : by, changed.AsSpan(at + url.Length));
        }

        return changed == markdown ? null : changed;
    }

    /// <summary>The links as readers meet them: <c>[text](address)</c>, and addresses that are links by themselves.</summary>
    public static IReadOnlyList<MarkdownLink> In(string markdown)
        => [.. MarkdownParser.Parse(markdown, Pipeline)
            .Descendants<Inline>()
            .Select(inline => inline switch
            {
                LinkInline { IsImage: false } link => new MarkdownLink(WordsOf(link), link.Url ?? ""),
                AutolinkInline { IsEmail: false } link => new MarkdownLink(link.Url, link.Url),
                _ => null,
            })
            .OfType<MarkdownLink>()];

    private static IEnumerable<SourceSpan> SpansOf(string markdown, string url)
        => MarkdownParser.Parse(markdown, WithPlaces)
            .Descendants<Inline>()
            .Where(inline => inline is LinkInline { IsImage: false } link ? link.Url == url : inline is AutolinkInline auto && auto.Url == url)
            .Select(inline => inline.Span);

    /// <summary>Only those that hold their address themselves: <c>[words](#)</c>, not <c>[words][1]</c>.</summary>
    private static List<LinkInline> Placeholders(string markdown)
        => [.. MarkdownParser.Parse(markdown, WithPlaces)
            .Descendants<LinkInline>()
            .Where(link => !link.IsImage && IsPlaceholder(link.Url) && markdown.AsSpan(link.Span.Start, link.Span.Length).Contains("](", StringComparison.Ordinal))];

    private static string WordsOf(LinkInline link) => string.Concat(link.Descendants<LiteralInline>().Select(literal => literal.Content.ToString()));
}
