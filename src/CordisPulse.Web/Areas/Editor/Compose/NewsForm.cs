using System.ComponentModel.DataAnnotations;
using CordisPulse.Core.Data;
using CordisPulse.Core.Editions;

namespace CordisPulse.Web.Areas.Editor.Compose;

public sealed class NewsForm : DraftedForm, IValidatableObject
{
    [Written(ErrorMessage = "Enter a title.")]
    [StringLength(Limits.Title, ErrorMessage = "The title can have 500 characters.")]
    [Name]
    public string? Title { get; set; }

    [StringLength(Limits.Url, ErrorMessage = "The link can have 2,000 characters.")]
    public string? Url { get; set; }

    [StringLength(Limits.Text, ErrorMessage = "The text can have 200,000 characters.")]
    public string? Body { get; set; }

    public string? EventOn { get; set; }

    public string? Deadline { get; set; }

    protected override IReadOnlyList<FormField> Fields =>
    [
        new("Title", nameof(Title), Title, value => Title = value),
        new("Link", nameof(Url), Url, value => Url = value),
        new("Text", nameof(Body), Body, value => Body = value),
        new("Date of the event", nameof(EventOn), EventOn, value => EventOn = value),
        new("Deadline", nameof(Deadline), Deadline, value => Deadline = value),
    ];

    public static NewsForm Of(NewsText text, int version) => new()
    {
        Version = version,
        Title = text.Title,
        Url = text.Url,
        Body = text.Body,
        EventOn = Day.Write(text.EventOn),
        Deadline = Day.Write(text.Deadline),
    };

    /// <summary>Of a form that is valid.</summary>
    public NewsText ToText() => new()
    {
        Title = Title!.Trim(),
        Url = Blank.Link(Url),
        Body = Blank.Lines(Body),
        EventOn = Day.Read(EventOn),
        Deadline = Day.Read(Deadline),
    };

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!Day.IsOne(EventOn))
            yield return new ValidationResult(Day.Wanted, [nameof(EventOn)]);
        if (!Day.IsOne(Deadline))
            yield return new ValidationResult(Day.Wanted, [nameof(Deadline)]);
    }

    public IEnumerable<ConflictField> Beside(NewsText stored) => Beside(Of(stored, 0));

    public IEnumerable<ConflictField> Beside(NewsForm theirs) => Compare(theirs);
}
