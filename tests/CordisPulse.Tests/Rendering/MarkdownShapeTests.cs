using AngleSharp.Html.Parser;
using CordisPulse.Core.Mailings.Messages;
using CordisPulse.Core.Rendering;

namespace CordisPulse.Tests.Rendering;

/// <summary>Deep and long texts: laid out as far as all that render them can bear, and as typed beyond that.</summary>
public sealed class MarkdownShapeTests
{
    /// <summary>A text, and what stands about its words how often.</summary>
    public static TheoryData<string, string, int> Deep => new()
    {
        { Lists(50, "- "), "ul", 50 },
        { Lists(60, "- "), "ul", 60 },
        { Lists(40, "1. "), "ol", 40 },
        { string.Concat(Enumerable.Repeat("> ", 100)) + "deepest", "blockquote", 100 },
        { string.Concat(Enumerable.Repeat("> - ", 40)) + "deepest", "ul", 40 },
        { Emphasis(45), "strong", 45 },
        { Repeat("- ", 45) + Emphasis(10), "em", 10 },
    };

    /// <summary>Shapes that nobody writes, each nearly as long as a field allows or nested beyond what can be rendered.</summary>
    public static TheoryData<string> BeyondBearing => new()
    {
        "|a|b|\n|-|-|\n" + Repeat("|a|b|\n", 33_000),
        "|" + Repeat("a|", 30_000) + "\n|" + Repeat("-|", 30_000) + "\n|" + Repeat("a|", 30_000),
        Repeat("> ", 99_000),
        Repeat("> > > > a\n\n", 16_000),
        Repeat("- ", 99_000) + "a",
        Repeat("- a\n", 49_000),
        Repeat("1. a\n", 39_000),
        Repeat("a\n\n", 66_000),
        Repeat("a\\\n", 66_000),
        Repeat("# a\n", 49_000),
        Repeat("---\n\n", 39_000),
        Repeat("```\n", 49_000),
        Repeat("`a` ", 49_000),
        Repeat("*a* ", 49_000),
        Repeat("[a](https://example.org) ", 7_900),
        Repeat("<a@example.org> ", 12_000),
        Repeat("https://example.org/ ", 9_400),
        Repeat("www.example.org ", 12_000),
        Lists(300, "- "),
        Repeat("- ", 50) + Emphasis(45),
        Repeat("> ", 100) + Emphasis(45),
        Emphasis(100),
    };

    [Theory]
    [MemberData(nameof(Deep))]
    public void What_is_nested_deep_is_laid_out_on_the_page_in_the_mail_and_as_text(string markdown, string element, int times)
    {
        var renderer = new MarkdownRenderer();
        using var mail = new MailMarkdown(renderer);

        Assert.True(MarkdownRenderer.CanLayOut(markdown));
        foreach (var html in (string[])[renderer.ToHtml(markdown), mail.ToHtml(markdown, 5)])
        {
            var page = new HtmlParser().ParseDocument(html);
            Assert.Equal(times, page.QuerySelectorAll(element).Length);
            Assert.Contains("deepest", page.Body!.TextContent, StringComparison.Ordinal);
        }

        foreach (var text in (string[])[mail.ToText(markdown), MarkdownText.Write(markdown), MarkdownRenderer.ToPlainText(markdown)])
            Assert.Contains("deepest", text, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(BeyondBearing))]
    public void What_nobody_writes_reads_as_it_was_typed(string markdown)
    {
        var renderer = new MarkdownRenderer();
        using var mail = new MailMarkdown(renderer);

        Assert.False(MarkdownRenderer.CanLayOut(markdown));
        foreach (var html in (string[])[renderer.ToHtml(markdown), mail.ToHtml(markdown, 5)])
        {
            var paragraph = Assert.Single(new HtmlParser().ParseDocument(html).Body!.Children);
            Assert.Equal((("P", 0), markdown.Trim()), ((paragraph.TagName, paragraph.ChildElementCount), paragraph.TextContent.Trim()));
        }
    }

    [Fact]
    public void A_long_text_of_the_usual_kind_is_laid_out()
    {
        var paragraph = Repeat("A sentence of a dozen words, with a [link](https://example.org/page) and *emphasis*: such as reports have. ", 4) + "\n\n";
        var list = Repeat("- an entry of a list\n", 5) + "\n";
        var table = "| area | places |\n|---|---|\n" + Repeat("| North | 12 |\n", 100) + "\n";

        Assert.True(MarkdownRenderer.CanLayOut(Repeat(paragraph + list, 100) + table));
    }

    private static string Repeat(string text, int times) => string.Concat(Enumerable.Repeat(text, times));

    private static string Emphasis(int times) => Repeat("**a *b ", times) + "deepest" + Repeat("*b**b", times);

    private static string Lists(int depth, string mark)
        => string.Join('\n', Enumerable.Range(0, depth).Select(at => $"{new string(' ', at * mark.Length)}{mark}{(at == depth - 1 ? "deepest" : "level")}"));
}
