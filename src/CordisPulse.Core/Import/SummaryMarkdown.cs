using System.Text;

namespace CordisPulse.Core.Import;

/// <summary>Passages as Markdown: paragraphs whole again, every list with <c>-</c> or numbers, sub-headings below an item's own level.</summary>
internal static class SummaryMarkdown
{
    /// <summary>An item's heading is level 4 in an edition's Markdown.</summary>
    private const int SubHeading = 5;

    private const int ShortLine = 60;

    /// <param name="passages">Of one item, news item or introduction.</param>
    /// <param name="isSubHeading">Which unmarked lines are headings within the text.</param>
    public static string Of(IReadOnlyList<Passage> passages, Func<Passage, bool>? isSubHeading = null)
    {
        var top = passages.Where(passage => passage.Kind == PassageKind.Heading).Select(passage => passage.Level).DefaultIfEmpty(1).Min();
        var markdown = new StringBuilder();
        Passage? previous = null;
        var previousIsHeading = false;
        foreach (var passage in passages)
        {
            var isHeading = passage.Kind == PassageKind.Heading || isSubHeading?.Invoke(passage) == true;
            if (previous is not null)
                markdown.Append(isHeading || previousIsHeading ? "\n\n" : Between(previous, passage));
            if (isHeading)
                markdown.Append('#', Math.Min(6, SubHeading + (passage.Kind == PassageKind.Heading ? passage.Level - top : 0))).Append(' ').Append(WithoutBold(passage));
            else if (passage.List is { } list)
                Append(list, 0, markdown);
            else
                markdown.Append(passage.Text);
            previous = passage;
            previousIsHeading = isHeading;
        }

        return markdown.ToString().Trim();
    }

    private static string WithoutBold(Passage passage) => passage.IsBold ? passage.Text.Trim()[2..^2].Trim() : passage.Text.Trim();

    private static string Between(Passage above, Passage passage)
    {
        if (above.Kind != PassageKind.Text || passage.Kind != PassageKind.Text)
            return "\n\n";
        if (above.Paragraph == passage.Paragraph)
            return above.HardBreakAfter || (above.Text.Length < ShortLine && passage.Text.Length < ShortLine) ? "  \n" : " ";
        // What stood between the two has been set aside: a sentence it had torn is whole again.
        return BrokenText.Continues(above.Text, passage.Text, above.Text.Length) && Wording.StartsLower(passage.Text) ? " " : "\n\n";
    }

    private static void Append(ListBlock list, int indent, StringBuilder markdown)
    {
        for (var i = 0; i < list.Entries.Count; i++)
        {
            var entry = list.Entries[i];
            if (i > 0)
                markdown.Append('\n');
            markdown.Append(' ', indent).Append(entry.Marker).Append(' ');
            var inner = indent + entry.Marker.Length + 1;
            for (var j = 0; j < entry.Blocks.Count; j++)
            {
                if (j > 0)
                    markdown.Append(entry.Blocks[j] is ListBlock ? "\n" : "\n\n");
                if (entry.Blocks[j] is ListBlock nested)
                {
                    if (j == 0)
                        markdown.Append('\n');
                    Append(nested, inner, markdown);
                }
                else
                {
                    if (j > 0)
                        markdown.Append(' ', inner);
                    markdown.Append(Text(entry.Blocks[j]).Replace("\n", "\n" + new string(' ', inner), StringComparison.Ordinal));
                }
            }
        }
    }

    private static string Text(Block block) => block switch
    {
        ParagraphBlock paragraph => string.Join(' ', paragraph.Lines.Select(line => line.Trim())),
        HeadingBlock heading => $"**{heading.Text}**",
        VerbatimBlock verbatim => verbatim.Text,
        _ => "",
    };
}
