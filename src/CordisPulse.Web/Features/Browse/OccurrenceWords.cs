using System.Globalization;
using CordisPulse.Core.Archive;

namespace CordisPulse.Web.Features.Browse;

/// <summary>How often and when, in words.</summary>
internal static class OccurrenceWords
{
    /// <summary>More stretches of years than these tell no reader anything.</summary>
    private const int MostStretches = 4;

    public static string Count(Occurrence occurrence) => string.Create(CultureInfo.InvariantCulture, $"{occurrence.Items:N0} {(occurrence.Items == 1 ? "item" : "items")}");

    /// <summary>"in March 2022"; "January 2019 to March 2022"; with the years when there are gaps between them.</summary>
    public static string When(Occurrence occurrence)
    {
        if (occurrence.First == occurrence.Last)
            return $"in {occurrence.First.Title}";
        var span = $"{occurrence.First.Title} to {occurrence.Last.Title}";
        return Stretches(occurrence) is { Count: > 1 and <= MostStretches } stretches ? $"{span} ({Join(stretches)})" : span;
    }

    /// <summary>Years in a row as one: 2015, 2018 to 2020.</summary>
    private static List<string> Stretches(Occurrence occurrence)
    {
        var stretches = new List<(int First, int Last)>();
        foreach (var year in occurrence.Years.Select(year => year.Key).Order())
            if (stretches is [.., var last] && last.Last == year - 1)
                stretches[^1] = (last.First, year);
            else
                stretches.Add((year, year));
        return [.. stretches.Select(stretch => stretch.First == stretch.Last ? $"{stretch.First}" : $"{stretch.First} to {stretch.Last}")];
    }

    private static string Join(List<string> stretches) => $"{string.Join(", ", stretches.SkipLast(1))} and {stretches[^1]}";
}
