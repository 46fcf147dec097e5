using CordisPulse.Core.Subscriptions;

namespace CordisPulse.Core.Mailings;

public enum DeliveryState
{
    Pending,
    Attempting,
    Deferred,
    Sent,
    Failed,

    /// <summary>The server may or may not have taken it.</summary>
    Uncertain,

    /// <summary>Left, or was suppressed, since the mailing began.</summary>
    Skipped,
}

/// <summary>What a refusal for good was about, where that matters to others.</summary>
public enum DeliveryFault
{
    /// <summary>The server says that there is no such address.</summary>
    Address,

    /// <summary>What the message holds, or that it may not be sent this way.</summary>
    Message,
}

/// <summary>One subscriber's row in a mailing: the ledger of what was sent, when, and what the server answered.</summary>
public sealed class Delivery
{
    public long Id { get; set; }

    public int MailingId { get; set; }

    public Mailing? Mailing { get; set; }

    public int SubscriberId { get; set; }

    public Subscriber? Subscriber { get; set; }

    public int VariantId { get; set; }

    public MailingVariant? Variant { get; set; }

    /// <summary>For a correction: the delivery of what it corrects, which its message refers to.</summary>
    public long? FollowsId { get; set; }

    public Delivery? Follows { get; set; }

    /// <summary>Where it goes; blanked when the person is erased.</summary>
    public required string Address { get; set; }

    public string? Name { get; set; }

    public DeliveryState State { get; set; }

    /// <summary>Messages begun for this delivery.</summary>
    public int Attempts { get; set; }

    /// <summary>When a deferred delivery is due again.</summary>
    public DateTime? NextAttemptUtc { get; set; }

    /// <summary>The node that has claimed the row.</summary>
    public string? LeaseOwner { get; set; }

    /// <summary>By the database's clock.</summary>
    public DateTime? LeaseEndUtc { get; set; }

    /// <summary>Raised by every claim; a write that names an older number comes too late and changes nothing.</summary>
    public int LeaseNumber { get; set; }

    /// <summary>When the first of these tries was begun.</summary>
    public DateTime? FirstAttemptedUtc { get; set; }

    public DateTime? AttemptedUtc { get; set; }

    public DateTime? SettledUtc { get; set; }

    /// <summary>The server's last reply code (RFC 5321 section 4.2); null where none was read.</summary>
    public int? Code { get; set; }

    public DeliveryFault? Fault { get; set; }

    /// <summary>The server's last answer, or what happened instead of one.</summary>
    public string? Answer { get; set; }

    /// <summary>What a person last decided while it was uncertain; null when nobody had to.</summary>
    public DeliveryAct? Decided { get; set; }

    public DateTime? DecidedUtc { get; set; }

    /// <summary>Null for a command.</summary>
    public int? DecidedById { get; set; }
}
