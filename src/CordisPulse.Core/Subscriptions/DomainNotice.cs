namespace CordisPulse.Core.Subscriptions;

/// <summary>
/// Several people of one domain left, or confirmed, within minutes: a mail filter that presses buttons does so. Staff are told; what
/// happened stands.
/// </summary>
public sealed class DomainNotice
{
    public int Id { get; set; }

    public required string Domain { get; set; }

    /// <summary><see cref="ConsentEvent.Unsubscribed"/> or <see cref="ConsentEvent.Confirmed"/>.</summary>
    public ConsentEvent Event { get; set; }

    public DateTime FirstUtc { get; set; }

    public DateTime LastUtc { get; set; }

    public int People { get; set; }

    /// <summary>When staff had seen enough of it; null until then.</summary>
    public DateTime? SeenUtc { get; set; }

    public int? SeenById { get; set; }
}
