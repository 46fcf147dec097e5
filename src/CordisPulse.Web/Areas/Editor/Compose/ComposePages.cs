using CordisPulse.Core.Editions;
using CordisPulse.Core.Editions.Checks;
using CordisPulse.Core.Editions.Covered;
using CordisPulse.Core.Site;

namespace CordisPulse.Web.Areas.Editor.Compose;

/// <param name="Id">Null for an item that is to be added.</param>
public sealed record ItemPage(
    BoardPage Board, int? Id, ItemForm Form, IReadOnlyList<string> Sources, TopicChoices Topics, IReadOnlyList<CoveredItem> Covered, DraftView Draft, ConflictPage? Conflict)
{
    public string Action => Id is { } id ? $"{Board.Address}/items/{id}" : $"{Board.Address}/items/new";

    /// <summary>Median of the words that the other summaries of the edition have; null while there is none.</summary>
    public int? Habit => SummaryHabit.Of(Board.Cards.Where(card => card.Id != Id).Select(card => card.Words));

    public FormFindings Findings { get; } = Id is { } id ? FormFindings.Of(Board.Findings, FindingPlace.Item, id) : FormFindings.None;
}

/// <param name="Id">Null for a news item that is to be added.</param>
public sealed record NewsPage(EditionMonth Month, int? Id, NewsForm Form, FormFindings Findings, DraftView Draft, ConflictPage? Conflict)
{
    public string Board => $"/editor/editions/{Month}";

    public string Action => Id is { } id ? $"{Board}/news/{id}" : $"{Board}/news/new";
}

public sealed record TextsPage(EditionMonth Month, TextsForm Form, string Subject, string Preheader, FormFindings Findings, DraftView Draft, ConflictPage? Conflict)
{
    public string Board => $"/editor/editions/{Month}";
}

internal static class SummaryHabit
{
    /// <summary>Median of the words that summaries have, those that are not written left out; null while there is none.</summary>
    public static int? Of(IEnumerable<int> words)
    {
        List<int> written = [.. words.Where(count => count > 0).Order()];
        return written.Count == 0 ? null : written[(written.Count - 1) / 2];
    }
}

internal static class SavedBy
{
    public static string Write<T>(StoredText<T> stored)
        => $"{stored.SavedBy ?? "Somebody else"} ({UkTime.Minute(stored.SavedUtc)})";
}

/// <summary>The cards of one cell.</summary>
/// <param name="Place">The place of the board, as a form holds it; empty for those that are not placed.</param>
/// <param name="Name">The place in words.</param>
public sealed record CardsView(BoardPage Board, IReadOnlyList<BoardCard> Cards, string Place, string Name);

/// <param name="IsFirst">Nothing stands above it in its cell, so it can't go up.</param>
public sealed record CardView(BoardPage Board, BoardCard Card, bool IsFirst, bool IsLast);
