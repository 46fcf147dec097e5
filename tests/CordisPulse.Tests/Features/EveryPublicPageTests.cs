using System.Net;
using CordisPulse.Tests.Builders;

namespace CordisPulse.Tests.Features;

/// <summary>What holds for every page that readers can open.</summary>
public sealed class EveryPublicPageTests(ReadingSite site) : IClassFixture<ReadingSite>
{
    public static TheoryData<string> Pages =>
    [
        "/", "/editions", "/editions/2022", "/editions/2022-03", "/editions/2022-03/a-poll-of-adults", "/sectors/criminal-justice", "/sections/reports",
        "/sectors", "/sections", "/sources", "/sources/society-for-care", "/topics", "/topics/integrated-care", "/search", "/search?q=care", "/about", "/privacy", "/accessibility", "/formats",
    ];

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task A_page_has_one_title_landmarks_headings_in_order_and_no_script(string path)
    {
        using var visitor = site.Visit();
        var page = await visitor.GetAsync(path);

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Single(page.Texts("h1"));
        Assert.Single(page.Texts("main"));
        Assert.Equal("#main", page.One(".skip").GetAttribute("href"));
        Assert.Empty(page.Document.QuerySelectorAll("script, [style], style, img, iframe"));
        Assert.DoesNotContain(page.Document.All.SelectMany(element => element.Attributes), attribute => attribute.Name.StartsWith("on", StringComparison.Ordinal));
        var ids = page.Document.QuerySelectorAll("[id]").Select(element => element.Id).ToList();
        Assert.Equal(ids.Distinct(), ids);
        var level = 0;
        foreach (var heading in page.Document.QuerySelectorAll("h1, h2, h3, h4, h5, h6"))
        {
            var next = heading.LocalName[1] - '0';
            Assert.True(next <= level + 1, $"'{heading.TextContent.Trim()}' is an h{next} below an h{level}");
            level = next;
        }
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task A_page_is_kept_until_something_is_published(string path)
    {
        using var visitor = site.Visit();
        var first = await visitor.GetAsync(path);
        Assert.Contains("no-cache", first.Headers["Cache-Control"], StringComparison.Ordinal);

        using var again = new HttpRequestMessage(HttpMethod.Get, path);
        again.Headers.TryAddWithoutValidation("If-None-Match", first.Headers["ETag"]);
        using var unchanged = await visitor.Http.SendAsync(again);
        Assert.Equal(HttpStatusCode.NotModified, unchanged.StatusCode);
        Assert.Empty(visitor.Cookies);
    }

    [Fact]
    public async Task Publishing_changes_every_tag()
    {
        await using var own = new PulseApp();
        using var visitor = own.Visit();
        var before = await visitor.GetAsync("/editions");
        await new PublishedEditionBuilder("2021-01").With(new BuiltItem("Something new")).SaveAsync(own);

        using var request = new HttpRequestMessage(HttpMethod.Get, "/editions");
        request.Headers.TryAddWithoutValidation("If-None-Match", before.Headers["ETag"]);
        using var answer = await visitor.Http.SendAsync(request);
        var after = await WebPage.ReadAsync(answer);

        Assert.Equal(HttpStatusCode.OK, after.Status);
        Assert.Contains("January 2021", after.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/", "")]
    [InlineData("/editions/2022-03", "editions/2022-03")]
    [InlineData("/editions/2022-03/children-first", "editions/2022-03/children-first")]
    [InlineData("/sources/society-for-care", "sources/society-for-care")]
    public async Task The_canonical_address_is_the_public_one_whatever_host_was_asked(string path, string canonical)
    {
        using var visitor = site.Visit();
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Host = "localhost";
        using var response = await visitor.Http.SendAsync(request);
        var page = await WebPage.ReadAsync(response);

        Assert.Equal(ReadingSite.PublicUrl + canonical, page.One("link[rel=canonical]").GetAttribute("href"));
        Assert.Equal(ReadingSite.PublicUrl + canonical, page.One("meta[property='og:url']").GetAttribute("content"));
        Assert.DoesNotContain("localhost", page.Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/editions/2022-04")]
    [InlineData("/editions/2022-04.md")]
    [InlineData("/editions/2022-04.json")]
    [InlineData("/editions/2022-04/nobody-may-see-this")]
    [InlineData("/sources/secret-source")]
    [InlineData("/editions/2022-3")]
    [InlineData("/editions/2022-13")]
    [InlineData("/editions/abc")]
    [InlineData("/editions/1999-01")]
    [InlineData("/editions/2022-03/no-such-item")]
    [InlineData("/sectors/no-such-sector")]
    [InlineData("/sectors/no-such-sector/feed.atom")]
    [InlineData("/nothing-here")]
    public async Task What_is_not_published_is_not_there(string path)
    {
        using var visitor = site.Visit();
        var page = await visitor.GetAsync(path);

        Assert.Equal(HttpStatusCode.NotFound, page.Status);
        Assert.Equal("This page is not here", page.One("h1").TextContent);
        Assert.False(page.Headers.ContainsKey("ETag"));
    }

    [Fact]
    public async Task A_link_checker_may_ask_with_head()
    {
        using var visitor = site.Visit();
        using var request = new HttpRequestMessage(HttpMethod.Head, "/editions/2022-03");
        using var response = await visitor.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }
}
