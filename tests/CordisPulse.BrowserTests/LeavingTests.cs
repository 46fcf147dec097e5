using CordisPulse.Core.Data;
using CordisPulse.Core.Subscriptions;
using CordisPulse.Tests.Commands;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;

namespace CordisPulse.BrowserTests;

/// <summary>From a list of people and a published edition to the mail and out of the list, in a browser without script.</summary>
public sealed class LeavingTests(Chromium chromium) : IClassFixture<Chromium>
{
    [Fact]
    public async Task A_reader_gets_the_edition_leaves_by_keyboard_and_gets_no_other()
    {
        var list = Path.Combine(chromium.App.Directory, "list.csv");
        await File.WriteAllTextAsync(list, "email,name\nann@example.org,Ann\nbob@example.org,Bob\n");
        await RunAsync("subscriber", "import", list, "--consent", "Asked at the spring conference");
        await RunAsync("mailing", "send", "2023-12", "--wait");
        Assert.Equal(2, Directory.GetFiles(chromium.App.Outbox, "*.eml").Length);

        var token = await chromium.App.QueryAsync(db => db.Subscribers.Where(s => s.NormalizedEmail == "ann@example.org").Select(s => s.UnsubscribeToken).SingleAsync());
        var page = await chromium.OpenAsync(width: 360, script: false);
        await page.GotoAsync($"/unsubscribe/{token}");
        Assert.DoesNotContain("ann@example.org", await page.ContentAsync(), StringComparison.Ordinal);
        await page.Locator("main button").First.FocusAsync();
        await page.RunAndWaitForResponseAsync(() => page.Keyboard.PressAsync("Enter"), response => response.Request.Method == "POST");

        Assert.Equal(SubscriberStatus.Unsubscribed, await StatusAsync("ann@example.org"));
        await RunAsync("mailing", "send", "2024-01", "--wait");
        Assert.Equal(3, Directory.GetFiles(chromium.App.Outbox, "*.eml").Length);
        await page.Context.CloseAsync();
        await LookAsync(token);
    }

    [Fact]
    public async Task The_Enter_key_keeps_an_address_that_was_asked_about()
    {
        var page = await chromium.OpenAsync(width: 360, script: false);
        await page.GotoAsync("/");
        await page.FillAsync("#join-email", "typed@gmial.com");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/subscribe");
        Assert.Equal(1, await page.GetByText("Use typed@gmail.com").CountAsync());
        await page.FocusAsync("#Email");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/subscribe/thanks");

        await chromium.App.SettledAsync();
        Assert.Equal(1, await chromium.App.QueryAsync(db => db.Subscribers.CountAsync(s => s.NormalizedEmail == "typed@gmial.com")));
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Back_leads_to_the_form_that_was_filled_in_and_to_having_left()
    {
        var page = await chromium.OpenAsync(width: 360, script: false);
        await page.GotoAsync("/");
        await page.FillAsync("#join-email", "back@example.org");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/subscribe");
        await page.GotoAsync("/privacy");
        await page.GoBackAsync();
        Assert.Equal("back@example.org", await page.InputValueAsync("#Email"));

        foreach (var path in (string[])["/subscribe", "/unsubscribe", "/your-data"])
        {
            await page.GotoAsync(path);
            await page.FillAsync("#Email", "no address");
            await page.RunAndWaitForResponseAsync(() => page.Keyboard.PressAsync("Enter"), response => response.Request.Method == "POST");
            await page.Locator(".error-summary").WaitForAsync();
            await page.GotoAsync("/privacy");
            await page.GoBackAsync();
            Assert.Equal(1, await page.Locator(".error-summary").CountAsync());
            Assert.Equal("no address", await page.InputValueAsync("#Email"));
        }

        var token = await chromium.App.QueryAsync(async db =>
        {
            var row = db.Add(new Subscriber { Email = "gone@back.example", NormalizedEmail = "gone@back.example", Status = SubscriberStatus.Active, UnsubscribeToken = SecretToken.Create(), CreatedUtc = DateTime.UtcNow }).Entity;
            await db.SaveChangesAsync();
            return row.UnsubscribeToken;
        });
        await page.GotoAsync($"/unsubscribe/{token}");
        await page.Locator("#leave button").ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "archive" }).ClickAsync();
        await page.WaitForURLAsync("**/editions");
        await page.GoBackAsync();
        Assert.Equal("You have left", await page.Locator("h1").TextContentAsync());
        await page.Context.CloseAsync();
    }

    /// <summary>Looks at what a reader's own links lead to: of who has left, of who has not, and at what is held.</summary>
    private async Task LookAsync(string left)
    {
        var here = await chromium.App.QueryAsync(db => db.Subscribers.Where(s => s.NormalizedEmail == "bob@example.org").Select(s => s.UnsubscribeToken).SingleAsync());
        var page = await chromium.OpenAsync(bypassContentSecurity: true);
        foreach (var path in (string[])[$"/unsubscribe/{left}", $"/unsubscribe/{here}", $"/preferences/{here}"])
        {
            await page.GotoAsync(path);
            await page.AssertFitsEveryWidthAsync();
            await page.AssertAccessibleByDayAndNightAsync();
        }

        await page.Locator("#your-data button").ClickAsync();
        var mail = await chromium.App.MailToAsync("bob@example.org", "holds about you");
        await page.GotoAsync(new Uri(mail.TextBody!.Split((char[]?)null).First(word => word.Contains("/your-data/", StringComparison.Ordinal))).AbsolutePath);
        await page.Locator("#open button").ClickAsync();
        Assert.Contains("bob@example.org", await page.ContentAsync(), StringComparison.Ordinal);
        await page.AssertFitsEveryWidthAsync();
        await page.AssertAccessibleByDayAndNightAsync();
        await page.Context.CloseAsync();
    }

    private Task<SubscriberStatus> StatusAsync(string email)
        => chromium.App.QueryAsync((PulseDbContext db) => db.Subscribers.Where(s => s.NormalizedEmail == email).Select(s => s.Status).SingleAsync());

    private async Task RunAsync(params string[] arguments)
    {
        var result = await PulseCommand.RunAsync(chromium.App, arguments);
        Assert.True(result.ExitCode == 0, $"{string.Join(' ', arguments)}: {result.Output}\n{result.Error}");
    }
}
