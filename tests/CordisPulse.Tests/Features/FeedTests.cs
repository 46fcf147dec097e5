using System.Net;
using System.ServiceModel.Syndication;
using System.Text.Json;
using System.Xml;
using System.Xml.Linq;
using CordisPulse.Tests.Builders;

namespace CordisPulse.Tests.Features;

public sealed class FeedTests(ReadingSite site) : IClassFixture<ReadingSite>
{
    [Fact]
    public async Task The_feed_holds_the_editions_newest_first_but_none_from_before_the_site()
    {
        var feed = await ReadAsync("/feed.atom");

        Assert.Equal(["March 2022", "February 2022"], feed.Items.Select(item => item.Title.Text));
        Assert.All(feed.Items, item => Assert.StartsWith(ReadingSite.PublicUrl, item.Links.Single().Uri.AbsoluteUri, StringComparison.Ordinal));
        Assert.Contains(feed.Links, link => link.RelationshipType == "self" && link.Uri.AbsoluteUri == ReadingSite.PublicUrl + "feed.atom");
        var content = ((TextSyndicationContent)feed.Items.First().Content).Text;
        Assert.Contains(ReadingSite.PublicUrl + "editions/2022-03/children-first", content, StringComparison.Ordinal);
        Assert.DoesNotContain("COVER OF A REPORT", content, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sectors_feed_holds_its_items()
    {
        var feed = await ReadAsync("/sectors/adult-social-care-and-health/feed.atom");

        Assert.Equal(["Society for Care: Joining up care for people & places", "A poll of adults", "Society for Care: Tools for first meetings", "Society for Care: Waiting for support at home"],
            feed.Items.Select(item => item.Title.Text));
    }

    [Fact]
    public async Task The_json_feed_says_the_same()
    {
        using var visitor = site.Visit();
        var page = await visitor.GetAsync("/feed.json");

        Assert.Equal("application/feed+json; charset=utf-8", page.Headers["Content-Type"]);
        using var json = JsonDocument.Parse(page.Html);
        Assert.Equal("https://jsonfeed.org/version/1.1", json.RootElement.GetProperty("version").GetString());
        Assert.Equal(ReadingSite.PublicUrl + "feed.json", json.RootElement.GetProperty("feed_url").GetString());
        Assert.Equal(["March 2022", "February 2022"], json.RootElement.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("title").GetString()));
    }

    public static TheoryData<string, string, string> Feeds => new()
    {
        { "/", "/feed.atom", "/feed.json" },
        { "/", "/items/feed.atom", "/items/feed.json" },
        { "/sectors/criminal-justice", "/sectors/criminal-justice/feed.atom", "/sectors/criminal-justice/feed.json" },
        { "/sections/briefings", "/sections/briefings/feed.atom", "/sections/briefings/feed.json" },
        { "/sources/society-for-care", "/sources/society-for-care/feed.atom", "/sources/society-for-care/feed.json" },
        { "/sources/archive-society", "/sources/archive-society/feed.atom", "/sources/archive-society/feed.json" },
        { "/search?q=care&sort=date", "/search.atom?q=care&sort=date", "/search/feed.json?q=care&sort=date" },
    };

    [Theory]
    [MemberData(nameof(Feeds))]
    public async Task Every_feed_keeps_the_rules_in_both_forms_and_is_found_from_its_page(string path, string atom, string json)
    {
        using var visitor = site.Visit();
        var page = await visitor.GetAsync(path);
        foreach (var (type, address) in new[] { ("application/atom+xml", atom), ("application/feed+json", json) })
            Assert.Contains(ReadingSite.PublicUrl + address[1..], page.Document.QuerySelectorAll($"link[rel=alternate][type='{type}']").Select(link => link.GetAttribute("href")));
        var (feed, other) = (await visitor.GetAsync(atom), await visitor.GetAsync(json));
        Assert.Equal(("application/atom+xml; charset=utf-8", "application/feed+json; charset=utf-8"), (feed.Headers["Content-Type"], other.Headers["Content-Type"]));

        var titles = AtomRules.Check(feed.Html, ReadingSite.PublicUrl + atom[1..]);

        Assert.Equal(titles, JsonFeedRules.Check(other.Html, ReadingSite.PublicUrl + json[1..]));
        Assert.Equal(path == "/sources/archive-society", titles.Count == 0);
    }

    [Theory]
    [MemberData(nameof(Feeds))]
    public async Task A_feed_is_not_sent_again_while_it_is_the_same(string path, string atom, string json)
    {
        using var visitor = site.Visit();
        foreach (var address in new[] { path, atom, json })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            request.Headers.TryAddWithoutValidation("If-None-Match", (await visitor.GetAsync(address)).Headers["ETag"]);
            using var answer = await visitor.Http.SendAsync(request);
            Assert.Equal(HttpStatusCode.NotModified, answer.StatusCode);
        }
    }

    [Theory]
    [InlineData("/sections/no-such-section/feed.json")]
    [InlineData("/sources/secret-source/feed.atom")]
    [InlineData("/sectors/criminal-justice/feed.rss")]
    [InlineData("/feed.xml")]
    [InlineData("/items")]
    public async Task There_is_no_feed_of_what_readers_do_not_see_and_in_no_other_form(string path)
    {
        using var visitor = site.Visit();
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.GetAsync(path)).Status);
    }

    [Fact]
    public async Task Characters_that_xml_cannot_hold_do_not_break_a_feed()
    {
        await using var own = new PulseApp();
        await new PublishedEditionBuilder("2021-01").WithIntroduction("Bell \u0007 and \uFFFE.").With(new BuiltItem("A\u0001 title 🦉 ]]> &amp;") { Slug = "odd" }).SaveAsync(own);
        using var visitor = own.Visit();

        foreach (var path in new[] { "/feed.atom", "/items/feed.atom", "/sectors/adult-social-care-and-health/feed.atom" })
            AtomRules.Check((await visitor.GetAsync(path)).Html, own.Address.AbsoluteUri + path[1..]);
        Assert.NotNull(XDocument.Parse((await visitor.GetAsync("/sitemap.xml")).Html).Root);
        Assert.Contains("A title 🦉 ]]> &amp;amp;", (await visitor.GetAsync("/sectors/adult-social-care-and-health/feed.atom")).Html.Replace("]]&gt;", "]]>", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_sitemap_lists_what_is_published_and_robots_points_to_it()
    {
        using var visitor = site.Visit();
        var addresses = XDocument.Parse((await visitor.GetAsync("/sitemap.xml")).Html).Descendants()
            .Where(element => element.Name.LocalName == "loc").Select(element => element.Value).ToList();

        Assert.Equal(addresses.Distinct(), addresses);
        Assert.Contains(ReadingSite.PublicUrl + "editions/2018-05/a-report-whose-address-was-lost", addresses);
        Assert.DoesNotContain(addresses, address => address.Contains("2022-04", StringComparison.Ordinal));
        foreach (var address in addresses)
            Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/" + address[ReadingSite.PublicUrl.Length..])).Status);
        Assert.Contains($"Sitemap: {ReadingSite.PublicUrl}sitemap.xml", (await visitor.GetAsync("/robots.txt")).Html, StringComparison.Ordinal);
    }

    private async Task<SyndicationFeed> ReadAsync(string path)
    {
        using var visitor = site.Visit();
        var page = await visitor.GetAsync(path);
        Assert.Equal("application/atom+xml; charset=utf-8", page.Headers["Content-Type"]);
        using var reader = XmlReader.Create(new StringReader(page.Html));
        return SyndicationFeed.Load(reader);
    }
}
