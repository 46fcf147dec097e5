using Microsoft.Playwright;

namespace CordisPulse.BrowserTests;

internal static class PageAssertions
{
    /// <summary>axe-core has nothing to report. The page must have been opened with its content security policy bypassed.</summary>
    public static Task AssertAccessibleAsync(this IPage page) => page.AssertNothingFoundAsync();

    /// <summary><see cref="AssertAccessibleAsync"/> by day, and whatever depends on colours once more by night.</summary>
    public static async Task AssertAccessibleByDayAndNightAsync(this IPage page)
    {
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light, ReducedMotion = ReducedMotion.Reduce });
        await page.AssertNothingFoundAsync();
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
        await page.AssertNothingFoundAsync("color-contrast", "link-in-text-block");
    }

    /// <summary>Boxes to tick stand at least 24 pixels from what else can be pressed, measured between the middles of what is smaller.</summary>
    public static Task AssertTargetsApartAsync(this IPage page) => page.AssertNothingFoundAsync("target-size");

    private static async Task AssertNothingFoundAsync(this IPage page, params string[] rules)
    {
        // axe waits for ever for a sandboxed frame, where it may not run; frames are opened and looked at as pages of their own.
        await page.EvaluateAsync("document.querySelectorAll('iframe[sandbox]').forEach(frame => frame.remove())");
        var found = await Axe.FindAsync(page, rules);
        Assert.True(found.Count == 0, $"{page.Url}\n{string.Join('\n', found)}");
    }

    /// <summary>Nothing makes the page scroll sideways.</summary>
    public static async Task AssertFitsAsync(this IPage page)
    {
        var overhang = await page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");
        Assert.True(overhang <= 0, $"{page.Url} is {overhang} pixels too wide at {page.ViewportSize?.Width}.");
    }

    /// <summary><see cref="AssertFitsAsync"/> on a telephone, on a tablet and on a desk.</summary>
    public static async Task AssertFitsEveryWidthAsync(this IPage page)
    {
        foreach (var width in (int[])[360, 768, 1280])
        {
            await page.SetViewportSizeAsync(width, 900);
            await page.AssertFitsAsync();
        }
    }

    /// <summary>The notice of what was done stays in sight, and the element comes to stand below it, within the window.</summary>
    public static async Task AssertBelowNoticeAsync(this IPage page, string selector)
    {
        const int mostLooks = 100;
        for (var look = 1; ; look++)
        {
            var notice = await page.Locator(".flash").BoundingBoxAsync();
            var element = await page.Locator(selector).First.BoundingBoxAsync();
            if (notice!.Y >= 0 && notice.Y + notice.Height <= element!.Y && element.Y < page.ViewportSize!.Height)
                return;
            Assert.True(look < mostLooks, $"{selector} at {element!.Y} is not below the notice, which ends at {notice.Y + notice.Height}.");
            await Task.Delay(50);
        }
    }

    /// <summary>Presses Tab until the focus stands on the element; fails when a person could not get there.</summary>
    public static async Task TabToAsync(this IPage page, string selector)
    {
        const int mostPresses = 400;
        for (var i = 0; i < mostPresses; i++)
        {
            await page.Keyboard.PressAsync("Tab");
            if (await page.EvaluateAsync<bool>("selector => document.activeElement?.matches(selector) === true", selector))
                return;
        }

        Assert.Fail($"{mostPresses} presses of Tab do not lead to {selector} on {page.Url}.");
    }
}
