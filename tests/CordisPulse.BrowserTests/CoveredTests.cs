using CordisPulse.Tests.Builders;
using Microsoft.Playwright;

namespace CordisPulse.BrowserTests;

/// <summary>Covered before is told while an item is typed.</summary>
public sealed class CoveredTests(Chromium chromium) : IClassFixture<Chromium>
{
    [Theory]
    [InlineData("items/new")]
    [InlineData("items")]
    [InlineData("/editor/intake/add")]
    public async Task What_was_covered_before_is_told_at_a_pause_and_no_longer_once_it_is_changed(string form)
    {
        var known = await new EditionBuilder().Item($"Orchards on hospital grounds {form}").SaveAsync(chromium.App);
        var here = await new EditionBuilder().Item("Something of its own").SaveAsync(chromium.App);
        var page = await chromium.OpenAsync(bypassContentSecurity: true);
        await chromium.SignInAsync(page);
        // Saved through its form, so that it is known from now on.
        await page.GotoAsync($"/editor/editions/{known.Month}/items/{known.Items[0].Id}");
        await page.ClickAsync("#item-form .btn.main");
        await page.GotoAsync(form switch
        {
            ['/', ..] => form,
            "items" => $"/editor/editions/{here.Month}/items/{here.Items[0].Id}",
            _ => $"/editor/editions/{here.Month}/{form}",
        });

        await page.FillAsync("[name='Form.Url']", known.Items[0].Url!);

        await Assertions.Expect(page.Locator("#covered .covered")).ToContainTextAsync($"The same link in {known.Month.Title}");
        await Assertions.Expect(page.Locator("#covered a[target=_blank]")).ToHaveAttributeAsync("href", $"/editor/editions/{known.Month}/items/{known.Items[0].Id}");
        await Assertions.Expect(page.Locator("#covered-said")).ToContainTextAsync($"Covered before. The same link in {known.Month.Title}");
        await Assertions.Expect(page.Locator("[name='Form.Url']")).ToHaveValueAsync(known.Items[0].Url!);
        await page.AssertAccessibleAsync();
        await page.FillAsync("[name='Form.Url']", "https://example.org/nobody-has-written-of-it");
        await Assertions.Expect(page.Locator("#covered .covered")).ToHaveCountAsync(0);
        await Assertions.Expect(page.Locator("#covered-said")).ToHaveTextAsync("Nothing like it was covered before.");
        await page.FillAsync("[name='Form.Title']", known.Items[0].Title + ": a review");
        await Assertions.Expect(page.Locator("#covered .covered")).ToContainTextAsync("Nearly the same title");
        await page.Context.CloseAsync();
    }
}
