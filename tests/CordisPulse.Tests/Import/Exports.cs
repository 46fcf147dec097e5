using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace CordisPulse.Tests.Import;

internal sealed record ExportedItem(string Sector, string Section, string? Source, string Title, string? Url, string Summary);

/// <summary>Random editions in the shape of the Markdown export.</summary>
internal sealed record Exports(string Introduction, IReadOnlyList<(string Title, string? Url, string Body)> News, IReadOnlyList<ExportedItem> Items)
{
    private static readonly string[] Titles = ["Reports", "Waiting times: what we know", "Young people and work", "Care in the U.K.", "What next?", "Page 3 of the register", "Reading \u201Cthe room\u201D", "2021 in numbers", "Too little. Too late"];
    private static readonly string[] SourceNames = ["NSPCC", "The Health Foundation", "Office for National Statistics", "Barnardo's", "Children & Families Trust"];
    private static readonly string[] Bodies =
    [
        "One paragraph.", "The report finds that:\n\n- one\n- two\n  - nested", "##### Reports\n\nBelow a sub-heading.", "A short line\n\nAnd then a sentence.", "1. First\n2. Second\n\nAfter the list.",
        "**Bold words** and a [link](#).", "> A quotation.\n\nA reply.", "First line,  \nsecond line.", "| a | b |\n|---|---|\n| 1 | 2 |", "NSPCC. Not a title.\n\nThis report is text.", "Criminal Justice\n\nis the name of a sector.",
    ];

    public static Arbitrary<Exports> Arbitrary { get; } = Make().ToArbitrary();

    public string ToMarkdown()
    {
        var markdown = new StringBuilder("# March 2022\n\n").Append(Introduction).Append("\n\n**Ann Other**\nHead of Things\n\n");
        if (News.Count > 0)
            markdown.Append("## News\n\n");
        foreach (var (title, url, body) in News)
            markdown.Append("### ").Append(Linked(title, url)).Append("\n\n").Append(body).Append("\n\n");
        foreach (var sector in Items.GroupBy(item => item.Sector))
        {
            markdown.Append("## ").Append(ImportVocabulary.Full.Sectors.Single(entry => entry.Key == sector.Key).Name).Append("\n\n");
            foreach (var section in sector.GroupBy(item => item.Section))
            {
                markdown.Append("### ").Append(ImportVocabulary.Full.Sections.Single(entry => entry.Key == section.Key).Name).Append("\n\n");
                foreach (var item in section)
                    markdown.Append("#### ").Append(item.Source is null ? "" : item.Source + ". ").Append(Linked(item.Title, item.Url)).Append("\n\n").Append(item.Summary).Append("\n\n");
            }
        }

        return markdown.ToString();
    }

    private static string Linked(string title, string? url) => url is null ? title : $"[{title}]({url})";

    private static Gen<Exports> Make() =>
        from count in Gen.Choose(1, 8)
        from items in Gen.ListOf(Item(), count)
        from newsCount in Gen.Choose(0, 3)
        from news in Gen.ListOf(NewsItem(), newsCount)
        from introduction in Gen.Elements("A letter of one sentence.", "First paragraph.\n\nSecond paragraph with NSPCC in it.\n\nBest wishes,")
        select new Exports(introduction, [.. news], [.. items.GroupBy(item => item.Sector).SelectMany(sector => sector.GroupBy(item => item.Section).SelectMany(section => section))]);

    private static Gen<ExportedItem> Item() =>
        from sector in Gen.Elements(ImportVocabulary.Full.Sectors.Select(entry => entry.Key).ToArray())
        from section in Gen.Elements(ImportVocabulary.Full.Sections.Select(entry => entry.Key).ToArray())
        from source in Gen.Elements(SourceNames)
        from hasSource in Gen.Elements(true, true, false)
        from title in Gen.Elements(Titles[1..^1])
        from url in Gen.Elements("https://example.org/a_(b)", "#", "")
        from summary in Gen.Elements(Bodies)
        select new ExportedItem(sector, section, hasSource ? source : null, title, url.Length > 0 ? url : null, summary);

    private static Gen<(string, string?, string)> NewsItem() =>
        from title in Gen.Elements(Titles[1..])
        from url in Gen.Elements("https://example.org/n", "")
        from body in Gen.Elements(Bodies)
        select (title, url.Length > 0 ? url : null, body);
}
