using System.Globalization;
using System.Net;
using CordisPulse.Core.Archive;
using CordisPulse.Tests.Builders;

namespace CordisPulse.Tests.Features;

public sealed class BrowseTests(ReadingSite site) : IClassFixture<ReadingSite>
{
    [Fact]
    public async Task Sources_stand_a_to_z_with_how_often_and_when_last()
    {
        using var visitor = site.Visit();
        var page = await visitor.GetAsync("/sources");

        Assert.Equal(["A", "B", "S"], page.Texts(".letter h2"));
        Assert.Equal(["Archive Society", "Ärzte gegen Strafe", "Bright Childhoods", "Society for Care"], page.Texts(".letter li a"));
        Assert.Equal(["1 item, in May 2018", "1 item, in March 2022", "2 items, February 2022 to March 2022", "3 items, February 2022 to March 2022"], page.Texts(".letter li span"));
        Assert.DoesNotContain("Secret Source", page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_source_stands_under_its_first_word_that_is_no_article()
    {
        await using var own = new PulseApp();
        await new PublishedEditionBuilder("2021-05")
            .With(new BuiltItem("One") { Source = "The Harbour Fund" }, new BuiltItem("Two") { Source = "Theatre Trust" }, new BuiltItem("Three") { Source = "Ida Society" })
            .SaveAsync(own);
        using var visitor = own.Visit();

        var page = await visitor.GetAsync("/sources");

        Assert.Equal(["H", "I", "T"], page.Texts(".letter h2"));
        Assert.Equal(["The Harbour Fund", "Ida Society", "Theatre Trust"], page.Texts(".letter li a"));
    }

    [Fact]
    public async Task A_source_says_in_which_years_it_stood_and_leads_to_each()
    {
        await using var own = new PulseApp();
        foreach (var month in (string[])["2015-02", "2016-11", "2019-12", "2021-01"])
            await new PublishedEditionBuilder(month).With(new BuiltItem($"Of {month}") { Source = "Rare Trust" }).SaveAsync(own);
        using var visitor = own.Visit();

        Assert.Equal(["4 items, February 2015 to January 2021 (2015 to 2016, 2019 and 2021)"], (await visitor.GetAsync("/sources")).Texts(".letter li span"));
        var page = await visitor.GetAsync("/sources/rare-trust");
        Assert.Equal(["2021", "2019", "2016", "2015"], page.Texts(".by-year a"));
        var year = await visitor.GetAsync(page.Document.QuerySelectorAll(".by-year a")[1].GetAttribute("href")!);
        Assert.Equal(["Of 2019-12", "Of 2016-11", "Of 2015-02"], year.Texts(".entry h3"));
    }

    [Fact]
    public async Task Topics_stand_a_to_z_and_each_lists_its_items_across_editions()
    {
        await using var own = new PulseApp();
        await new PublishedEditionBuilder("2021-05").With(new BuiltItem("One") { Topics = ["workforce"] }, new BuiltItem("Two")).SaveAsync(own);
        await new PublishedEditionBuilder("2021-06").With(new BuiltItem("Three") { Topics = ["dementia", "workforce"] }, new BuiltItem("Four") { Topics = ["workforce"] }).SaveAsync(own);
        await new PublishedEditionBuilder("2021-07").TakenBack().With(new BuiltItem("Five") { Topics = ["policing"] }).SaveAsync(own);
        using var visitor = own.Visit();

        var topics = await visitor.GetAsync("/topics");
        Assert.Equal(["Dementia", "Workforce"], topics.Texts(".letter li a"));
        Assert.Equal(["1 item, in June 2021", "3 items, May 2021 to June 2021"], topics.Texts(".letter li span"));
        Assert.Equal(["Three", "Four", "One"], (await visitor.GetAsync("/topics/workforce")).Texts(".entry h3"));
        Assert.Equal(["Four", "One"], (await visitor.GetAsync("/topics/workforce?before=2021-06.1")).Texts(".entry h3"));
        foreach (var odd in (string[])["0", "x", "2021-06", "2021-13.1", "2021-06.+1", "2021-06.-1", "2021-06.2147483648"])
            foreach (var form in (string[])["", ".json"])
                Assert.Equal(HttpStatusCode.NotFound, (await visitor.GetAsync($"/topics/workforce{form}?before={odd}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.GetAsync("/topics/policing")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.GetAsync("/topics/..%2fworkforce")).Status);
        Assert.Equal(["Dementia", "Workforce"], (await visitor.GetAsync("/editions/2021-06")).Texts("#three .topics a"));
        Assert.Equal("/topics/dementia", (await visitor.GetAsync("/editions/2021-06/three")).One(".topics a").GetAttribute("href"));
        var sitemap = (await visitor.GetAsync("/sitemap.xml")).Html;
        Assert.Contains("/topics/workforce<", sitemap, StringComparison.Ordinal);
        Assert.Contains("/editions/2021<", sitemap, StringComparison.Ordinal);
        Assert.DoesNotContain("policing", sitemap, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/sectors", "Adult Social Care and Health", "5 items, May 2018 to March 2022 (2018 and 2022)")]
    [InlineData("/sections", "Reports", "5 items, May 2018 to March 2022 (2018 and 2022)")]
    public async Task Sectors_and_sections_have_a_list_of_their_own(string path, string first, string often)
    {
        using var visitor = site.Visit();
        var page = await visitor.GetAsync(path);

        Assert.Equal((first, often), (page.Texts(".places a").First(), page.Texts(".places span").First()));
    }

    [Theory]
    [InlineData("/sectors/adult-social-care-and-health", 5)]
    [InlineData("/sections/briefings", 2)]
    [InlineData("/sources/society-for-care", 3)]
    public async Task A_place_lists_its_items_under_their_editions(string path, int items)
    {
        using var visitor = site.Visit();
        var page = await visitor.GetAsync(path);

        Assert.Equal(items, page.Document.QuerySelectorAll(".entry").Length);
        Assert.Equal("March 2022", page.Texts(".month h2").First());
    }

    [Fact]
    public async Task Going_through_the_pages_meets_every_item_once()
    {
        await using var own = new PulseApp();
        for (var month = 1; month <= 3; month++)
        {
            var number = month;
            await new PublishedEditionBuilder(string.Create(CultureInfo.InvariantCulture, $"2021-{month:00}"))
                .With([.. Enumerable.Range(1, 15).Select(item => new BuiltItem(string.Create(CultureInfo.InvariantCulture, $"Item {number} {item}")))])
                .SaveAsync(own);
        }

        using var visitor = own.Visit();
        var titles = new List<string>();
        var page = await visitor.GetAsync("/sections/reports");
        while (true)
        {
            var onPage = page.Texts(".entry h3").ToList();
            Assert.InRange(onPage.Count, 1, ItemPage.Size);
            titles.AddRange(onPage);
            if (page.Document.QuerySelector(".pager a[rel=next]") is not { } older)
                break;
            page = await visitor.GetAsync(older.GetAttribute("href")!);
        }

        var expected =
            from month in Enumerable.Range(1, 3).Reverse()
            from item in Enumerable.Range(1, 15)
            select string.Create(CultureInfo.InvariantCulture, $"Item {month} {item}");
        Assert.Equal(expected, titles);
        Assert.Equal("/sections/reports", page.One(".pager a").GetAttribute("href"));
    }
}
