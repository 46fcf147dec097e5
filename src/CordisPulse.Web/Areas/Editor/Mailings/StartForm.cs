using System.ComponentModel.DataAnnotations;
using CordisPulse.Core.Data;
using CordisPulse.Core.Editions;
using CordisPulse.Core.Mailings;
using CordisPulse.Core.Site;
using CordisPulse.Web.Areas.Editor.Compose;

namespace CordisPulse.Web.Areas.Editor.Mailings;

/// <summary>What is typed to send an edition now.</summary>
public class StartForm
{
    public string? ConfirmMonth { get; set; }

    public string? ConfirmRecipients { get; set; }

    public StartMailing ToStart(EditionMonth month, int byId) => new()
    {
        Month = month,
        ById = byId,
        ConfirmMonth = ConfirmMonth,
        AsksForRecipients = true,
        ConfirmRecipients = ConfirmRecipients,
        ColleaguesFirst = true,
    };
}

/// <summary>What is typed to publish and send it at an hour.</summary>
public sealed class ScheduleForm : StartForm, IValidatableObject
{
    /// <summary>By the clock in the United Kingdom.</summary>
    public string? At { get; set; }

    /// <summary>Which of the two clocks, where the time occurs twice.</summary>
    public string? Clock { get; set; }

    [StringLength(Limits.Note, ErrorMessage = "The note can have 1,000 characters.")]
    public string? Note { get; set; }

    /// <summary>Tells the text on the page from what somebody may save meanwhile.</summary>
    public string? Seen { get; set; }

    /// <summary>Which clock is meant has to be asked.</summary>
    public bool IsTwice => UkTime.Read(At, Clock).IsTwice;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (UkTime.Read(At, Clock).Problem is { } problem)
            yield return new ValidationResult(problem, [nameof(At)]);
    }

    public ScheduleMailing ToSchedule(EditionMonth month, int byId) => new()
    {
        Month = month,
        AtUtc = UkTime.Read(At, Clock).Utc!.Value,
        ById = byId,
        Note = Blank.ToNull(Note),
        Seen = Seen,
        ColleaguesFirst = true,
        ConfirmMonth = ConfirmMonth,
        AsksForRecipients = true,
        ConfirmRecipients = ConfirmRecipients,
    };
}
