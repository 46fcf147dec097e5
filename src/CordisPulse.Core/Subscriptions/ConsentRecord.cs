namespace CordisPulse.Core.Subscriptions;

public enum ConsentEvent
{
    Imported,
    Requested,
    Confirmed,
    Unsubscribed,
    CameBack,
    Suppressed,
}

/// <summary>One thing that a subscriber, or somebody for them, agreed to or took back. Appended, never changed.</summary>
public sealed class ConsentRecord
{
    public long Id { get; set; }

    public int SubscriberId { get; set; }

    public Subscriber? Subscriber { get; set; }

    public ConsentEvent Event { get; set; }

    public DateTime AtUtc { get; set; }

    /// <summary>How they agreed, in the words that were shown or noted.</summary>
    public required string Note { get; set; }

    /// <summary>By which way: one of <see cref="Ways"/>.</summary>
    public required string Way { get; set; }

    /// <summary>The member of staff who did it; null for the subscriber's own acts and commands.</summary>
    public int? AccountId { get; set; }
}
