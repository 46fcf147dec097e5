namespace CordisPulse.Core.Import;

/// <summary>How one part of a text writes its headings, learnt from the lines that can be nothing else: those right below a structure heading.</summary>
/// <param name="Level">The level at which they are marked; 0 when they are not.</param>
/// <param name="Emphasis">What all of them stand in.</param>
/// <param name="Numbered">Nearly all begin with a number.</param>
/// <param name="Sourced">Nearly all name a source first.</param>
/// <param name="Apart">Nearly all stand below more than one empty line, as few other paragraphs of the text do.</param>
/// <param name="Plain">Nothing tells them from other lines: they are neither marked nor anything of the above.</param>
internal readonly record struct HeadingHabits(int Level, Emphasis Emphasis, bool Numbered, bool Sourced, bool Apart, bool Plain)
{
    /// <summary>This level and the one below are sub-headings of summaries in an edition's own Markdown.</summary>
    public const int SubHeading = 5;

    private const int Enough = 200;

    public static HeadingHabits OfItems(IReadOnlyList<Passage> passages, StructureMark?[] marks, Names names)
        => Learn(OverItems(passages, marks, i => TwoLineHeading.At(passages, marks, i, names.Sources)?.Line ?? passages[i]), passages, names);

    public static HeadingHabits OfNews(IReadOnlyList<Passage> passages, StructureMark?[] marks, Names names)
        => Learn(Below(passages, marks, mark => mark.IsNews, i => passages[i]), passages, names);

    /// <summary>All that is surely or, by its level, most likely the heading of an item.</summary>
    public static List<Passage> Headings(IReadOnlyList<Passage> passages, StructureMark?[] marks)
    {
        var firsts = OverItems(passages, marks, i => passages[i]);
        if (firsts.Count == 0)
            return firsts;
        var (level, emphasis) = Style(firsts);
        return
        [
            .. Enumerable.Range(0, passages.Count)
                .Where(i => marks[i] is null && passages[i].IsLine && passages[i].Level == level && passages[i].Emphasis == emphasis)
                .Where(i => level > 0 || emphasis != Emphasis.None || (i > 0 && marks[i - 1] is { Places: true }) || HeadingEvidence.StandsAsTitle(passages[i], i + 1 < passages.Count ? passages[i + 1] : null))
                .Select(i => passages[i])
                .Take(Enough),
        ];
    }

    private static List<Passage> OverItems(IReadOnlyList<Passage> passages, StructureMark?[] marks, Func<int, Passage> line)
    {
        var firsts = Below(passages, marks, mark => mark.Places, line);
        if (firsts.Count > 0 || marks.Any(mark => mark is { Places: true } or { IsNews: true }))
            return firsts;
        List<Passage> headings = [.. passages.Where((passage, i) => passage.Kind == PassageKind.Heading && marks[i] is null).Take(Enough)];
        return headings.FindAll(heading => heading.Level < SubHeading) is { Count: > 0 } above ? above : headings;
    }

    private static List<Passage> Below(IReadOnlyList<Passage> passages, StructureMark?[] marks, Predicate<StructureMark> isAbove, Func<int, Passage> line)
    {
        List<Passage> below = [];
        for (var i = 1; i < passages.Count && below.Count < Enough; i++)
            if (marks[i] is null && passages[i].IsLine && marks[i - 1] is { } above && isAbove(above))
                below.Add(line(i));
        return below;
    }

    private static (int Level, Emphasis Emphasis) Style(List<Passage> firsts)
        => firsts.GroupBy(passage => (passage.Level, passage.Emphasis)).OrderByDescending(group => group.Count()).ThenBy(group => group.Key.Level >= SubHeading).ThenByDescending(group => group.Key.Level).FirstOrDefault()?.Key ?? default;

    private static HeadingHabits Learn(List<Passage> firsts, IReadOnlyList<Passage> passages, Names names)
    {
        if (firsts.Count == 0)
            return default(HeadingHabits) with { Plain = true };
        var (level, emphasis) = Style(firsts);
        var titles = firsts.Where(passage => passage.Text.Length <= 400).Select(passage => TitleLine.Parse(passage.Text, names.Sources)).ToList();
        if (!IsMost(firsts.Count(passage => passage.Emphasis == emphasis)))
            emphasis = Emphasis.None;
        var sourced = titles.Count(title => title.Evidence != SourceEvidence.None);
        var isNumbered = IsMost(titles.Count(title => title.Number is not null));
        var isApart = IsMost(firsts.Count(passage => passage.BlankLinesBefore > 1)) && passages.Count(passage => passage.BlankLinesBefore == 1) > passages.Count(passage => passage.BlankLinesBefore > 1);
        return new HeadingHabits(level, emphasis, isNumbered, sourced >= 2 && IsMost(sourced), isApart, level == 0 && emphasis == Emphasis.None && !isNumbered && !IsMost(sourced));

        bool IsMost(int count) => count * 10 >= firsts.Count * 7;
    }
}
