using CordisPulse.Core.Subscriptions;

namespace CordisPulse.Web.Areas.Editor.Merge;

public sealed class FindOtherForm
{
    /// <summary>Address or number of the other row.</summary>
    public string? Other { get; set; }
}

public sealed record FindOtherPage(int Id, string Email, FindOtherForm Form);

public sealed class MergeForm
{
    /// <summary>Number of the row that goes on.</summary>
    public int? Kept { get; set; }
}

/// <param name="One">The row whose page led here.</param>
public sealed record ComparePage(MergeSide One, MergeSide Other, SectorNames Sectors, MergeForm Form)
{
    public IReadOnlyList<MergeSide> Sides => [One, Other];

    public IReadOnlyList<MergeOutcome> Outcomes => [new(One, Other), new(Other, One)];

    public string InWords(string sectors) => Sectors.Write(sectors) is { Length: > 0 } names ? names : "all sectors";
}
