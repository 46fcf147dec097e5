using System.Text;
using CordisPulse.Core.Feeds;
using CordisPulse.Core.Outbound;
using CordisPulse.Tests.Outbound;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace CordisPulse.Tests.Feeds;

/// <summary>What is read from whatever sites call a feed.</summary>
public sealed class FeedReaderTests
{
    [Theory]
    [InlineData("RSS 2.0", """
        <?xml version="1.0"?><rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/" xmlns:atom="http://www.w3.org/2005/Atom"><channel>
        <title>Reports</title><link>https://example.org/</link><atom:link rel="self" href="https://example.org/self"/>
        <item><media:title>A picture</media:title><title>Parks &amp;amp; paths</title><link>https://example.org/parks</link><guid isPermaLink="false">p-1</guid>
        <pubDate>Mon, 04 Mar 2024 10:00:00 +0100</pubDate><description><![CDATA[<p>Where <b>people</b> walk.</p><script>no()</script>]]></description></item></channel></rss>
        """)]
    [InlineData("RSS 0.91", """
        <?xml version="1.0" encoding="ISO-8859-1"?>
        <!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://my.netscape.com/publish/formats/rss-0.91.dtd">
        <rss version="0.91"><channel><title>Reports</title><item><title>Parks &amp; paths</title><link>https://example.org/parks</link><description>Where people walk.</description></item></channel></rss>
        """)]
    [InlineData("RSS 1.0", """
        <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
        <channel rdf:about="https://example.org/"><title>Reports</title><items><rdf:Seq><rdf:li rdf:resource="https://example.org/parks"/></rdf:Seq></items></channel>
        <item rdf:about="https://example.org/parks"><title>Parks &amp; paths</title><link>https://example.org/parks</link><dc:date>2024-03-04T09:00:00Z</dc:date><description>Where people walk.</description></item></rdf:RDF>
        """)]
    [InlineData("Atom", """
        <feed xmlns="http://www.w3.org/2005/Atom"><title type="html">Reports</title><id>urn:x</id>
        <entry><id>urn:x:1</id><title type="text">Parks &amp; paths</title><link rel="self" href="/self"/><link rel="alternate" href="/parks"/>
        <published>2024-03-04T09:00:00Z</published><updated>2024-04-04T09:00:00Z</updated><summary type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">Where <b>people</b> walk.</div></summary></entry></feed>
        """)]
    [InlineData("JSON Feed", """
        { "version": "https://jsonfeed.org/version/1.1", "title": "Reports", "items": [
          { "id": 1, "url": "https://example.org/parks", "title": "Parks & paths", "content_html": "<p>Where <b>people</b> walk.</p>", "date_published": "2024-03-04T09:00:00Z" } ] }
        """)]
    [InlineData("a permalink alone", """
        <rss version="2.0"><channel><title>Reports</title><item><guid>https://example.org/parks</guid><title>Parks &amp; paths</title><pubDate>4 Mar 24 09:00 GMT</pubDate><description>Where people walk.</description></item></channel></rss>
        """)]
    public async Task Each_kind_of_feed_says_the_same(string kind, string feed)
    {
        var told = await ToldAsync(feed.TrimStart().Replace("href=\"/", "href=\"https://example.org/", StringComparison.Ordinal));

        Assert.Equal("Reports", told.Document.Title);
        var entry = Assert.Single(told.Document.Entries);
        Assert.Equal(("https://example.org/parks", "Parks & paths", "Where people walk."), (entry.Url, entry.Title, entry.Description));
        if (kind != "RSS 0.91")
            Assert.Equal(new DateTime(2024, 3, 4, 9, 0, 0, DateTimeKind.Utc), entry.PublishedUtc);
    }

    [Theory]
    [InlineData("Mon, 04 Mar 2024 10:00:00 BST", "2024-03-04T09:00:00")]
    [InlineData("Sunday, 04 Mar 2024 04:00:00 EST", "2024-03-04T09:00:00")]
    [InlineData("2024-03-04T09:00:00.123+00:00", "2024-03-04T09:00:00")]
    [InlineData("2024-03-04", "2024-03-04T00:00:00")]
    [InlineData("the day before yesterday", null)]
    public async Task A_date_is_read_as_most_feeds_write_it(string written, string? read)
    {
        var told = await ToldAsync($"<rss version=\"2.0\"><channel><item><title>x</title><link>https://example.org/x</link><pubDate>{written}</pubDate></item></channel></rss>");

        Assert.Equal(read, Assert.Single(told.Document.Entries).PublishedUtc?.ToString("s"));
    }

    [Fact]
    public async Task A_code_page_and_blanks_before_the_declaration_do_no_harm()
    {
        var bytes = Encoding.Latin1.GetBytes("\n<?xml version=\"1.0\" encoding=\"windows-1252\"?><rss version=\"2.0\"><channel><item><title>Caf\u0092s</title><link>https://example.org/x</link></item></channel></rss>");

        Assert.Equal("Caf’s", Assert.Single((await ToldAsync(bytes, "text/plain")).Document.Entries).Title);
    }

    [Fact]
    public async Task Of_a_million_entries_the_newest_are_read_and_the_rest_is_not_waited_for()
    {
        await using var site = await LoopbackSite.StartAsync();
        var written = 0;
        site.On("/feed", async context =>
        {
            await context.Response.WriteAsync("<rss version=\"2.0\"><channel><title>Long</title>");
            for (; written < 1_000_000 && !context.RequestAborted.IsCancellationRequested; written++)
                await context.Response.WriteAsync($"<item><title>Entry {written}</title><link>https://example.org/{written}</link><pubDate>{DateTime.UnixEpoch.AddDays(20_000 - written % 10_000):R}</pubDate></item>");
        });

        var told = Assert.IsType<ReadFeed.Told>(await ReadAsync(site.At("/feed")));

        Assert.Equal(200, told.Document.Entries.Count);
        Assert.Equal("Entry 0", told.Document.Entries[0].Title);
        Assert.True(written < 1_000_000);
    }

    [Theory]
    [InlineData("<?xml version=\"1.0\"?><!DOCTYPE lolz [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;\">]><rss version=\"2.0\"><channel><title>&b;</title></channel></rss>", "It declares entities of its own, which no feed needs, so it is not read.")]
    [InlineData("<!DOCTYPE rss SYSTEM \"http://127.0.0.1/x\" [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><rss><channel><title>&x;</title></channel></rss>", "It declares entities of its own, which no feed needs, so it is not read.")]
    [InlineData("<rss version=\"2.0\"><channel><title>Torn", "It is damaged at line 1.")]
    [InlineData("<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\"></urlset>", "It is no feed but application/rss+xml.")]
    [InlineData("{ \"items\": [] }", "It is no feed but application/rss+xml.")]
    [InlineData("{ \"version\": \"https://jsonfeed.org/version/1\", \"items\": [ {", "It is damaged at line 1.")]
    [InlineData("[1, 2]", "It is no feed but application/rss+xml.")]
    [InlineData("  \n", "It is empty.")]
    [InlineData("\u0001\u0002\u0003", "It is no feed but application/rss+xml.")]
    [InlineData("<!doctype html><html><title>Home</title></html>", "It is a web page, and no feed; it names none either.")]
    public async Task What_is_no_feed_says_why(string content, string problem)
        => Assert.Equal(problem, Assert.IsType<ReadFeed.Failed>(await ReadAsync(Encoding.UTF8.GetBytes(content), "application/rss+xml")).Problem);

    [Fact]
    public async Task Entries_before_the_damage_are_read_and_those_without_a_link_are_left_out()
    {
        var told = await ToldAsync("""
            <rss version="2.0"><channel><item><title>No link</title></item><item><link>javascript:alert(1)</link></item><item><link>ftp://example.org/x</link></item><item/>
            <item><link>https://example.org/good</link><description>Its &lt;i&gt;first&lt;/i&gt; words.</description></item><item><title>Broken &nbsp; here</title>
            """);

        Assert.Equal("Its first words.", Assert.Single(told.Document.Entries).Title);
        Assert.NotNull(told.Document.DamagedAtLine);
    }

    [Fact]
    public async Task Names_of_characters_that_HTML_has_are_read_as_these()
    {
        var told = await ToldAsync("""
            <rss version="2.0"><channel><title>Caf&eacute;</title><item><title>First</title><link>https://example.org/1</link></item>
            <item><title>Parks&nbsp;&ndash; R&amp;D &lt;b&gt;</title><link>https://example.org/2?a=1&amp;b=2</link><description><![CDATA[<p>Costs&nbsp;&pound;5</p>]]></description></item></channel></rss>
            """);

        Assert.Equal(("Café", null), (told.Document.Title, told.Document.DamagedAtLine));
        Assert.Equal(["First", "Parks – R&D"], told.Document.Entries.Select(entry => entry.Title));
        Assert.Equal(("https://example.org/2?a=1&b=2", "Costs £5"), (told.Document.Entries[1].Url, told.Document.Entries[1].Description));
    }

    [Theory]
    [InlineData("xml:base='https://example.org/news/'", "", "", "https://example.org/news/parks")]
    [InlineData("xml:base='https://example.org/news/'", "xml:base='2024/'", "", "https://example.org/news/2024/parks")]
    [InlineData("", "xml:base='https://example.org/a/b'", "xml:base='/c/'", "https://example.org/c/parks")]
    [InlineData("xml:base='https://example.org/'", "xml:base='javascript:alert(1)'", "", "https://example.org/parks")]
    public async Task A_short_link_starts_from_where_the_feed_its_entry_or_it_itself_says(string ofFeed, string ofEntry, string ofLink, string url)
    {
        var told = await ToldAsync($"""
            <feed xmlns="http://www.w3.org/2005/Atom" {ofFeed}><title>Reports</title>
            <entry {ofEntry}><id>urn:x:1</id><title>Parks</title><link rel="enclosure" xml:base="https://example.com/" href="no"/><link {ofLink} href="parks"/></entry>
            <entry xml:base="https://example.net/"><id>urn:x:2</id><title>Paths</title><link href="paths"/></entry></feed>
            """);

        Assert.Equal([url, "https://example.net/paths"], told.Document.Entries.Select(entry => entry.Url));
    }

    [Theory]
    [InlineData("<link>javascript:alert(1)</link><guid>https://example.org/1</guid>")]
    [InlineData("<link>java&#10;script:alert(1)</link>")]
    [InlineData("<link> data:text/html,hello </link>")]
    [InlineData("<guid>javascript:alert(1)</guid>")]
    [InlineData("<guid>data:text/html,hello</guid>")]
    [InlineData("<guid>p-1</guid>")]
    [InlineData("<guid>tag:example.org,2024:1</guid>")]
    public async Task An_entry_whose_link_or_name_leads_to_no_web_page_is_left_out(string fields)
        => Assert.Empty((await ToldAsync($"<rss version=\"2.0\"><channel><title>x</title><item><title>x</title>{fields}</item></channel></rss>")).Document.Entries);

    [Theory]
    [InlineData("{ \"id\": \"javascript:alert(1)\" }")]
    [InlineData("{ \"id\": 7 }")]
    [InlineData("{ \"id\": \"https://example.org/7\", \"url\": \"\\u0001javascript:alert(1)\" }")]
    public async Task So_is_one_of_a_JSON_Feed(string item)
        => Assert.Empty((await ToldAsync($"{{ \"version\": \"https://jsonfeed.org/version/1\", \"items\": [ {item} ] }}")).Document.Entries);

    [Fact]
    public async Task However_much_stands_before_the_document_type_and_the_root_the_feed_is_read()
    {
        var blanks = new string(' ', 9000);
        var comments = string.Concat(Enumerable.Repeat("<!-- a remark > of some length --><?style none?>\n", 500));
        const string items = "<rss version=\"0.91\"><channel><title>Far down</title><item><title>Caf\u00e9</title><link>https://example.org/x</link></item></channel></rss>";

        foreach (var feed in (string[])[
            $"{blanks}<?xml version=\"1.0\" encoding=\"iso-8859-1\"?>{blanks}<!DOCTYPE rss PUBLIC \"x\" \"y\">{blanks}{items}",
            $"<?xml version=\"1.0\" encoding=\"iso-8859-1\"?>{comments}<!DOCTYPE rss>{comments}{items}",
            $"<?xml version=\"1.0\" encoding=\"iso-8859-1\"?>{blanks}{comments}{items}"])
            Assert.Equal("Café", Assert.Single((await ToldAsync(Encoding.Latin1.GetBytes(feed), "text/xml")).Document.Entries).Title);

        var bomb = $"{comments}<!DOCTYPE rss [<!ENTITY a \"ha\">]>{items}";
        Assert.StartsWith("It declares entities", Assert.IsType<ReadFeed.Failed>(await ReadAsync(Encoding.UTF8.GetBytes(bomb), "text/xml")).Problem, StringComparison.Ordinal);
        var page = $"{comments}<html><title>Home</title></html>";
        Assert.Equal("It is a web page, and no feed; it names none either.", Assert.IsType<ReadFeed.Failed>(await ReadAsync(Encoding.UTF8.GetBytes(page), "text/xml")).Problem);
    }

    [Theory]
    [InlineData("http://", "It redirects to an address that is broken.")]
    [InlineData("https://no such host/x", "It redirects to an address that is broken.")]
    [InlineData("javascript:alert(1)", "It leads to an address that is no web page.")]
    [InlineData("", "It redirects without saying where to.")]
    public async Task A_redirect_to_no_address_is_told_as_that(string location, string problem)
    {
        await using var site = await LoopbackSite.StartAsync();
        site.On("/feed", context =>
        {
            context.Response.StatusCode = StatusCodes.Status302Found;
            if (location.Length > 0)
                context.Response.Headers.Location = location;
            return Task.CompletedTask;
        });

        Assert.Equal(problem, Assert.IsType<ReadFeed.Failed>(await ReadAsync(site.At("/feed"))).Problem);
    }

    [Fact]
    public async Task Nesting_and_lengths_without_end_are_borne()
    {
        var deep = string.Concat(Enumerable.Repeat("<x>", 200_000));
        var told = await ToldAsync($"<rss version=\"2.0\"><channel><item><title>{new string('t', 100_000)}</title><link>https://example.org/long</link><description>{string.Concat(Enumerable.Repeat("&lt;div&gt;", 20_000))}</description></item><item>{deep}");

        Assert.Equal(500, Assert.Single(told.Document.Entries).Title.Length);
        Assert.Equal("It is no feed but application/rss+xml.", Assert.IsType<ReadFeed.Failed>(await ReadAsync(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{\"a\":", 10_000))), "application/rss+xml")).Problem);
    }

    [Fact]
    public async Task A_feed_without_an_entry_and_without_an_end_is_given_up()
    {
        await using var site = await LoopbackSite.StartAsync();
        site.On("/xml", context => EndlessAsync(context, "<rss version=\"2.0\"><channel><title>")).On("/json", context => EndlessAsync(context, "{ \"version\": \"https://jsonfeed.org/version/1\", \"title\": \""));

        foreach (var path in (string[])["/xml", "/json"])
            Assert.Equal("It goes on without an entry for longer than is read.", Assert.IsType<ReadFeed.Failed>(await ReadAsync(site.At(path))).Problem);
    }

    private static async Task EndlessAsync(HttpContext context, string beginning)
    {
        await context.Response.WriteAsync(beginning);
        var part = Encoding.ASCII.GetBytes(new string('a', 64 * 1024));
        while (!context.RequestAborted.IsCancellationRequested)
            await context.Response.Body.WriteAsync(part, context.RequestAborted);
    }

    private static Task<ReadFeed.Told> ToldAsync(string content) => ToldAsync(Encoding.UTF8.GetBytes(content), "application/rss+xml");

    private static async Task<ReadFeed.Told> ToldAsync(byte[] content, string type) => Assert.IsType<ReadFeed.Told>(await ReadAsync(content, type));

    private static async Task<ReadFeed> ReadAsync(byte[] content, string type)
    {
        await using var site = await LoopbackSite.StartAsync();
        site.On("/feed", context =>
        {
            context.Response.ContentType = type;
            return context.Response.Body.WriteAsync(content).AsTask();
        });
        return await ReadAsync(site.At("/feed"));
    }

    private static async Task<ReadFeed> ReadAsync(Uri address)
    {
        using var client = new OutboundClient(Options.Create(new OutboundOptions { AllowPrivateAddresses = true }));
        return await new FeedReader(client).ReadAsync(new DueFeed(1, address.ToString(), 1, 0, null, null), CancellationToken.None);
    }
}
