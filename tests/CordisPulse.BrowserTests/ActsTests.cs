using CordisPulse.Tests.Areas.Editor.Intake;
using CordisPulse.Tests.Builders;
using CordisPulse.Tests.Outbound;
using Microsoft.Playwright;

namespace CordisPulse.BrowserTests;

/// <summary>How much an editor does for an item besides typing its summary: each key press or click that does something is an act.</summary>
public sealed class ActsTests(Chromium chromium, WatchingApp app) : IClassFixture<Chromium>, IClassFixture<WatchingApp>
{
    private const int Most = 3;

    private int _acts;

    [Fact]
    public async Task From_a_link_on_the_clipboard_to_its_place_in_the_edition_it_takes_three()
    {
        var source = await app.AddSourceAsync("Lighthouse Board");
        await new EditionBuilder().Item("Lights one", item => item.SourceId = source, "criminal", "brief").Item("Lights two", item => item.SourceId = source, "criminal", "brief").SaveAsync(app);
        var edition = await new EditionBuilder().Item("Here before", null, "criminal", "brief").SaveAsync(app);
        await using var site = await LoopbackSite.StartAsync();
        site.Html("/lights", "<title>Keeping the lights on</title><meta property=\"og:site_name\" content=\"Lighthouse Board\">");
        var page = await chromium.OpenAsync(on: app);
        await page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await chromium.SignInAsync(page, app);
        await page.GotoAsync("/editor/intake");
        await page.EvaluateAsync("text => navigator.clipboard.writeText(text)", $"Worth a look: {site.At("/lights")}.");

        await ActAsync(page.Keyboard.PressAsync("Control+V"));
        var card = page.Locator(".intake-card", new() { HasText = "Keeping the lights on" });
        await ActAsync(card.GetByRole(AriaRole.Link, new() { Name = "Summarise" }).ClickAsync());
        var summary = page.Locator("[name='Form.Summary']");
        await Assertions.Expect(summary).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("It counts the lamps, and says who pays for them.");
        await ActAsync(page.GetByRole(AriaRole.Button, new() { Name = $"Save and put into {edition.Month.Title}" }).ClickAsync());

        await Assertions.Expect(page.Locator(".flash")).ToContainTextAsync("“Keeping the lights on” stands last in Criminal Justice, Briefings now.");
        Assert.InRange(_acts, 1, Most);
        await page.GotoAsync($"/editor/editions/{edition.Month}/preview/web-frame");
        var item = page.Locator("#keeping-the-lights-on");
        await Assertions.Expect(item).ToContainTextAsync("It counts the lamps, and says who pays for them.");
        await Assertions.Expect(item).ToContainTextAsync("Lighthouse Board");
        await page.Context.CloseAsync();
    }

    private Task ActAsync(Task act)
    {
        _acts++;
        return act;
    }
}
