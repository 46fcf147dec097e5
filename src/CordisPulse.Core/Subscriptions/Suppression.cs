namespace CordisPulse.Core.Subscriptions;

public enum SuppressionReason
{
    Unsubscribed,
    Bounced,
    Complained,
    Erased,
}

/// <summary>
/// An address that must never be mailed, whatever lists say. It holds the address, or of somebody who was erased only
/// <see cref="AddressHash"/> of it: known again when it is met, and not to be read.
/// </summary>
public sealed class Suppression
{
    public int Id { get; set; }

    /// <summary>Unique; null of somebody who was erased.</summary>
    public string? NormalizedEmail { get; set; }

    /// <summary>Unique; null while the address itself is kept.</summary>
    public string? EmailHash { get; set; }

    public SuppressionReason Reason { get; set; }

    public DateTime SinceUtc { get; set; }
}
