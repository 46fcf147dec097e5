using CordisPulse.Core.Editions;
using CordisPulse.Tests.Builders;
using Microsoft.Playwright;

namespace CordisPulse.BrowserTests;

public sealed class ShortcutTests(Chromium chromium) : IClassFixture<Chromium>, IDisposable
{
    public void Dispose() => chromium.AssertNoPageErrors();

    [Fact]
    public async Task Keys_walk_the_cards_and_open_move_and_select_them()
    {
        var (page, edition) = await OpenAsync();
        var (first, second) = (page.Locator($"#item-{edition.Items[0].Id}"), page.Locator($"#item-{edition.Items[1].Id}"));
        await page.Keyboard.PressAsync("j");
        await Assertions.Expect(page.Locator($"#news-{edition.News[0].Id} > a")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("j");
        await page.Keyboard.PressAsync("j");
        await Assertions.Expect(second.Locator("> a")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("k");
        await Assertions.Expect(first.Locator("> a")).ToBeFocusedAsync();

        await page.Keyboard.PressAsync("x");
        await Assertions.Expect(page.Locator("#selected")).ToHaveTextAsync("1 selected");
        await page.Keyboard.PressAsync("m");
        await Assertions.Expect(first.Locator(".move-to select")).ToBeFocusedAsync();
        await first.Locator("> a").FocusAsync();
        await page.Keyboard.PressAsync("e");
        await page.WaitForURLAsync($"**/items/{edition.Items[0].Id}");
        await page.Context.CloseAsync();
    }

    /// <summary>Chromium has Trusted Types; where a browser has none, the page's other rules hold alone.</summary>
    [Fact]
    public async Task No_script_of_the_desk_can_make_a_page_of_a_text_but_by_the_one_way_there_is()
    {
        var page = await chromium.OpenAsync();
        await chromium.SignInAsync(page);
        foreach (var act in new[] { "document.body.innerHTML = '<b>x</b>'", "new DOMParser().parseFromString('<b>x</b>', 'text/html')", "trustedTypes.createPolicy('other', {})" })
            Assert.Equal("TypeError", await page.EvaluateAsync<string>($"() => {{ try {{ {act}; return 'done'; }} catch (e) {{ return e.name; }} }}"));
        await page.Context.CloseAsync();
        Assert.Contains(chromium.TakePageErrors(), error => error.Contains("TrustedHTML", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Two_keys_go_from_page_to_page_and_one_adds_to_the_box_or_undoes()
    {
        var (page, edition) = await OpenAsync();
        await page.Keyboard.PressAsync("g");
        await page.Keyboard.PressAsync("c");
        await page.WaitForURLAsync("**/checks");
        await ExpectReadyAsync(page);
        await page.Keyboard.PressAsync("g");
        await page.Keyboard.PressAsync("b");
        await page.WaitForURLAsync($"**/editor/editions/{edition.Month}");

        await page.Locator($"#item-{edition.Items[1].Id} .up").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator(".flash")).ToContainTextAsync("“B” stands first");
        await ExpectReadyAsync(page);
        await page.Keyboard.PressAsync("u");
        await Assertions.Expect(page.Locator(".flash")).ToContainTextAsync("It is undone.");
        await ExpectReadyAsync(page);

        // A page that is still loading takes the focus to where its address leads.
        await page.WaitForLoadStateAsync();
        var item = page.Locator($"#item-{edition.Items[1].Id} > a");
        await item.FocusAsync();
        await Assertions.Expect(item).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("n");
        await page.WaitForURLAsync($"**/items/new?sector={edition.Items[1].SectorId}&section={edition.Items[1].SectionId}");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Nothing_happens_while_somebody_types_or_once_they_are_switched_off()
    {
        var (page, edition) = await OpenAsync();
        var form = $"/editor/editions/{edition.Month}/items/{edition.Items[0].Id}";
        await page.GotoAsync(form);
        await page.Locator("[name='Form.Title']").FocusAsync();
        await page.Keyboard.PressAsync("End");
        await page.Keyboard.TypeAsync(" g b?");
        await Assertions.Expect(page.Locator("[name='Form.Title']")).ToHaveValueAsync("A g b?");
        await page.ClickAsync("#cancel");
        await page.WaitForURLAsync($"**/editor/editions/{edition.Month}#item-{edition.Items[0].Id}");
        await ExpectReadyAsync(page);

        await page.Keyboard.PressAsync("?");
        await Assertions.Expect(page.Locator("#keys")).ToBeVisibleAsync();
        await page.AssertAccessibleAsync();
        await page.UncheckAsync("#keys [data-keys-switch] input");
        await page.Keyboard.PressAsync("Escape");
        await page.ReloadAsync();
        await page.Keyboard.PressAsync("?");
        await page.Keyboard.PressAsync("j");
        await Assertions.Expect(page.Locator("#keys")).ToBeHiddenAsync();
        await Assertions.Expect(page.Locator("[data-card] > a:focus")).ToHaveCountAsync(0);

        await page.ClickAsync("#keys-link");
        await page.CheckAsync("#keys [data-keys-switch] input");
        await page.ClickAsync("#keys button");
        await page.Keyboard.PressAsync("j");
        await Assertions.Expect(page.Locator("[data-card] > a:focus")).ToHaveCountAsync(1);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Ctrl_and_Enter_save_a_text_from_any_of_its_fields_and_two_keys_go_on_to_publish_and_mail()
    {
        var (page, edition) = await OpenAsync();
        await page.GotoAsync($"/editor/editions/{edition.Month}/items/{edition.Items[0].Id}");
        await page.FillAsync("[name='Form.Summary']", "Saved with two keys.");
        await page.Keyboard.PressAsync("Control+Enter");
        await Assertions.Expect(page.Locator(".flash")).ToContainTextAsync("“A” is saved");

        await ExpectReadyAsync(page);
        await page.Keyboard.PressAsync("?");
        await Assertions.Expect(page.Locator("#keys table").Last).ToContainTextAsync("Ctrl");
        await page.Keyboard.PressAsync("Escape");
        await page.Keyboard.PressAsync("g");
        await page.Keyboard.PressAsync("l");
        await page.WaitForURLAsync("**/publish");
        await page.FillAsync("[name='Form.Note']", "Not by a slip");
        await page.Keyboard.PressAsync("Control+Enter");
        await Assertions.Expect(page.Locator("#kept")).ToContainTextAsync("Kept at");
        Assert.EndsWith("/publish", page.Url, StringComparison.Ordinal);

        await page.Locator("h1").ClickAsync();
        await page.Keyboard.PressAsync("g");
        await page.Keyboard.PressAsync("m");
        await page.WaitForURLAsync("**/mailing");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Whoever_closes_the_list_is_where_they_were()
    {
        var (page, edition) = await OpenAsync();
        var card = page.Locator($"#item-{edition.Items[1].Id} > a");
        await card.FocusAsync();
        await page.EvaluateAsync("document.body.style.paddingBottom = '200vh'; scrollTo(0, 120)");

        await page.Keyboard.PressAsync("?");
        await Assertions.Expect(page.Locator("#keys")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");

        await Assertions.Expect(page.Locator("#keys")).ToBeHiddenAsync();
        await Assertions.Expect(card).ToBeFocusedAsync();
        Assert.Equal(120, await page.EvaluateAsync<int>("scrollY"));
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Without_script_the_list_is_a_page()
    {
        var page = await chromium.OpenAsync(script: false);
        await chromium.SignInAsync(page);

        await page.ClickAsync("#keys-link");

        await Assertions.Expect(page.Locator("main table")).ToContainTextAsync(["Show this list", "Go to the board", "Next card"]);
        await Assertions.Expect(page.Locator("main [data-keys-switch]")).ToBeHiddenAsync();
        await page.Context.CloseAsync();
    }

    /// <summary>The list is in the page once its script has run.</summary>
    private static Task ExpectReadyAsync(IPage page) => Assertions.Expect(page.Locator("#keys")).ToHaveCountAsync(1);

    private async Task<(IPage Page, Edition Edition)> OpenAsync()
    {
        var edition = await new EditionBuilder().Item("A").Item("B").News("First").SaveAsync(chromium.App);
        var page = await chromium.OpenAsync(bypassContentSecurity: true);
        await chromium.SignInAsync(page);
        await page.GotoAsync($"/editor/editions/{edition.Month}");
        return (page, edition);
    }
}
