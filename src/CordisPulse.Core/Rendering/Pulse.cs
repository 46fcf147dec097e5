using System.Globalization;
using CordisPulse.Core.Editions;

namespace CordisPulse.Core.Rendering;

/// <summary>The words of each summary of a sector, in order.</summary>
public sealed record PulseSector(string Name, int Colour, IReadOnlyList<int> Words);

/// <summary>One bar of the drawing, in its units from the top left.</summary>
public sealed record PulseBar(int Colour, int Left, int Top, int Width, int Height);

/// <summary>
/// How an edition draws itself: one bar an item, as tall as its summary is long, grouped by sector, so that every month has a shape of
/// its own.
/// </summary>
public sealed record Pulse(IReadOnlyList<PulseSector> Sectors)
{
    public const int Height = 100;

    private const int BarWidth = 20;
    private const int BarGap = 3;
    private const int SectorGap = 12;

    /// <summary>A summary of a few words still shows.</summary>
    private const int LeastHeight = 10;

    /// <summary>Below this even the longest summary does not fill the height, so that a thin month looks thin.</summary>
    private const int LeastTop = 60;

    public int Items => Sectors.Sum(sector => sector.Words.Count);

    public int Width => Math.Max(BarWidth, Items * (BarWidth + BarGap) - BarGap + (Math.Max(1, Sectors.Count) - 1) * (SectorGap - BarGap));

    /// <summary>What the drawing says, in words.</summary>
    public string Description => Items == 0
        ? "No items"
        : string.Create(CultureInfo.InvariantCulture, $"{Items} {(Items == 1 ? "item" : "items")}: {string.Join(", ", Sectors.Select(sector => $"{sector.Words.Count} in {sector.Name}"))}");

    public static Pulse Of(EditionDocument edition) => new([.. edition.Sectors.Select(sector => new PulseSector(
        sector.Name, sector.Colour, [.. sector.Sections.SelectMany(section => section.Items).Select(item => MarkdownRenderer.CountWords(item.Summary))]))]);

    public IEnumerable<PulseBar> Draw()
    {
        var top = Math.Max(LeastTop, Sectors.SelectMany(sector => sector.Words).DefaultIfEmpty().Max());
        var left = 0;
        foreach (var sector in Sectors)
        {
            foreach (var words in sector.Words)
            {
                var height = Math.Max(LeastHeight, (int)Math.Round((double)words * Height / top));
                yield return new PulseBar(sector.Colour, left, Height - height, BarWidth, height);
                left += BarWidth + BarGap;
            }

            left += SectorGap - BarGap;
        }
    }
}
