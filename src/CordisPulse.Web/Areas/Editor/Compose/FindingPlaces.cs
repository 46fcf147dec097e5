using CordisPulse.Core.Editions;
using CordisPulse.Core.Editions.Checks;

namespace CordisPulse.Web.Areas.Editor.Compose;

/// <summary>Where on the desk a thing found is mended.</summary>
public static class FindingPlaces
{
    /// <summary>The form, and within it the field.</summary>
    public static string AddressOf(EditionMonth month, Finding finding) => finding switch
    {
        { Place: FindingPlace.Item, Id: { } id } => $"/editor/editions/{month}/items/{id}{AnchorOf(finding)}",
        { Place: FindingPlace.News, Id: { } id } => $"/editor/editions/{month}/news/{id}{AnchorOf(finding)}",
        { Place: FindingPlace.Introduction } or { Field: FindingField.Subject or FindingField.Preheader } => $"/editor/editions/{month}/texts{AnchorOf(finding)}",
        _ => $"/editor/editions/{month}",
    };

    /// <summary>The text that it is about, for people.</summary>
    public static string TitleOf(EditionMonth month, Finding finding) => finding switch
    {
        { Title: { } title } => title,
        { Place: FindingPlace.Introduction } => "Introduction",
        { Field: FindingField.Subject } => "Subject",
        _ => month.Title,
    };

    /// <summary>Such as <c>#Form_Url</c>; empty when no one field is to blame.</summary>
    public static string AnchorOf(Finding finding) => NameOf(finding) is { } name ? $"#Form_{name}" : "";

    private static string? NameOf(Finding finding) => finding.Field switch
    {
        null => null,
        FindingField.Link => nameof(ItemForm.Url),
        FindingField.Sector => nameof(ItemForm.SectorId),
        FindingField.Section => nameof(ItemForm.SectionId),
        FindingField.Text => finding.Place switch
        {
            FindingPlace.Item => nameof(ItemForm.Summary),
            FindingPlace.News => nameof(NewsForm.Body),
            _ => nameof(TextsForm.Introduction),
        },
        { } field => field.ToString(),
    };
}

/// <summary>What the checks found in one text, and whether another has an error.</summary>
public sealed record FormFindings(IReadOnlyList<Finding> Found, bool HasNext)
{
    public static FormFindings None { get; } = new([], false);

    /// <summary>Of a text among all that was found in its edition; what was left with a reason is left.</summary>
    public static FormFindings Of(IReadOnlyList<Finding> all, FindingPlace place, int? id) => new(
        [.. all.Where(finding => finding.Place == place && finding.Id == id && finding.LeftBecause is null)],
        all.Any(finding => HasToBeMended(finding) && (finding.Place != place || finding.Id != id)));

    /// <summary>The next item or news item in the order of the edition that has an error, or the first of all; null when no other has.</summary>
    public static Finding? NextError(IReadOnlyList<Finding> all, EditionDocument edition, FindingPlace place, int id)
    {
        var order = edition.News.Select(news => (FindingPlace.News, news.NewsItemId)).Concat(edition.Items.Select(placed => (FindingPlace.Item, placed.Item.ItemId))).ToList();
        var here = order.IndexOf((place, id));
        return all.Where(HasToBeMended)
            .Select(finding => (Finding: finding, At: order.IndexOf((finding.Place, finding.Id!.Value))))
            .Where(other => other.At != here)
            .OrderBy(other => other.At < here).ThenBy(other => other.At)
            .Select(other => other.Finding)
            .FirstOrDefault();
    }

    private static bool HasToBeMended(Finding finding)
        => finding is { Severity: FindingSeverity.Error, Place: FindingPlace.Item or FindingPlace.News, Id: not null };

    public IEnumerable<string> At(FindingField field) => Found.Where(finding => finding.Field == field).Select(finding => finding.Message);
}

/// <param name="Typed">Address that tells what the checks say of the text as it is typed.</param>
public sealed record FindingsView(FormFindings Findings, string Typed);
