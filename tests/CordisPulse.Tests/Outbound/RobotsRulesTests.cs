using CordisPulse.Core.Outbound;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace CordisPulse.Tests.Outbound;

/// <summary>How a site's robots.txt is had.</summary>
public sealed class RobotsRulesTests
{
    [Fact]
    public async Task It_is_asked_for_once_a_day()
    {
        await using var site = await LoopbackSite.StartAsync();
        site.On("/robots.txt", context => context.Response.WriteAsync("User-agent: CordisPulse\nDisallow: /private"));
        var clock = new SetClock();
        using var outbound = Client();
        var robots = new RobotsRules(outbound, clock);

        for (var i = 0; i < 3; i++)
        {
            Assert.False(await robots.AllowsAsync(site.At("/private/one"), default));
            Assert.True(await robots.AllowsAsync(site.At("/open"), default));
        }

        Assert.Equal(1, site.Requests);
        clock.Now += TimeSpan.FromHours(25);
        await robots.AllowsAsync(site.At("/open"), default);
        Assert.Equal(2, site.Requests);
    }

    [Theory]
    [InlineData(StatusCodes.Status404NotFound, true)]
    [InlineData(StatusCodes.Status401Unauthorized, true)]
    [InlineData(StatusCodes.Status429TooManyRequests, false)]
    [InlineData(StatusCodes.Status500InternalServerError, false)]
    [InlineData(StatusCodes.Status503ServiceUnavailable, false)]
    public async Task Without_the_file_all_is_allowed_and_while_the_site_is_out_of_order_nothing_is(int status, bool isAllowed)
    {
        await using var site = await LoopbackSite.StartAsync();
        site.On("/robots.txt", context =>
        {
            context.Response.StatusCode = status;
            return context.Response.WriteAsync("User-agent: *\nDisallow: /other");
        });
        using var outbound = Client();

        Assert.Equal(isAllowed, await new RobotsRules(outbound, new SetClock()).AllowsAsync(site.At("/any"), default));
    }

    [Fact]
    public async Task A_file_without_end_is_read_to_its_limit()
    {
        await using var site = await LoopbackSite.StartAsync();
        site.On("/robots.txt", async context =>
        {
            await context.Response.WriteAsync("User-agent: *\nDisallow: /private\n");
            await context.Response.WriteAsync(string.Concat(Enumerable.Repeat("Allow: /some/where/else\n", 25_000)));
            await context.Response.WriteAsync("Disallow: /\n");
        });
        using var outbound = Client();
        var robots = new RobotsRules(outbound, new SetClock());

        Assert.False(await robots.AllowsAsync(site.At("/private"), default));
        Assert.True(await robots.AllowsAsync(site.At("/open"), default));
    }

    private static OutboundClient Client() => new(Options.Create(new OutboundOptions { AllowPrivateAddresses = true }));
}
