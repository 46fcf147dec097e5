using System.Globalization;
using System.IO.Compression;
using System.Net;
using CordisPulse.Core.Accounts;
using CordisPulse.Core.Archive;
using CordisPulse.Tests.Builders;
using CordisPulse.Tests.Data;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace CordisPulse.Tests.Hosting.Pages;

/// <summary>Published pages are answered from memory, and never with what was.</summary>
public sealed class PageMemoryTests(PageMemoryTests.CountedSite site) : IClassFixture<PageMemoryTests.CountedSite>
{
    public sealed class CountedSite : PulseApp, IAsyncLifetime
    {
        public CountedQueries Queries => Services.GetRequiredService<CountedQueries>();

        public Task InitializeAsync() => EditionAsync("2022-03", items: 40);

        public Task EditionAsync(string month, int items) => new PublishedEditionBuilder(month)
            .With([.. Enumerable.Range(1, items).Select(number => new BuiltItem($"Report {number} of {month}")
            {
                Summary = string.Join(' ', Enumerable.Repeat("What it says about *care* at home, and [where](https://www.example.org/) to read on.", 6)),
                Sector = number % 2 == 0 ? "criminal-justice" : "adult-social-care-and-health",
                Source = $"Source {number % 12}",
            })])
            .SaveAsync(this);

        Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();

        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            base.ConfigureWebHost(builder);
            builder.ConfigureServices(CountedQueries.AddTo);
        }
    }

    [Fact]
    public async Task An_edition_of_forty_items_takes_three_queries_once_and_then_none()
    {
        await site.EditionAsync("2019-01", 40);
        using var visitor = site.Visit();
        var first = await visitor.GetAsync("/editions/2019-01");
        var made = site.Queries.Of("/editions/2019-01");
        Assert.InRange(made.Count, 1, 3);

        for (var i = 0; i < 20; i++)
            Assert.Equal(first.Html, (await visitor.GetAsync("/editions/2019-01")).Html);

        // Whether anything was published may be asked, the page itself not.
        Assert.All(site.Queries.Of("/editions/2019-01").Skip(made.Count), query => Assert.Contains("ContentVersions", query, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("gzip, deflate, br, zstd", "br")]
    [InlineData("gzip", "gzip")]
    [InlineData("GZIP;q=1.0, identity; q=0.5", "gzip")]
    [InlineData("br;q=0, gzip", "gzip")]
    [InlineData("br;q=0, gzip;q=0", "")]
    [InlineData("br;q=0.1, gzip;q=0.9", "gzip")]
    [InlineData("*", "br")]
    [InlineData("*;q=0", "")]
    [InlineData("identity", "")]
    [InlineData("identity;q=1, br;q=0.5", "")]
    [InlineData("", "")]
    [InlineData("zstd, br2", "")]
    [InlineData(";;;q=,,br;q=x", "")]
    [InlineData("br;q=5", "")]
    public async Task A_page_comes_in_the_coding_that_is_asked_for(string accepted, string coding)
    {
        using var http = new HttpClient(new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.None }) { BaseAddress = site.Address };
        var plain = await http.GetStringAsync("/editions/2022-03");
        // The first answer is compressed at once, later ones as small as can be.
        for (var i = 0; i < 4; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/editions/2022-03");
            request.Headers.TryAddWithoutValidation("Accept-Encoding", accepted);
            using var answer = await http.SendAsync(request);

            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Equal(coding, string.Join(", ", answer.Content.Headers.ContentEncoding));
            Assert.Equal("Accept-Encoding", Assert.Single(answer.Headers.Vary));
            Assert.Equal(plain, await ReadAsync(answer));
        }
    }

    [Fact]
    public async Task A_signed_in_member_of_staff_sees_links_of_their_own_and_nobody_else_does()
    {
        using var reader = site.Visit();
        var before = await reader.GetAsync("/editions/2022-03");
        using var staff = await site.SignInAsync(Roles.Editor);

        var seen = await staff.GetAsync("/editions/2022-03");
        Assert.Equal("/editor/editions/2022-03", seen.One(".at-desk a").GetAttribute("href"));
        Assert.Contains("no-store", seen.Headers["Cache-Control"], StringComparison.Ordinal);
        Assert.False(seen.Headers.ContainsKey("ETag"));
        using var asked = new HttpRequestMessage(HttpMethod.Get, "/editions/2022-03");
        asked.Headers.TryAddWithoutValidation("If-None-Match", before.Headers["ETag"]);
        using var again = await staff.Http.SendAsync(asked);
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);

        var after = await reader.GetAsync("/editions/2022-03");
        Assert.Empty(after.Texts(".at-desk"));
        Assert.Equal(before.Html, after.Html);
        var item = (await staff.GetAsync("/editions/2022-03/report-1-of-2022-03")).One(".at-desk a").GetAttribute("href");
        Assert.Matches("^/editor/editions/2022-03/items/[0-9]+$", item);
    }

    [Fact]
    public async Task A_cookie_that_opens_nothing_gets_what_readers_get()
    {
        using var visitor = site.Visit();
        var page = await visitor.GetAsync("/editions/2022-03");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/editions/2022-03");
        request.Headers.Add("Cookie", "CordisPulse=nonsense");
        using var answer = await visitor.Http.SendAsync(request);

        Assert.Equal(page.Html, (await WebPage.ReadAsync(answer)).Html);
        Assert.Equal(page.Headers["ETag"], answer.Headers.ETag!.ToString());
    }

    [Fact]
    public async Task What_is_changed_on_one_node_is_seen_there_at_once_and_on_the_other_within_a_second()
    {
        await using var one = new PulseApp();
        await new PublishedEditionBuilder("2022-03").With(new BuiltItem("A report")).SaveAsync(one);
        using var other = RunningPulse.Start(one.Settings);
        using var there = new Visitor(await other.AddressAsync());
        using var staff = await one.SignInAsync();
        using var here = one.Visit();
        Assert.DoesNotContain("Twenty Third Street", (await here.GetAsync("/editions/2022-03")).Html, StringComparison.Ordinal);
        Assert.DoesNotContain("Twenty Third Street", (await there.GetAsync("/editions/2022-03")).Html, StringComparison.Ordinal);

        var saved = await staff.SubmitAsync(await staff.GetAsync("/editor/settings/publisher"), new() { ["Form.PostalAddress"] = "Twenty Third Street" });
        Assert.Equal(HttpStatusCode.Redirect, saved.Status);

        Assert.Contains("Twenty Third Street", (await here.GetAsync("/editions/2022-03")).Html, StringComparison.Ordinal);
        // Not how fast it is, but that there is no node that goes on with what was: twice what a state that was read is trusted for.
        await Task.Delay(ContentWatch.Trusted * 2);
        Assert.Contains("Twenty Third Street", (await there.GetAsync("/editions/2022-03")).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_publication_leaves_the_tag_of_a_page_that_it_did_not_change()
    {
        await using var own = new PulseApp();
        await new PublishedEditionBuilder("2021-01").With(new BuiltItem("A report")).SaveAsync(own);
        await new PublishedEditionBuilder("2021-02").With(new BuiltItem("Another one") { Source = "Somebody Else" }).SaveAsync(own);
        using var visitor = own.Visit();
        var (first, last) = (await visitor.GetAsync("/editions/2021-01"), await visitor.GetAsync("/editions/2021-02"));

        await new PublishedEditionBuilder("2021-03").With(new BuiltItem("A third") { Source = "A Third One" }).SaveAsync(own);

        Assert.Equal(first.Headers["ETag"], (await visitor.GetAsync("/editions/2021-01")).Headers["ETag"]);
        // It has a next one now.
        Assert.NotEqual(last.Headers["ETag"], (await visitor.GetAsync("/editions/2021-02")).Headers["ETag"]);
    }

    [Theory]
    [InlineData("{0}", true)]
    [InlineData("\"one\", {0}, W/\"two\"", true)]
    [InlineData("*", true)]
    [InlineData("\"one\"", false)]
    [InlineData("", false)]
    [InlineData("rubbish", false)]
    [InlineData("W/", false)]
    [InlineData("\"", false)]
    public async Task A_copy_that_is_current_is_not_sent_again(string condition, bool isKnown)
    {
        using var visitor = site.Visit();
        var page = await visitor.GetAsync("/editions/2022-03");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/editions/2022-03");
        request.Headers.TryAddWithoutValidation("If-None-Match", string.Format(CultureInfo.InvariantCulture, condition, page.Headers["ETag"]));
        using var answer = await visitor.Http.SendAsync(request);

        Assert.Equal(isKnown ? HttpStatusCode.NotModified : HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(page.Headers["ETag"], answer.Headers.ETag!.ToString());
        Assert.Equal(isKnown ? 0 : page.Html.Length, (await answer.Content.ReadAsStringAsync()).Length);
    }

    [Fact]
    public async Task A_date_will_do_where_there_is_no_tag()
    {
        using var visitor = site.Visit();
        var changed = await LastModifiedAsync(visitor, "/editions/2022-03");

        Assert.Equal(HttpStatusCode.NotModified, await SinceAsync(changed));
        Assert.Equal(HttpStatusCode.OK, await SinceAsync(changed.AddSeconds(-1)));

        async Task<HttpStatusCode> SinceAsync(DateTimeOffset since)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/editions/2022-03");
            request.Headers.IfModifiedSince = since;
            using var answer = await visitor.Http.SendAsync(request);
            return answer.StatusCode;
        }
    }

    [Fact]
    public async Task Asked_for_its_head_a_page_says_what_it_would_send()
    {
        using var visitor = site.Visit();
        var page = await visitor.GetAsync("/editions/2022-03");
        using var request = new HttpRequestMessage(HttpMethod.Head, "/editions/2022-03");
        using var answer = await visitor.Http.SendAsync(request);

        Assert.Equal(page.Headers["ETag"], answer.Headers.ETag!.ToString());
        Assert.Equal("text/html", answer.Content.Headers.ContentType!.MediaType);
        Assert.True(answer.Content.Headers.ContentLength > 1000);
        Assert.Equal(page.Headers["Content-Security-Policy"], Assert.Single(answer.Headers.GetValues("Content-Security-Policy")));
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task Addresses_of_which_there_is_no_end_are_made_anew_each_time()
    {
        using var visitor = site.Visit();
        for (var i = 0; i < 2; i++)
        {
            var asked = site.Queries.Of("/sources/source-3").Count;
            Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/sources/source-3?utm_source=mail")).Status);
            Assert.True(site.Queries.Of("/sources/source-3").Count - asked >= 2);
        }
    }

    [SqliteFact]
    public async Task Readers_keep_what_is_in_memory_while_the_database_is_away()
    {
        await using var own = new PulseApp();
        await new PublishedEditionBuilder("2021-01").With(new BuiltItem("A report")).SaveAsync(own);
        using var visitor = own.Visit();
        var before = await visitor.GetAsync("/editions/2021-01");

        // A table that is not there is as little of an answer as a server that is not.
        await own.OnSqliteAsync("ALTER TABLE ContentVersions RENAME TO Away");
        await Task.Delay(ContentWatch.Trusted * 2);
        var during = await visitor.GetAsync("/editions/2021-01");
        await own.OnSqliteAsync("ALTER TABLE Away RENAME TO ContentVersions");

        Assert.Equal(before.Html, during.Html);
    }

    private static async Task<DateTimeOffset> LastModifiedAsync(Visitor visitor, string path)
    {
        // Within the second of a change a page does not say when it was.
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            using var answer = await visitor.Http.GetAsync(path, limit.Token);
            if (answer.Content.Headers.LastModified is { } changed)
                return changed;
            await Task.Delay(100, limit.Token);
        }
    }

    private static async Task<string> ReadAsync(HttpResponseMessage answer)
    {
        await using var body = await answer.Content.ReadAsStreamAsync();
        await using Stream decoded = answer.Content.Headers.ContentEncoding.SingleOrDefault() switch
        {
            "br" => new BrotliStream(body, CompressionMode.Decompress),
            "gzip" => new GZipStream(body, CompressionMode.Decompress),
            _ => body,
        };
        using var reader = new StreamReader(decoded);
        return await reader.ReadToEndAsync();
    }
}
