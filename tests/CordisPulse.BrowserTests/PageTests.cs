using CordisPulse.Core.Editions;
using CordisPulse.Core.Hosting;
using CordisPulse.Core.Mailings.Looks;
using CordisPulse.Core.Mailings.Messages;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace CordisPulse.BrowserTests;

/// <summary>What holds beyond <see cref="ReadingPagesTests"/>: the way past the head of a page, and the mail.</summary>
public sealed class PageTests(Chromium chromium) : IClassFixture<Chromium>
{
    [Fact]
    public async Task What_axe_finds_is_told_by_its_rule()
    {
        var page = await chromium.OpenAsync(bypassContentSecurity: true);
        await page.SetContentAsync("<html lang=en><title>A page</title><main><h1>A page</h1><p style='color: #bbb'>Pale <img src=x></p></main></html>");

        Assert.Equal(["color-contrast", "image-alt"], (await Axe.FindAsync(page)).Select(line => line.Split(':')[0]));
        Assert.Equal(["image-alt"], (await Axe.FindAsync(page, only: ["image-alt"])).Select(line => line.Split(':')[0]));
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

    [Fact]
    public async Task The_mail_fits_a_narrow_telephone_and_reads_by_day_and_in_each_way_of_night()
    {
        var html = await RenderMailAsync();
        var page = await chromium.OpenAsync(width: 320);

        await page.SetContentAsync(html);
        await page.AssertFitsAsync();
        await AssertNothingAsync("light");
        foreach (var (program, dark) in new[] { ("apple-mail", true), ("outlook-windows", true), ("gmail-web", true), ("gmail-app-elsewhere", false) })
        {
            await page.SetContentAsync(MailLook.In(MailPrograms.Find(program), html, dark).Html);
            await AssertNothingAsync(program, "color-contrast");
        }

        // The browser's own dark, by the style sheet that the mail brings.
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await page.SetContentAsync(html);
        await AssertNothingAsync("dark", "color-contrast");
        await page.Context.CloseAsync();

        async Task AssertNothingAsync(string shown, params string[] rules)
        {
            // Landmarks are the mail program's.
            var found = await Axe.FindAsync(page, rules, without: ["region", "landmark-one-main"]);
            Assert.True(found.Count == 0, $"{shown}\n{string.Join('\n', found)}");
        }
    }

    /// <summary>With a word that no column is wide enough for.</summary>
    private Task<string> RenderMailAsync() => chromium.App.InScopeAsync(async services =>
    {
        var document = (await services.GetRequiredService<EditionDocumentReader>().ReadDraftAsync(new EditionMonth(2024, 1)))!;
        document = document with { Introduction = $"See https://example.org/{new string('x', 120)} for more.\n\n{document.Introduction}" };
        return (await services.GetRequiredService<EditionMail>().RenderForLookAsync(document, services.GetRequiredService<PublicAddress>().Links)).Html;
    });
}
