namespace CordisPulse.Core.Subscriptions;

public enum SuppressionReason
{
    Unsubscribed,
    Bounced,
    Complained,
    Erased,
}

/// <summary>An address that must never be mailed, whatever lists say.</summary>
public sealed class Suppression
{
    public int Id { get; set; }

    public required string NormalizedEmail { get; set; }

    public SuppressionReason Reason { get; set; }

    public DateTime SinceUtc { get; set; }
}
