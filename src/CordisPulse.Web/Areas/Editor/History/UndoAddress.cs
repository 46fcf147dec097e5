using CordisPulse.Core.Editions;

namespace CordisPulse.Web.Areas.Editor.History;

/// <summary>Where the button posts to that undoes an act.</summary>
internal static class UndoAddress
{
    /// <param name="month">The edition.</param>
    /// <param name="saves">Keys of the revisions that the act made; null for one that it did not make.</param>
    /// <returns>Null when the act changed nothing.</returns>
    public static string? Of(EditionMonth month, params long?[] saves)
        => saves.OfType<long>().ToList() is { Count: > 0 } made ? $"/editor/editions/{month}/history/undo?{string.Join('&', made.Select(id => $"save={id}"))}" : null;
}
