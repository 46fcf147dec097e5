using CordisPulse.Core.Editions;
using CordisPulse.Core.Subscriptions;

namespace CordisPulse.Web.Areas.Editor.Person;

/// <param name="Choices">The sectors there are.</param>
public sealed record SubscriberPage(SubscriberPerson Person, LeaveForm Leave, IReadOnlyList<SectorChoice> Choices)
{
    /// <summary>The latest edition that was sent, if this person can be sent it and has not been.</summary>
    public EditionMonth? Late { get; init; }

    public string SectorsInWords => new SectorNames(Choices).Write(Person.Sectors) is { Length: > 0 } names ? names : "all sectors";

    public bool Wants(SectorChoice sector) => Person.Sectors.Length == 0 || WantedSectors.Read(Person.Sectors).Contains(sector.Id);

    public bool CanLeave => Person.Status is SubscriberStatus.Active or SubscriberStatus.Pending;
}

/// <param name="Choices">The sectors there are.</param>
public sealed record EditPage(SubscriberPerson Person, EditForm Form, IReadOnlyList<SectorChoice> Choices);

public sealed record SuppressPage(SubscriberPerson Person, SuppressForm Form);

public sealed record ErasePage(SubscriberPerson Person, EraseForm Form);
