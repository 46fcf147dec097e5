using CordisPulse.Tests;
using Xunit.Abstractions;

namespace CordisPulse.BrowserTests;

/// <summary>What Lighthouse makes of pages on a telephone: three of them in the ordinary run, every kind under <c>--long</c>.</summary>
public sealed class LighthouseTests(LighthouseTests.Site site, ITestOutputHelper output) : IClassFixture<LighthouseTests.Site>
{
    internal static readonly string[] InShort = ["/", "/editions/2024-01", "/search?q=care"];

    /// <summary>Of performance, what is the same on every machine.</summary>
    private static readonly string[] WithoutAClock = ["total-byte-weight", "unsized-images", "dom-size", "redirects", "third-party-summary", "font-display", "legacy-javascript", "no-document-write", "layout-shifts", "cumulative-layout-shift"];

    /// <summary>Pages that are kept from search engines are not to be found by them; one that is not there answers 404, and the browser writes that down.</summary>
    private static string[] NotFor(ReadingPage page) =>
    [
        .. page.IsListed ? Array.Empty<string>() : ["is-crawlable"],
        .. page.Status == 200 ? Array.Empty<string>() : ["http-status-code", "errors-in-console"],
    ];

    public sealed class Site : PulseApp
    {
        public Site() => With("Sample:Load", "true");
    }

    [PageChecksFact]
    public async Task Lighthouse_gives_full_marks()
    {
        // What answers a form has no address to open.
        var pages = ReadingPages.All.Where(page => !page.IsSentEmpty && (LongRun.IsAsked || InShort.Contains(page.Path))).ToList();
        var told = await LookAsync(pages);
        foreach (var (page, one) in pages.Zip(told.Pages))
            output.WriteLine($"{page.Path}: {string.Join(", ", one.Scores.Select(score => $"{score.Key} {score.Value}"))}, {one.Bytes:N0} bytes");

        Assert.True(told.IsRobotsTextValid);
        Assert.All(pages.Zip(told.Pages), pair => AssertFull(pair.First, pair.Second));
        if (LongRun.IsAsked)
            await AssertQuickAsync(pages, told.Pages);
    }

    private static void AssertFull(ReadingPage page, Told told)
    {
        Assert.True(told.Scores.Where(score => score.Key != "performance").All(score => score.Value == 100), $"{page.Path}: {string.Join(", ", told.Scores)}; {string.Join(' ', told.Failed)}");
        Assert.Empty(told.Failed.Intersect(WithoutAClock));
        Assert.DoesNotContain(told.Requests, request => request.StartsWith("Script", StringComparison.Ordinal) || request.StartsWith("Font", StringComparison.Ordinal));
        Assert.Single(told.Requests, request => request.StartsWith("Stylesheet", StringComparison.Ordinal));
    }

    /// <summary>The mark for performance comes from a clock, so a machine that is busy with something else has two more tries.</summary>
    private async Task AssertQuickAsync(List<ReadingPage> pages, IReadOnlyList<Told> told)
    {
        const int enough = 95, mostTries = 3;
        var slow = Slow(pages, told);
        for (var tries = 1; slow.Count > 0 && tries < mostTries; tries++)
            slow = Slow(slow, (await LookAsync(slow)).Pages);
        Assert.True(slow.Count == 0, $"Below {enough} for performance, {mostTries} times: {string.Join(' ', slow.Select(page => page.Path))}");

        static List<ReadingPage> Slow(List<ReadingPage> pages, IReadOnlyList<Told> told)
            => [.. pages.Zip(told).Where(pair => pair.Second.Scores["performance"] < enough).Select(pair => pair.First)];
    }

    private Task<Answer> LookAsync(List<ReadingPage> pages)
        => PageChecks.RunAsync<Answer>("lighthouse.mjs", pages.Select(page => new { url = new Uri(site.Address, page.Path).AbsoluteUri, without = NotFor(page) }));

    private sealed record Answer(bool IsRobotsTextValid, IReadOnlyList<Told> Pages);

    private sealed record Told(IReadOnlyDictionary<string, int> Scores, IReadOnlyList<string> Failed, double? Bytes, IReadOnlyList<string> Requests);
}
