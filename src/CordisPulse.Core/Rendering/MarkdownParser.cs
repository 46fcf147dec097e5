using System.Buffers;
using Markdig;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace CordisPulse.Core.Rendering;

/// <summary>
/// Parses Markdown that anybody may have written. Texts that no person writes (nested some sixty lists deep, or with thousands of
/// rows, entries or open marks, over which the libraries throw or take minutes) are one paragraph that reads as it was typed.
/// </summary>
internal static class MarkdownParser
{
    /// <summary>Sixty lists within each other, which count twice; the library's renderers throw at 128.</summary>
    private const int Deepest = 122;

    /// <summary>Rows, entries, lines: the time that those who write HTML take grows with the square of their number.</summary>
    private const int MostParts = 8000;

    /// <summary>Everything that can begin or end a part, most of which a text of many pages uses for its sentences.</summary>
    private const int MostMarks = 12_000;

    /// <summary>The time for these grows with the square of their number.</summary>
    private static readonly (string Mark, int Most)[] Squared =
        [("[", 1000), ("*", 1000), ("_", 1000), (":", 1000), ("www.", 500), ("`", 2000), ("|", 2000), ("<", 2000), ("\n", 3000)];

    private static readonly SearchValues<char> Marks = SearchValues.Create("\n[*_`|<>:+-.)#");

    public static MarkdownDocument Parse(string markdown, MarkdownPipeline pipeline)
        => ParseIfSane(markdown, pipeline) ?? [new ParagraphBlock { Inline = new ContainerInline().AppendChild(new LiteralInline(markdown)) }];

    /// <returns>Null for a text that reads as it was typed.</returns>
    public static MarkdownDocument? ParseIfSane(string markdown, MarkdownPipeline pipeline)
    {
        if (Squared.Any(bound => markdown.AsSpan().Count(bound.Mark) > bound.Most) || CountMarks(markdown) > MostMarks)
            return null;
        try
        {
            var document = Markdown.Parse(markdown, pipeline);
            return IsTooMuch(document) ? null : document;
        }
        catch (ArgumentException)
        {
            // The library's own limit of depth.
            return null;
        }
    }

    private static int CountMarks(ReadOnlySpan<char> text)
    {
        var count = 0;
        for (var at = text.IndexOfAny(Marks); at >= 0; at = text.IndexOfAny(Marks))
        {
            count++;
            text = text[(at + 1)..];
        }

        return count;
    }

    private static bool IsTooMuch(MarkdownDocument document)
    {
        // By a stack of its own: a walk that calls itself would meet the depth that it is to find.
        var open = new Stack<(MarkdownObject Node, int Depth)>();
        var parts = 0;
        open.Push((document, 0));
        while (open.TryPop(out var next))
        {
            if (next.Depth > Deepest || (next.Node is not LiteralInline && ++parts > MostParts))
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
