namespace CordisPulse.BrowserTests;

/// <summary>What holds for every page, whoever reads it and on whatever.</summary>
public sealed class PageTests(Chromium chromium) : IClassFixture<Chromium>
{
    public static TheoryData<string> PublicPages =>
    [
        "/", "/editions", "/editions/2024-01", "/editions/2024-01/uk-poverty-2024", "/sectors/criminal-justice", "/sections/reports",
        "/sources", "/sources/ofsted", "/search", "/search?q=care", "/about", "/privacy", "/accessibility", "/subscribe", "/unsubscribe", "/your-data", "/nothing-here",
    ];

    [Theory]
    [MemberData(nameof(PublicPages))]
    public async Task A_public_page_has_nothing_that_axe_reports(string path)
    {
        var page = await chromium.OpenAsync(bypassContentSecurity: true);
        await page.GotoAsync(path);
        await page.AssertAccessibleByDayAndNightAsync();
        await page.Context.CloseAsync();
    }

    [Theory]
    [MemberData(nameof(PublicPages))]
    public async Task A_public_page_fits_every_width_without_script(string path)
    {
        var page = await chromium.OpenAsync();
        await page.GotoAsync(path);
        await page.AssertFitsEveryWidthAsync();
        Assert.Equal(0, await page.Locator("script").CountAsync());
        await page.Context.CloseAsync();
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
}
