using Markdig;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace CordisPulse.Core.Rendering;

/// <summary>
/// Parses Markdown that anybody may have written. Texts that no person writes (nested some hundred levels deep, or with thousands of
/// open marks, over which the library throws or takes minutes) are one paragraph that reads as it was typed.
/// </summary>
internal static class MarkdownParser
{
    /// <summary>Far below where the library's renderers give up, and far above what an edition holds.</summary>
    private const int Deepest = 40;

    /// <summary>The time for these grows with the square of their number.</summary>
    private const int MostBrackets = 1000;

    private const int MostEmphasisMarks = 4000;

    public static MarkdownDocument Parse(string markdown, MarkdownPipeline pipeline)
    {
        if (markdown.AsSpan().Count('[') <= MostBrackets && markdown.AsSpan().Count('*') + markdown.AsSpan().Count('_') <= MostEmphasisMarks)
            try
            {
                var document = Markdown.Parse(markdown, pipeline);
                if (!IsDeeperThan(document, Deepest))
                    return document;
            }
            catch (ArgumentException)
            {
                // The library's own limit of depth.
            }

        return [new ParagraphBlock { Inline = new ContainerInline().AppendChild(new LiteralInline(markdown)) }];
    }

    private static bool IsDeeperThan(MarkdownDocument document, int limit)
    {
        // By a stack of its own: a walk that calls itself would meet the depth that it is to find.
        var open = new Stack<(MarkdownObject Node, int Depth)>();
        open.Push((document, 0));
        while (open.TryPop(out var next))
        {
            if (next.Depth > limit)
                return true;
            IEnumerable<MarkdownObject> children = next.Node switch
            {
                ContainerBlock container => container,
                LeafBlock { Inline: { } inline } => inline,
                ContainerInline container => container,
                _ => [],
            };
            foreach (var child in children)
                open.Push((child, next.Depth + 1));
        }

        return false;
    }
}
