using System.Globalization;

namespace CordisPulse.Core.Subscriptions.Lists;

/// <summary>Lines of a file, from 1, with the last.</summary>
public sealed record LineRange(int First, int Last)
{
    /// <summary>As a part of a sentence: "line 3", "lines 3 to 7".</summary>
    public string InWords => First == Last
        ? string.Create(CultureInfo.InvariantCulture, $"line {First}")
        : string.Create(CultureInfo.InvariantCulture, $"lines {First} to {Last}");

    /// <summary>Told of what stands above the headings.</summary>
    public string LeftOutAbove => $"{InWords} above the headings {(First == Last ? "is" : "are")} left out";
}
