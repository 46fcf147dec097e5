using System.Text;

namespace CordisPulse.Core.Import;

/// <summary>
/// Second pass: tells line breaks that somebody meant (a heading right above its text, the lines of an address) from those
/// that a mail program put in to keep lines short. A meant break comes before the line was full.
/// </summary>
internal static class Passages
{
    private const int LongestHeading = 400;

    /// <summary>Nobody wraps text to fewer columns; shorter lines are an address or a signature.</summary>
    private const int NarrowestWrap = 45;

    public static List<Passage> Of(IReadOnlyList<Block> blocks)
    {
        var width = WrapWidth(blocks);
        List<Passage> passages = [];
        for (var i = 0; i < blocks.Count; i++)
            switch (blocks[i])
            {
                case HeadingBlock heading:
                    passages.Add(new Passage { Kind = heading.Text.Length > LongestHeading ? PassageKind.Text : PassageKind.Heading, Level = heading.Level, Text = heading.Text, Paragraph = i, BlankLinesBefore = heading.BlankLinesBefore });
                    break;
                case ParagraphBlock paragraph:
                    Split(paragraph, i, width, passages);
                    break;
                case ListBlock list:
                    passages.Add(new Passage { Kind = PassageKind.List, List = list, Paragraph = i, BlankLinesBefore = list.BlankLinesBefore });
                    break;
                case VerbatimBlock verbatim:
                    passages.Add(new Passage { Kind = PassageKind.Verbatim, Text = verbatim.Text, Paragraph = i, BlankLinesBefore = verbatim.BlankLinesBefore });
                    break;
            }

        return passages;
    }

    private static void Split(ParagraphBlock paragraph, int index, int? width, List<Passage> passages)
    {
        var text = new StringBuilder();
        var opens = true;
        for (var i = 0; i < paragraph.Lines.Count; i++)
        {
            var line = paragraph.Lines[i];
            var hard = line.EndsWith("  ", StringComparison.Ordinal) || line.EndsWith('\\');
            text.Append(text.Length > 0 ? " " : "").Append(hard ? line.TrimEnd('\\').TrimEnd() : line);
            if (i + 1 < paragraph.Lines.Count && !hard && !IsMeant(line, paragraph.Lines[i + 1], width))
                continue;
            passages.Add(new Passage
            {
                Kind = PassageKind.Text,
                Text = text.ToString(),
                Paragraph = index,
                OpensParagraph = opens,
                BlankLinesBefore = opens ? paragraph.BlankLinesBefore : 0,
                HardBreakAfter = hard && i + 1 < paragraph.Lines.Count,
            });
            text.Clear();
            opens = false;
        }
    }

    private static bool IsMeant(string line, string next, int? width)
    {
        if (SourceLine.Is(next) || (next.StartsWith("http", StringComparison.Ordinal) && SourceLine.Is(line)))
            return true;
        if (Wording.StartsLower(next) || Wording.WantsMore(line) && line.Length >= 60)
            return false;
        if (width is not { } columns)
            return true;
        var space = next.AsSpan().IndexOfAny(' ', '\u00A0');
        return line.Length + 1 + (space < 0 ? next.Length : space) < columns - 3;
    }

    /// <summary>The column at which the text is wrapped; null when its lines are whole paragraphs.</summary>
    private static int? WrapWidth(IReadOnlyList<Block> blocks)
    {
        // An address alone on its line can't be wrapped.
        List<int> lengths = [.. blocks.OfType<ParagraphBlock>().SelectMany(paragraph => paragraph.Lines.Take(paragraph.Lines.Count - 1)).Where(line => line.Contains(' ')).Select(line => line.Length)];
        var longest = blocks.OfType<ParagraphBlock>().SelectMany(paragraph => paragraph.Lines).Count(line => line.Length > 110 && line.Contains(' '));
        if (lengths.Count < 4 || longest * 20 > lengths.Count)
            return null;
        lengths.Sort();
        return lengths[lengths.Count * 9 / 10] is >= NarrowestWrap and var width ? width : null;
    }
}
