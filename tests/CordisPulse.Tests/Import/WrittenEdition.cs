using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace CordisPulse.Tests.Import;

/// <summary>A random edition as people write them: one manner of headings throughout, and items with any source, title and summary.</summary>
internal sealed record WrittenEdition(WrittenManner Manner, string Front, IReadOnlyList<WrittenItem> Items, string Foot)
{
    private static readonly string[] Fronts =
    [
        "CordisPulse\n\nMarch 2031", "# The Cordis Pulse, March 2031", "CordisPulse 03/2031\n\nA letter of one sentence.", "CordisPulse\nMarch 2031\n\nDear reader, this month is short.\n\nKind regards",
        "CordisPulse, March 2031\n\nDear reader, this month is short.\n\nBest wishes,\n\nAnn Other\nHead of Things", "March 2031\n\nIn this edition:\n\nCriminal Justice\nChildren's Services\n\nBest wishes", "",
    ];

    private static readonly string?[] Sources = [null, "NSPCC", "The Health Foundation", "Barnardo's", "Nuffield Trust", "Family Action", "Ελληνική Αρχή", "Министерство", "“Skills for Care”", "Children & Families Trust"];

    private static readonly string[] Titles =
    [
        "Waiting times: what we know", "How many beds?", "Councils in numbers", "Care in the U.K.", "Covid-19: What prisons learnt", "2021 in numbers", "“What next?” for courts", "Too little, too late: early help",
        "Уроки пандемии", "Young People and Work: A National Picture", "Remand", "[Linked title](https://example.org/a)", "1.5 million children",
    ];

    private static readonly string[] Summaries =
    [
        "Fewer than before.", "This report looks at how things are done in many places and what could be better in each of them.", "It finds that:\n\n- one\n- two", "It asks for:\n\n1. one\n2. two\n\nAnd for more.",
        "A sentence.\n\nKey points\n\nAnother sentence.", "A sentence.\n\n**What it found**\n\nAnother sentence.", "Короткий отчёт.", "", "First line,\nsecond line.", "Jane Doe and John Smith\nMarch 2030\n\nThis report finds things.",
    ];

    public static Arbitrary<WrittenEdition> Arbitrary { get; } = Make().ToArbitrary();

    public string Text
    {
        get
        {
            var text = new StringBuilder(Front).Append("\n\n");
            var number = 0;
            foreach (var sector in Items.GroupBy(item => item.Sector))
            {
                text.Append(Manner.OverItems(1, ImportVocabulary.Full.Sectors.Single(entry => entry.Key == sector.Key).Name));
                foreach (var section in sector.GroupBy(item => item.Section))
                {
                    text.Append(Manner.OverItems(2, ImportVocabulary.Full.Sections.Single(entry => entry.Key == section.Key).Name));
                    foreach (var item in section)
                        text.Append(Manner.Heading(++number, item)).Append(item.Summary).Append("\n\n");
                }
            }

            return text.Append(Foot).ToString().Replace("\n", Manner.LineEnd, StringComparison.Ordinal);
        }
    }

    public override string ToString() => Text;

    private static Gen<WrittenEdition> Make() =>
        from manner in WrittenManner.Any
        from front in Gen.Elements(Fronts)
        from count in Gen.Choose(0, 6)
        from items in Gen.ListOf(Item(), count)
        from foot in Gen.Elements("", "Kind regards\n\nAnn Other", "Cordis Bright Ltd, 1 Some Street, London, EC1A 1AA.\nTo unsubscribe, click here.")
        select new WrittenEdition(manner, front, [.. items], foot);

    private static Gen<WrittenItem> Item() =>
        from sector in Gen.Elements(ImportVocabulary.Full.Sectors.Select(entry => entry.Key).ToArray())
        from section in Gen.Elements(ImportVocabulary.Full.Sections.Select(entry => entry.Key).ToArray())
        from source in Gen.Elements(Sources)
        from title in Gen.Elements(Titles)
        from summary in Gen.Elements(Summaries)
        select new WrittenItem(sector, section, source, title, summary);
}

internal sealed record WrittenItem(string Sector, string Section, string? Source, string Title, string Summary);

/// <param name="Marks">Whether <c>#</c> marks sectors and sections, or also items.</param>
/// <param name="Number">What stands before an item's heading, with <c>1</c> for its number.</param>
/// <param name="Around">What stands on both sides of each line of it.</param>
/// <param name="Between">What divides source and title.</param>
/// <param name="LineEnd">Of the file.</param>
internal sealed record WrittenManner(WrittenMarks Marks, string Number, string Around, string Between, string LineEnd)
{
    public static Gen<WrittenManner> Any { get; } =
        from marks in Gen.Elements(WrittenMarks.None, WrittenMarks.Places, WrittenMarks.All)
        from number in Gen.Elements("", "", "1. ", "1) ", "(a) ")
        from around in Gen.Elements("", "", "**", "*")
        from between in Gen.Elements(". ", ": ", " – ", "\n", "\n\n")
        from lineEnd in Gen.Elements("\n", "\r\n")
        select new WrittenManner(marks, number, around, between, lineEnd);

    public string OverItems(int level, string name) => (Marks == WrittenMarks.None ? "" : new string('#', level) + " ") + name + "\n\n";

    public string Heading(int number, WrittenItem item)
    {
        var mark = Marks == WrittenMarks.All ? "### " : "";
        var before = Number.Replace("1", $"{number}", StringComparison.Ordinal).Replace("a", $"{(char)('a' + number - 1)}", StringComparison.Ordinal);
        var between = Between[0] == '\n' ? Around + Between + Around : Between;
        return mark + before + Around + (item.Source is null ? "" : item.Source + between) + item.Title + Around + "\n\n";
    }
}

internal enum WrittenMarks
{
    None,
    Places,
    All,
}
