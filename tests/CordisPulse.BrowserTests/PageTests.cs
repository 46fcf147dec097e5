using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace CordisPulse.BrowserTests;

/// <summary>What holds for every page, whoever reads it and on whatever.</summary>
public sealed class PageTests(Chromium chromium) : IClassFixture<Chromium>
{
    public static TheoryData<string> PublicPages =>
    [
        "/", "/editions", "/editions/2024-01", "/editions/2024-01/uk-poverty-2024", "/sectors/criminal-justice", "/sections/reports",
        "/sources", "/sources/ofsted", "/search", "/search?q=care", "/about", "/privacy", "/accessibility", "/subscribe", "/unsubscribe", "/nothing-here",
    ];

    public static TheoryData<string> DeskPages => ["/editor", "/editor/settings", "/editor/accounts", "/editor/mailings"];

    [Theory]
    [MemberData(nameof(PublicPages))]
    public async Task A_public_page_has_nothing_that_axe_reports(string path)
    {
        foreach (var dark in (bool[])[false, true])
        {
            var page = await chromium.OpenAsync(dark: dark, bypassContentSecurity: true);
            await page.GotoAsync(path);
            await AssertAccessibleAsync(page);
            await page.Context.CloseAsync();
        }
    }

    [Theory]
    [MemberData(nameof(DeskPages))]
    public async Task A_page_of_the_desk_has_nothing_that_axe_reports(string path)
    {
        foreach (var dark in (bool[])[false, true])
        {
            var page = await chromium.OpenAsync(dark: dark, bypassContentSecurity: true);
            await chromium.SignInAsync(page);
            await page.GotoAsync(path);
            await AssertAccessibleAsync(page);
            await page.Context.CloseAsync();
        }
    }

    [Theory]
    [MemberData(nameof(PublicPages))]
    public async Task A_public_page_fits_every_width_without_script(string path)
    {
        foreach (var width in (int[])[360, 768, 1280])
        {
            var page = await chromium.OpenAsync(width, script: true);
            await page.GotoAsync(path);
            var overhang = await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
            Assert.True(overhang <= 0, $"{path} is {overhang} pixels too wide at {width}.");
            Assert.Equal(0, await page.Locator("script").CountAsync());
            await page.Context.CloseAsync();
        }
    }

    [Fact]
    public async Task The_skip_link_comes_first_and_leads_to_the_text()
    {
        var page = await chromium.OpenAsync();
        await page.GotoAsync("/editions/2024-01");
        await page.Keyboard.PressAsync("Tab");

        Assert.StartsWith("Skip", await page.EvaluateAsync<string>("document.activeElement.textContent.trim()"), StringComparison.Ordinal);
        await page.Keyboard.PressAsync("Enter");
        Assert.Equal("#main", await page.EvaluateAsync<string>("location.hash"));
        await page.Context.CloseAsync();
    }

    private static async Task AssertAccessibleAsync(IPage page)
    {
        var result = await page.RunAxe();
        Assert.True(result.Violations.Length == 0, page.Url + "\n" + string.Join("\n", result.Violations.Select(violation =>
            $"{violation.Id}: {violation.Help} {string.Join(" | ", violation.Nodes.Select(node => node.Html))}")));
    }
}
