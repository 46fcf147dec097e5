namespace CordisPulse.Core.Import;

/// <summary>How one part of a text writes its headings, learnt from the lines that can be nothing else: those right below a structure heading.</summary>
/// <param name="Level">The level at which they are marked; 0 when they are not.</param>
/// <param name="Bold">They stand in bold.</param>
/// <param name="Sourced">Nearly all name a source first.</param>
internal readonly record struct HeadingHabits(int Level, bool Bold, bool Sourced)
{
    public static HeadingHabits OfItems(IReadOnlyList<Passage> passages, StructureMark?[] marks, Names names)
    {
        var firsts = Below(passages, marks, mark => mark.Places);
        if (firsts.Count == 0 && !marks.Any(mark => mark is { Places: true } or { IsNews: true }))
            firsts = [.. passages.Where((passage, i) => passage.Kind == PassageKind.Heading && marks[i] is null).Take(200)];
        return Learn(firsts, names);
    }

    public static HeadingHabits OfNews(IReadOnlyList<Passage> passages, StructureMark?[] marks, Names names)
        => Learn(Below(passages, marks, mark => mark.IsNews), names);

    private static List<Passage> Below(IReadOnlyList<Passage> passages, StructureMark?[] marks, Predicate<StructureMark> isAbove)
    {
        List<Passage> below = [];
        for (var i = 1; i < passages.Count && below.Count < 200; i++)
            if (marks[i] is null && passages[i].IsLine && marks[i - 1] is { } above && isAbove(above))
                below.Add(passages[i]);
        return below;
    }

    private static HeadingHabits Learn(List<Passage> firsts, Names names)
    {
        if (firsts.Count == 0)
            return default;
        var style = firsts.GroupBy(passage => (passage.Level, passage.IsBold)).OrderByDescending(group => group.Count()).ThenByDescending(group => group.Key.Level).First().Key;
        var sourced = firsts.Count(passage => passage.Text.Length <= 400 && TitleLine.Parse(passage.Text, names.Sources).Evidence != SourceEvidence.None);
        return new HeadingHabits(style.Level, style.IsBold, sourced >= 2 && sourced * 10 >= firsts.Count * 7);
    }
}
