using System.Globalization;
using System.Text.RegularExpressions;
using CordisPulse.Tests;
using CordisPulse.Tests.Mail;
using Microsoft.Playwright;

namespace CordisPulse.BrowserTests;

/// <summary>A month from the text of an edition to a reader who has left, through the pages and over a mail server.</summary>
public sealed partial class MonthlyCycleTests(Chromium chromium) : IClassFixture<Chromium>
{
    private const int MostMendings = 60;
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    private static string March => """
        # CordisPulse: March 2022

        Welcome to this edition.

        ## Criminal Justice

        ### Reports

        #### [National Crime Agency. A first report on examples](#)

        The first report counts examples and says what they cost.

        #### [Ministry of Justice. A second report on examples](#)

        The second report counts others and says what they are worth.
        """;

    private static string April => """
        # CordisPulse: April 2022

        Welcome to the next edition.

        ## Criminal Justice

        ### Reports

        #### [National Crime Agency. A report on examples](https://example.org/report)

        The report counts examples and says what they cost.
        """;

    /// <summary>The real edition without script under <c>--long</c>: its twenty mendings take as long as all else.</summary>
    [SeedTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_edition_is_brought_in_mended_published_and_sent_and_a_reader_leaves_for_good(bool script)
    {
        await using var server = LoopbackSmtpServer.Start();
        await using var app = new PulseApp()
            .With("Mail:Transport", "Smtp").With("Mail:Smtp:Host", LoopbackSmtpServer.Host)
            .With("Mail:Smtp:Port", server.Port.ToString(CultureInfo.InvariantCulture)).With("Mail:From", "pulse@example.org");
        var staff = await chromium.OpenAsync(script: script, on: app);
        await chromium.SignInAsync(staff, app);

        var isReal = script || LongRun.IsAsked;
        await staff.GotoAsync("/editor/import");
        if (isReal)
            await staff.SetInputFilesAsync("[type=file]", Seed.PathOf("cordispulse-2022-03.txt"));
        else
            await staff.FillAsync("[name='Form.Text']", March);
        await staff.ClickAsync("main button");
        var items = isReal ? 21 : 2;
        Assert.Equal((items.ToString(CultureInfo.InvariantCulture), isReal ? "4" : "0"), (await staff.TextContentAsync("#item-count"), await staff.TextContentAsync("#news-count")));
        await staff.ClickAsync("#save-form button");
        if (isReal)
            await staff.ClickAsync(".set-aside .dismiss");
        await MendAsync(staff, "2022-03");
        await PublishAsync(staff, "2022-03");
        await ImportPeopleAsync(staff, app);
        await SendAsync(staff, "2022-03");
        await server.WaitForMessagesAsync(3, Soon);

        var reader = await chromium.OpenAsync(width: 360, script: script, on: app);
        await reader.GotoAsync("/editions/2022-03");
        Assert.Equal(items, await reader.Locator(".sector:not(.news) article.item").CountAsync());
        var mine = server.Messages.Single(message => message.Recipient == "bob@example.org").Message;
        await reader.GotoAsync(LeavingLink().Match(mine.TextBody!).Value);
        await reader.ClickAsync("main button");
        Assert.Contains("You have left", await reader.TitleAsync(), StringComparison.Ordinal);

        await staff.GotoAsync("/editor/import");
        await staff.FillAsync("[name='Form.Text']", April);
        await staff.ClickAsync("main button");
        await staff.ClickAsync("#save-form button");
        await PublishAsync(staff, "2022-04");
        await SendAsync(staff, "2022-04");
        await server.WaitForMessagesAsync(5, Soon);
        Assert.Equal(["ann@example.org", "cal@example.org"], server.Messages.Skip(3).Select(message => message.Recipient).Order());
        await staff.Context.CloseAsync();
        await reader.Context.CloseAsync();
    }

    /// <summary>Follows the first error to its place and mends it there, until there is none.</summary>
    private static async Task MendAsync(IPage page, string month)
    {
        for (var i = 1; i <= MostMendings; i++)
        {
            await page.GotoAsync($"/editor/editions/{month}/checks");
            var error = page.Locator(".error-finding").First;
            if (await error.CountAsync() == 0)
                return;
            await error.Locator("> a").ClickAsync();
            foreach (var text in await page.Locator("main textarea.long").AllAsync())
                await text.FillAsync((await text.InputValueAsync()).Replace("(#)", "(https://example.org/mended)", StringComparison.Ordinal));
            if (page.Url.Contains("/items/", StringComparison.Ordinal))
                await page.FillAsync("[name='Form.Url']", $"https://example.org/reports/{i}");
            await page.ClickAsync("main form .btn.main");
        }

        Assert.Fail($"There is still an error after {MostMendings} were mended.");
    }

    private static async Task PublishAsync(IPage page, string month)
    {
        await page.GotoAsync($"/editor/editions/{month}/publish");
        await page.ClickAsync("#publish-form .btn.main");
        await page.GotoAsync($"/editions/{month}");
        Assert.Equal(1, await page.Locator(".mast h1").CountAsync());
    }

    private static async Task ImportPeopleAsync(IPage page, PulseApp app)
    {
        var list = Path.Combine(app.Directory, "list.csv");
        await File.WriteAllTextAsync(list, "email,name\nann@example.org,Ann\nbob@example.org,Bob\ncal@example.org,Cal\n");
        await page.GotoAsync("/editor/subscribers/import");
        await page.SetInputFilesAsync("[type=file]", list);
        await page.ClickAsync("#import button");
        // The list is looked through first, and the page goes on by itself.
        await page.CheckAsync("#list [name=Ground][value=Consent]");
        await page.FillAsync("#list [name=ObtainedFrom]", "Asked at the spring conference");
        await page.ClickAsync("#confirm");
        await page.Locator("#added", new() { HasText = "3" }).WaitForAsync();
    }

    /// <summary>Starts the mailing and watches it end without touching the page again.</summary>
    private static async Task SendAsync(IPage page, string month)
    {
        await page.GotoAsync($"/editor/editions/{month}/mailing");
        await page.ClickAsync("#start button");
        await page.ClickAsync("#send-now button");
        await page.Locator("#state", new() { HasText = "Completed" }).WaitForAsync(new() { Timeout = (float)Soon.TotalMilliseconds });
    }

    [GeneratedRegex(@"http\S+/unsubscribe/[a-z2-7]{26}")]
    private static partial Regex LeavingLink();
}
