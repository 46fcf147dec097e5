using System.Globalization;
using System.Net.Sockets;
using System.Text;
using CordisPulse.Tests.Builders;
using CordisPulse.Web.Features;
using Microsoft.AspNetCore.Mvc.Controllers;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace CordisPulse.Tests.Features;

/// <summary>Whatever is asked of any page that readers can open, and however, the answer is a page, a way to it, or that there is none.</summary>
public sealed class OddReadingTests(ReadingSite site) : IClassFixture<ReadingSite>
{
    private const int LongSlug = 5_000;
    private const int ManyBytes = 10_000;

    private static readonly string[] Values =
    [
        "0", "-1", "1000000000000", "99999999999999999999999999", "1e9", "abc", "2022-13", "0000-00", "2022-00", "9999-99", "2022-03", "2022-03.0", "2022-03.-1", "9999-12.2147483647", "2022-03.99999999999",
        "..", "..%2f..%2fetc%2fpasswd", "a%2fb", "a%5cb", "%2e%2e", "%252e", "a%00b", "%ff%fe", "%c3%28", "%", "%zz", "%E4%BB%A3%E8%A1%A8", "%D8%A7%D9%84", "%F0%9F%98%80", "%E2%80%AE",
        "'%22%3E%3Cscript%3E", "a.json", ".json", "a%20b", "+", "*", "~", "%0d%0aSet-Cookie:%20a=b", new string('a', LongSlug),
    ];

    private static readonly string[] Parameters = ["before", "after", "page", "sort", "year", "from", "to", "q", "sector", "source", "", "a[b]", "before=2022-03.1&before"];

    private static readonly (string Name, string Value)[] Headers =
    [
        ("If-None-Match", "rubbish"), ("If-None-Match", "W/\"" + new string('a', 4000)), ("If-None-Match", "\""), ("If-None-Match", ",,,*"),
        ("If-Modified-Since", "yesterday"), ("If-Modified-Since", "Sun, 99 Nov 9999 99:99:99 GMT"), ("If-Modified-Since", "Tue, 01 Jan 9999 00:00:00 GMT"),
        ("If-Match", "rubbish"), ("If-Unmodified-Since", "never"), ("If-Range", "\"x\""),
        ("Accept-Encoding", "br;q=0, gzip;q=0, identity;q=0"), ("Accept-Encoding", ";;;=,q=2"), ("Accept-Encoding", "*;q=0"), ("Accept-Encoding", new string(',', 3000)),
        ("Range", "bytes=0-10"), ("Range", "bytes=99999999-"), ("Range", "lines=1-2"), ("Accept", "application/nonsense"), ("Accept", "q=;;"), ("Accept-Language", "xx;q=9"),
        ("Cookie", "CordisPulse=;;;=\u0001"), ("Cookie", "CordisPulse=" + new string('a', 4000)), ("X-Forwarded-Host", "evil.example"), ("X-Forwarded-Proto", "gopher"), ("X-Original-URL", "/editor"),
        ("Content-Length", "5"), ("X-Long", new string('x', ManyBytes)),
    ];

    private const string Usual = "/editions/2022-03";

    /// <summary>Each route once, its parameters in braces.</summary>
    private IReadOnlyList<string> Routes => _routes ??= [.. RoutesOf(site)];

    private IReadOnlyList<string>? _routes;

    [Fact]
    public async Task No_parameter_of_any_route_makes_a_server_error()
    {
        Assert.Contains(Routes, route => route.Contains('{', StringComparison.Ordinal));
        foreach (var route in Routes)
        {
            var parts = route.Split('/');
            for (var i = 0; i < parts.Length; i++)
            {
                if (!parts[i].Contains('{', StringComparison.Ordinal))
                    continue;
                foreach (var value in Values)
                    await AskAsync("GET", string.Join('/', parts.Select((part, at) => Filled(part, at == i ? value : null))));
            }
        }
    }

    [Fact]
    public async Task No_query_of_any_route_makes_a_server_error()
    {
        foreach (var route in Routes)
        {
            var path = string.Join('/', route.Split('/').Select(part => Filled(part, null)));
            foreach (var parameter in Parameters)
                await AskAsync("GET", $"{path}?{parameter}={Values[Math.Abs(HashCode.Combine(path.Length, parameter.Length)) % Values.Length]}");
        }

        foreach (var path in (string[])["/sectors/criminal-justice", "/sources/society-for-care", "/search", "/editions", "/"])
            foreach (var parameter in Parameters)
                foreach (var value in Values)
                    await AskAsync("GET", $"{path}?{parameter}={value}");
    }

    [Fact]
    public async Task No_method_of_any_route_makes_a_server_error()
    {
        foreach (var route in Routes)
            foreach (var method in (string[])["HEAD", "OPTIONS", "PUT", "DELETE", "PATCH", "TRACE", "PROPFIND", "BREW"])
            {
                var path = string.Join('/', route.Split('/').Select(part => Filled(part, null)));
                var (status, body) = await AskAsync(method, path);
                if (method == "HEAD")
                    Assert.Equal((path, (await AskAsync("GET", path)).Status, 0), (path, status, body.Length));
                else
                    Assert.InRange(status, 400, 499);
            }
    }

    [Fact]
    public async Task No_header_makes_a_server_error()
    {
        foreach (var (name, value) in Headers)
            foreach (var path in (string[])[Usual, "/", "/feed.atom", "/search?q=care", "/nothing-here", "/editions/2022-03.json"])
                foreach (var method in (string[])["GET", "HEAD"])
                    await AskAsync(method, path, $"{name}: {value}");
    }

    [Fact]
    public async Task A_range_gets_the_whole_page()
        => Assert.Equal(200, (await AskAsync("GET", Usual, "Range: bytes=0-10")).Status);

    [Theory]
    [InlineData("evil.example")]
    [InlineData("evil.example:80@pulse.example.org")]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("[::1")]
    public async Task No_link_follows_the_host_that_was_asked(string host)
    {
        foreach (var path in (string[])[Usual, "/", "/feed.atom", "/feed.json", "/sitemap.xml", "/editions/2022-03/old-address-of-nothing", "/robots.txt"])
        {
            var (status, body) = await AskAsync("GET", path, host: host);
            Assert.True(status is 200 or 400 or 404, $"{path}: {status}");
            Assert.DoesNotContain("evil.example", body, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task More_header_than_anybody_sends_is_refused()
        => Assert.Equal(431, (await AskAsync("GET", Usual, "X-Long: " + new string('x', ManyBytes * 10))).Status);

    private static IEnumerable<string> RoutesOf(ReadingSite app)
    {
        _ = app.Address;
        return app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<ControllerActionDescriptor>() is { } action && typeof(PublicController).IsAssignableFrom(action.ControllerTypeInfo))
            .Where(endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains("GET") != false)
            .Select(endpoint => "/" + (endpoint.RoutePattern.RawText ?? "").TrimStart('/'))
            .Where(route => !route.StartsWith("/error", StringComparison.Ordinal))
            .Distinct();
    }

    /// <summary>A part of a route with this value, or one that is there, in place of its parameter.</summary>
    private static string Filled(string part, string? value)
    {
        var (from, to) = (part.IndexOf('{', StringComparison.Ordinal), part.LastIndexOf('}'));
        return from < 0 ? part : $"{part[..from]}{value ?? (part.Contains("month", StringComparison.Ordinal) ? "2022-03" : "criminal-justice")}{part[(to + 1)..]}";
    }

    /// <summary>Asks by the bare connection: a client of the framework would mend or refuse much of this itself.</summary>
    private async Task<(int Status, string Body)> AskAsync(string method, string target, string? header = null, string? host = null)
    {
        using var connection = new TcpClient();
        await connection.ConnectAsync(site.Address.Host, site.Address.Port);
        await using var stream = connection.GetStream();
        var request = $"{method} {target} HTTP/1.1\r\nHost: {host ?? site.Address.Authority}\r\nConnection: close\r\n{(header is null ? "" : header + "\r\n")}\r\n";
        if (header?.StartsWith("Content-Length", StringComparison.Ordinal) == true)
            request += "hello";
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request));
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var answer = new MemoryStream();
        try
        {
            await stream.CopyToAsync(answer, limit.Token);
        }
        catch (IOException) when (answer.Length > 0)
        {
            // Refused before all of it was read: the connection is cut after the answer.
        }

        var text = Encoding.UTF8.GetString(answer.ToArray());
        Assert.StartsWith("HTTP/1.1 ", text, StringComparison.Ordinal);
        var status = int.Parse(text.AsSpan(9, 3), CultureInfo.InvariantCulture);
        var body = text[(text.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..];
        Assert.True(status < 500, $"{method} {target[..Math.Min(200, target.Length)]} {header?[..Math.Min(60, header.Length)]}: {status}");
        Assert.DoesNotContain("\n   at ", body, StringComparison.Ordinal);
        return (status, body);
    }
}
