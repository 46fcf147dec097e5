using System.ComponentModel.DataAnnotations;
using CordisPulse.Core.Subscriptions;

namespace CordisPulse.Web.Areas.Editor.Subscribers;

/// <summary>The part of a form in which staff state on what ground they put people on the list.</summary>
public abstract class BasisForm : IValidatableObject
{
    /// <summary>Null until somebody chooses: no ground goes without saying.</summary>
    public ConsentGround? Ground { get; set; }

    public string? ObtainedFrom { get; set; }

    public DateOnly? ObtainedOn { get; set; }

    public string? Told { get; set; }

    public string? Assessment { get; set; }

    public virtual IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Ground is null)
            yield return new ValidationResult("Choose on what ground they may be mailed.", [nameof(Ground)]);
        var today = DateOnly.FromDateTime(validationContext.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime);
        // What else is wrong is told at once; only the assessment depends on the ground.
        foreach (var (property, problem) in Stated(Ground ?? ConsentGround.Consent).Problems(today))
            yield return new ValidationResult(problem, [property]);
    }

    /// <summary>Only when the form is valid.</summary>
    public StatedBasis ToBasis() => Stated(Ground ?? throw new InvalidOperationException("No ground is stated."));

    private StatedBasis Stated(ConsentGround ground) => new()
    {
        Ground = ground,
        ObtainedFrom = ObtainedFrom ?? "",
        ObtainedOn = ObtainedOn,
        Told = Told,
        Assessment = Assessment,
    };
}
