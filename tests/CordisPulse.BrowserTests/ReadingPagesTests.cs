using Microsoft.Playwright;

namespace CordisPulse.BrowserTests;

/// <summary>Every kind of page that readers open, by every means that they may read it with. What is checked here is what <see cref="AccessibilityStatement"/> says.</summary>
public sealed class ReadingPagesTests(Chromium chromium) : IClassFixture<Chromium>
{
    private const int Height = 900;

    /// <summary>What <c>px</c> become at a zoom of 400 % in a window of 1280.</summary>
    private const int Zoomed = 1280 / 4;

    private const int OrdinaryTextSize = 16;

    /// <summary>As WCAG 2.2 asks that readers may have it (1.4.12).</summary>
    private const string WideText = "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-bottom: 2em !important }";

    public static TheoryData<string> Kinds => ReadingPages.Kinds;

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Axe_finds_nothing_at_any_width_and_in_any_colours(string kind)
    {
        var page = await chromium.OpenAsync(bypassContentSecurity: true);
        await page.OpenAsync(ReadingPages.Find(kind));
        Assert.Equal(0, await page.Locator("script, style, [style], img, iframe").CountAsync());
        foreach (var width in AccessibilityStatement.Widths)
        {
            await page.SetViewportSizeAsync(width, Height);
            await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light, ForcedColors = ForcedColors.None });
            await AssertNothingFoundAsync(page, "light", AccessibilityStatement.AxeTags);
            await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
            await AssertNothingFoundAsync(page, "dark", AccessibilityStatement.AxeColours);
            await page.EmulateMediaAsync(new() { ForcedColors = ForcedColors.Active });
            Assert.True(await page.EvaluateAsync<bool>("matchMedia('(forced-colors: active)').matches"));
            // The colours are the reader's then; axe still takes text for having the page's.
            await AssertNothingFoundAsync(page, "forced colours", [.. AccessibilityStatement.AxeColours.Except(["color-contrast"]), "target-size"]);
            AssertNone(page, await page.FindUnseenTextAsync(), "forced colours");
        }

        await page.Context.CloseAsync();
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Nothing_is_cut_or_covered_however_large_the_text(string kind)
    {
        var page = await chromium.OpenAsync(bypassContentSecurity: true);
        await page.OpenAsync(ReadingPages.Find(kind));
        await page.AssertFitsEveryWidthAsync();
        await AssertReadsAsync("as it is");
        await page.SetViewportSizeAsync(Zoomed, Height / 4);
        await AssertReadsAsync("zoom 400 %");
        await page.SetViewportSizeAsync(360, Height);
        await AssertReadsAsync("on a telephone");

        // What a reader sets in the browser, not the page.
        var browser = await page.Context.NewCDPSessionAsync(page);
        await browser.SendAsync("Page.setFontSizes", new() { ["fontSizes"] = new Dictionary<string, int> { ["standard"] = 2 * OrdinaryTextSize } });
        Assert.Equal($"{2 * OrdinaryTextSize}px", await page.EvaluateAsync<string>("getComputedStyle(document.documentElement).fontSize"));
        await AssertReadsAsync("text 200 % on a telephone");
        await page.SetViewportSizeAsync(1280, Height);
        await AssertReadsAsync("text 200 %");
        await browser.SendAsync("Page.setFontSizes", new() { ["fontSizes"] = new Dictionary<string, int> { ["standard"] = OrdinaryTextSize } });
        await page.AddStyleTagAsync(new() { Content = WideText });
        await AssertReadsAsync("wide text");
        await page.Context.CloseAsync();

        async Task AssertReadsAsync(string how)
        {
            await page.AssertFitsAsync();
            AssertNone(page, await page.FindCutOrOverlappingAsync(), how);
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_page_serves_the_keyboard_those_who_listen_and_those_who_print(string kind)
    {
        var page = await chromium.OpenAsync();
        await page.EmulateMediaAsync(new() { ReducedMotion = ReducedMotion.Reduce });
        await page.OpenAsync(ReadingPages.Find(kind));
        AssertNone(page, await page.FindOddHeadingsAsync(), "headings");
        AssertNone(page, await page.FindAmbiguousLinksAsync(), "links");
        AssertNone(page, await page.FindMotionAsync(), "reduced motion");
        AssertNone(page, await page.FindOutOfReachAsync(), "keyboard");
        await page.EmulateMediaAsync(new() { Media = Media.Print });
        AssertNone(page, await page.FindOddInPrintAsync(), "print");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task What_is_wrong_is_found()
    {
        var page = await chromium.OpenAsync(bypassContentSecurity: true);
        await page.SetContentAsync(
            """
            <html lang=en><title>A page</title><style>* { transition: color 1s } a:focus { outline: none } .low { position: absolute; top: 0; left: 0 } .cut { height: 1em; overflow: hidden }</style>
            <h2>First</h2><h4>Deep</h4><p class=low>Under</p><p class=low>Over</p><div class=cut>One<br>Two</div>
            <a href="https://example.org/a">Report</a> <a href="https://example.org/b">Report</a> <a href="#c" tabindex=3>here</a><button>Press</button><aside>Join</aside>
            """);

        Assert.Contains("cut: OneTwo", await page.FindCutOrOverlappingAsync());
        Assert.Contains("overlapping: Under | Over", await page.FindCutOrOverlappingAsync());
        Assert.Equal(["not one h1, before every other heading", "h2 after h0: First", "h4 after h2: Deep"], await page.FindOddHeadingsAsync());
        Assert.Equal(2, (await page.FindAmbiguousLinksAsync()).Length);
        Assert.NotEmpty(await page.FindMotionAsync());
        Assert.Equal(4 + 1, (await page.FindOutOfReachAsync()).Length);
        Assert.Equal(1 + 2, (await page.FindOddInPrintAsync()).Length);
        await page.Context.CloseAsync();
    }

    private static async Task AssertNothingFoundAsync(IPage page, string how, string[] rules)
        => AssertNone(page, await Axe.FindAsync(page, rules, with: ["target-size"]), how);

    private static void AssertNone(IPage page, IReadOnlyList<string> found, string how)
        => Assert.True(found.Count == 0, $"{page.Url}, {how}, {page.ViewportSize!.Width} pixels\n{string.Join('\n', found)}");
}
