using System.Text.Json;
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

    /// <summary>When the server kept what the form holds; null when it may not have it.</summary>
    public DateTime? KeptUtc { get; init; }

    public required IReadOnlyList<string> EditedBy { get; init; }

    /// <summary>Of the edition; for a text of one.</summary>
    public EditionMonth Month => Place.Month ?? throw new InvalidOperationException("This text is in no edition.");

    public string Address => AddressOf(Place);

    /// <summary>Tells what the checks say of a text of an edition as it is typed.</summary>
    public string Typed => $"{FolderOf(Place)}/typed/{Name(Place.Text)}/{Place.TextId}";

    /// <summary>Likewise of an item that is in no edition yet, among those of the edition that it may be put into.</summary>
    public static string TypedOfNewItem(EditionMonth month) => $"/editor/editions/{month}/typed/{Name(RevisedText.Item)}/0";

    /// <summary>Under which a browser keeps the copies of its windows.</summary>
    public string Key => KeyOf(Place);

    public string Form => FormOf(Place);

    public static string AddressOf(DraftPlace place) => $"{FolderOf(place)}/drafts/{Name(place.Text)}/{place.TextId}";

    /// <summary>The key of the copy that the browser has of one form.</summary>
    public static string CopyOf(DraftPlace place, DraftedForm form) => $"{KeyOf(place)}:{form.Window}";

    public static string FormOf(DraftPlace place) => (place.Month, place.Text, place.TextId) switch
    {
        (null, _, 0) => $"{Intake}/add",
        (null, _, var id) => $"{Intake}/{id}",
        (_, RevisedText.Publication, _) => $"{FolderOf(place)}/publish",
        (_, RevisedText.Edition, _) => $"{FolderOf(place)}/texts",
        (_, RevisedText.Item, 0) => $"{FolderOf(place)}/items/new",
        (_, RevisedText.Item, var id) => $"{FolderOf(place)}/items/{id}",
        (_, _, 0) => $"{FolderOf(place)}/news/new",
        (_, _, var id) => $"{FolderOf(place)}/news/{id}",
    };

    private const string Intake = "/editor/intake";

    private static string KeyOf(DraftPlace place) => $"{place.AccountId}:{AddressOf(place)}";

    private static string FolderOf(DraftPlace place) => place.Month is { } month ? $"/editor/editions/{month}" : Intake;

    private static string Name(RevisedText text) => text switch
    {
        RevisedText.Item => "item",
        RevisedText.News => "news",
        RevisedText.Publication => "publication",
        _ => "edition",
    };
}

/// <param name="Name">As <see cref="DraftedForm.NameOf"/> writes it.</param>
/// <param name="Window">The window that it was typed into.</param>
/// <param name="Differing">The fields that say something else than what is saved.</param>
public sealed record OfferedDraft(DateTime SavedUtc, string Name, string? Window, IReadOnlyList<ConflictField> Differing)
{
    /// <summary>Of an address: the first field that is not as it is saved.</summary>
    public string Place => $"#Form_{Differing[0].Name}";
}

/// <summary>What another window of the same person has kept, beside what this one says, for the partial view <c>_OtherWindow</c>.</summary>
/// <param name="Name">Of the other's draft, as <see cref="DraftedForm.NameOf"/> writes it.</param>
/// <param name="Form">Address of the form that can take it.</param>
public sealed record OtherWindow(string Name, DateTime SavedUtc, string Form, IReadOnlyList<ConflictField> Differing)
{
    public static OtherWindow Of<TForm>(FoundDraft kept, DraftPlace place, Func<TForm, IEnumerable<ConflictField>> beside)
        => new(
            DraftedForm.NameOf(kept), kept.SavedUtc, DraftView.FormOf(place),
            [.. beside(JsonSerializer.Deserialize<TForm>(kept.Fields, DraftJson.Options)!).Where(field => field.Differs)]);
}
