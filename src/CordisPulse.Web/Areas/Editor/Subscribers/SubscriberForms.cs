using System.ComponentModel.DataAnnotations;
using System.Globalization;
using CordisPulse.Core.Data;
using CordisPulse.Core.Subscriptions;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace CordisPulse.Web.Areas.Editor.Subscribers;

/// <summary>What part of the list is looked at.</summary>
public sealed class SubscriberFilter
{
    [StringLength(Limits.Email, ErrorMessage = "That is longer than any address, name or organisation.")]
    public string? Search { get; set; }

    /// <summary><see cref="Search"/> as the address holds it: see <see cref="SearchWords"/>.</summary>
    public string? Words { get; set; }

    public SubscriberStatus? Status { get; set; }

    public int? Sector { get; set; }

    public ConsentGround? Ground { get; set; }

    [StringLength(Limits.Email, ErrorMessage = "That is longer than any domain.")]
    public string? Domain { get; set; }

    [StringLength(Limits.Line, ErrorMessage = "That is longer than any organisation.")]
    public string? Organisation { get; set; }

    public bool Paused { get; set; }

    public int Page { get; set; } = 1;

    /// <summary>Whether more is asked for than a search.</summary>
    public bool IsNarrowed => Sector is not null || Ground is not null || Paused || !string.IsNullOrWhiteSpace(Domain) || !string.IsNullOrWhiteSpace(Organisation);

    public SubscriberQuery ToQuery() => new()
    {
        Search = Search,
        Status = Status,
        SectorId = Sector,
        Ground = Ground,
        Domain = Domain,
        Organisation = Organisation,
        IsPaused = Paused,
        Page = Page,
    };

    public string AddressOf(int page)
    {
        var query = new QueryBuilder();
        foreach (var (name, value) in new[]
        {
            (nameof(Words), Words), (nameof(Status), Status?.ToString()), (nameof(Sector), Sector?.ToString(CultureInfo.InvariantCulture)), (nameof(Ground), Ground?.ToString()),
            (nameof(Domain), Domain), (nameof(Organisation), Organisation), (nameof(Paused), Paused ? "true" : null),
        })
            if (!string.IsNullOrWhiteSpace(value))
                query.Add(name, value);
        query.Add(nameof(Page), page.ToString(CultureInfo.InvariantCulture));
        return $"/editor/subscribers{query}";
    }
}

public sealed class AddSubscriberForm : BasisForm, IAddressForm
{
    public string? Email
    {
        get => string.IsNullOrEmpty(Use) ? field : Use;
        set;
    }

    public string? Name { get; set; }

    public string? Organisation { get; set; }

    /// <summary>Keys; none for everything.</summary>
    public List<int> Sectors { get; set; } = [];

    [BindNever]
    public IReadOnlyList<SectorChoice> Choices { get; set; } = [];

    /// <summary>Whose address it is already, of somebody who could not be added.</summary>
    [BindNever]
    public int? There { get; set; }

    public string? Use { get; set; }

    public string? Sure { get; set; }

    [BindNever]
    public AddressDoubt? Doubt { get; set; }

    public override IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!EmailAddress.TryParse(Email, out _, out var problem))
            yield return new ValidationResult(problem, [nameof(Email)]);
        if (PersonText.ProblemOf(Name, "name") is { } name)
            yield return new ValidationResult(name, [nameof(Name)]);
        if (PersonText.ProblemOf(Organisation, "organisation") is { } organisation)
            yield return new ValidationResult(organisation, [nameof(Organisation)]);
        foreach (var found in base.Validate(validationContext))
            yield return found;
    }

    /// <summary>Only when the form is valid.</summary>
    public AddSubscribers ToAct(int byId)
        => EmailAddress.TryParse(Email, out var address, out var problem)
            ? new AddSubscribers
            {
                People = [new NewSubscriber(address, PersonText.Clean(Name), PersonText.Clean(Organisation))],
                Basis = ToBasis(),
                SectorIds = Sectors,
                Way = Ways.Desk,
                AccountId = byId,
            }
            : throw new InvalidOperationException(problem);
}
