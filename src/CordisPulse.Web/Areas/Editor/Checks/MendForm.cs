using System.ComponentModel.DataAnnotations;
using System.Globalization;
using CordisPulse.Core.Data;
using CordisPulse.Core.Editions;
using CordisPulse.Core.Editions.Checks;
using CordisPulse.Core.Rendering;
using CordisPulse.Web.Areas.Editor.Compose;

namespace CordisPulse.Web.Areas.Editor.Checks;

/// <summary>One field of one text, as typed.</summary>
public sealed class MendForm : IValidatableObject
{
    [Required]
    [StringLength(Limits.Name)]
    public string? Kind { get; set; }

    public FindingPlace Place { get; set; }

    public int? Id { get; set; }

    public FindingField Field { get; set; }

    /// <summary>Place and words of a link within the text.</summary>
    public int? At { get; set; }

    public string? Words { get; set; }

    /// <summary>Address of links within the text.</summary>
    public string? Replaces { get; set; }

    public int Version { get; set; }

    public string? Value { get; set; }

    /// <summary>Several lines.</summary>
    private bool IsText => Field == FindingField.Text && At is null && Replaces is null;

    public string Key => KeyOf(Kind, Place, Id, Field, At, Replaces);

    /// <summary>The same as long as the same field is asked for, and fit for an element's id.</summary>
    public static string KeyOf(string? kind, FindingPlace place, int? id, FindingField field, int? at, string? replaces)
        => string.Join('-', new[] { "mend", kind, place.ToString(), Number(id), field.ToString(), Number(at), replaces is null ? null : ShortHash.Of(replaces) }.OfType<string>()).ToLowerInvariant();

    /// <summary>Of a form that is valid.</summary>
    public MendText ToMend(EditionMonth month, int byId) => new()
    {
        Month = month,
        Place = Place,
        Id = Id,
        Field = Field,
        Placeholder = At is { } at ? new PlaceholderLink(at, Words ?? "") : null,
        Replaces = Blank.ToNull(Replaces),
        Version = Version,
        Value = IsText ? Blank.Lines(Value) : Blank.ToNull(Value),
        ById = byId,
    };

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Problem(Blank.ToNull(Value)) is { } problem)
            yield return new ValidationResult(problem, [nameof(Value)]);
    }

    private string? Problem(string? value)
    {
        if (At is not null || Replaces is not null || (Field == FindingField.Link && value is not null))
            return value?.Length > Limits.Url ? "The link can have 2,000 characters."
                : MarkdownRenderer.IsWebLink(value) ? null
                : "Enter a link that begins with https:// or http://.";
        return Field switch
        {
            FindingField.Link => Place == FindingPlace.Item ? "Enter the link." : null,
            FindingField.Title => value is null ? "Enter a title." : value.Length > Limits.Title ? "The title can have 500 characters." : null,
            FindingField.Source => value is null ? "Enter a source." : value.Length > Limits.SourceName ? "The source can have 300 characters." : null,
            FindingField.Sector => value is null ? "Choose a sector." : null,
            FindingField.Section => value is null ? "Choose a section." : null,
            FindingField.Subject => value?.Length > Limits.Line ? "The subject can have 300 characters." : null,
            FindingField.Deadline or FindingField.EventOn => Day.IsOne(value) ? null : Day.Wanted,
            _ => value is null && Place == FindingPlace.Item ? "Enter a summary."
                : value?.Length > Limits.Text ? "The text can have 200,000 characters."
                : null,
        };
    }

    private static string? Number(int? number) => number?.ToString(CultureInfo.InvariantCulture);
}
