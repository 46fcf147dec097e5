using CordisPulse.Tests.Builders;
using Microsoft.Playwright;

namespace CordisPulse.BrowserTests;

/// <summary>The Markdown field: its buttons and keys, what is pasted into it, and the preview beside it.</summary>
public sealed class MarkdownEditorTests(Chromium chromium) : IClassFixture<Chromium>
{
    private const string Field = "[name='Form.Summary']";
    private const string Preview = ".markdown-preview";

    [Fact]
    public async Task Buttons_and_keys_mark_what_is_selected_and_the_preview_follows()
    {
        var page = await OpenFormAsync();
        await page.FillAsync(Field, "A bold claim");
        await SelectAsync(page, 2, 6);
        await page.Keyboard.PressAsync("Control+b");
        await Assertions.Expect(page.Locator(Field)).ToHaveValueAsync("A **bold** claim");
        await Assertions.Expect(page.Locator($"{Preview} strong")).ToHaveTextAsync("bold");
        await page.Keyboard.PressAsync("Control+i");
        await Assertions.Expect(page.Locator(Field)).ToHaveValueAsync("A ***bold*** claim");
        await page.Keyboard.PressAsync("Control+b");
        await Assertions.Expect(page.Locator(Field)).ToHaveValueAsync("A *bold* claim");
        await page.Keyboard.PressAsync("Control+i");
        await Assertions.Expect(page.Locator(Field)).ToHaveValueAsync("A bold claim");

        await page.Keyboard.PressAsync("Control+k");
        await page.Keyboard.TypeAsync("https://example.org/claim");
        await Assertions.Expect(page.Locator(Field)).ToHaveValueAsync("A [bold](https://example.org/claim) claim");
        await Assertions.Expect(page.Locator($"{Preview} a")).ToHaveAttributeAsync("href", "https://example.org/claim");

        await page.FillAsync(Field, "one\ntwo");
        await SelectAsync(page, 0, 7);
        await page.ClickAsync(".toolbar button:has-text('List')");
        await Assertions.Expect(page.Locator(Field)).ToHaveValueAsync("- one\n- two");
        await Assertions.Expect(page.Locator($"{Preview} li")).ToHaveTextAsync(["one", "two"]);
        await page.ClickAsync(".toolbar button:has-text('List')");
        await page.ClickAsync(".toolbar button:has-text('Quote')");
        await Assertions.Expect(page.Locator(Field)).ToHaveValueAsync("> one\n> two");
        await Assertions.Expect(page.Locator(".with-preview > .hint").Last).ToContainTextAsync("2 words");
        await page.Keyboard.PressAsync("Control+z");
        await Assertions.Expect(page.Locator(Field)).ToHaveValueAsync("one\ntwo");
        await page.Context.CloseAsync();
    }

    [Theory]
    [InlineData("<p>Plain  <b>bold</b>, <em>slanted</em> and <a href='https://example.org/a'>a link</a>.</p><p>Second</p>", "Plain **bold**, *slanted* and [a link](https://example.org/a).\n\nSecond")]
    [InlineData("<h2>Heading</h2><p>Text</p>", "**Heading**\n\nText")]
    [InlineData("<ul><li>one<ul><li>inner</li></ul></li><li>two</li></ul><ol><li>first</li><li>second</li></ol>", "- one\n    - inner\n- two\n1. first\n2. second")]
    [InlineData("<p>Before</p><script>alert(1)</script><style>p{}</style><p><a href='javascript:alert(1)'>Bad</a> and <img src=x onerror=alert(1)>5 * 3</p>", "Before\n\nBad and 5 \\* 3")]
    [InlineData("<b style='font-weight:normal'><span style='font-weight:700'>Docs </span><span style='font-style:italic'>slant</span></b>", "**Docs** *slant*")]
    [InlineData("<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>·<span>&nbsp;&nbsp;</span></span><![endif]>Point<o:p></o:p></p><p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·</span>Next</p><p class=MsoNormal>After&nbsp;it</p>", "- Point\n- Next\n\nAfter it")]
    public async Task What_is_pasted_becomes_clean_Markdown(string html, string markdown)
    {
        var page = await OpenFormAsync();
        await page.FillAsync(Field, "");
        await page.EvaluateAsync(
            """
            ([selector, html]) => {
              const data = new DataTransfer();
              data.setData("text/html", html);
              data.setData("text/plain", "plain");
              document.querySelector(selector).dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
            }
            """,
            new[] { Field, html });

        await Assertions.Expect(page.Locator(Field)).ToHaveValueAsync(markdown);
        await Assertions.Expect(page.Locator($"{Preview} > *").First).ToBeVisibleAsync();
        await page.Context.CloseAsync();
    }

    private static async Task SelectAsync(IPage page, int start, int end)
        => await page.Locator(Field).EvaluateAsync("(field, [start, end]) => { field.focus(); field.setSelectionRange(start, end); }", new[] { start, end });

    private async Task<IPage> OpenFormAsync()
    {
        var edition = await new EditionBuilder().Item("Written").SaveAsync(chromium.App);
        var page = await chromium.OpenAsync();
        await chromium.SignInAsync(page);
        await page.GotoAsync($"/editor/editions/{edition.Month}/items/{edition.Items[0].Id}");
        return page;
    }
}
