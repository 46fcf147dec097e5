namespace CordisPulse.Core.Subscriptions;

public enum SubscriberStatus
{
    /// <summary>Has asked, and not yet confirmed.</summary>
    Pending,
    Active,
    Unsubscribed,
    Suppressed,
}

/// <summary>One person on the list.</summary>
public sealed class Subscriber
{
    public int Id { get; set; }

    /// <summary>As given; the form that mail is addressed to.</summary>
    public required string Email { get; set; }

    /// <summary>Lower case, trimmed; unique.</summary>
    public required string NormalizedEmail { get; set; }

    public string? Name { get; set; }

    public string? Organisation { get; set; }

    public SubscriberStatus Status { get; set; }

    /// <summary>What of an edition this person gets; as <see cref="WantedSectors"/> writes it, empty for all.</summary>
    public string Sectors { get; set; } = WantedSectors.All;

    /// <summary>128 random bits as 26 characters of lower-case base32; stands in this person's mails for years.</summary>
    public required string UnsubscribeToken { get; set; }

    public DateTime CreatedUtc { get; set; }

    public DateTime? ConfirmedUtc { get; set; }

    public DateTime? LeftUtc { get; set; }

    public int Version { get; set; }

    public List<ConsentRecord> Consent { get; set; } = [];
}
