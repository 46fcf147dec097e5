using System.ComponentModel.DataAnnotations;
using CordisPulse.Core.Data;
using CordisPulse.Core.Editions;

namespace CordisPulse.Web.Areas.Editor.Compose;

public sealed class TextsForm : DraftedForm, IValidatableObject
{
    [StringLength(Limits.Text, ErrorMessage = "The introduction can have 200,000 characters.")]
    public string? Introduction { get; set; }

    [StringLength(Limits.Line, ErrorMessage = "The name can have 300 characters.")]
    public string? SignOffName { get; set; }

    [StringLength(Limits.Line, ErrorMessage = "The role can have 300 characters.")]
    public string? SignOffRole { get; set; }

    [StringLength(Limits.Line, ErrorMessage = "The subject can have 300 characters.")]
    public string? Subject { get; set; }

    [StringLength(Limits.Line, ErrorMessage = "The preheader can have 300 characters.")]
    public string? Preheader { get; set; }

    public string? PublishedOn { get; set; }

    protected override IReadOnlyList<FormField> Fields =>
    [
        new("Introduction", nameof(Introduction), Introduction, value => Introduction = value),
        new("Signed by", nameof(SignOffName), SignOffName, value => SignOffName = value),
        new("Role", nameof(SignOffRole), SignOffRole, value => SignOffRole = value),
        new("Subject", nameof(Subject), Subject, value => Subject = value),
        new("Preheader", nameof(Preheader), Preheader, value => Preheader = value),
        new("First published on", nameof(PublishedOn), PublishedOn, value => PublishedOn = value),
    ];

    public static TextsForm Of(EditionText text, int version) => new()
    {
        Version = version,
        Introduction = text.Introduction,
        SignOffName = text.SignOffName,
        SignOffRole = text.SignOffRole,
        Subject = text.Subject,
        Preheader = text.Preheader,
        PublishedOn = Day.Write(text.PublishedOn),
    };

    /// <summary>Of a form that is valid.</summary>
    public EditionText ToText() => new()
    {
        Introduction = Blank.Lines(Introduction),
        SignOffName = Blank.ToNull(SignOffName),
        SignOffRole = Blank.ToNull(SignOffRole),
        Subject = Blank.ToNull(Subject),
        Preheader = Blank.ToNull(Preheader),
        PublishedOn = Day.Read(PublishedOn),
    };

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Blank.ToNull(SignOffName) is null && Blank.ToNull(SignOffRole) is not null)
            yield return new ValidationResult("Enter the name that goes with the role.", [nameof(SignOffName)]);
        if (!Day.IsOne(PublishedOn))
            yield return new ValidationResult(Day.Wanted, [nameof(PublishedOn)]);
    }

    public IEnumerable<ConflictField> Beside(EditionText stored) => Beside(Of(stored, 0));

    public IEnumerable<ConflictField> Beside(TextsForm theirs) => Compare(theirs);
}
