using System.ComponentModel.DataAnnotations;
using CordisPulse.Core.Subscriptions;

namespace CordisPulse.Web.Areas.Editor.Subscribers;

/// <summary>The part of a form in which staff state on what ground they put people on the list.</summary>
public abstract class BasisForm : IValidatableObject
{
    public ConsentGround Ground { get; set; }

    public string? ObtainedFrom { get; set; }

    public DateOnly? ObtainedOn { get; set; }

    public string? Told { get; set; }

    public string? Assessment { get; set; }

    public StatedBasis Basis => new()
    {
        Ground = Ground,
        ObtainedFrom = ObtainedFrom ?? "",
        ObtainedOn = ObtainedOn,
        Told = Told,
        Assessment = Assessment,
    };

    public virtual IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        var today = DateOnly.FromDateTime(validationContext.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime);
        return Basis.Problems(today).Select(problem => new ValidationResult(problem.Problem, [problem.Property]));
    }
}
