using CordisPulse.Core.Accounts;
using CordisPulse.Tests;
using CordisPulse.Tests.Builders;
using CordisPulse.Tests.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;

namespace CordisPulse.BrowserTests;

/// <summary>Nothing typed is lost: not with the server, not with the sign-in, not to a colleague, not with the tab.</summary>
public sealed class TypingTests(Chromium chromium) : IClassFixture<Chromium>, IDisposable
{
    private const string Summary = "[name='Form.Summary']";

    public void Dispose() => chromium.AssertNoPageErrors();

    [Fact]
    public async Task What_is_typed_stays_while_the_item_is_assigned_and_noted_on()
    {
        var edition = await new EditionBuilder().Item("Given to somebody").SaveAsync(chromium.App);
        var page = await chromium.OpenAsync();
        await chromium.SignInAsync(page);
        await page.GotoAsync($"/editor/editions/{edition.Month}/items/{edition.Items[0].Id}");
        await page.FillAsync("[name='Form.Summary']", "Half a thought");
        await page.SelectOptionAsync("#stage", "Summarised");
        await page.ClickAsync("#stage-form button");
        await Assertions.Expect(page.Locator("#work-said")).ToContainTextAsync("summarised");
        await page.FillAsync("[name='Note.Text']", "Please look at the figure.");
        await page.ClickAsync("#note-form button");

        await Assertions.Expect(page.Locator(".notes .said")).ToHaveTextAsync("Please look at the figure.");
        await Assertions.Expect(page.Locator("[name='Form.Summary']")).ToHaveValueAsync("Half a thought");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task What_is_typed_before_and_after_the_server_dies_is_there_when_it_is_back()
    {
        await using var app = new PulseApp();
        var edition = await new EditionBuilder().Item("Kept").SaveAsync(app);
        var email = await AddEditorAsync(app);
        var server = RunningPulse.Start(app.Settings);
        try
        {
            var address = await server.AddressAsync();
            var item = new Uri(address, $"/editor/editions/{edition.Month}/items/{edition.Items[0].Id}").AbsoluteUri;
            var page = await chromium.OpenAsync(on: app);
            await SignInAsync(page, address, email);
            await page.GotoAsync(item);
            await page.FillAsync(Summary, "Half of a ");
            await Assertions.Expect(page.Locator("#kept")).ToContainTextAsync("Kept at");

            server.Dispose();
            await page.Locator(Summary).PressSequentiallyAsync("senten");
            await Assertions.Expect(page.Locator("#kept")).ToContainTextAsync("can't be reached");
            await page.CloseAsync();
            server = RunningPulse.Start(app.Settings, address);
            await server.AddressAsync();

            var elsewhere = await chromium.OpenAsync(on: app);
            await SignInAsync(elsewhere, address, email);
            await elsewhere.GotoAsync(item);
            await elsewhere.ClickAsync("#take-draft button");
            await Assertions.Expect(elsewhere.Locator(Summary)).ToHaveValueAsync("Half of a ");
            await elsewhere.Context.CloseAsync();

            page = await page.Context.NewPageAsync();
            await page.GotoAsync(item);
            await page.ClickAsync("#offered-copy button:has-text('Take it')");
            await Assertions.Expect(page.Locator(Summary)).ToHaveValueAsync("Half of a senten");
            await Assertions.Expect(page.Locator("#kept")).ToContainTextAsync("Kept at");
            await ExpectCopiesAsync(page, 0);
            await page.Context.CloseAsync();
        }
        finally
        {
            server.Dispose();
        }
    }

    [Fact]
    public async Task What_is_saved_while_the_server_is_away_is_sent_when_it_is_back()
    {
        await using var app = new PulseApp();
        var edition = await new EditionBuilder().Item("Pressed").SaveAsync(app);
        var email = await AddEditorAsync(app);
        var server = RunningPulse.Start(app.Settings);
        try
        {
            var address = await server.AddressAsync();
            var page = await chromium.OpenAsync(on: app);
            await SignInAsync(page, address, email);
            await page.GotoAsync(new Uri(address, $"/editor/editions/{edition.Month}/items/{edition.Items[0].Id}").AbsoluteUri);
            server.Dispose();
            await page.FillAsync(Summary, "Pressed while away.");
            await Assertions.Expect(page.Locator("#kept")).ToContainTextAsync("can't be reached");
            await page.ClickAsync("#item-form .btn.main");
            await Assertions.Expect(page.Locator("#kept")).ToContainTextAsync("This is sent as soon as it answers");
            await Assertions.Expect(page.Locator(Summary)).ToHaveValueAsync("Pressed while away.");

            server = RunningPulse.Start(app.Settings, address);
            await server.AddressAsync();

            await Assertions.Expect(page.Locator(".flash")).ToContainTextAsync("is saved", new() { Timeout = 60_000 });
            Assert.Equal("Pressed while away.", await app.QueryAsync(db => db.EditionItems.Where(item => item.Id == edition.Items[0].Id).Select(item => item.Summary).SingleAsync()));
            await page.Context.CloseAsync();
        }
        finally
        {
            server.Dispose();
        }
    }

    [Fact]
    public async Task What_is_saved_after_the_sign_in_has_gone_is_offered_after_the_next()
    {
        var edition = await new EditionBuilder().Item("Signed out").SaveAsync(chromium.App);
        var email = await AddEditorAsync(chromium.App);
        var page = await chromium.OpenAsync();
        await SignInAsync(page, chromium.App.Address, email);
        await page.GotoAsync($"/editor/editions/{edition.Month}/items/{edition.Items[0].Id}");
        await page.Context.ClearCookiesAsync();
        await page.FillAsync(Summary, "Typed while signed out");
        await Assertions.Expect(page.Locator("#kept")).ToContainTextAsync("signed out");

        await page.ClickAsync("#item-form .btn.main");
        await FillSignInAsync(page, email);
        // Whoever does not send on what was held finds it in the form all the same.
        await page.ClickAsync("text=Let it go");
        await page.GotoAsync($"/editor/editions/{edition.Month}/items/{edition.Items[0].Id}");
        await page.ClickAsync("#offered-copy button:has-text('Take it')");
        await Assertions.Expect(page.Locator(Summary)).ToHaveValueAsync("Typed while signed out");
        await page.ClickAsync("#item-form .btn.main");

        await Assertions.Expect(page.Locator(".flash")).ToContainTextAsync("is saved");
        await ExpectCopiesAsync(page, 0);
        await page.GotoAsync($"/editor/editions/{edition.Month}/items/{edition.Items[0].Id}");
        await Assertions.Expect(page.Locator(Summary)).ToHaveValueAsync("Typed while signed out");
        Assert.Equal(0, await page.Locator("#offered, #offered-copy").CountAsync());
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task What_is_saved_after_the_sign_in_has_gone_is_sent_on_after_the_next()
    {
        var edition = await new EditionBuilder().Item("Sent on").SaveAsync(chromium.App);
        var email = await AddEditorAsync(chromium.App);
        var page = await chromium.OpenAsync();
        await SignInAsync(page, chromium.App.Address, email);
        await page.GotoAsync($"/editor/editions/{edition.Month}/items/{edition.Items[0].Id}");
        await page.Context.ClearCookiesAsync();
        await page.FillAsync(Summary, "Typed and sent while signed out");
        await page.ClickAsync("#item-form .btn.main");
        await Assertions.Expect(page.Locator("#held")).ToContainTextAsync("What you typed is kept");
        await FillSignInAsync(page, email);
        await page.ClickAsync("#held .btn.main");

        await Assertions.Expect(page.Locator(".flash")).ToContainTextAsync("is saved");
        await ExpectCopiesAsync(page, 0);
        Assert.Equal("Typed and sent while signed out", await chromium.App.QueryAsync(db => db.EditionItems.Where(item => item.Id == edition.Items[0].Id).Select(item => item.Summary).SingleAsync()));
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Two_who_write_one_summary_see_each_other_and_neither_loses_a_word()
    {
        var edition = await new EditionBuilder().Item("Shared").SaveAsync(chromium.App);
        var address = $"/editor/editions/{edition.Month}/items/{edition.Items[0].Id}";
        var (first, second) = (await chromium.OpenAsync(), await chromium.OpenAsync());
        await chromium.SignInAsync(first);
        await chromium.SignInAsync(second);
        await first.GotoAsync(address);
        await first.FillAsync(Summary, "What the first typed.");
        await Assertions.Expect(first.Locator("#kept")).ToContainTextAsync("Kept at");

        await second.GotoAsync(address);
        await Assertions.Expect(second.Locator("#edited-by")).ToContainTextAsync("is editing this");
        await second.FillAsync(Summary, "What the second typed.");
        await Assertions.Expect(second.Locator("#kept")).ToContainTextAsync("Kept at");
        await first.FillAsync(Summary, "What the first typed in the end.");
        await Assertions.Expect(first.Locator("#edited-by")).ToContainTextAsync("is editing this");
        await second.ClickAsync("#item-form .btn.main");
        await Assertions.Expect(second.Locator(".flash")).ToContainTextAsync("is saved");

        await first.Locator(Summary).PressSequentiallyAsync(" ");
        await Assertions.Expect(first.Locator("#saved-since[role=status]")).ToContainTextAsync("you will see both when you save", new() { Timeout = 30_000 });
        var shown = await first.Context.RunAndWaitForPageAsync(() => first.ClickAsync("#saved-since a"));
        Assert.Matches(@"/history/\d+$", shown.Url);
        await shown.CloseAsync();
        await first.FillAsync(Summary, "What the first typed in the end.");

        await first.ClickAsync("#item-form .btn.main");
        await Assertions.Expect(first.Locator(".versions")).ToContainTextAsync("What the second typed.");
        await Assertions.Expect(first.Locator(Summary)).ToHaveValueAsync("What the first typed in the end.");
        Assert.Equal(0, await first.Locator("#offered-copy").CountAsync());
        await Assertions.Expect(first.Locator("#kept")).ToContainTextAsync("Kept at");
        await first.Context.CloseAsync();
        await second.Context.CloseAsync();
    }

    [Theory]
    [InlineData(360)]
    [InlineData(768)]
    [InlineData(1280)]
    public async Task What_has_become_of_it_is_in_sight_while_one_types_and_covers_no_line_of_it(int width)
    {
        var edition = await new EditionBuilder().Item("In sight", item => item.Summary = string.Join('\n', Enumerable.Repeat("A line.", 60))).SaveAsync(chromium.App);
        var page = await chromium.OpenAsync(width);
        await chromium.SignInAsync(page);
        await page.GotoAsync($"/editor/editions/{edition.Month}/items/{edition.Items[0].Id}");
        await page.Locator(Summary).FocusAsync();
        await page.Keyboard.PressAsync("Control+End");
        await page.Keyboard.TypeAsync(" The last words");

        await Assertions.Expect(page.Locator("#kept")).ToContainTextAsync("Kept at");
        await Assertions.Expect(page.Locator("#kept")).ToBeInViewportAsync(new() { Ratio = 1 });
        await Assertions.Expect(page.Locator("#item-form .btn.main")).ToBeInViewportAsync(new() { Ratio = 1 });
        Assert.True(await page.EvaluateAsync<bool>("document.activeElement.getBoundingClientRect().bottom <= document.querySelector('.at-hand').getBoundingClientRect().top"));
        await page.EmulateMediaAsync(new() { Media = Media.Print });
        await Assertions.Expect(page.Locator(".at-hand")).ToHaveCSSAsync("position", "static");
        await page.EmulateMediaAsync(new() { Media = Media.Screen });
        await page.SetViewportSizeAsync(width, 400);
        await Assertions.Expect(page.Locator(".at-hand")).ToHaveCSSAsync("position", "static");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task What_is_offered_shows_its_words_as_text_and_gives_the_focus_to_what_differs()
    {
        const string Hostile = "About <img src=x onerror=document.title='run'> here.";
        var edition = await new EditionBuilder().Item("Offered", item => item.Summary = "About it here.").SaveAsync(chromium.App);
        var address = $"/editor/editions/{edition.Month}/items/{edition.Items[0].Id}";
        var page = await chromium.OpenAsync(bypassContentSecurity: true);
        await chromium.SignInAsync(page);
        await page.GotoAsync(address);
        await page.FillAsync(Summary, Hostile);
        await Assertions.Expect(page.Locator("#kept")).ToContainTextAsync("Kept at");
        await page.CloseAsync();

        page = await page.Context.NewPageAsync();
        await page.GotoAsync(address);
        await LeaveCopyAsync(page, "Form.Summary", $"{Hostile} And more.");
        await page.ReloadAsync();
        await Assertions.Expect(page.Locator("#offered-copy h3")).ToHaveTextAsync(["Summary: in the form", "Summary: what you typed"]);
        await Assertions.Expect(page.Locator("#offered-copy pre")).ToHaveTextAsync(["About it here.", $"{Hostile} And more."]);
        await Assertions.Expect(page.Locator("#offered-copy mark").First).ToHaveTextAsync("it here.");
        await page.AssertAccessibleAsync();
        await page.ClickAsync("#offered-copy button:has-text('Let it go')");
        await Assertions.Expect(page.Locator("#offered pre")).ToHaveTextAsync(["About it here.", Hostile]);
        await Assertions.Expect(page.Locator("#offered mark").First).ToHaveTextAsync("it");
        await page.ClickAsync("#take-draft button");
        await Assertions.Expect(page.Locator(Summary)).ToBeFocusedAsync();
        await Assertions.Expect(page.Locator(Summary)).ToHaveValueAsync(Hostile);

        await LeaveCopyAsync(page, "Form.Authors", "Ada");
        await page.ReloadAsync();
        await page.ClickAsync("#offered-copy button:has-text('Take it')");
        await Assertions.Expect(page.Locator("[name='Form.Authors']")).ToBeFocusedAsync();
        Assert.NotEqual("run", await page.TitleAsync());
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Two_windows_of_one_person_show_both_texts_and_make_them_one()
    {
        var edition = await new EditionBuilder().Item("In two windows").SaveAsync(chromium.App);
        var address = $"/editor/editions/{edition.Month}/items/{edition.Items[0].Id}";
        var first = await chromium.OpenAsync();
        await chromium.SignInAsync(first);
        var second = await first.Context.NewPageAsync();
        await first.GotoAsync(address);
        await second.GotoAsync(address);
        await first.FillAsync(Summary, "What the first window says.");
        await Assertions.Expect(first.Locator("#kept")).ToContainTextAsync("Kept at");

        await second.FillAsync(Summary, "What the second window says.");
        await Assertions.Expect(second.Locator("#other-window")).ToContainTextAsync("What the first window says.");
        await Assertions.Expect(second.Locator("#other-window")).ToContainTextAsync("What the second window says.");
        await Assertions.Expect(second.Locator("#kept")).ToContainTextAsync("another window of yours");
        await Assertions.Expect(second.Locator(Summary)).ToHaveValueAsync("What the second window says.");
        await ExpectCopiesAsync(second, 1);
        await second.FillAsync(Summary, "What the first window says, and the second.");
        await second.ClickAsync("#keep-this");
        await Assertions.Expect(second.Locator("#kept")).ToContainTextAsync("Kept at");
        await Assertions.Expect(second.Locator("#other-window")).ToHaveCountAsync(0);

        await first.Locator(Summary).PressSequentiallyAsync(" More.");
        await Assertions.Expect(first.Locator("#other-window")).ToContainTextAsync("What the first window says, and the second.");
        await first.ClickAsync("#take-other button");
        await Assertions.Expect(first.Locator(Summary)).ToHaveValueAsync("What the first window says, and the second.");
        await Assertions.Expect(first.Locator("#kept")).ToContainTextAsync("Kept at");
        await first.ClickAsync("#item-form .btn.main");
        await Assertions.Expect(first.Locator(".flash")).ToContainTextAsync("is saved");
        await ExpectCopiesAsync(first, 0);
        await first.GotoAsync(address);
        await Assertions.Expect(first.Locator(Summary)).ToHaveValueAsync("What the first window says, and the second.");
        Assert.Equal(0, await first.Locator("#offered, #offered-copy").CountAsync());
        await first.Context.CloseAsync();
    }

    [Fact]
    public async Task A_window_that_closes_beside_another_leaves_its_text_to_be_taken()
    {
        var edition = await new EditionBuilder().Item("Closed beside").SaveAsync(chromium.App);
        var address = $"/editor/editions/{edition.Month}/items/{edition.Items[0].Id}";
        var first = await chromium.OpenAsync(bypassContentSecurity: true);
        await chromium.SignInAsync(first);
        var second = await first.Context.NewPageAsync();
        await first.GotoAsync(address);
        await second.GotoAsync(address);
        await first.FillAsync(Summary, "Of the first.");
        await Assertions.Expect(first.Locator("#kept")).ToContainTextAsync("Kept at");
        await second.FillAsync(Summary, "Of the second.");
        await Assertions.Expect(second.Locator("#other-window")).ToBeVisibleAsync();
        await second.AssertAccessibleAsync();
        await second.CloseAsync(new() { RunBeforeUnload = true });
        await first.CloseAsync(new() { RunBeforeUnload = true });

        var page = await first.Context.NewPageAsync();
        await page.GotoAsync(address);
        await page.ClickAsync("#offered-copy button:has-text('Take it')");
        await Assertions.Expect(page.Locator(Summary)).ToHaveValueAsync("Of the second.");
        await Assertions.Expect(page.Locator("#other-window")).ToContainTextAsync("Of the first.");
        await page.ClickAsync("#take-other button");
        await Assertions.Expect(page.Locator(Summary)).ToHaveValueAsync("Of the first.");
        Assert.Equal(0, await page.Locator("#offered-copy").CountAsync());
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_tab_closed_in_mid_word_loses_nothing_and_cancelling_leaves_nothing()
    {
        var edition = await new EditionBuilder().News("Closed").SaveAsync(chromium.App);
        var address = $"/editor/editions/{edition.Month}/news/{edition.News[0].Id}";
        var page = await chromium.OpenAsync();
        await chromium.SignInAsync(page);
        await page.GotoAsync(address);
        await page.FillAsync("[name='Form.Body']", "Half a wor");
        await page.CloseAsync(new() { RunBeforeUnload = true });

        page = await page.Context.NewPageAsync();
        await page.GotoAsync(address);
        await page.Locator("#offered-copy button:has-text('Take it'), #take-draft button").Locator("visible=true").ClickAsync();
        await Assertions.Expect(page.Locator("[name='Form.Body']")).ToHaveValueAsync("Half a wor");
        await Assertions.Expect(page.Locator("#kept")).ToContainTextAsync("Kept at");
        await page.ClickAsync("#cancel");
        // The draft is let go while the page is left, so no page hears the answer.
        for (var tries = 0; tries < 100 && await chromium.App.QueryAsync(db => db.TextDrafts.AnyAsync(draft => draft.EditionId == edition.Id && draft.Fields != null)); tries++)
            await Task.Delay(100);

        await page.GotoAsync(address);
        await Assertions.Expect(page.Locator("[name='Form.Body']")).ToHaveValueAsync("About Closed.");
        Assert.Equal(0, await page.Locator("#offered, #offered-copy").CountAsync());
        await ExpectCopiesAsync(page, 0);
        await page.Context.CloseAsync();
    }

    private static async Task<string> AddEditorAsync(PulseApp app)
    {
        var email = $"writer-{Guid.NewGuid():N}@example.org";
        await app.AddAccountAsync(email, Roles.Editor);
        return email;
    }

    private static async Task SignInAsync(IPage page, Uri address, string email)
    {
        await page.GotoAsync(new Uri(address, "/editor/sign-in").AbsoluteUri);
        await FillSignInAsync(page, email);
        await page.WaitForURLAsync("**/editor");
    }

    private static async Task FillSignInAsync(IPage page, string email)
    {
        await page.FillAsync("[name=Email]", email);
        await page.FillAsync("[name=Password]", PulseApp.Password);
        await page.Keyboard.PressAsync("Enter");
    }

    /// <summary>Leaves in the browser what another window would leave of the form, had the server not heard of it.</summary>
    private static async Task LeaveCopyAsync(IPage page, string field, string text) => await page.EvaluateAsync(
        """
        ([field, text]) => {
          const fields = new URLSearchParams([...new FormData(document.getElementById("item-form"))].filter(([name]) => name.startsWith("Form.")));
          fields.set(field, text);
          localStorage.setItem(`typed:${document.getElementById("draft").dataset.key}:another`, JSON.stringify({ at: Date.now(), fields: fields.toString() }));
        }
        """,
        new[] { field, text });

    /// <summary>The script of a page forgets what was saved once it runs.</summary>
    private static async Task ExpectCopiesAsync(IPage page, int count) => await page.WaitForFunctionAsync("count => localStorage.length === count", count);
}
