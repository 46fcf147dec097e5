namespace CordisPulse.Core.Import;

/// <summary>
/// First pass: puts together what a page break or a picture tore apart. A paragraph or a list entry that stops in mid-sentence
/// takes the paragraph that goes on in mid-sentence, and lists with only empty lines between them are one list.
/// </summary>
internal static class BrokenText
{
    /// <summary>Shorter lines that end without a full stop are headings or signatures, not broken sentences.</summary>
    private const int ShortestProse = 60;

    public static List<Block> Mend(IReadOnlyList<Block> blocks)
    {
        List<Block> mended = [];
        foreach (var block in blocks)
        {
            if (mended.Count > 0 && Joined(mended[^1], block) is { } joined)
                mended[^1] = joined;
            else
                mended.Add(Owned(block));
        }

        return mended;
    }

    /// <summary>True when <paramref name="next"/> carries on the sentence in which <paramref name="text"/> stops.</summary>
    public static bool Continues(string text, string next, int length)
        => length >= ShortestProse
            && !Wording.EndsSentence(text)
            && (Wording.StartsLower(next) || (Wording.WantsMore(text) && !next.StartsWith('*')));

    // The pieces that others are added to are lists of their own, so that a text torn into thousands of pieces mends in one go.
    private static Block Owned(Block block) => block switch
    {
        ParagraphBlock paragraph => paragraph with { Lines = new List<string>(paragraph.Lines) },
        ListBlock list => list with { Entries = new List<ListEntry>(list.Entries) },
        _ => block,
    };

    private static Block? Joined(Block above, Block block)
    {
        switch (above, block)
        {
            case (ListBlock first, ListBlock second) when AreOneList(first, second):
                ((List<ListEntry>)first.Entries).AddRange(second.Entries);
                return first;

            case (ParagraphBlock first, ParagraphBlock second) when Continues(first.Lines[^1], second.Lines[0], Length(first)):
                ((List<string>)first.Lines).AddRange(second.Lines);
                return first;

            case (ListBlock list, ParagraphBlock { Lines: [var next, ..] } rest)
                when list.Entries[^1].Blocks is [.., ParagraphBlock last] && Wording.StartsLower(next) && !Wording.EndsSentence(last.Lines[^1]):
                var entries = (List<ListEntry>)list.Entries;
                entries[^1] = entries[^1] with { Blocks = [.. entries[^1].Blocks.SkipLast(1), Extended(last, rest)] };
                return list;

            default:
                return null;
        }
    }

    private static ParagraphBlock Extended(ParagraphBlock paragraph, ParagraphBlock rest)
    {
        if (paragraph.Lines is not List<string> lines)
            lines = [.. paragraph.Lines];
        lines.AddRange(rest.Lines);
        return paragraph with { Lines = lines };
    }

    private static int Length(ParagraphBlock paragraph)
    {
        var length = 0;
        for (var i = paragraph.Lines.Count - 1; i >= 0 && length < ShortestProse; i--)
            length += paragraph.Lines[i].Length + 1;
        return length;
    }

    private static bool AreOneList(ListBlock first, ListBlock second)
    {
        if (first.Entries.Count == 0 || second.Entries.Count == 0)
            return false;
        var above = first.Entries[^1];
        var below = second.Entries[0];
        return above.IsNumbered == below.IsNumbered && (!below.IsNumbered || below.Marker != "1.");
    }
}
