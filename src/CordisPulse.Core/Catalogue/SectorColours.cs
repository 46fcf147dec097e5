namespace CordisPulse.Core.Catalogue;

/// <summary>A sector's colour as hexadecimal sRGB, on light and on dark ground.</summary>
public sealed record SectorColour(string OnLight, string OnDark);

/// <summary>
/// The set that sectors take their colours from, each with at least 4.5 : 1 against the page's grounds (WCAG 2.2, 1.4.3). The style
/// sheets name them <c>sector-0</c>, <c>sector-1</c>, …; the e-mail writes them out.
/// </summary>
public static class SectorColours
{
    public const string Paper = "#fbfaf6";
    public const string PaperDark = "#14171a";

    public static SectorColour News { get; } = new("#8a1f3d", "#f29bb2");

    public static IReadOnlyList<SectorColour> All { get; } =
    [
        new("#0c6a64", "#6fd3cb"),
        new("#9a4f00", "#f2b366"),
        new("#523489", "#c6aef5"),
        new("#556100", "#c9d46b"),
        new("#8b2f86", "#ecabe8"),
        new("#5f4a37", "#d9bfa6"),
        new("#2c6427", "#93d58c"),
        new("#3f5568", "#b3c9dc"),
    ];

    /// <summary>More sectors than colours begin again at the first.</summary>
    public static SectorColour Of(int colour) => All[((colour % All.Count) + All.Count) % All.Count];
}
