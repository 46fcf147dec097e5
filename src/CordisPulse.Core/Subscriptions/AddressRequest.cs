namespace CordisPulse.Core.Subscriptions;

public enum AddressRequestKind
{
    /// <summary>To join.</summary>
    Join,

    /// <summary>The link to leave by.</summary>
    LeaveLink,

    /// <summary>To be written to at this address in place of the one that is on the list.</summary>
    ChangeAddress,

    /// <summary>The link to what is held about whoever has the address.</summary>
    OwnDataLink,
}

/// <summary>
/// What somebody asked for on a page by naming an address. The page only writes it down, the same for every address, so that its answer
/// says nothing in words or in time; what is true of the address is looked up afterwards. Deleted once it is of no more use.
/// </summary>
public sealed class AddressRequest
{
    public int Id { get; set; }

    public AddressRequestKind Kind { get; set; }

    public required string Email { get; set; }

    public required string NormalizedEmail { get; set; }

    public string? Name { get; set; }

    public string? Organisation { get; set; }

    /// <summary>As <see cref="Subscriber.Sectors"/> has it.</summary>
    public string Sectors { get; set; } = WantedSectors.All;

    /// <summary>Whom it is about; null until that was looked up, and where there is nobody.</summary>
    public int? SubscriberId { get; set; }

    public Subscriber? Subscriber { get; set; }

    public DateTime AskedUtc { get; set; }

    public string? Network { get; set; }

    /// <summary>The privacy page as it was shown.</summary>
    public int? PrivacyTextId { get; set; }

    public PrivacyText? PrivacyText { get; set; }

    /// <summary>Null until it was looked at.</summary>
    public DateTime? SettledUtc { get; set; }
}
