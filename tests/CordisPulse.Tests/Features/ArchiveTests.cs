using System.Net;
using System.Text.Json;
using CordisPulse.Core.Editions;
using CordisPulse.Tests.Builders;

namespace CordisPulse.Tests.Features;

public sealed class ArchiveTests(ReadingSite site) : IClassFixture<ReadingSite>
{
    [Fact]
    public async Task The_front_is_the_newest_edition_with_the_way_to_everything_else()
    {
        using var visitor = site.Visit();
        var page = await visitor.GetAsync("/");

        Assert.Equal("March 2022", page.One("h1").TextContent);
        Assert.Equal("The edition at a glance. 5 items: 3 in Adult Social Care and Health, 1 in Children and Young People's Services, 1 in Criminal Justice",
            page.One("svg.pulse").GetAttribute("aria-label"));
        Assert.Equal(5, page.Document.QuerySelectorAll(".mast svg rect").Length);
        Assert.Contains("/editions/2022-03/children-first", page.Document.QuerySelectorAll(".columns a").Select(link => link.GetAttribute("href")));
        Assert.Equal(["February 2022", "May 2018"], page.Texts(".earlier .month-name"));
        Assert.Equal("/subscribe", page.One("form[method=post]").GetAttribute("action"));
        Assert.NotNull(page.One("form[method=post] input[name=Email][type=email]"));
        Assert.Empty(page.Document.QuerySelectorAll("input[name=__RequestVerificationToken]"));
    }

    [Fact]
    public async Task A_site_without_editions_says_so()
    {
        await using var own = new PulseApp();
        using var visitor = own.Visit();

        Assert.Contains("The first edition is being written", (await visitor.GetAsync("/")).Text, StringComparison.Ordinal);
        Assert.Contains("Nothing has been published yet", (await visitor.GetAsync("/editions")).Text, StringComparison.Ordinal);
        Assert.Contains("Nothing has been published yet", (await visitor.GetAsync("/sources")).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/feed.atom")).Status);
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/sitemap.xml")).Status);
    }

    [Fact]
    public async Task Editions_stand_by_year_each_with_its_pulse()
    {
        using var visitor = site.Visit();
        var page = await visitor.GetAsync("/editions");

        Assert.Equal(["2022", "2018"], page.Texts(".year h2"));
        Assert.Equal(["February 2022, 2 items", "March 2022, 5 items", "May 2018, 1 item"], page.Texts(".months a .unseen"));
        // A bar an item, in its month's place of twelve.
        Assert.Equal([2, 5, 1], page.Document.QuerySelectorAll("svg").Select(svg => svg.QuerySelectorAll("path").Sum(path => path.GetAttribute("d")!.Count(c => c == 'M'))));
        Assert.Equal(["m2", "m3", "m5"], page.Document.QuerySelectorAll(".months li").Select(month => month.ClassName));
    }

    [Fact]
    public async Task A_year_has_its_editions_and_the_way_to_the_years_beside_it()
    {
        using var visitor = site.Visit();
        var page = await visitor.GetAsync("/editions/2022");

        Assert.Equal("2022", page.One("h1").TextContent);
        Assert.Equal(["February 2022", "March 2022"], page.Texts(".month-name"));
        Assert.Equal("5 items: 3 in Adult Social Care and Health, 1 in Children and Young People's Services, 1 in Criminal Justice", page.Texts(".count").Last());
        Assert.Equal("/editions/2018", page.One(".beside a[rel=prev]").GetAttribute("href"));
        Assert.Null(page.Document.QuerySelector(".beside a[rel=next]"));
    }

    [Theory]
    [InlineData("/editions/2021")]
    [InlineData("/editions/0000")]
    [InlineData("/editions/99999")]
    [InlineData("/editions/+2022")]
    [InlineData("/editions/20 22")]
    [InlineData("/editions/٢٠٢٢")]
    [InlineData("/editions/2022-13")]
    [InlineData("/editions/0000-00")]
    public async Task What_is_no_year_and_no_month_with_an_edition_is_not_found(string path)
    {
        using var visitor = site.Visit();

        Assert.Equal(HttpStatusCode.NotFound, (await visitor.GetAsync(path)).Status);
    }

    [Fact]
    public async Task Ten_years_stand_on_a_page_and_the_next_page_goes_on_where_it_ends()
    {
        await using var own = new PulseApp();
        for (var year = 1999; year <= 2021; year++)
            await new PublishedEditionBuilder($"{year}-06").With(new BuiltItem($"Of {year}")).SaveAsync(own);
        using var visitor = own.Visit();

        var years = new List<string>();
        var path = "/editions";
        while (path is not null)
        {
            var page = await visitor.GetAsync(path);
            Assert.InRange(page.Texts(".year h2").Count(), 1, 10);
            years.AddRange(page.Texts(".year h2"));
            path = page.Document.QuerySelector(".pager a[rel=next]")?.GetAttribute("href");
        }

        Assert.Equal(Enumerable.Range(1999, 23).Reverse().Select(year => $"{year}"), years);
        foreach (var odd in (string[])["0", "-1", "%2B2000", "1000000000000", "x", "2022-13", "999"])
            Assert.Equal(HttpStatusCode.NotFound, (await visitor.GetAsync($"/editions?before={odd}")).Status);
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/editions?before=")).Status);
    }

    [Fact]
    public async Task An_edition_shows_all_that_is_in_it_and_nothing_that_was_set_aside()
    {
        using var visitor = site.Visit();
        var page = await visitor.GetAsync("/editions/2022-03");

        Assert.Equal(["Joining up care for people & places", "A poll of adults", "Tools for first meetings", "Children first", "Young adults in custody"], page.Texts(".item h4"));
        Assert.Equal("https://www.example.org/report", page.One("#joining-up-care-for-people-places h4 a").GetAttribute("href"));
        Assert.Equal("#tools-for-first-meetings", page.One(".lead a").GetAttribute("href"));
        Assert.Equal("https://www.example.org/moving", page.One("#news h3 a").GetAttribute("href"));
        Assert.Contains("28 March 2022", page.One("#news").TextContent, StringComparison.Ordinal);
        Assert.Equal(2, page.Document.QuerySelectorAll("#joining-up-care-for-people-places .summary li").Length);
        Assert.Equal("A heading of its own", page.One("#a-poll-of-adults h5").TextContent);
        Assert.Contains("February 2022", page.One("#joining-up-care-for-people-places .facts").TextContent, StringComparison.Ordinal);
        Assert.Contains("Ada Example", page.One(".signed").TextContent, StringComparison.Ordinal);
        Assert.Contains("a lost link (link not kept)", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("COVER OF A REPORT", page.Html, StringComparison.Ordinal);
        Assert.Equal("https://schema.org/PublicationIssue", page.One("main [itemscope]").GetAttribute("itemtype"));
        Assert.Equal(5, page.Document.QuerySelectorAll("[itemprop=hasPart][itemtype='https://schema.org/Article']").Length);
        Assert.Equal("/editions/2022-02", page.One(".beside a[rel=prev]").GetAttribute("href"));
    }

    [Fact]
    public async Task Every_link_within_an_edition_leads_somewhere()
    {
        using var visitor = site.Visit();
        var page = await visitor.GetAsync("/editions/2022-03");

        var links = page.Document.QuerySelectorAll("a").Select(link => link.GetAttribute("href")!).Distinct().ToList();
        Assert.All(links.Where(link => link.StartsWith('#')), link => Assert.NotNull(page.Document.GetElementById(link[1..])));
        foreach (var link in links.Where(link => link.StartsWith('/') && link != "/subscribe"))
            Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync(link)).Status);
        Assert.DoesNotContain(links, link => link.StartsWith("javascript:", StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData("/editions/2022-03", "#a-poll-of-adults")]
    [InlineData("/editions/2022-03/a-poll-of-adults", "main")]
    [InlineData("/editions/2018-05", "#a-report-whose-address-was-lost")]
    public async Task An_item_without_a_web_address_reads_link_not_kept(string path, string place)
    {
        using var visitor = site.Visit();
        var item = (await visitor.GetAsync(path)).One(place);

        Assert.Equal("link not kept", item.QuerySelector(".lost")?.TextContent);
        Assert.Null(item.QuerySelector("h1 a, h4 a"));
    }

    [Fact]
    public async Task An_items_own_page_shows_its_neighbours_and_what_else_came_from_its_source()
    {
        using var visitor = site.Visit();
        var page = await visitor.GetAsync("/editions/2022-03/tools-for-first-meetings");

        Assert.Equal("Tools for first meetings", page.One("h1").TextContent);
        Assert.Equal("/editions/2022-03/a-poll-of-adults", page.One(".beside a[rel=prev]").GetAttribute("href"));
        Assert.Equal("/editions/2022-03/children-first", page.One(".beside a[rel=next]").GetAttribute("href"));
        Assert.Equal(
            ["Before this in Adult Social Care and Health", "After this, the first in Children and Young People's Services"], page.Texts(".beside a span"));
        Assert.Equal(["/editions/2022-03/joining-up-care-for-people-places", "/editions/2022-02/waiting-for-support-at-home"],
            page.Document.QuerySelectorAll(".others li a").Select(link => link.GetAttribute("href")));
        Assert.StartsWith("Guidance on under_score", page.One("meta[name=description]").GetAttribute("content"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_old_address_leads_to_the_items_present_one_for_good()
    {
        using var visitor = site.Visit();
        var page = await visitor.GetAsync("/editions/2022-03/joining-up");

        Assert.Equal(HttpStatusCode.MovedPermanently, page.Status);
        Assert.Equal("/editions/2022-03/joining-up-care-for-people-places", page.Location?.ToString());
    }

    [Fact]
    public async Task An_edition_can_be_had_as_json_without_what_was_set_aside()
    {
        using var visitor = site.Visit();
        var page = await visitor.GetAsync("/editions/2022-03.json");

        Assert.Equal("application/json; charset=utf-8", page.Headers["Content-Type"]);
        var edition = EditionDocument.FromJson(page.Html);
        Assert.Empty(edition.SetAside);
        Assert.Equal(5, edition.Items.Count());
        Assert.Null(edition.Items.ElementAt(1).Item.Url);
        using var json = JsonDocument.Parse(page.Html);
        Assert.Equal("Published", json.RootElement.GetProperty("status").GetString());
        Assert.DoesNotContain("itemId", page.Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(".md", "text/markdown; charset=utf-8", "# March 2022\n")]
    [InlineData(".txt", "text/plain; charset=utf-8", "March 2022\n==========\n")]
    public async Task An_edition_can_be_had_as_text(string ending, string type, string start)
    {
        using var visitor = site.Visit();
        var page = await visitor.GetAsync("/editions/2022-03" + ending);

        Assert.Equal(type, page.Headers["Content-Type"]);
        Assert.StartsWith(start, page.Html, StringComparison.Ordinal);
        Assert.Contains("Young adults in custody", page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("COVER OF A REPORT", page.Html, StringComparison.Ordinal);
    }
}
