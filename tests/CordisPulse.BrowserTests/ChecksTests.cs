using CordisPulse.Core.Editions;
using CordisPulse.Tests.Builders;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;

namespace CordisPulse.BrowserTests;

/// <summary>The checks speak while somebody types, and what they find is mended where it is listed.</summary>
public sealed class ChecksTests(Chromium chromium) : IClassFixture<Chromium>, IDisposable
{
    private const int Links = 20;

    public void Dispose() => chromium.AssertNoPageErrors();

    [Fact]
    public async Task The_checks_speak_below_the_field_while_it_is_typed()
    {
        var edition = await new EditionBuilder().Item("Typed", item => item.Url = "#").SaveAsync(chromium.App);
        var page = await chromium.OpenAsync();
        await chromium.SignInAsync(page);
        await page.GotoAsync($"/editor/editions/{edition.Month}/items/{edition.Items[0].Id}");
        await Assertions.Expect(page.Locator("#Form_Url-finding")).ToContainTextAsync("placeholder");

        await page.FillAsync("[name='Form.Summary']", "Referrals rose by 12.");
        await Assertions.Expect(page.Locator("#Form_Summary-finding li")).ToContainTextAsync("“rose by 12”");
        await Assertions.Expect(page.Locator("#findings-said")).ToContainTextAsync("Summary: “rose by 12”");
        await Assertions.Expect(page.Locator("[name='Form.Summary']")).ToHaveAttributeAsync("aria-describedby", "Form_Summary-hint Form_Summary-finding");

        await page.FillAsync("[name='Form.Summary']", "Referrals rose by 12 per cent.");
        await Assertions.Expect(page.Locator("#Form_Summary-finding")).ToHaveCountAsync(0);
        await page.FillAsync("[name='Form.Url']", "https://example.org/typed");
        await Assertions.Expect(page.Locator("#Form_Url-finding")).ToHaveCountAsync(0);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task The_checks_speak_in_the_intake_too_and_the_count_of_words_has_a_habit_beside_it()
    {
        await new EditionBuilder().With(row => row.Month = new EditionMonth(2098, 5)).Item("Habit", item => item.Summary = "Just these four words.").SaveAsync(chromium.App);
        var page = await chromium.OpenAsync();
        await chromium.SignInAsync(page);
        await page.GotoAsync("/editor/intake/add");

        await page.FillAsync("[name='Form.Summary']", "Waits rose by 12 in the North.");

        await Assertions.Expect(page.Locator("#Form_Summary-finding li")).ToContainTextAsync("“rose by 12”");
        await Assertions.Expect(page.Locator("#item-form")).ToContainTextAsync("7 words; half of the other summaries have 4 or fewer");
        await page.FillAsync("[name='Form.Summary']", "Waits rose by 12 days in the North.");
        await Assertions.Expect(page.Locator("#Form_Summary-finding")).ToHaveCountAsync(0);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_paste_takes_the_place_of_what_the_next_field_holds()
    {
        var edition = await new EditionBuilder().Item("To come", item => item.Url = "#").Item("To be mended", item => item.Url = "ftp://example.org/old").SaveAsync(chromium.App);
        await SavedBeforeAsync(edition);
        var page = await OpenAsync(edition);
        await page.Locator(".error-finding .mend input:not([type=hidden])").First.FocusAsync();

        for (var i = 0; i < 2; i++)
        {
            await page.Keyboard.InsertTextAsync(AddressOf(i));
            await page.Keyboard.PressAsync("Enter");
        }

        await Assertions.Expect(page.Locator("li.saved")).ToHaveCountAsync(2);
        Assert.Equal([AddressOf(0), AddressOf(1)], await LinksOfAsync(edition));
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Twenty_placeholder_links_are_twenty_pastes()
    {
        var edition = await PlaceholdersAsync();
        var page = await OpenAsync(edition);
        await page.Locator(".mend:has-text('Source') input:not([type=hidden])").Last.FillAsync("Half a sour");
        await page.Locator(".error-finding .mend input:not([type=hidden])").First.FocusAsync();

        for (var i = 0; i < Links; i++)
        {
            await page.Keyboard.InsertTextAsync(AddressOf(i));
            await page.Keyboard.PressAsync("Enter");
        }

        await Assertions.Expect(page.Locator("li.saved")).ToHaveCountAsync(Links, new() { Timeout = 60_000 });
        await Assertions.Expect(page.Locator("[data-kind=link-placeholder]")).ToHaveCountAsync(0);
        await Assertions.Expect(page.Locator(".mend:has-text('Source') input:not([type=hidden])").Last).ToHaveValueAsync("Half a sour");
        Assert.Equal(Enumerable.Range(0, Links).Select(AddressOf), await LinksOfAsync(edition));
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Pastes_that_still_wait_are_saved_when_the_page_is_left()
    {
        var edition = await PlaceholdersAsync();
        var page = await OpenAsync(edition);
        await page.Locator(".error-finding .mend input:not([type=hidden])").First.FocusAsync();
        for (var i = 0; i < Links; i++)
        {
            await page.Keyboard.InsertTextAsync(AddressOf(i));
            await page.Keyboard.PressAsync("Enter");
        }

        page.Dialog += (_, dialog) => dialog.AcceptAsync();
        await page.GotoAsync("/editor");

        for (var tries = 0; tries < 100 && (await LinksOfAsync(edition)).Contains("#"); tries++)
            await Task.Delay(100);
        Assert.Equal(Enumerable.Range(0, Links).Select(AddressOf), await LinksOfAsync(edition));
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Twenty_placeholder_links_are_twenty_pastes_without_script()
    {
        var edition = await PlaceholdersAsync();
        var page = await OpenAsync(edition, script: false);
        await page.TabToAsync(".error-finding .mend input:not([type=hidden])");

        for (var i = 0; i < Links; i++)
        {
            await Assertions.Expect(page.Locator(".mend :focus")).ToHaveCountAsync(1);
            await page.Keyboard.InsertTextAsync(AddressOf(i));
            await page.Keyboard.PressAsync("Enter");
            await Assertions.Expect(page.Locator(".flash")).ToContainTextAsync($"“Report {i}”", new() { Timeout = 30_000 });
        }

        Assert.Equal(Enumerable.Range(0, Links).Select(AddressOf), await LinksOfAsync(edition));
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_mend_is_undone_in_its_row_and_a_wrong_value_says_so_at_its_field()
    {
        var edition = await PlaceholdersAsync();
        var page = await OpenAsync(edition);
        var link = page.Locator(".error-finding .mend input:not([type=hidden])").First;
        await link.FillAsync("www.example.org");
        await link.PressAsync("Enter");
        await Assertions.Expect(page.Locator(".error-finding .mend .error")).ToContainTextAsync("https://");
        await Assertions.Expect(link).ToBeFocusedAsync();

        await link.FillAsync(AddressOf(0));
        await link.PressAsync("Enter");
        await Assertions.Expect(page.Locator("li.saved")).ToContainTextAsync("Link, in “Report 0”, is saved.");
        await page.ClickAsync("li.saved button");
        await Assertions.Expect(page.Locator("[data-kind=link-placeholder]")).ToHaveCountAsync(Links);
        await Assertions.Expect(page.Locator("#mend-said")).ToContainTextAsync("It is undone.");
        Assert.All(await LinksOfAsync(edition), address => Assert.Equal("#", address));
        await page.Context.CloseAsync();
    }

    private async Task<IPage> OpenAsync(Edition edition, bool script = true)
    {
        var page = await chromium.OpenAsync(script: script);
        await chromium.SignInAsync(page);
        await page.GotoAsync($"/editor/editions/{edition.Month}/checks");
        return page;
    }

    /// <summary>Twenty items whose link is to come, and whose texts have been saved before.</summary>
    private async Task<Edition> PlaceholdersAsync()
    {
        var builder = new EditionBuilder();
        for (var i = 0; i < Links; i++)
            builder.Item($"Report {i}", item => item.Url = "#");
        var edition = await builder.SaveAsync(chromium.App);
        await SavedBeforeAsync(edition);
        return edition;
    }

    private Task<int> SavedBeforeAsync(Edition edition) => chromium.App.QueryAsync(async db =>
    {
        db.AddRange(edition.Items.Select(item => Revisions.Of(item, null, null, DateTime.UtcNow)));
        return await db.SaveChangesAsync();
    });

    private static string AddressOf(int number) => $"https://example.org/paste/{number}";

    private Task<List<string?>> LinksOfAsync(Edition edition)
        => chromium.App.QueryAsync(db => db.EditionItems.Where(item => item.EditionId == edition.Id).OrderBy(item => item.Position).Select(item => item.Url).ToListAsync());
}
