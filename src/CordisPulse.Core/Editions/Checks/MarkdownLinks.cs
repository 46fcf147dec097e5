using CordisPulse.Core.Rendering;
using Markdig;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace CordisPulse.Core.Editions.Checks;

internal sealed record MarkdownLink(string Text, string Url);

internal static class MarkdownLinks
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().DisableHtml().Build();

    /// <summary>The links written as <c>[text](address)</c>, in order.</summary>
    public static IReadOnlyList<MarkdownLink> In(string markdown)
        => [.. MarkdownParser.Parse(markdown, Pipeline)
            .Descendants<LinkInline>()
            .Where(link => !link.IsImage)
            .Select(link => new MarkdownLink(string.Concat(link.Descendants<LiteralInline>().Select(literal => literal.Content.ToString())), link.Url ?? ""))];
}
