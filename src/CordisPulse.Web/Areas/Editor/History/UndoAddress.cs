using CordisPulse.Core.Editions;

namespace CordisPulse.Web.Areas.Editor.History;

/// <summary>The page from which an act is undone, to go back to.</summary>
public enum UndoPage
{
    Board,
    History,
    Checks,
    Intake,
}

/// <summary>Where the button posts to that undoes an act.</summary>
internal static class UndoAddress
{
    /// <inheritdoc cref="Of(EditionMonth, UndoPage, long?[])"/>
    public static string? Of(EditionMonth month, params long?[] saves) => Of(month, UndoPage.Board, saves);

    /// <param name="month">The edition.</param>
    /// <param name="from">The page on which the button stands.</param>
    /// <param name="saves">Keys of the revisions that the act made; null for one that it did not make.</param>
    /// <returns>Null when the act changed nothing.</returns>
    public static string? Of(EditionMonth month, UndoPage from, params long?[] saves)
        => saves.OfType<long>().ToList() is { Count: > 0 } made ? $"/editor/editions/{month}/history/undo?from={from}&{string.Join('&', made.Select(id => $"save={id}"))}" : null;

    public static string Back(EditionMonth month, UndoPage from) => from switch
    {
        UndoPage.History => $"/editor/editions/{month}/history",
        UndoPage.Checks => $"/editor/editions/{month}/checks",
        UndoPage.Intake => $"/editor/intake?edition={month}#intake",
        _ => $"/editor/editions/{month}#board",
    };
}
