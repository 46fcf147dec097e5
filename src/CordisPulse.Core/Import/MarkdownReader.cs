using Markdig;
using MarkdigSyntax = Markdig.Syntax;

namespace CordisPulse.Core.Import;

/// <summary>
/// Reads Markdown. Markdig finds the blocks; their text is the source text, so that what was written stays as it was written.
/// </summary>
public sealed class MarkdownReader : IEditionReader
{
    /// <summary>Markdig looks through all definitions for each of them, so their time grows with the square of their number.</summary>
    private const int MaxDefinitions = 5_000;

    private static readonly MarkdownPipeline Pipeline = BlocksOnly();

    public IReadOnlyList<string> FileTypes => [".md", ".markdown"];

    public FileText Read(ReadOnlyMemory<byte> content) => new(ReadText(TextContent.Decode(content.Span)));

    internal static IReadOnlyList<Block> ReadText(string text)
    {
        if (CountDefinitions(text) > MaxDefinitions)
            throw new EditionFileRefusedException($"is no edition: it defines more than {MaxDefinitions:N0} links.");
        MarkdigSyntax.MarkdownDocument document;
        try
        {
            document = Markdown.Parse(text, Pipeline);
        }
        catch (ArgumentException)
        {
            // Markdig refuses texts nested some hundred levels deep; no person wrote that, but its words still count.
            return PlainTextReader.ReadText(text);
        }

        return [.. ReferenceLinks.Resolve(new Scan(text).Blocks(document)).Select(CanonicalMarkdown.Of)];
    }

    /// <summary>Lines that may define a link (<c>[label]: address</c>).</summary>
    private static int CountDefinitions(string text)
    {
        var count = 0;
        foreach (var line in text.AsSpan().EnumerateLines())
            if (line.TrimStart().StartsWith("[") && line.Contains("]:", StringComparison.Ordinal))
                count++;
        return count;
    }

    private static MarkdownPipeline BlocksOnly()
    {
        var builder = new MarkdownPipelineBuilder().UsePreciseSourceLocation();
        builder.InlineParsers.Clear();
        return builder.Build();
    }

    private sealed class Scan(string text)
    {
        public List<Block> Blocks(MarkdigSyntax.ContainerBlock container)
        {
            List<Block> blocks = [];
            var end = container is MarkdigSyntax.MarkdownDocument ? 0 : container.Span.Start;
            foreach (var block in Children(container).OrderBy(block => block.Span.Start))
            {
                if (container is MarkdigSyntax.MarkdownDocument || blocks.Count > 0)
                    AddUncovered(end, block.Span.Start, blocks);
                if (Read(block) is { } read)
                    blocks.Add(read with { BlankLinesBefore = BlankLines(end, block.Span.Start) });
                end = Math.Max(end, block.Span.End + 1);
            }

            AddUncovered(end, container is MarkdigSyntax.MarkdownDocument ? text.Length : container.Span.End + 1, blocks);
            return blocks;
        }

        /// <summary>Markdig counts some blocks too short (a listing that nobody closed); what it leaves out is text all the same.</summary>
        private void AddUncovered(int start, int end, List<Block> blocks)
        {
            end = Math.Min(end, text.Length);
            if (start < end && HasWord(start, end))
                blocks.Add(new ParagraphBlock(Lines(text[start..end])));
        }

        /// <summary>Markdig moves the definitions of links into a group of their own; here they stand where they stood.</summary>
        private static IEnumerable<MarkdigSyntax.Block> Children(MarkdigSyntax.ContainerBlock container)
            => container.SelectMany(block => block is MarkdigSyntax.LinkReferenceDefinitionGroup group ? group : Enumerable.Repeat(block, 1));

        private Block? Read(MarkdigSyntax.Block block) => block switch
        {
            MarkdigSyntax.LinkReferenceDefinition definition => new LinkDefinitionBlock(definition.Label ?? "", definition.Url ?? "", Slice(block)),
            MarkdigSyntax.ThematicBreakBlock => null,
            MarkdigSyntax.HeadingBlock heading => Heading(heading),
            MarkdigSyntax.ParagraphBlock => Lines(Slice(block)) is { Count: > 0 } lines ? TextBlock.Of(lines) : null,
            MarkdigSyntax.ListBlock list => new ListBlock([.. list.OfType<MarkdigSyntax.ListItemBlock>().Select(item => Entry(list, item))]),
            _ => Slice(block).Trim('\n') is { } source && !string.IsNullOrWhiteSpace(source) ? new VerbatimBlock(source) : null,
        };

        private ListEntry Entry(MarkdigSyntax.ListBlock list, MarkdigSyntax.ListItemBlock item)
            => new(list.IsOrdered ? Number(item) : "-", Blocks(item));

        private string Number(MarkdigSyntax.ListItemBlock item)
        {
            var source = Slice(item).TrimStart();
            var digits = source.AsSpan().IndexOfAnyExceptInRange('0', '9');
            return digits > 0 ? source[..digits] + "." : $"{item.Order}.";
        }

        private HeadingBlock? Heading(MarkdigSyntax.HeadingBlock heading)
        {
            var source = Slice(heading);
            var title = heading.IsSetext
                ? string.Join(' ', Lines(source).SkipLast(1))
                : source.Trim().Trim('#').Trim();
            return title.Length > 0 ? new HeadingBlock(heading.Level, title) : null;
        }

        private static List<string> Lines(string source)
            => [.. source.Split('\n').Where(line => !string.IsNullOrWhiteSpace(line)).Select(Trimmed)];

        /// <summary>Space at the margins means nothing in a paragraph, but two at the end are a hard break.</summary>
        private static string Trimmed(string line)
            => line.EndsWith("  ", StringComparison.Ordinal) ? line.Trim() + "  " : line.Trim();

        private bool HasWord(int start, int end)
        {
            for (var i = start; i < end; i++)
                if (char.IsLetterOrDigit(text[i]))
                    return true;
            return false;
        }

        private string Slice(MarkdigSyntax.Block block)
        {
            var start = Math.Clamp(block.Span.Start, 0, text.Length);
            var end = Math.Clamp(block.Span.End + 1, start, text.Length);
            return text[start..end];
        }

        private int BlankLines(int from, int to)
        {
            var lineEnds = 0;
            for (var i = from; i < to && i < text.Length; i++)
                if (text[i] == '\n')
                    lineEnds++;
            return Math.Max(0, from == 0 ? lineEnds : lineEnds - 1);
        }
    }
}
