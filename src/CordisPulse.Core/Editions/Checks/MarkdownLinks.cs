using CordisPulse.Core.Rendering;
using Markdig;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace CordisPulse.Core.Editions.Checks;

public sealed record MarkdownLink(string Text, string Url);

public static class MarkdownLinks
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().DisableHtml().Build();

    private static readonly MarkdownPipeline WithPlaces = new MarkdownPipelineBuilder().DisableHtml().UsePreciseSourceLocation().Build();

    public static bool IsPlaceholder(string? url) => string.IsNullOrWhiteSpace(url) || url.Trim() is "#" or "http://" or "https://";

    /// <summary>The words of each link that leads nowhere yet, in order.</summary>
    public static IReadOnlyList<string> PlaceholdersIn(string markdown) => [.. Placeholders(markdown).Select(link => WordsOf(link))];

    /// <summary>Gives one of the links that lead nowhere an address and leaves every other letter as it is.</summary>
    /// <param name="at">Its place among <see cref="PlaceholdersIn"/>.</param>
    /// <param name="words">Its words, so that no other link is changed when the text has changed since.</param>
    /// <returns>Null when the link is not there, or leads somewhere already.</returns>
    public static string? Fill(string markdown, int at, string words, string url)
    {
        var links = Placeholders(markdown);
        if (at < 0 || at >= links.Count || WordsOf(links[at]) != words)
            return null;
        var span = links[at].Span;
        var whole = markdown.Substring(span.Start, span.Length);
        var address = url.AsSpan().IndexOfAny(' ', '(', ')') < 0 ? url : $"<{url}>";
        return $"{markdown[..span.Start]}{whole[..(whole.LastIndexOf("](", StringComparison.Ordinal) + 2)]}{address}){markdown[(span.End + 1)..]}";
    }

    /// <summary>The links written as <c>[text](address)</c>, in order.</summary>
    public static IReadOnlyList<MarkdownLink> In(string markdown)
        => [.. MarkdownParser.Parse(markdown, Pipeline)
            .Descendants<LinkInline>()
            .Where(link => !link.IsImage)
            .Select(link => new MarkdownLink(WordsOf(link), link.Url ?? ""))];

    /// <summary>Only those that hold their address themselves: <c>[words](#)</c>, not <c>[words][1]</c>.</summary>
    private static List<LinkInline> Placeholders(string markdown)
        => [.. MarkdownParser.Parse(markdown, WithPlaces)
            .Descendants<LinkInline>()
            .Where(link => !link.IsImage && IsPlaceholder(link.Url) && markdown.AsSpan(link.Span.Start, link.Span.Length).Contains("](", StringComparison.Ordinal))];

    private static string WordsOf(LinkInline link) => string.Concat(link.Descendants<LiteralInline>().Select(literal => literal.Content.ToString()));
}
