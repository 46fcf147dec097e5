using CordisPulse.Core.Editions;
using CordisPulse.Tests.Builders;

namespace CordisPulse.Tests.Features;

/// <summary>
/// A page read as Zotero's "Embedded Metadata" does, by the rules of its documentation: the tags of Highwire Press first, by the end of
/// their names; then a type by Dublin Core; then what Open Graph and the page itself say.
/// </summary>
public sealed class ReferenceManagerTests(ReadingSite site) : IClassFixture<ReadingSite>
{
    [Fact]
    public async Task An_item_is_known_as_the_report_that_it_is_about()
    {
        var read = await ReadAsync("/editions/2022-03/joining-up-care-for-people-places");

        Assert.Equal(("report", "Joining up care for people & places", "Society for Care"), (read.Type, read.Title, read.Institution));
        Assert.Equal([("Writer", "A."), ("Other", "B.")], read.Creators);
        Assert.Equal(("2022/02", "10.1234/abc", "https://www.example.org/report", "en-GB"), (read.Date, read.Doi, read.Url, read.Language));
        Assert.StartsWith("A café in every ward", read.Abstract, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_item_without_a_source_or_a_link_is_a_report_still()
    {
        var read = await ReadAsync("/editions/2022-03/a-poll-of-adults");

        Assert.Equal(("report", "A poll of adults", null, ReadingSite.PublicUrl + "editions/2022-03/a-poll-of-adults"), (read.Type, read.Title, read.Institution, read.Url));
        Assert.Empty(read.Creators);
        Assert.Null(read.Date);
    }

    [Fact]
    public async Task An_edition_is_known_as_a_numbered_report_of_its_publisher()
    {
        var read = await ReadAsync("/editions/2022-03");

        Assert.Equal(("report", "CordisPulse, March 2022", "Cordis Bright", "2022-03"), (read.Type, read.Title, read.Institution, read.Number));
        Assert.Equal(("2022/03/07", ReadingSite.PublicUrl + "editions/2022-03"), (read.Date, read.Url));
        Assert.Empty(read.Creators);
    }

    [Theory]
    [InlineData("Jane Smith", "Smith", "Jane")]
    [InlineData("Ludwig Maria van Berg", "Berg", "Ludwig Maria van")]
    public async Task A_single_author_is_one_author(string name, string family, string given)
    {
        await using var own = new PulseApp();
        await new PublishedEditionBuilder("2021-01").With(new BuiltItem("By one") { Authors = [name], PublishedOn = PartialDate.Parse("2021") }).SaveAsync(own);
        var read = await ReadAsync("/editions/2021-01/by-one", own);

        Assert.Equal((family, given), Assert.Single(read.Creators));
        Assert.Equal("2021", read.Date);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/sectors/criminal-justice")]
    [InlineData("/about")]
    public async Task No_other_page_says_that_it_is_a_work(string path)
    {
        using var visitor = site.Visit();
        Assert.Empty((await visitor.GetAsync(path)).Document.QuerySelectorAll("meta[name^=citation_], meta[name^='DC.']"));
    }

    [Theory]
    [InlineData("/editions/2022-03", "#joining-up-care-for-people-places")]
    [InlineData("/editions/2022-03/joining-up-care-for-people-places", "article.alone")]
    public async Task A_summary_is_an_article_that_cites_its_report(string path, string article)
    {
        using var visitor = site.Visit();
        var summary = (await visitor.GetAsync(path)).One(article);
        var report = summary.QuerySelector("[itemprop=citation][itemscope][itemtype='https://schema.org/Report']")!;

        Assert.Equal("https://schema.org/Article", summary.GetAttribute("itemtype"));
        Assert.Equal(
            ["publisher Society for Care", "name Joining up care for people & places", "url https://www.example.org/report", "author A. Writer, B. Other", "datePublished 2022-02", "sameAs https://doi.org/10.1234/abc"],
            report.QuerySelectorAll("[itemprop]").Select(element => $"{element.GetAttribute("itemprop")} {element.GetAttribute("href") ?? element.GetAttribute("datetime") ?? element.TextContent.Trim()}"));
        Assert.NotNull(summary.QuerySelector("[itemprop=abstract]"));
        Assert.Null(report.QuerySelector("[itemprop=abstract]"));
    }

    private async Task<ReadWork> ReadAsync(string path, PulseApp? other = null)
    {
        using var visitor = (other ?? site).Visit();
        var page = (await visitor.GetAsync(path)).Document;
        // What is preferred to the tags, and would be read in their place.
        Assert.Empty(page.QuerySelectorAll(".Z3988, link[rel=unapi-server]"));
        string? Tag(string name) => page.QuerySelector($"html > head > meta[name$='{name}']")?.GetAttribute("content");
        return new ReadWork(
            Tag("citation_technical_report_institution") is not null ? "report" : Tag("DC.type") ?? "webpage",
            Tag("citation_title") ?? page.Title!, [.. Creators([.. page.QuerySelectorAll("meta[name$=citation_author]").Select(tag => tag.GetAttribute("content")!)])],
            Tag("citation_date") ?? Tag("citation_publication_date") ?? page.QuerySelector("time[datetime]")?.GetAttribute("datetime"),
            Tag("citation_technical_report_institution"), Tag("citation_technical_report_number"), Tag("citation_doi"),
            Tag("citation_public_url") ?? page.QuerySelector("head > link[rel=canonical]")!.GetAttribute("href")!, page.DocumentElement.GetAttribute("lang")!, Tag("description")!);
    }

    /// <summary>A tag that stands alone may hold several names, parted by semicolons or, where both sides have several words, by commas.</summary>
    private static IEnumerable<(string Family, string Given)> Creators(IReadOnlyList<string> tags)
    {
        foreach (var tag in tags)
        {
            var names = tag.Split(';', StringSplitOptions.TrimEntries);
            if (names.Length == 1 && tags.Count == 1 && tag.Split(',', StringSplitOptions.TrimEntries) is [var first, var second, ..] byComma && first.Contains(' ') && second.Contains(' '))
                names = byComma;
            foreach (var name in names)
                if (name.Split(',', StringSplitOptions.TrimEntries) is [var family, var given])
                    yield return (family, given);
                else
                    yield return (name[(name.LastIndexOf(' ') + 1)..], name.LastIndexOf(' ') is > 0 and var end ? name[..end] : "");
        }
    }

    private sealed record ReadWork(
        string Type, string Title, IReadOnlyList<(string Family, string Given)> Creators, string? Date, string? Institution, string? Number, string? Doi, string Url, string Language, string Abstract);
}
