using System.ComponentModel.DataAnnotations;
using CordisPulse.Core.Subscriptions;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace CordisPulse.Web.Areas.Editor.Person;

public sealed class LeaveForm : IValidatableObject
{
    public string? Note { get; set; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (ConsentNote.ProblemOf(Note, "Say how the person asked to leave: it is kept with them.") is { } missing)
            yield return new ValidationResult(missing, [nameof(Note)]);
    }
}

public sealed class EditForm : IValidatableObject, IAddressForm
{
    public string? Email
    {
        get => string.IsNullOrEmpty(Use) ? field : Use;
        set;
    }

    public string? Name { get; set; }

    public string? Organisation { get; set; }

    public List<int> Sectors { get; set; } = [];

    public string? Note { get; set; }

    public string? Use { get; set; }

    public string? Sure { get; set; }

    [BindNever]
    public AddressDoubt? Doubt { get; set; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!EmailAddress.TryParse(Email, out _, out var problem))
            yield return new ValidationResult(problem, [nameof(Email)]);
        if (PersonText.ProblemOf(Name, "name") is { } name)
            yield return new ValidationResult(name, [nameof(Name)]);
        if (PersonText.ProblemOf(Organisation, "organisation") is { } organisation)
            yield return new ValidationResult(organisation, [nameof(Organisation)]);
        if (ConsentNote.ProblemOf(Note, "Say who asked for the change, or where it is from: it is kept with the person.") is { } missing)
            yield return new ValidationResult(missing, [nameof(Note)]);
    }

    public static EditForm Of(SubscriberPerson person) => new()
    {
        Email = person.Email,
        Name = person.Name,
        Organisation = person.Organisation,
        Sectors = [.. WantedSectors.Read(person.Sectors)],
    };

    /// <summary>Only when the form is valid.</summary>
    public EditSubscriber ToAct(int id, int byId) => EmailAddress.TryParse(Email, out var address, out var problem)
        ? new EditSubscriber { SubscriberId = id, Address = address, Name = Name, Organisation = Organisation, SectorIds = Sectors, Note = Note!, AccountId = byId }
        : throw new InvalidOperationException(problem);
}

public sealed class SuppressForm : IValidatableObject
{
    /// <summary>What staff can know; erasing is an act of its own.</summary>
    public static IReadOnlyList<SuppressionReason> Reasons { get; } = [SuppressionReason.Complained, SuppressionReason.Bounced];

    public SuppressionReason? Reason { get; set; }

    public string? Note { get; set; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Reason is not { } reason || !Reasons.Contains(reason))
            yield return new ValidationResult("Say why this address must not be mailed.", [nameof(Reason)]);
        if (ConsentNote.ProblemOf(Note, "Say how you know: it is kept with the person.") is { } missing)
            yield return new ValidationResult(missing, [nameof(Note)]);
    }
}

public sealed class EraseForm : IValidatableObject
{
    public bool Sure { get; set; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!Sure)
            yield return new ValidationResult("Tick the box if this person is to be erased. It can't be undone.", [nameof(Sure)]);
    }
}
