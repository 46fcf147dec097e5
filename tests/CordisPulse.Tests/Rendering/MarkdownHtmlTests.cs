using AngleSharp.Html.Parser;
using CordisPulse.Core.Rendering;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Ganss.Xss;

namespace CordisPulse.Tests.Rendering;

/// <summary>What becomes of texts is nothing but text, its structure and links, whoever wrote them.</summary>
public sealed class MarkdownHtmlTests
{
    private static readonly string[] Tags =
        ["p", "br", "hr", "em", "strong", "a", "ul", "ol", "li", "blockquote", "pre", "code", "h2", "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td"];

    private static readonly string[] Pieces =
    [
        "words ", "*", "**", "_", "`", "```\n", "\n", "\n\n", "- ", "1. ", "3) ", "> ", "# ", "## ", "[a](https://example.org/?a=1&b=2)", "[b](#item)", "[c](/subscribe \"a title\")",
        "[d](javascript:alert(1))", "[e](data:text/html,x)", "[f](mailto:a@example.org)", "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<!-- -->", "&lt;", "&#x3c;script&#x3e;", "&copy;",
        "\"", "'", "<", ">", "&", "|a|b|\n|-|:-:|\n|1|2|\n", "![p](https://example.org/p.png)", "<https://example.org/\" onclick=\"x>", "www.example.org", "https://example.org/a'b", "---\n", "\\", "  \n", "\u0001", "é", "😀", "](", "[", ")",
    ];

    private static readonly string[] PlainPieces =
        ["one ", "Two, ", "three ", "4 ", "5. ", "(6) ", "£7m", "8%", ": ", "; ", " – ", "-", "+", "#", ">", "=", "é", "“quoted” ", "it's ", "\"so\" ", "www.", "mailto:a", "HTTP://b", "@", "^", "$", "\u00A0", " ", "/"];

    /// <summary>A line of its own that becomes nothing, and stands for no plain paragraph.</summary>
    private const string Unspared = "\n\n[unspared]: https://example.org/unspared";

    private readonly MarkdownRenderer _renderer = new();

    [Property(MaxTest = 600)]
    public Property A_text_of_any_pieces_holds_nothing_that_is_not_known()
        => Prop.ForAll(Gen.Elements(Pieces).ArrayOf().ToArbitrary(), pieces =>
        {
            var html = _renderer.ToHtml(string.Concat(pieces), 2, path => path);
            var document = new HtmlParser().ParseDocument($"<body><div>{html}</div>");
            var inside = document.QuerySelector("body > div")!;
            Assert.Equal(document.Body!.LastElementChild, inside);
            foreach (var element in inside.QuerySelectorAll("*"))
            {
                Assert.Contains(element.LocalName, Tags);
                foreach (var attribute in element.Attributes)
                    Assert.True(
                        (element.LocalName == "ol" && attribute.Name == "start")
                        || (element.LocalName == "a" && attribute.Name == "href" && (attribute.Value is ['#' or '/', ..] || Uri.TryCreate(attribute.Value, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" or "mailto")),
                        $"{attribute.Name}={attribute.Value} of {element.LocalName} in {html}");
            }

            // What the sanitizer was spared it would have left as it is.
            var sanitized = new HtmlParser().ParseDocument($"<body><div>{Sanitizer().Sanitize(html)}</div>").QuerySelector("div")!;
            Assert.Equal(sanitized.InnerHtml, inside.InnerHtml);
        });

    [Property(MaxTest = 1000)]
    public Property A_text_that_is_spared_the_laying_out_reads_as_if_it_had_been_laid_out()
        => Prop.ForAll(Gen.Elements([.. Pieces, .. PlainPieces, .. PlainPieces, .. PlainPieces, .. PlainPieces]).ArrayOf().ToArbitrary(), pieces =>
        {
            var text = string.Concat(pieces);
            // What follows a block of code that nothing ends belongs to it.
            if (text.Contains("```", StringComparison.Ordinal))
                return;

            // The definition of a link that nothing names becomes nothing, and is never spared.
            var (laidOut, plain) = (_renderer.ToHtml(text + Unspared), MarkdownRenderer.ToPlainText(text + Unspared));
            Assert.Equal(laidOut, _renderer.ToHtml(text));
            Assert.Equal(plain, MarkdownRenderer.ToPlainText(text));
            Assert.Equal(plain.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Count(word => word.Any(char.IsLetterOrDigit)), MarkdownRenderer.CountWords(text));
        });

    private static HtmlSanitizer Sanitizer()
    {
        var sanitizer = new HtmlSanitizer();
        sanitizer.AllowedTags.Clear();
        sanitizer.AllowedTags.UnionWith(Tags);
        sanitizer.AllowedAttributes.Clear();
        sanitizer.AllowedAttributes.UnionWith(["href", "start"]);
        sanitizer.AllowedSchemes.Clear();
        sanitizer.AllowedSchemes.UnionWith(["http", "https", "mailto"]);
        return sanitizer;
    }
}
