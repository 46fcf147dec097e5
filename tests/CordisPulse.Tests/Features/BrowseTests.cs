using System.Globalization;
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
        Assert.Equal("3 items, last in March 2022", page.Texts(".letter li span").Last());
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
