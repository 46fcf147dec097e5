namespace CordisPulse.Core.Subscriptions;

public enum SuppressionReason
{
    Unsubscribed,
    Bounced,
    Complained,
    Erased,

    /// <summary>Somebody had this address, and has another one now.</summary>
    Moved,
}

/// <summary>
/// An address that must not be mailed, whatever lists say, until whoever has it joins anew and confirms. It holds the address, or of somebody who was erased only
/// <see cref="AddressHash"/> of it: known again when it is met, and not to be read. So it is with an address that somebody had before: an
/// old list must not bring it back once they have left.
/// </summary>
public sealed class Suppression
{
    public int Id { get; set; }

    /// <summary>Unique; null of somebody who was erased, and of a former address.</summary>
    public string? NormalizedEmail { get; set; }

    /// <summary>Unique; null while the address itself is kept.</summary>
    public string? EmailHash { get; set; }

    public SuppressionReason Reason { get; set; }

    public DateTime SinceUtc { get; set; }

    /// <summary>Whose former address it is: they alone may go back to it. Null for all others.</summary>
    public int? SubscriberId { get; set; }

    public bool IsFormerOf(Subscriber subscriber) => Reason == SuppressionReason.Moved && SubscriberId == subscriber.Id;
}
