using CordisPulse.Core.Accounts;
using CordisPulse.Core.Mailings;
using CordisPulse.Core.Subscriptions;

namespace CordisPulse.Core.Mail.Returns;

/// <summary>One message that came back: what it was and whom it was about, by number. It holds no address.</summary>
public sealed class ReturnReport
{
    public long Id { get; set; }

    public ReturnKind Kind { get; set; }

    /// <summary>Null for what is no bounce.</summary>
    public BounceVerdict? Verdict { get; set; }

    /// <summary>As RFC 3463 writes it.</summary>
    public string? Status { get; set; }

    public int? Code { get; set; }

    /// <summary>What the other server said, with addresses masked.</summary>
    public string? Text { get; set; }

    /// <summary>Null where nothing of ours proves which it was.</summary>
    public long? DeliveryId { get; set; }

    public Delivery? Delivery { get; set; }

    public int? MailingId { get; set; }

    public int? SubscriberId { get; set; }

    public Subscriber? Subscriber { get; set; }

    /// <summary>When the mailbox took it.</summary>
    public DateTime ReceivedUtc { get; set; }

    public DateTime TakenUtc { get; set; }

    /// <summary>A hash of the place in the mailbox that it was read from; unique, so that a message counts once however often it is read.</summary>
    public required string Source { get; set; }

    /// <summary>A hash of its headers: the same message found at another place counts once, too.</summary>
    public required string Content { get; set; }
}

/// <summary>
/// What a person wrote and staff must see to find them: the only row of what comes back that holds personal data. It is emptied once somebody
/// has dealt with it, when the person is erased, and in time.
/// </summary>
public sealed class PersonReply
{
    public long Id { get; set; }

    public long ReportId { get; set; }

    public ReturnReport? Report { get; set; }

    public bool AsksToLeave { get; set; }

    /// <summary>As <see cref="EmailAddress.Normalized"/> has it; null once it was dealt with.</summary>
    public string? From { get; set; }

    public string? Subject { get; set; }

    public DateTime ReceivedUtc { get; set; }

    public DateTime? HandledUtc { get; set; }

    /// <summary>Null while nobody has dealt with it, and where time or erasure did.</summary>
    public int? HandledById { get; set; }

    public Account? HandledBy { get; set; }
}
