using CordisPulse.Tests.Areas.Editor.Intake;
using CordisPulse.Tests.Builders;
using CordisPulse.Tests.Outbound;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;

namespace CordisPulse.BrowserTests;

/// <summary>What script adds to the intake.</summary>
public sealed class IntakePageTests(Chromium chromium, WatchingApp app) : IClassFixture<Chromium>, IClassFixture<WatchingApp>, IDisposable
{
    public void Dispose() => chromium.AssertNoPageErrors();

    [Fact]
    public async Task What_is_read_appears_by_itself_and_is_told()
    {
        await using var site = await LoopbackSite.StartAsync();
        var gate = new TaskCompletionSource();
        site.On("/slow", async context =>
        {
            await gate.Task;
            context.Response.ContentType = "text/html";
            await context.Response.WriteAsync("<title>Read at last</title>");
        });
        var page = await chromium.OpenAsync(on: app);
        await chromium.SignInAsync(page, app);
        await page.GotoAsync("/editor/intake");
        await page.FillAsync("[name='Form.Links']", site.At("/slow").ToString());
        await page.ClickAsync("#links-form .btn.main");
        var card = page.Locator(".intake-card.being-read");
        await Assertions.Expect(card).ToContainTextAsync("Its page is being read.");
        await card.Locator("a").First.FocusAsync();

        // While nothing has changed, that is all that is said.
        await page.WaitForResponseAsync(response => response.Url.Contains("/editor/intake/readings", StringComparison.Ordinal) && response.Status == 304);
        gate.SetResult();

        await Assertions.Expect(page.Locator("#readings")).ToHaveTextAsync("“Read at last” has been read.");
        await Assertions.Expect(page.Locator(".intake-card:focus")).ToContainTextAsync("Read at last");
        Assert.Equal(0, await card.CountAsync());
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task The_end_of_reading_counts_all_that_were_pasted()
    {
        await using var site = await LoopbackSite.StartAsync();
        var gates = Enumerable.Range(0, 3).Select(_ => new TaskCompletionSource()).ToList();
        for (var i = 0; i < gates.Count; i++)
        {
            var (number, gate) = (i, gates[i]);
            site.On($"/counted/{number}", async context =>
            {
                await gate.Task;
                context.Response.ContentType = "text/html";
                await context.Response.WriteAsync($"<title>Counted {number}</title>");
            });
        }

        var page = await chromium.OpenAsync(on: app);
        await chromium.SignInAsync(page, app);
        await page.GotoAsync("/editor/intake");
        await page.FillAsync("[name='Form.Links']", string.Join('\n', gates.Select((_, i) => site.At($"/counted/{i}").ToString())));
        await page.ClickAsync("#links-form .btn.main");
        await Assertions.Expect(page.Locator(".intake-card.being-read")).ToHaveCountAsync(3);

        gates[0].SetResult();
        await Assertions.Expect(page.Locator("#readings")).ToHaveTextAsync("1 of 3 links have been read.");
        gates[1].SetResult();
        gates[2].SetResult();

        await Assertions.Expect(page.Locator("#readings")).ToHaveTextAsync("All 3 links have been read.");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task What_is_ticked_and_chosen_stands_apart_on_a_phone()
    {
        await using var site = await LoopbackSite.StartAsync();
        site.Html("/roomy", "<title>With room</title><meta property=\"og:site_name\" content=\"Roomy Institute\">");
        await new EditionBuilder().SaveAsync(app);
        var page = await chromium.OpenAsync(360, bypassContentSecurity: true, on: app);
        await chromium.SignInAsync(page, app);
        await page.GotoAsync("/editor/intake");
        await page.FillAsync("[name='Form.Links']", site.At("/roomy").ToString());
        await page.ClickAsync("#links-form .btn.main");
        await Assertions.Expect(page.Locator(".intake-card .check").First).ToContainTextAsync("Roomy Institute");
        await page.AssertTargetsApartAsync();
        await page.Context.CloseAsync();

        page = await chromium.OpenAsync(360, bypassContentSecurity: true);
        await chromium.SignInAsync(page);
        foreach (var show in (string[])["email", "text"])
        {
            await page.GotoAsync($"/editor/editions/2024-01/preview?show={show}");
            await Assertions.Expect(page.Locator("[name=sectors]").First).ToBeVisibleAsync();
            await page.AssertTargetsApartAsync();
        }

        await page.Context.CloseAsync();
    }

    [Theory]
    [InlineData("text/uri-list", "# a comment\r\nhttps://example.org/dropped/uri\r\n", "https://example.org/dropped/uri")]
    [InlineData("text/html", "<p>See <a href=\"https://example.org/dropped/html\">this</a>, not <a href=\"javascript:alert(1)\">that</a></p>", "https://example.org/dropped/html")]
    [InlineData("text/plain", "Look: https://example.org/dropped/plain there", "https://example.org/dropped/plain")]
    public async Task A_link_that_is_dropped_is_added(string type, string data, string link)
    {
        var page = await chromium.OpenAsync(on: app);
        await chromium.SignInAsync(page, app);
        await page.GotoAsync("/editor/intake");
        await DropAsync(page, "text/plain", "no link at all");
        await Assertions.Expect(page.Locator("#dropped")).ToHaveTextAsync("There was no link in what was dropped.");

        await DropAsync(page, type, data);

        await Assertions.Expect(page.Locator(".flash")).ToContainTextAsync("The link is added");
        Assert.Equal(1, await app.QueryAsync(db => db.EditionItems.CountAsync(item => item.Url == link)));
        await page.Context.CloseAsync();
    }

    [Theory]
    [InlineData(360)]
    [InlineData(1280)]
    public async Task The_notice_of_what_was_done_covers_nothing_that_is_targeted_or_has_the_focus(int width)
    {
        var page = await chromium.OpenAsync(width, script: false);
        await chromium.SignInAsync(page);
        await page.GotoAsync("/editor/intake");
        await page.FillAsync("[name='Form.Links']", string.Join('\n', Enumerable.Range(0, 12).Select(i => $"https://example.org/notice/{width}/{i}")));
        await page.ClickAsync("#links-form .btn.main");
        await page.WaitForURLAsync("**#intake");
        await page.AssertBelowNoticeAsync("#intake");

        // From the end of the list back up, what has the focus comes into sight below the notice.
        await page.Locator(".intake-card a").Last.FocusAsync();
        for (var presses = 0; presses < 12; presses++)
            await page.Keyboard.PressAsync("Shift+Tab");
        await page.AssertBelowNoticeAsync(":focus");

        await page.Locator(".intake-card form[action*='/remove'] button").First.ClickAsync();
        await page.WaitForURLAsync("**#intake");
        await page.AssertBelowNoticeAsync("#intake");
        await page.Context.CloseAsync();
    }

    private static async Task DropAsync(IPage page, string type, string data) => await page.EvaluateAsync(
        """
        ([type, data]) => {
          const dropped = new DataTransfer();
          dropped.setData(type, data);
          document.getElementById("main").dispatchEvent(new DragEvent("drop", { dataTransfer: dropped, bubbles: true, cancelable: true }));
        }
        """,
        new[] { type, data });
}
