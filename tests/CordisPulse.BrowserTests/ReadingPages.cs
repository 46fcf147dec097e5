using CordisPulse.Tests;
using Microsoft.Playwright;

namespace CordisPulse.BrowserTests;

/// <summary>One page of each kind that readers can open, of the sample editions. The accessibility statement names them.</summary>
internal static class ReadingPages
{
    public static IReadOnlyList<ReadingPage> All { get; } =
    [
        new("the front page", "/"),
        new("the list of editions", "/editions"),
        new("a year", "/editions/2023"),
        new("an edition", "/editions/2024-01"),
        new("an item", "/editions/2024-01/uk-poverty-2024"),
        new("how to cite it", "/editions/2024-01/uk-poverty-2024/cite") { IsListed = false },
        new("the list of sectors", "/sectors"),
        new("a sector", "/sectors/criminal-justice"),
        new("the list of sections", "/sections"),
        new("a section", "/sections/reports"),
        new("the list of sources", "/sources"),
        new("a source", "/sources/ofsted"),
        new("the list of topics", "/topics"),
        new("a topic", "/topics/workforce"),
        new("the search", "/search") { IsListed = false },
        new("the results of a search", "/search?q=care") { IsListed = false },
        new("a search with a suggestion", "/search?q=povrety") { IsListed = false },
        new("a search that finds nothing", "/search?q=zzzzqqq") { IsListed = false },
        new("about", "/about"),
        new("privacy", "/privacy"),
        new("accessibility", "/accessibility"),
        new("formats and feeds", "/formats"),
        new("words of the search", "/search-words"),
        new("subscribing", "/subscribe") { IsListed = false },
        new("subscribing with a mistake", "/subscribe") { IsSentEmpty = true },
        new("unsubscribing", "/unsubscribe") { IsListed = false },
        new("what we hold about you", "/your-data") { IsListed = false },
        new("an address that leads nowhere", "/nothing-here") { IsListed = false, Status = 404 },
    ];

    /// <summary>For a theory, whose data must be plain.</summary>
    public static TheoryData<string> Kinds { get; } = new(All.Select(page => page.Kind));

    public static ReadingPage Find(string kind) => All.Single(page => page.Kind == kind);

    public static async Task OpenAsync(this IPage page, ReadingPage kind)
    {
        var answer = await page.GotoAsync(kind.Path);
        if (kind.IsSentEmpty)
        {
            await page.ClickAsync("main button.primary");
            await page.Locator(".error-summary").WaitForAsync();
        }
        else
        {
            Assert.Equal(kind.Status, answer!.Status);
        }
    }

    public static async Task<WebPage> ReadAsync(this Visitor visitor, ReadingPage kind)
        => await visitor.GetAsync(kind.Path) is var page && kind.IsSentEmpty ? await visitor.SubmitAsync(page) : page;
}

/// <param name="Kind">As the statement calls it.</param>
internal sealed record ReadingPage(string Kind, string Path)
{
    public int Status { get; init; } = 200;

    /// <summary>False for what search engines are told to leave out.</summary>
    public bool IsListed { get; init; } = true;

    /// <summary>The page that answers its form when nothing has been filled in.</summary>
    public bool IsSentEmpty { get; init; }
}
