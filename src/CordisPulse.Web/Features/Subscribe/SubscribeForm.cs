using System.ComponentModel.DataAnnotations;
using CordisPulse.Core.Data;
using CordisPulse.Core.Subscriptions;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace CordisPulse.Web.Features.Subscribe;

/// <summary>The names of its fields are a promise: forms on other sites post them.</summary>
public sealed class SubscribeForm : IAddressForm
{
    public string? Email
    {
        get => string.IsNullOrEmpty(Use) ? field : Use;
        set;
    }

    [StringLength(Limits.Line, ErrorMessage = "A name has at most {1} characters.")]
    public string? Name { get; set; }

    [StringLength(Limits.Line, ErrorMessage = "The name of an organisation has at most {1} characters.")]
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

    /// <summary>Takes the address that was offered, where its button was pressed, and looks whether it is one that mail can go to.</summary>
    /// <param name="problems">Gets what is wrong, at its field.</param>
    /// <returns>Null when something is wrong.</returns>
    public EmailAddress? Address(ModelStateDictionary problems)
    {
        problems.ShowUsed(this, nameof(Email));
        if (!EmailAddress.TryParse(Email, out var address, out var problem))
            problems.AddModelError(nameof(Email), problem);
        return !problems.Asks(this, "") && problems.IsValid ? address : null;
    }
}
