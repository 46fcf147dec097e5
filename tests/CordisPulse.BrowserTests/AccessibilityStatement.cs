using System.Globalization;
using System.Text.RegularExpressions;
using Deque.AxeCore.Commons;

namespace CordisPulse.BrowserTests;

/// <summary>What the accessibility statement says of our checks, written from what the tests do.</summary>
internal static partial class AccessibilityStatement
{
    public static int[] Widths { get; } = [360, 1280];

    /// <summary>Every rule of WCAG 2.2 at levels A and AA, and what else axe takes for good practice.</summary>
    public static string[] AxeTags { get; } = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

    /// <summary>Of these, the rules whose answer depends on colours.</summary>
    public static string[] AxeColours { get; } = ["color-contrast", "link-in-text-block"];

    /// <summary>The part under "How we test".</summary>
    public static string Checks { get; } =
        $"""
        These checks run by themselves before a change to the software is taken, and a change that fails one is not taken. They cover {ReadingPages.All.Count} kinds of page: {string.Join(", ", ReadingPages.All.Select(page => page.Kind))}.

        - axe-core {AxeVersion()} has nothing to report by its rules for WCAG 2.0, 2.1 and 2.2 at levels A and AA and for good practice, in Chromium, {string.Join(" and ", Widths)} pixels wide. What depends on colours is asked in light, in dark and in forced colours (as with the contrast themes of Windows).
        - With text at 200%, at a zoom of 400%, and with wider lines, words and letters, no text is cut off or covered, and no page scrolls sideways.
        - By keyboard alone, every link, field and button can be reached, in the order of the page, and it is seen where one is.
        - Each page has one main heading, and no level of heading is left out. Links of the same words lead to the same place.
        - For those who ask for less motion nothing moves.
        - In print, links to other sites give their addresses in full.
        - The HTML follows the rules of html-validate.
        - Lighthouse gives full marks for accessibility. It looks at {LighthouseTests.InShort.Length} kinds of page each time, and at every kind in a long run of the tests.
        """;

    private static string AxeVersion() => Version().Match(new BundledAxeScriptProvider().GetScript()).Groups[1].Value is { Length: > 0 } version
        ? version
        : throw new InvalidOperationException("The script of axe does not begin with its version.");

    [GeneratedRegex(@"axe v(\d+\.\d+)\.", RegexOptions.CultureInvariant)]
    private static partial Regex Version();

    /// <summary>The statement with its checks and today's date in place of those it has.</summary>
    public static string Rewrite(string statement, DateOnly today)
        => Dates().Replace(Part().Replace(statement, $"## How we test\n\n{Checks.ReplaceLineEndings("\n")}\n\n"), $"$1 {today.ToString("d MMMM yyyy", CultureInfo.InvariantCulture)}");

    [GeneratedRegex(@"^## How we test\n.*?(?=^What these checks)", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Part();

    [GeneratedRegex(@"(last changed on) \d+ \w+ \d+")]
    private static partial Regex Dates();
}
