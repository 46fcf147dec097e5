using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using CordisPulse.Core.Data;
using CordisPulse.Core.Editions;
using CordisPulse.Core.Editions.Checks;
using CordisPulse.Core.Editions.Links;

namespace CordisPulse.Web.Areas.Editor.Links;

/// <summary>What of the published links is listed.</summary>
public enum LinkList
{
    /// <summary>Those that no longer answer.</summary>
    Gone,

    /// <summary>Those that answer, and whose site says that the page moved for good.</summary>
    Moved,

    /// <summary>Those of either kind that somebody said stay as they are.</summary>
    Left,
}

/// <summary>Where a published edition leads to the address.</summary>
public sealed record LinkPlace(long Id, EditionMonth Month, DateOnly PublishedOn, FindingPlace Place, int TextId, bool IsWithin, string? Title)
{
    public string Name => (Place, IsWithin) switch
    {
        (FindingPlace.Introduction, _) => "The introduction",
        (FindingPlace.News, false) => $"News: {Title}",
        (FindingPlace.News, true) => $"In the text of the news “{Title}”",
        (_, true) => $"In the summary of “{Title}”",
        _ => Title ?? "",
    };

    /// <summary>Where its text is edited.</summary>
    public string Address => Place switch
    {
        FindingPlace.Introduction => $"/editor/editions/{Month}/texts",
        FindingPlace.News => $"/editor/editions/{Month}/news/{TextId}",
        _ => $"/editor/editions/{Month}/items/{TextId}",
    };
}

/// <param name="Problem">What was answered when it was last looked at; null when there was a page.</param>
/// <param name="IsDue">It waits to be looked at now.</param>
/// <param name="LeftBy">E-mail address of who said that it stays as it is; null also when the account is gone.</param>
/// <param name="Places">The newest of them.</param>
public sealed record WatchedLink(
    long Id, string Url, DateTime? GoneUtc, DateTime? LastAnsweredUtc, DateTime? LookedUtc, string? Problem, string? MovedTo, bool IsDue, DateTime? LeftUtc, string? LeftBy,
    int PlaceCount, IReadOnlyList<LinkPlace> Places)
{
    /// <summary>Null when it would be longer than an address may be.</summary>
    public string? ArchivedAddress(LinkPlace place) => ArchivedCopy.AddressOf(Url, place.PublishedOn) is { Length: <= Limits.Url } address ? address : null;
}

/// <summary>Where a part of the list begins: after the link that was gone then, with this key. Written <c>638000000000000000.12</c>.</summary>
public readonly record struct LinkCursor(DateTime GoneUtc, long Id)
{
    public static bool TryParse([NotNullWhen(true)] string? text, out LinkCursor cursor)
    {
        cursor = default;
        if (text?.Split('.') is not [var ticks, var key]
            || !long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var at) || at > DateTime.MaxValue.Ticks
            || !long.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var id))
            return false;
        cursor = new LinkCursor(new DateTime(at, DateTimeKind.Utc), id);
        return true;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{GoneUtc.Ticks}.{Id}");
}

/// <param name="All">Links of published editions.</param>
/// <param name="IsWatched">False while whoever runs the server has switched it off.</param>
/// <param name="Older">Where the next part begins; null at the end.</param>
public sealed record LinksPage(LinkList Shown, IReadOnlyDictionary<LinkList, int> Counts, int All, int NotLookedAt, bool IsWatched, IReadOnlyList<WatchedLink> Links, LinkCursor? Older)
{
    /// <summary>What an empty list of the gone says.</summary>
    public string NoneGone => (All, NotLookedAt) switch
    {
        (0, _) => "No published edition leads anywhere.",
        (_, 0) => "Every link answers.",
        var (all, left) when left == all => "No link has been looked at yet.",
        var (all, left) => $"All that have been looked at answer; {Counted.Of(left)} of {Counted.Of(all, "link")} have not been looked at yet.",
    };

    public static string AddressOf(LinkList list) => list == LinkList.Gone ? "/editor/links" : $"/editor/links?show={NameOf(list)}";

    public static string NameOf(LinkList list) => list.ToString().ToLowerInvariant();

    /// <summary>What is no name of a list is the first.</summary>
    public static LinkList ListOf(string? name) => Enum.GetValues<LinkList>().FirstOrDefault(list => NameOf(list) == name);
}
