using CordisPulse.Core.Editions.Covered;

namespace CordisPulse.Web.Areas.Editor.Intake;

/// <summary>What watched feeds suggest, the newest first.</summary>
public sealed record SuggestionList
{
    public required IReadOnlyList<SuggestionCard> Cards { get; init; }

    /// <summary>Of all pages of the list.</summary>
    public required int Found { get; init; }

    public required int Page { get; init; }

    public required int Pages { get; init; }

    /// <summary>Some feed is watched.</summary>
    public required bool IsWatching { get; init; }

    /// <summary>The one with the newest entry first.</summary>
    public IEnumerable<IGrouping<(int Id, string Name), SuggestionCard>> BySource => Cards.GroupBy(card => (card.SourceId, card.Source));
}

/// <param name="Covered">Where the same link or nearly the same title stands already.</param>
public sealed record SuggestionCard(
    int Id, int SourceId, string Source, string Title, string Url, string? Description, DateTime? PublishedUtc, IReadOnlyList<CoveredItem> Covered);

/// <summary>One button settles its own suggestion, or one that stands for all those that are ticked.</summary>
public sealed class SuggestionsForm
{
    public const string TakeTicked = "take";
    public const string DismissTicked = "dismiss";

    public List<int> Ticked { get; set; } = [];

    /// <summary>What is done with what is ticked.</summary>
    public string? Act { get; set; }

    /// <summary>The one that is taken.</summary>
    public int? Take { get; set; }

    /// <summary>The one that is dismissed.</summary>
    public int? Dismiss { get; set; }

    public bool Takes => Take is not null || (Dismiss is null && Act == TakeTicked);

    public IReadOnlyList<int> Chosen => (Take ?? Dismiss) is { } one ? [one] : Act is TakeTicked or DismissTicked ? [.. Ticked.Distinct().Take(SuggestionReader.PageSize)] : [];
}

/// <summary>What became of suggestions, in a sentence or two.</summary>
internal static class SuggestionWords
{
    public const string NothingChosen = "Tick at least one suggestion first.";

    public static string Taken(int taken, int chosen) => (taken, chosen) switch
    {
        (0, 1) => "This suggestion was settled already, or its link is in the intake.",
        (0, _) => "These suggestions were settled already, or their links are in the intake.",
        (1, 1) => "The suggestion is an item of the intake now, and its page is being read.",
        _ when taken == chosen => $"{Counted.Of(taken, "suggestion")} are items of the intake now, and their pages are being read.",
        _ => $"{Counted.Of(taken, "suggestion is an item", "suggestions are items")} of the intake now; the others were settled already, or their links are in the intake.",
    };

    public static string Dismissed(int dismissed) => dismissed switch
    {
        0 => "There was nothing left to dismiss.",
        1 => "The suggestion is dismissed, and does not come again.",
        _ => $"{Counted.Of(dismissed, "suggestion")} are dismissed, and do not come again.",
    };

    public static string PutBack(int back) => back switch
    {
        0 => "There was nothing to put back.",
        1 => "The suggestion is back.",
        _ => $"{Counted.Of(back, "suggestion")} are back.",
    };
}
