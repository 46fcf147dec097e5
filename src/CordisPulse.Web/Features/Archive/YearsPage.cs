using System.Globalization;
using CordisPulse.Core.Archive;

namespace CordisPulse.Web.Features.Archive;

/// <summary>Some years of the archive, the newest first, so that ten can be taken in at a glance.</summary>
/// <param name="IsNewest">Nothing newer was published than what is shown.</param>
/// <param name="Older">The year after which the next part begins, as its address has it; null when there is no more.</param>
public sealed record YearsPage(IReadOnlyList<YearOfEditions> Years, bool IsNewest, int? Older)
{
    public const int Size = 10;

    public string Canonical => IsNewest || Years.Count == 0 ? "editions" : $"editions?before={Years[0].Year + 1}";

    /// <param name="archive">What is published.</param>
    /// <param name="before">A year; null for the newest.</param>
    /// <returns>Null for what is no year, or none that has an edition before it.</returns>
    public static YearsPage? Of(CountedArchive archive, string? before)
    {
        var end = int.MaxValue;
        if (before is not null && (!int.TryParse(before, NumberStyles.None, CultureInfo.InvariantCulture, out end) || !archive.Years.Any(one => one < end)))
            return null;
        var older = archive.Years.Where(one => one < end).ToList();
        var shown = older.Take(Size).ToList();
        return new YearsPage([.. shown.Select(archive.YearOf)], older.Count == archive.Years.Count, older.Count > Size ? shown[^1] : null);
    }
}

/// <param name="Before">The year next before it that has an edition; null when there is none.</param>
/// <param name="After">Likewise next after it.</param>
public sealed record YearPage(YearOfEditions Year, int? Before, int? After)
{
    /// <summary>Null for a year without an edition.</summary>
    public static YearPage? Of(CountedArchive archive, int year)
        => archive.Years.Contains(year)
            ? new YearPage(
                archive.YearOf(year),
                archive.Years.Where(other => other < year).Select(other => (int?)other).FirstOrDefault(),
                archive.Years.Where(other => other > year).Select(other => (int?)other).LastOrDefault())
            : null;
}
