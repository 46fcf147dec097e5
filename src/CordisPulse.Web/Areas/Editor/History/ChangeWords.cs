using CordisPulse.Core.Editions;
using CordisPulse.Web.Areas.Editor.Compose;

namespace CordisPulse.Web.Areas.Editor.History;

/// <summary>What one save of a text changed, in a few words.</summary>
internal static class ChangeWords
{
    /// <param name="save">An item, a news item or the texts of the edition.</param>
    public static string Of(SaveOfText save) => save switch
    {
        { IsRemoval: true } => "Removed",
        { IsBack: true } => "Put back",
        { Before: null, Text: RevisedText.Edition } => "The edition was begun",
        { Before: null, IsOfBeginning: true, Text: RevisedText.Item } => "Brought in by the import",
        { Before: null, IsOfBeginning: true } => "Brought in as the edition was begun",
        { Before: null } => "Added",
        { IsFromIntake: true } => "Put into the edition from the intake",
        { Before: { } before } => Join([.. Fields(save.Text, before, save.Content).Where(field => field.Differs).Select(field => field.Label)]),
    };

    private static IEnumerable<ConflictField> Fields(RevisedText text, string before, string now) => text switch
    {
        RevisedText.Item => ItemForm.Of(Revisions.Read<ItemText>(now), 0, null, null).Beside(Revisions.Read<ItemText>(before)).Append(PlaceOf(before, now)),
        RevisedText.News => NewsForm.Of(Revisions.Read<NewsText>(now), 0).Beside(Revisions.Read<NewsText>(before)),
        _ => TextsForm.Of(Revisions.Read<EditionText>(now), 0).Beside(Revisions.Read<EditionText>(before)),
    };

    private static ConflictField PlaceOf(string before, string now) => new("Place", $"{Revisions.Read<Place>(before)}", $"{Revisions.Read<Place>(now)}");

    /// <summary>"Title, link and summary".</summary>
    private static string Join(IReadOnlyList<string> labels)
    {
        if (labels.Count == 0)
            return "Nothing";
        List<string> said = [labels[0], .. labels.Skip(1).Select(label => char.IsUpper(label[1]) ? label : char.ToLowerInvariant(label[0]) + label[1..])];
        return said.Count == 1 ? said[0] : $"{string.Join(", ", said.SkipLast(1))} and {said[^1]}";
    }

    private sealed record Place(int? SectorId, int? SectionId);
}

/// <param name="Before">What the save before says; null when it is the first.</param>
/// <param name="IsRemoval">The text was taken out with it.</param>
/// <param name="IsOfBeginning">Saved in the moment in which the edition was begun; items come then with an import alone.</param>
/// <param name="IsFromIntake">The item waited in the intake before.</param>
/// <param name="IsBack">It had been removed before.</param>
internal sealed record SaveOfText(RevisedText Text, string Content, string? Before, bool IsRemoval, bool IsOfBeginning, bool IsFromIntake, bool IsBack);
