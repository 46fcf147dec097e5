using CordisPulse.Core.Editions;

namespace CordisPulse.Core.Import;

/// <summary>A line that says where things stand, not what they are.</summary>
internal sealed record StructureMark
{
    public EditionMonth? Month { get; init; }

    /// <summary>The edition's own title, or a heading over its introduction.</summary>
    public bool IsTitle { get; init; }

    public bool IsOverIntroduction { get; init; }

    public bool IsNews { get; init; }

    public NamedEntry? Sector { get; init; }

    public NamedEntry? Section { get; init; }

    public bool Places => Sector is not null || Section is not null;
}

/// <summary>
/// Third pass: finds the lines that are nothing but the name of the edition, a month, "news", a sector or a section. Where
/// headings are marked, a bare line that happens to read like one is none.
/// </summary>
internal static class StructureHeadings
{
    private static readonly string[] OverIntroduction = ["introduction", "foreword", "editorial", "welcome"];

    private static readonly string[] OverNews = ["news", "our news", "latest news", "news and events", "news and updates", "company news"];

    public static StructureMark?[] Find(IReadOnlyList<Passage> passages, Names names)
    {
        var marks = new StructureMark?[passages.Count];
        var atTop = true;
        for (var i = 0; i < passages.Count; i++)
        {
            if (!passages[i].IsLine || passages[i].Level >= HeadingHabits.SubHeading || passages[i].Text.Length > 200)
                continue;
            marks[i] = Read(passages[i].Text, names, atTop);
            if (marks[i] is { IsTitle: false })
                atTop = false;
        }

        DropGreetings(passages, marks);
        var places = Enumerable.Range(0, marks.Length).Where(i => marks[i] is { Places: true }).ToList();
        if (places.Count(i => passages[i].Kind == PassageKind.Heading) >= 2)
        {
            var deepest = DeepestPlace(passages, marks);
            Keep(marks, places, i => passages[i].Kind == PassageKind.Heading && passages[i].Level <= deepest);
        }

        DropContents(marks);
        return marks;
    }

    /// <summary>"Welcome." is a sentence, and "Foreword" with nothing below it all that there is: either is text to keep.</summary>
    private static void DropGreetings(IReadOnlyList<Passage> passages, StructureMark?[] marks)
    {
        var isAboveText = false;
        for (var i = passages.Count - 1; i >= 0; i--)
            if (marks[i] is not { IsTitle: true } title)
                isAboveText = marks[i] is null;
            else if (title.IsOverIntroduction)
            {
                var isSentence = passages[i].Kind == PassageKind.Text && Wording.LastMark(passages[i].Text) is '.' or '!' or '?' or '…';
                if (isSentence || !isAboveText)
                    marks[i] = null;
                isAboveText |= isSentence;
            }
    }

    /// <summary>Names of sectors one below the other that all come again are a table of contents.</summary>
    private static void DropContents(StructureMark?[] marks)
    {
        var start = Array.FindIndex(marks, mark => mark is { IsTitle: false });
        if (start < 0)
            return;
        var end = start;
        while (end < marks.Length && marks[end] is { IsTitle: false })
            end++;
        var sectors = marks[start..end].Select(mark => mark!.Sector).OfType<NamedEntry>().ToList();
        var later = marks.Skip(end).Select(mark => mark?.Sector).OfType<NamedEntry>().ToHashSet();
        if (sectors.Count >= 2 && sectors.TrueForAll(later.Contains))
            Array.Clear(marks, start, end - start);
    }

    public static bool Names(string markdown, Names names) => Read(markdown, names, atTop: false) is not null;

    private static StructureMark? Read(string markdown, Names names, bool atTop)
    {
        var text = Numbering.Without(HeadingText.Parse(markdown).Plain).TrimEnd(':', ' ');
        if (names.Sectors.Find(text) is { } sector)
            return new StructureMark { Sector = sector };
        if (names.Sections.Find(text) is { } section)
            return new StructureMark { Section = section };
        if (Both(text, names) is { } both)
            return both;
        if (IsNews(text, names))
            return new StructureMark { IsNews = true };
        if (!atTop)
            return null;
        if (MonthInText.WholeLine(text, names.OfEdition) is { } month)
            return new StructureMark { IsTitle = true, Month = month };
        var key = string.Join(' ', NameIndex.Words(text, 6).Select(word => word.Text));
        if (OverIntroduction.Contains(key))
            return new StructureMark { IsTitle = true, IsOverIntroduction = true };
        return names.Digest.Find(text) is not null ? new StructureMark { IsTitle = true } : null;
    }

    /// <summary>Sector and section in one heading: "Criminal Justice: Reports".</summary>
    private static StructureMark? Both(string text, Names names)
    {
        foreach (var separator in (string[])[": ", " – ", " — ", " - ", " | ", " / "])
            if (text.IndexOf(separator, StringComparison.Ordinal) is > 0 and var at
                && names.Sectors.Find(text[..at]) is { } sector
                && names.Sections.Find(text[(at + separator.Length)..]) is { } section)
                return new StructureMark { Sector = sector, Section = section };
        return null;
    }

    private static bool IsNews(string text, Names names)
    {
        var words = NameIndex.Words(text, 12).Select(word => word.Text).ToList();
        if (words is ["from", _, ..] && names.Publisher.Find(text[(text.IndexOf(' ', StringComparison.Ordinal) + 1)..]) is not null)
            return true;
        if (!words.Contains("news"))
            return false;
        if (OverNews.Contains(string.Join(' ', words)))
            return true;
        if (names.Publisher.FindAtStart(text) is { } publisher)
            return OverNews.Contains(Rest(text[publisher.End..]));
        if (names.Digest.FindAtStart(text) is { } digest)
            return OverNews.Contains(Rest(text[digest.End..]));
        return words is ["news", "from" or "at", ..] && names.Publisher.Find(text[(text.IndexOf(' ', text.IndexOf(' ') + 1) + 1)..]) is not null;
    }

    private static string Rest(string text) => string.Join(' ', NameIndex.Words(text, 6).Select(word => word.Text).SkipWhile(word => word == "s"));

    /// <summary>The level of the first marked sector and the first marked section tell how deep places go in this text.</summary>
    private static int DeepestPlace(IReadOnlyList<Passage> passages, StructureMark?[] marks)
    {
        int? sector = null, section = null;
        for (var i = 0; i < marks.Length && (sector is null || section is null); i++)
        {
            if (passages[i].Kind != PassageKind.Heading || marks[i] is not { } mark)
                continue;
            if (mark.Sector is not null)
                sector ??= passages[i].Level;
            if (mark.Section is not null)
                section ??= passages[i].Level;
        }

        return Math.Max(sector ?? 0, section ?? 0);
    }

    private static void Keep(StructureMark?[] marks, List<int> places, Predicate<int> isReal)
    {
        foreach (var i in places.Where(i => !isReal(i)).ToList())
            marks[i] = null;
    }
}
