using System.ComponentModel.DataAnnotations;
using CordisPulse.Core.Subscriptions;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace CordisPulse.Web.Features.Subscribe;

/// <summary>The names of its fields are a promise: forms on other sites post them.</summary>
public sealed class SubscribeForm : IValidatableObject, IAddressForm
{
    public string? Email
    {
        get => string.IsNullOrEmpty(Use) ? field : Use;
        set;
    }

    public string? Name { get; set; }

    public string? Organisation { get; set; }

    /// <summary>Keys of sectors; none for all.</summary>
    public List<int> Sectors { get; set; } = [];

    /// <summary>Not shown, so that only a program fills it in.</summary>
    public string? Website { get; set; }

    /// <summary>What <see cref="FormClock"/> made when the form was shown.</summary>
    public string? Started { get; set; }

    public string? Use { get; set; }

    public string? Sure { get; set; }

    [BindNever]
    public AddressDoubt? Doubt { get; set; }

    /// <summary>Whether it goes on from a form that asked for the address alone.</summary>
    [BindNever]
    public bool IsNext { get; set; }

    public bool IsOfAProgram => !string.IsNullOrEmpty(Website);

    /// <summary>The sectors there are.</summary>
    [BindNever]
    public IReadOnlyList<SectorChoice> Choices { get; set; } = [];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (PersonText.ProblemOf(Name, "name") is { } name)
            yield return new ValidationResult(name, [nameof(Name)]);
        if (PersonText.ProblemOf(Organisation, "organisation") is { } organisation)
            yield return new ValidationResult(organisation, [nameof(Organisation)]);
    }

    /// <summary>Takes the address that was offered, where its button was pressed, and looks whether it is one that mail can go to.</summary>
    /// <param name="problems">Gets what is wrong, at its field.</param>
    /// <returns>Null when something is wrong.</returns>
    public EmailAddress? Address(ModelStateDictionary problems)
    {
        problems.ShowUsed(this, nameof(Email));
        if (!EmailAddress.TryParse(Email, out var address, out var problem))
            problems.AddModelError(nameof(Email), problem);
        return !problems.Asks(this, nameof(Email)) && problems.IsValid ? address : null;
    }
}
