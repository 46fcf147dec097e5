using System.IO.Compression;
using System.Net;
using System.Text;
using CordisPulse.Core.Outbound;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace CordisPulse.Tests.Outbound;

public sealed class OutboundClientTests
{
    [Theory]
    [InlineData("127.0.0.1", false)]
    [InlineData("10.1.2.3", false)]
    [InlineData("172.31.255.255", false)]
    [InlineData("192.168.0.1", false)]
    [InlineData("169.254.169.254", false)]
    [InlineData("100.64.0.1", false)]
    [InlineData("0.0.0.0", false)]
    [InlineData("224.0.0.1", false)]
    [InlineData("255.255.255.255", false)]
    [InlineData("::", false)]
    [InlineData("::1", false)]
    [InlineData("fe80::1", false)]
    [InlineData("fd00::1", false)]
    [InlineData("::ffff:127.0.0.1", false)]
    [InlineData("::ffff:10.0.0.1", false)]
    [InlineData("::127.0.0.1", false)]
    [InlineData("64:ff9b::a9fe:a9fe", false)]
    [InlineData("2002:7f00:1::", false)]
    [InlineData("2001:db8::1", false)]
    [InlineData("8.8.8.8", true)]
    [InlineData("172.32.0.1", true)]
    [InlineData("::ffff:8.8.8.8", true)]
    [InlineData("64:ff9b::808:808", true)]
    [InlineData("2606:4700::1111", true)]
    public void Only_addresses_of_the_open_internet_are_public(string address, bool isPublic) => Assert.Equal(isPublic, PublicNetwork.Holds(IPAddress.Parse(address)));

    [Theory]
    [InlineData("http://127.0.0.1:{0}/")]
    [InlineData("http://localhost:{0}/")]
    [InlineData("http://[::ffff:127.0.0.1]:{0}/")]
    [InlineData("http://2130706433:{0}/")]
    [InlineData("http://0x7f.1:{0}/")]
    public async Task Nothing_leads_back_to_this_machine(string address)
    {
        await using var site = await LoopbackSite.StartAsync();
        site.Html("/", "secret");

        var refused = await RefusalAsync(Client(allowPrivate: false), new Uri(string.Format(null, address, site.Address.Port)));

        Assert.Equal("It leads to this machine or a private network, which is not looked at.", refused);
        Assert.Equal(0, site.Requests);
    }

    [Fact]
    public async Task A_page_is_read_where_its_redirects_end()
    {
        await using var site = await LoopbackSite.StartAsync();
        site.Redirect("/old", "/new?x=1").Html("/new", "<title>New</title>");

        var answer = await GetAsync(Client(), site.At("/old"));

        Assert.Equal((HttpStatusCode.OK, "/new", "text/html", "utf-8"), (answer.Status, answer.Address.AbsolutePath, answer.MediaType, answer.Charset));
        Assert.Equal("<title>New</title>", Encoding.UTF8.GetString(answer.Content));
    }

    [Fact]
    public async Task Redirects_without_end_and_to_what_is_no_web_page_are_refused()
    {
        await using var site = await LoopbackSite.StartAsync();
        site.Redirect("/round", "/round").Redirect("/file", "file:///etc/passwd");

        Assert.Equal("It redirects again and again.", await RefusalAsync(Client(), site.At("/round")));
        Assert.InRange(site.Requests, 2, 10);
        Assert.Equal("It leads to an address that is no web page.", await RefusalAsync(Client(), site.At("/file")));
        Assert.Equal("It leads to an address that is no web page.", await RefusalAsync(Client(), new Uri("ftp://example.org/x")));
    }

    [Fact]
    public async Task What_is_too_large_packed_or_not_is_given_up_at_the_limit()
    {
        await using var site = await LoopbackSite.StartAsync();
        site.On("/endless", async context =>
        {
            var part = new byte[64 * 1024];
            while (!context.RequestAborted.IsCancellationRequested)
                await context.Response.Body.WriteAsync(part, context.RequestAborted);
        }).On("/bomb", async context =>
        {
            context.Response.Headers.ContentEncoding = "gzip";
            await using var gzip = new GZipStream(context.Response.Body, CompressionLevel.SmallestSize);
            var part = new byte[1024 * 1024];
            for (var i = 0; i < 64; i++)
                await gzip.WriteAsync(part, context.RequestAborted);
        });

        foreach (var path in (string[])["/endless", "/bomb"])
            Assert.Equal("It is larger than 2 MB.", await RefusalAsync(Client(), site.At(path)));
    }

    [Fact]
    public async Task A_server_that_never_ends_its_answer_is_given_up_in_time()
    {
        await using var site = await LoopbackSite.StartAsync();
        site.On("/slow", async context =>
        {
            await context.Response.WriteAsync("<title>");
            await context.Response.Body.FlushAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        });

        Assert.Equal("It did not answer within 1 seconds.", await RefusalAsync(Client(timeout: TimeSpan.FromSeconds(1)), site.At("/slow")));
    }

    [Fact]
    public async Task An_answer_that_has_not_changed_is_asked_for_politely()
    {
        await using var site = await LoopbackSite.StartAsync();
        site.On("/feed", context =>
        {
            context.Response.Headers.ETag = "\"one\"";
            context.Response.StatusCode = context.Request.Headers.IfNoneMatch == "\"one\"" ? 304 : 200;
            return Task.CompletedTask;
        });
        using var client = Client();

        var first = await GetAsync(client, site.At("/feed"));
        var second = await client.GetAsync(new OutboundRequest { Address = site.At("/feed"), Accept = "*/*", MaxBytes = 1000, ETag = first.ETag });

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.NotModified), (first.Status, second.Status));
    }

    [Fact]
    public async Task A_site_that_is_not_there_is_said_in_words()
    {
        Assert.Equal("There is no such site.", await RefusalAsync(Client(), new Uri("http://nowhere.invalid/")));
        var gone = await LoopbackSite.StartAsync();
        var address = gone.At("/");
        await gone.DisposeAsync();
        Assert.Equal("The site could not be reached.", await RefusalAsync(Client(), address));
    }

    private static OutboundClient Client(bool allowPrivate = true, TimeSpan? timeout = null)
        => new(Options.Create(new OutboundOptions { AllowPrivateAddresses = allowPrivate, Timeout = timeout ?? TimeSpan.FromSeconds(20) }));

    private static Task<OutboundAnswer> GetAsync(OutboundClient client, Uri address)
        => client.GetAsync(new OutboundRequest { Address = address, Accept = "text/html", MaxBytes = 2 * 1024 * 1024 });

    private static async Task<string> RefusalAsync(OutboundClient client, Uri address)
    {
        using (client)
            return (await Assert.ThrowsAsync<OutboundRefusedException>(() => GetAsync(client, address))).Message;
    }
}
