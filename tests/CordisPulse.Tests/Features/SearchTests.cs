using System.Net;
using CordisPulse.Tests.Builders;

namespace CordisPulse.Tests.Features;

public sealed class SearchTests(ReadingSite site) : IClassFixture<ReadingSite>
{
    [Theory]
    [InlineData("care", 3)]
    [InlineData("CAFE", 1)]
    [InlineData("café ward", 1)]
    [InlineData("cafe society", 1)]
    [InlineData("cafe custody", 0)]
    [InlineData("100%", 1)]
    [InlineData("%", 0)]
    [InlineData("_", 0)]
    [InlineData("under_score", 1)]
    [InlineData("the", 7)]
    [InlineData("report of the wards", 0)]
    [InlineData("waits for the assessments", 1)]
    [InlineData("childrens", 1)]
    [InlineData("gardens", 1)]
    [InlineData("beginning of march", 1)]
    [InlineData("arzte", 1)]
    [InlineData("\"poll results\"", 1)]
    [InlineData("nobody", 0)]
    public async Task All_words_must_occur_whatever_their_case_and_accents(string query, int found)
    {
        using var visitor = site.Visit();
        var page = await visitor.SubmitAsync(await visitor.GetAsync("/search"), new() { ["q"] = query });

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Equal(found, Hits(page));
        Assert.Equal(query, page.One("#q").GetAttribute("value"));
    }

    [Fact]
    public async Task The_words_found_are_marked_where_they_stand()
    {
        using var visitor = site.Visit();
        var page = await visitor.GetAsync("/search?q=societe+caf%C3%A9+in");
        Assert.Contains("Nothing found", page.Text, StringComparison.Ordinal);

        page = await visitor.GetAsync("/search?q=societies+CAFE+join");
        Assert.Equal(["Society"], page.Texts(".hits > .found .source mark"));
        Assert.Equal(["Joining"], page.Texts(".hits > .found h3 mark"));
        Assert.Equal(["café"], page.Texts(".hits > .found p:not(.source):not(.where) mark"));
    }

    [Fact]
    public async Task A_search_can_be_narrowed_and_widened_again()
    {
        using var visitor = site.Visit();
        var all = await visitor.GetAsync("/search?q=report");
        Assert.Equal(["Sector", "Section", "Source", "Year"], all.Texts(".facets h3"));
        Assert.Equal(all.Texts(".facets a"), all.Texts(".facets-folded a"));
        var narrow = all.Document.QuerySelectorAll(".facets a").Single(link => link.TextContent == "Only Criminal Justice");
        Assert.Equal("1", narrow.ParentElement!.QuerySelector(":scope > span")!.TextContent);

        var narrowed = await visitor.GetAsync(narrow.GetAttribute("href")!);
        Assert.Equal(["Young adults in custody"], narrowed.Texts(".entry h3"));
        Assert.Equal(["Section", "Source", "Year"], narrowed.Texts(".facets h3"));
        var back = await visitor.GetAsync(narrowed.One(".chips a").GetAttribute("href")!);
        Assert.Equal(all.Document.QuerySelectorAll(".entry").Length, back.Document.QuerySelectorAll(".entry").Length);
    }

    [Theory]
    [InlineData("?from=2022-03", 7)]
    [InlineData("?to=2018-12", 2)]
    [InlineData("?year=2022", 10)]
    [InlineData("?year=2022&section=tools-and-guidance", 1)]
    [InlineData("?year=20x2", 0)]
    [InlineData("?q=report&from=2022-02&to=2022-02", 1)]
    [InlineData("?source=society-for-care", 3)]
    [InlineData("?section=tools-and-guidance", 1)]
    [InlineData("?sector=no-such-sector", 0)]
    public async Task Months_and_places_narrow_without_words(string query, int found)
    {
        using var visitor = site.Visit();
        var page = await visitor.GetAsync("/search" + query);

        Assert.Equal(found, Hits(page));
    }

    [Fact]
    public async Task What_is_no_month_is_left_out_and_said()
    {
        using var visitor = site.Visit();
        var page = await visitor.GetAsync("/search?q=care&from=last+year");

        Assert.Equal(3, Hits(page));
        Assert.Contains("A month is written like 2022-03", page.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a\0b\u0001")]
    [InlineData("'; DROP TABLE PublishedItems; --")]
    [InlineData("\"")]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("[a-z]%_\\")]
    [InlineData("🦉🦉 👩‍👩‍👧")]
    [InlineData("שלום עולם")]
    [InlineData("\u202Emirror")]
    [InlineData("NEAR(a b) OR c*")]
    public async Task Any_text_gets_an_answer(string query)
    {
        using var visitor = site.Visit();
        var page = await visitor.GetAsync("/search?q=" + Uri.EscapeDataString(query) + "&sector=" + Uri.EscapeDataString(query) + "&before=" + Uri.EscapeDataString(query));

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains("Nothing found", page.Text, StringComparison.Ordinal);
        Assert.Empty(page.Document.QuerySelectorAll("script"));
    }

    [Theory]
    [InlineData("a")]
    [InlineData("word ")]
    [InlineData("🦉")]
    public async Task A_very_long_text_gets_an_answer_too(string part)
    {
        using var visitor = site.Visit();
        var page = await visitor.GetAsync("/search?q=" + Uri.EscapeDataString(string.Concat(Enumerable.Repeat(part, 10_000 / part.Length))));

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Contains("That is a long search", page.Text, StringComparison.Ordinal);
    }

    private static int Hits(WebPage page) => page.Document.QuerySelectorAll(".hits > .found .entry").Length;
}
