using CordisPulse.Core.Editions.Covered;

namespace CordisPulse.Web.Areas.Editor;

/// <summary>Where the report of a form was covered before, told anew while it is typed, for the partial view <c>_CoveredTyped</c>.</summary>
/// <param name="ItemId">0 for an item that is to be added.</param>
public sealed record CoveredView(int ItemId, IReadOnlyList<CoveredItem> Covered);

/// <summary>Covered before, in words.</summary>
internal static class CoveredWords
{
    /// <summary>Behind what else is said of an item that was saved; empty for one that is new.</summary>
    public static string Behind(IReadOnlyList<CoveredItem> covered)
        => covered.Count == 0 ? "" : $" {Heading(covered)}: {By(covered[0])} {Where(covered[0])}, “{NameOf(covered[0])}”{(covered.Count == 1 ? "" : $", and {Counted.Of(covered.Count - 1, "other")}")}.";

    public static string Heading(IReadOnlyList<CoveredItem> covered) => covered.All(item => item.IsAnotherYear) ? "An earlier one of the series" : "Covered before";

    public static string By(CoveredItem item) => item switch
    {
        { By: CoveredBy.Link } => "the same link",
        { By: CoveredBy.Doi } => "the same DOI",
        { IsAnotherYear: true } => "the same title of another year",
        _ => "nearly the same title",
    };

    /// <summary>The edition and the place in it.</summary>
    public static string Where(CoveredItem item)
        => item.Month is { } month ? string.Join(", ", new[] { $"in {month.Title}", item.Sector, item.Section }.OfType<string>()) : "in the intake";

    public static string? NameOf(CoveredItem item) => item.Title.Length > 0 ? item.Title : item.Url;

    public static string AddressOf(CoveredItem item)
        => item.Month is { } edition ? $"/editor/editions/{edition}/items/{item.ItemId}" : $"/editor/intake/{item.ItemId}";
}
