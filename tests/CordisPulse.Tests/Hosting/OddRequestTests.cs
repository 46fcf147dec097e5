using System.Globalization;
using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Tests.Hosting;

/// <summary>Requests that no browser of a reader sends get an answer that says what is wrong, never a server error.</summary>
public sealed class OddRequestTests(PulseApp app) : IClassFixture<PulseApp>
{
    private const string Form = "application/x-www-form-urlencoded";
    private const string TooLarge = "five megabytes";
    private const string Parts = "multipart/form-data; boundary=x";

    private static readonly Dictionary<string, (string Type, string Body)> Bodies = new()
    {
        ["a NUL"] = (Form, "Email=a%00b@example.org"),
        ["thousands of fields"] = (Form, string.Join('&', Enumerable.Range(0, 3000).Select(i => $"a{i}=1"))),
        ["a long name of a field"] = (Form, new string('k', 3000) + "=1"),
        ["an encoding of old"] = (Form + "; charset=utf-7", "Email=a"),
        ["parts without an end"] = (Parts, "--x\r\nContent-Disposition: form-data; name=\"Email\"\r\n\r\nabc"),
        ["a NUL in a part"] = (Parts, "--x\r\nContent-Disposition: form-data; name=\"Email\"\r\n\r\na\0b@example.org\r\n--x--\r\n"),
        ["parts without a boundary"] = ("multipart/form-data", "abc"),
        [TooLarge] = (Form, "Email=" + new string('a', 5_000_000)),
    };

    public static TheoryData<string, string> Unreadable()
    {
        var data = new TheoryData<string, string>();
        foreach (var path in (string[])["/subscribe", "/unsubscribe", "/editor/sign-in"])
            foreach (var body in Bodies.Keys)
                data.Add(path, body);
        return data;
    }

    [Theory]
    [MemberData(nameof(Unreadable))]
    public async Task A_form_that_cannot_be_read_is_refused_with_a_page_that_says_so(string path, string body)
    {
        using var visitor = app.Visit();
        var page = await PostAsync(visitor, path, Bodies[body]);

        Assert.Equal(
            body == TooLarge ? (HttpStatusCode.RequestEntityTooLarge, "That is too large") : (HttpStatusCode.BadRequest, "That request did not work"),
            (page.Status, page.One("h1").TextContent));
    }

    [Theory]
    [MemberData(nameof(Unreadable))]
    public async Task An_address_that_is_not_here_is_not_here_whatever_is_sent_to_it(string path, string body)
    {
        using var visitor = app.Visit();
        Assert.Equal(HttpStatusCode.NotFound, (await PostAsync(visitor, $"{path}/there/is/no/such/page", Bodies[body])).Status);
    }

    [Theory]
    [InlineData("/search?q=pol%00icy", "policy")]
    [InlineData("/search?q=%00", "")]
    public async Task A_nul_in_an_address_is_no_character(string path, string words)
    {
        using var visitor = app.Visit();
        var page = await visitor.GetAsync(path);

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Equal(words, page.One("input[name=q]").GetAttribute("value"));
        Assert.DoesNotContain("&#x0;", page.Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/error")]
    [InlineData("/error/500")]
    public async Task The_error_pages_are_no_pages_of_their_own(string path)
    {
        using var visitor = app.Visit();
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.GetAsync(path)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await PostAsync(visitor, path, (Form, "a=b"))).Status);
    }

    [Fact]
    public async Task A_failure_is_logged_under_the_route_that_was_asked_for()
    {
        await using var broken = new PulseApp();
        await broken.QueryAsync(db => db.Database.ExecuteSqlRawAsync("DROP TABLE SitePages"));
        using var visitor = broken.Visit();

        Assert.Equal(HttpStatusCode.InternalServerError, (await visitor.GetAsync("/privacy")).Status);
        // A request is logged once it has been answered.
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!broken.Log.Contains("answered 500", StringComparison.Ordinal))
            await Task.Delay(20, limit.Token);
        Assert.Contains("GET {slug:regex(^(about|privacy|accessibility|formats|search-words)$)} answered 500", broken.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Asking_for_the_link_to_leave_again_and_again_is_told_when_to_try_again()
    {
        using var visitor = app.Visit();
        // No other test has it.
        const string client = "192.0.2.1";
        const string path = "/unsubscribe";
        for (var times = 0; times < 10; times++)
            Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync(visitor, path, (Form, "Email=nobody"), client)).Status);

        var page = await PostAsync(visitor, path, (Form, "Email=nobody"), client);
        Assert.Equal(HttpStatusCode.TooManyRequests, page.Status);
        Assert.Equal("Too many requests", page.One("h1").TextContent);
        Assert.InRange(int.Parse(page.Headers["Retry-After"], CultureInfo.InvariantCulture), 1, 60);
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync(path)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await PostAsync(visitor, "/unsubscribe/no-such-token", (Form, "List-Unsubscribe=One-Click"), client)).Status);
    }

    /// <param name="client">As a proxy on this machine names it; a client for each call where it does not matter.</param>
    private static async Task<WebPage> PostAsync(Visitor visitor, string path, (string Type, string Body) sent, string? client = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(sent.Body)) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", sent.Type);
        request.Headers.Add("X-Forwarded-For", client ?? $"2001:db8:0:{Random.Shared.Next(0x10000):x}::1");
        // A body that is too large is refused before it is sent.
        request.Headers.ExpectContinue = true;
        using var response = await visitor.Http.SendAsync(request);
        return await WebPage.ReadAsync(response);
    }
}
