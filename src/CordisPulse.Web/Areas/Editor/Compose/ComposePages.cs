using CordisPulse.Core.Editions;
using CordisPulse.Core.Site;

namespace CordisPulse.Web.Areas.Editor.Compose;

/// <param name="Id">Null for an item that is to be added.</param>
public sealed record ItemPage(BoardPage Board, int? Id, ItemForm Form, IReadOnlyList<string> Sources, ConflictPage? Conflict)
{
    public string Action => Id is { } id ? $"{Board.Address}/items/{id}" : $"{Board.Address}/items/new";
}

/// <param name="Id">Null for a news item that is to be added.</param>
public sealed record NewsPage(EditionMonth Month, int? Id, NewsForm Form, ConflictPage? Conflict)
{
    public string Board => $"/editor/editions/{Month}";

    public string Action => Id is { } id ? $"{Board}/news/{id}" : $"{Board}/news/new";
}

public sealed record TextsPage(EditionMonth Month, TextsForm Form, string Subject, string Preheader, ConflictPage? Conflict)
{
    public string Board => $"/editor/editions/{Month}";
}

internal static class SavedBy
{
    public static string Write<T>(StoredText<T> stored)
        => $"{stored.SavedBy ?? "Somebody else"} ({UkTime.Minute(stored.SavedUtc)})";
}

public sealed record CardView(BoardPage Board, BoardCard Card);
