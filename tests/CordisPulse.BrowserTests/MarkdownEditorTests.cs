using CordisPulse.Tests.Builders;
using Microsoft.Playwright;

namespace CordisPulse.BrowserTests;

/// <summary>The Markdown field: its buttons and keys, what is pasted into it, and the preview beside it.</summary>
public sealed class MarkdownEditorTests(Chromium chromium) : IClassFixture<Chromium>, IDisposable
{
    private const string Field = "[name='Form.Summary']";
    private const string Preview = ".markdown-preview";

    public void Dispose() => chromium.AssertNoPageErrors();

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
    [InlineData("<p>Before</p><table><tr><th>Year</th><th>Share | all</th></tr><tr><td><p>2021</p></td><td><b>4</b><br>of 5</td></tr><tr><td colspan=2>none</td></tr></table><p>After</p>", "Before\n\n| Year | Share \\| all |\n| --- | --- |\n| 2021 | **4** of 5 |\n| none |  |\n\nAfter")]
    [InlineData("<table><caption>Beds</caption><thead><tr><td>A</td><td>B</td></tr></thead><tbody><tr><td>1</td><td>2</td></tr></tbody></table>", "Beds\n\n| A | B |\n| --- | --- |\n| 1 | 2 |")]
    [InlineData("<table><tr><td><table><tr><td><p>One</p><p>Two</p></td></tr></table></td></tr></table>", "One\n\nTwo")]
    [InlineData("<table><tr><td>Left</td><td>Right</td></tr><tr><td><ul><li>point</li></ul></td><td></td></tr></table>", "Left Right\n\n- point")]
    [InlineData("<ol start=3><li>third</li><li>fourth</li></ol><ol start='x'><li>first</li></ol>", "3. third\n4. fourth\n1. first")]
    [InlineData("<p>See <a href='https://example.org/a'>words <b>bold</b> </a>and <a href='https://example.org/b'><i>other</i></a>.</p>", "See [words **bold**](https://example.org/a) and [*other*](https://example.org/b).")]
    [InlineData("<p>They say:</p><blockquote><p>One <b>thing</b></p><p>and<br>another</p><ul><li>point</li></ul><blockquote>deeper</blockquote></blockquote><p>After</p>", "They say:\n\n> One **thing**\n>\n> and\n> another\n>\n> - point\n>\n> > deeper\n\nAfter")]
    [InlineData("<ul><li>They say<blockquote>So it is</blockquote></li></ul><blockquote style='margin:0 0 0 40px;border:none'>moved in</blockquote>", "- They say\n\n    > So it is\n\nmoved in")]
    [InlineData("<p>It <del>rose</del><ins>fell</ins> <s>much</s><strike>more</strike><span style='text-decoration:line-through'>yet</span>again</p>", "It fell again")]
    public async Task What_is_pasted_becomes_clean_Markdown(string html, string markdown)
    {
        var page = await OpenFormAsync();
        await page.FillAsync(Field, "");
        await PasteAsync(page, $"'{html.Replace("'", "\\'", StringComparison.Ordinal)}'", "'plain'");

        await Assertions.Expect(page.Locator(Field)).ToHaveValueAsync(markdown);
        await Assertions.Expect(page.Locator($"{Preview} > *").First).ToBeVisibleAsync();
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_table_that_is_pasted_is_a_table_to_readers()
    {
        var page = await OpenFormAsync();
        await page.FillAsync(Field, "");
        await PasteAsync(page, "'<table><tr><td>A</td><td>B|C</td></tr><tr><td>1</td><td>2</td></tr></table>'", "'plain'");

        await Assertions.Expect(page.Locator($"{Preview} th")).ToHaveTextAsync(["A", "B|C"]);
        await Assertions.Expect(page.Locator($"{Preview} td")).ToHaveTextAsync(["1", "2"]);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_long_list_is_pasted_whole_and_taken_back_by_the_keys_for_it()
    {
        var page = await OpenFormAsync();
        await page.FillAsync(Field, "Before. After.");
        await SelectAsync(page, 8, 8);

        await PasteAsync(page, "'<ol>' + Array.from({ length: 5000 }, (_, i) => `<li>Entry ${i + 1}</li>`).join('') + '</ol>'", "'plain'");

        var text = await page.InputValueAsync(Field);
        Assert.StartsWith("Before. 1. Entry 1\n2. Entry 2\n", text, StringComparison.Ordinal);
        Assert.EndsWith("\n5000. Entry 5000After.", text, StringComparison.Ordinal);
        await Assertions.Expect(page.Locator(".with-preview > .hint").Last).ToContainTextAsync("words");
        await page.Keyboard.PressAsync("Control+z");
        await Assertions.Expect(page.Locator(Field)).ToHaveValueAsync("Before. After.");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Of_a_page_of_20_megabytes_as_much_is_pasted_as_a_text_can_have_and_that_is_said()
    {
        var page = await OpenFormAsync();
        await page.FillAsync(Field, "");

        await PasteAsync(page, "'<p>A paragraph of a page.</p>'.repeat(700000)", "'A paragraph of a page.\\n'.repeat(700000)");

        Assert.Equal(200_000, (await page.InputValueAsync(Field)).Length);
        await Assertions.Expect(page.Locator(".with-preview > .hint[role=status]")).ToHaveTextAsync(
            "This page is too long to be turned into Markdown: its plain text is pasted. Of the 16,100,000 characters that were pasted the first 200,000 are here: a text can have no more.");
        await page.Context.CloseAsync();
    }

    /// <param name="html">Script that makes it, as is the plain text.</param>
    private static async Task PasteAsync(IPage page, string html, string plain) => await page.EvaluateAsync(
        $$"""
        selector => {
          const data = new DataTransfer();
          data.setData("text/html", {{html}});
          data.setData("text/plain", {{plain}});
          const field = document.querySelector(selector);
          field.focus();
          field.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
        }
        """,
        Field);

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
