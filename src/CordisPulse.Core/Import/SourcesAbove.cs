namespace CordisPulse.Core.Import;

/// <summary>
/// Where items' headings are marked and their sources stand in a line of their own above them, each such line joins the heading below
/// it. That a text writes them so is seen right below its sectors and sections, where only an item can stand.
/// </summary>
internal static class SourcesAbove
{
    private const int LongestSource = 120;

    public static IReadOnlyList<Passage> Join(IReadOnlyList<Passage> passages, Names names)
    {
        if (Level(passages, names) is not { } level)
            return passages;
        List<Passage> joined = new(passages.Count);
        var isBelowPlace = false;
        for (var i = 0; i < passages.Count; i++)
        {
            isBelowPlace |= IsPlace(passages[i], names);
            if (isBelowPlace && IsAbove(passages, i, names) && passages[i + 1].Level == level)
            {
                joined.Add(passages[i + 1] with { SourceAbove = passages[i], BlankLinesBefore = passages[i].BlankLinesBefore });
                i++;
            }
            else
            {
                joined.Add(passages[i]);
            }
        }

        return joined;
    }

    /// <summary>The level of the items' headings; null where half of the first items or more have no such line.</summary>
    private static int? Level(IReadOnlyList<Passage> passages, Names names)
    {
        List<int> levels = [];
        var firsts = 0;
        for (var i = 0; i + 2 < passages.Count; i++)
        {
            if (passages[i].Kind != PassageKind.Heading || !IsPlace(passages[i], names) || IsPlace(passages[i + 1], names))
                continue;
            firsts++;
            if (IsAbove(passages, i + 1, names))
                levels.Add(passages[i + 2].Level);
        }

        return levels.Count * 2 > firsts ? levels.GroupBy(level => level).MaxBy(group => group.Count())!.Key : null;
    }

    private static bool IsPlace(Passage passage, Names names) => passage.IsLine && passage.Level < HeadingHabits.SubHeading && passage.Text.Length <= 200 && StructureHeadings.Names(passage.Text, names);

    /// <summary>A name alone in its paragraph, linked or not, above a marked heading that names no place.</summary>
    private static bool IsAbove(IReadOnlyList<Passage> passages, int i, Names names)
        => i + 1 < passages.Count
            && passages[i] is { Kind: PassageKind.Text, OpensParagraph: true, Text.Length: <= LongestSource * 3 } source
            && passages[i + 1] is { Kind: PassageKind.Heading, Level: < HeadingHabits.SubHeading } heading && !IsPlace(heading, names) && !IsPlace(source, names)
            && HeadingText.Parse(source.Text) is { Plain: { Length: <= LongestSource } plain, Links: var links } && (links.Count == 0 || (links.Count == 1 && links[0].Text == plain))
            && Wording.WordCount(plain) <= 12 && char.IsLetterOrDigit(Wording.LastMark(plain)) && !Wording.StartsLower(plain) && !Boilerplate.SaysHowToLeave(plain);
}
