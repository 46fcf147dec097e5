using System.Globalization;
using System.Text.RegularExpressions;
using CordisPulse.Core.Editions;
using CordisPulse.Tests.Builders;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;

namespace CordisPulse.BrowserTests;

/// <summary>The order of the board by mouse, by touch, by keyboard, and by what is there without script.</summary>
public sealed class OrderingTests(Chromium chromium) : IClassFixture<Chromium>, IDisposable
{
    public void Dispose() => chromium.AssertNoPageErrors();

    [Fact]
    public async Task A_card_is_dragged_with_the_mouse_within_its_box_to_another_and_back()
    {
        var edition = await BuildAsync();
        var page = await OpenAsync(edition);

        await DragAsync(page, edition.Items[2], edition.Items[0]);
        await ExpectAsync(page, edition.Items[0], "C", "A", "B");
        await Assertions.Expect(page.Locator("#announcement")).ToHaveTextAsync("Dropped. “C” stands first in Adult Social Care and Health, Reports now.");
        Assert.Equal(["C", "A", "B"], await CellAsync(edition, edition.Items[0]));

        await DragAsync(page, edition.Items[0], edition.Items[3]);
        await ExpectAsync(page, edition.Items[0], "C", "B");
        await ExpectAsync(page, edition.Items[3], "A", "X");
        await Assertions.Expect(page.Locator("#announcement")).ToHaveTextAsync("Dropped. “A” stands first in Criminal Justice, Reports now.");
        Assert.Equal(["A", "X"], await CellAsync(edition, edition.Items[3]));

        await page.ClickAsync("#undo button");
        await ExpectAsync(page, edition.Items[0], "C", "A", "B");
        Assert.Equal(["C", "A", "B"], await CellAsync(edition, edition.Items[0]));
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Escape_in_the_middle_of_a_drag_puts_the_card_back()
    {
        var edition = await BuildAsync();
        var page = await OpenAsync(edition);

        await CarryAsync(page, edition.Items[2], edition.Items[0]);
        await page.Keyboard.PressAsync("Escape");
        await page.Mouse.UpAsync();

        await Assertions.Expect(page.Locator("#announcement")).ToHaveTextAsync("Put back “C”.");
        await ExpectAsync(page, edition.Items[0], "A", "B", "C");
        Assert.Equal(0, await page.Locator(".ghost, .drop-line").CountAsync());
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_card_is_dragged_with_a_finger_and_the_page_scrolls_at_its_edge()
    {
        var edition = await BuildAsync();
        var page = await OpenAsync(edition, width: 360, touch: true);
        var handle = page.Locator($"#handle-item-{edition.Items[0].Id}");
        await handle.ScrollIntoViewIfNeededAsync();
        var from = (await handle.BoundingBoxAsync())!;
        var session = await page.Context.NewCDPSessionAsync(page);
        var scrolledBefore = await page.EvaluateAsync<double>("scrollY");

        await TouchAsync(session, "touchStart", from.X + 8, from.Y + 8);
        await TouchAsync(session, "touchMove", from.X + 8, from.Y + 30);
        await TouchAsync(session, "touchMove", 100, 890);
        await page.WaitForFunctionAsync("before => scrollY > before + 100", scrolledBefore);
        var target = page.Locator($"#item-{edition.Items[3].Id}");
        await page.WaitForFunctionAsync("id => document.getElementById(id).getBoundingClientRect().top < 700", $"item-{edition.Items[3].Id}");
        await TouchAsync(session, "touchMove", 100, 500);
        var to = (await target.BoundingBoxAsync())!;
        await TouchAsync(session, "touchMove", to.X + 40, to.Y + 4);
        await TouchAsync(session, "touchEnd");

        await ExpectAsync(page, edition.Items[3], "A", "X");
        await Assertions.Expect(page.Locator("#announcement")).ToHaveTextAsync("Dropped. “A” stands first in Criminal Justice, Reports now.");
        Assert.Equal(["A", "X"], await CellAsync(edition, edition.Items[3]));
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_card_is_moved_by_keyboard_and_each_step_is_said()
    {
        var edition = await BuildAsync();
        var page = await OpenAsync(edition);
        var handle = page.Locator($"#handle-item-{edition.Items[2].Id}");
        var said = page.Locator("#announcement");
        await handle.FocusAsync();

        await page.Keyboard.PressAsync(" ");
        await Assertions.Expect(said).ToHaveTextAsync("Picked up “C”, position 3 of 3 in Reports, Adult Social Care and Health.");
        await page.Keyboard.PressAsync("ArrowUp");
        await Assertions.Expect(said).ToHaveTextAsync("Moved to position 2 of 3 in Reports, Adult Social Care and Health");
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(said).ToHaveTextAsync("Put back “C”.");
        await ExpectAsync(page, edition.Items[0], "A", "B", "C");
        await Assertions.Expect(handle).ToBeFocusedAsync();

        await page.Keyboard.PressAsync("Enter");
        await page.Keyboard.PressAsync("ArrowRight");
        await Assertions.Expect(said).ToHaveTextAsync(new Regex("^Moved to position 1 of 1 in .*, Adult Social Care and Health$"));
        await page.Keyboard.PressAsync("ArrowLeft");
        for (var i = 0; i < 9 && await CellOfAsync(page, edition.Items[2]) != await CellOfAsync(page, edition.Items[3]); i++)
            await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("ArrowDown");
        await Assertions.Expect(said).ToHaveTextAsync("Moved to position 2 of 2 in Reports, Criminal Justice");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(said).ToHaveTextAsync("Dropped. “C” stands last in Criminal Justice, Reports now.");
        await Assertions.Expect(handle).ToBeFocusedAsync();
        Assert.Equal(["X", "C"], await CellAsync(edition, edition.Items[3]));
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task News_is_dragged_among_news_and_nowhere_else()
    {
        var edition = await BuildAsync();
        var page = await OpenAsync(edition);
        var (one, two) = (page.Locator($"#news-{edition.News[0].Id}"), page.Locator($"#news-{edition.News[1].Id}"));

        await DragAsync(page, page.Locator($"#handle-news-{edition.News[1].Id}"), page.Locator($"#item-{edition.Items[0].Id}"));
        await Assertions.Expect(page.Locator("#announcement")).ToHaveTextAsync("Put back “Second”.");
        await DragAsync(page, page.Locator($"#handle-news-{edition.News[1].Id}"), one);

        await Assertions.Expect(page.Locator("#news .card > a")).ToHaveTextAsync(["Second", "First"]);
        await Assertions.Expect(two.Locator(".handle")).ToBeVisibleAsync();
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_move_that_comes_second_or_never_arrives_is_put_back_and_says_so()
    {
        var edition = await BuildAsync();
        var page = await OpenAsync(edition);
        var colleague = await OpenAsync(edition);
        await DragAsync(colleague, edition.Items[2], edition.Items[0]);
        await ExpectAsync(colleague, edition.Items[0], "C", "A", "B");

        await DragAsync(page, edition.Items[1], edition.Items[0]);
        await Assertions.Expect(page.Locator("#refusal")).ToContainTextAsync("was first (“C” moved");
        await ExpectAsync(page, edition.Items[0], "C", "A", "B");

        await page.RouteAsync("**/order", route => route.AbortAsync());
        await DragAsync(page, edition.Items[1], edition.Items[2]);
        await Assertions.Expect(page.Locator("#refusal")).ToHaveTextAsync("The server can't be reached. “B” is put back where it stood.");
        await ExpectAsync(page, edition.Items[0], "C", "A", "B");

        await page.UnrouteAsync("**/order");
        await page.Context.ClearCookiesAsync();
        await DragAsync(page, edition.Items[1], edition.Items[2]);
        await Assertions.Expect(page.Locator("#refusal")).ToContainTextAsync("is put back where it stood.");
        Assert.Equal(["C", "A", "B"], await CellAsync(edition, edition.Items[0]));
        await page.Context.CloseAsync();
        await colleague.Context.CloseAsync();
    }

    [Fact]
    public async Task Boxes_are_ticked_in_a_range_with_Shift_and_counted_aloud()
    {
        var edition = await BuildAsync();
        var page = await OpenAsync(edition);

        await page.CheckAsync($"#item-{edition.Items[0].Id} .pick input");
        await page.ClickAsync($"#item-{edition.Items[2].Id} .pick input", new() { Modifiers = [KeyboardModifier.Shift] });
        await Assertions.Expect(page.Locator("#selected")).ToHaveTextAsync("3 selected");
        await page.SelectOptionAsync("#several-place", $"{edition.Items[3].SectorId}-{edition.Items[3].SectionId}");
        await page.ClickAsync("#several .to-end");

        await ExpectAsync(page, edition.Items[3], "X", "A", "B", "C");
        await Assertions.Expect(page.Locator(".flash")).ToContainTextAsync("3 items stand at the end of Criminal Justice");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Without_script_buttons_do_all_of_it_and_no_handle_pretends_to()
    {
        var edition = await BuildAsync();
        var page = await chromium.OpenAsync(script: false);
        await chromium.SignInAsync(page);
        await page.GotoAsync($"/editor/editions/{edition.Month}");

        Assert.Equal(0, await page.Locator(".handle").Locator("visible=true").CountAsync());
        await page.Locator($"#item-{edition.Items[2].Id} .up").ClickAsync();
        await ExpectAsync(page, edition.Items[0], "A", "C", "B");
        // A page that glides to the card would take the next button from under the pointer.
        await Assertions.Expect(page.Locator("html")).ToHaveCSSAsync("scroll-behavior", "auto");
        await page.CheckAsync($"#item-{edition.Items[0].Id} .pick input");
        await page.CheckAsync($"#item-{edition.Items[1].Id} .pick input");
        await page.SelectOptionAsync("#several-place", $"{edition.Items[3].SectorId}-{edition.Items[3].SectionId}");
        await page.ClickAsync("#several .to-top");
        await ExpectAsync(page, edition.Items[3], "A", "B", "X");
        await page.ClickAsync("#undo button");
        await ExpectAsync(page, edition.Items[0], "A", "C", "B");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_card_shows_a_colleague_who_opens_its_text()
    {
        var edition = await BuildAsync();
        var page = await OpenAsync(edition);
        var colleague = await OpenAsync(edition);

        await colleague.GotoAsync($"/editor/editions/{edition.Month}/items/{edition.Items[0].Id}");

        await Assertions.Expect(page.Locator($"#item-{edition.Items[0].Id} .editing")).ToContainTextAsync("is editing this", new() { Timeout = 30_000 });
        await page.Context.CloseAsync();
        await colleague.Context.CloseAsync();
    }

    private Task<Edition> BuildAsync()
        => new EditionBuilder().Item("A").Item("B").Item("C").Item("X", sector: "criminal").News("First").News("Second").SaveAsync(chromium.App);

    private async Task<IPage> OpenAsync(Edition edition, int width = 1280, bool touch = false)
    {
        var page = await chromium.OpenAsync(width, touch: touch);
        await chromium.SignInAsync(page);
        await page.GotoAsync($"/editor/editions/{edition.Month}");
        return page;
    }

    /// <summary>To the upper edge of another card, so that it stands before it.</summary>
    private static Task DragAsync(IPage page, EditionItem item, EditionItem before)
        => DragAsync(page, page.Locator($"#handle-item-{item.Id}"), page.Locator($"#item-{before.Id}"));

    private static async Task DragAsync(IPage page, ILocator handle, ILocator before)
    {
        await CarryAsync(page, handle, before);
        await page.Mouse.UpAsync();
    }

    private static Task CarryAsync(IPage page, EditionItem item, EditionItem before)
        => CarryAsync(page, page.Locator($"#handle-item-{item.Id}"), page.Locator($"#item-{before.Id}"));

    private static async Task CarryAsync(IPage page, ILocator handle, ILocator before)
    {
        await before.ScrollIntoViewIfNeededAsync();
        await handle.ScrollIntoViewIfNeededAsync();
        await handle.HoverAsync();
        await page.Mouse.DownAsync();
        var box = (await before.BoundingBoxAsync())!;
        await page.Mouse.MoveAsync(box.X + 40, box.Y + 12, new() { Steps = 5 });
        box = (await before.BoundingBoxAsync())!;
        await page.Mouse.MoveAsync(box.X + 42, box.Y + 6);
    }

    private static async Task TouchAsync(ICDPSession session, string type, float? x = null, float? y = null)
        => await session.SendAsync("Input.dispatchTouchEvent", new Dictionary<string, object>
        {
            ["type"] = type,
            ["touchPoints"] = x is null ? Array.Empty<object>() : [new Dictionary<string, object> { ["x"] = x, ["y"] = y! }],
        });

    private static Task ExpectAsync(IPage page, EditionItem like, params string[] titles)
        => Assertions.Expect(page.Locator($"[data-place='{like.SectorId}-{like.SectionId}'] .card > a")).ToHaveTextAsync(titles);

    private static Task<string?> CellOfAsync(IPage page, EditionItem item)
        => page.EvaluateAsync<string?>("id => document.getElementById(id).parentNode.dataset.place", string.Create(CultureInfo.InvariantCulture, $"item-{item.Id}"))!;

    private Task<List<string>> CellAsync(Edition edition, EditionItem like) => chromium.App.QueryAsync(db => db.EditionItems
        .Where(i => i.EditionId == edition.Id && i.SectorId == like.SectorId && i.SectionId == like.SectionId)
        .OrderBy(i => i.Position).Select(i => i.Title).ToListAsync());
}
