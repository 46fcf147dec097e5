using CordisPulse.Core.Editions;

namespace CordisPulse.Web.Areas.Editor.Compose;

/// <summary>What was typed into a form and not saved, and who else has the form open, for the partial view <c>_Draft</c>.</summary>
public sealed record DraftView
{
    public required DraftPlace Place { get; init; }

    /// <summary>The draft that is offered; null when there is none, or when the form holds it.</summary>
    public OfferedDraft? Offered { get; init; }

    /// <summary>The form holds something that is not saved.</summary>
    public bool IsTyped { get; init; }

    public required IReadOnlyList<string> EditedBy { get; init; }

    public string Address => AddressOf(Place);

    /// <summary>Tells what the checks say of the text as it is typed.</summary>
    public string Typed => $"/editor/editions/{Place.Month}/typed/{Name(Place.Text)}/{Place.TextId}";

    /// <summary>Under which a browser keeps its own copy.</summary>
    public string Key => KeyOf(Place);

    public string Form => FormOf(Place);

    public static string AddressOf(DraftPlace place) => $"/editor/editions/{place.Month}/drafts/{Name(place.Text)}/{place.TextId}";

    public static string KeyOf(DraftPlace place) => $"{place.AccountId}:{AddressOf(place)}";

    public static string FormOf(DraftPlace place) => (place.Text, place.TextId) switch
    {
        (RevisedText.Edition, _) => $"/editor/editions/{place.Month}/texts",
        (RevisedText.Item, 0) => $"/editor/editions/{place.Month}/items/new",
        (RevisedText.Item, var id) => $"/editor/editions/{place.Month}/items/{id}",
        (_, 0) => $"/editor/editions/{place.Month}/news/new",
        (_, var id) => $"/editor/editions/{place.Month}/news/{id}",
    };

    private static string Name(RevisedText text) => text switch
    {
        RevisedText.Item => "item",
        RevisedText.News => "news",
        _ => "edition",
    };
}

/// <param name="Differing">Labels of the fields that say something else than what is saved.</param>
public sealed record OfferedDraft(DateTime SavedUtc, IReadOnlyList<string> Differing);
