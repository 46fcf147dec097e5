using CordisPulse.Core.Subscriptions;

namespace CordisPulse.Core.Mail;

public enum QueuedMailKind
{
    /// <summary>Asks a new subscriber to confirm.</summary>
    ConfirmSubscription,

    /// <summary>Gives a subscriber who lost it the link to leave by.</summary>
    UnsubscribeLink,
}

/// <summary>
/// A single mail that is owed to a subscriber. The text is made when it is sent, so that no token waits in the database.
/// </summary>
public sealed class QueuedMail
{
    public long Id { get; set; }

    public QueuedMailKind Kind { get; set; }

    public int SubscriberId { get; set; }

    public Subscriber? Subscriber { get; set; }

    public DateTime QueuedUtc { get; set; }

    public int Attempts { get; set; }

    /// <summary>When to try; also the end of the present try's lease. Null once settled.</summary>
    public DateTime? NextAttemptUtc { get; set; }

    public DateTime? SentUtc { get; set; }

    /// <summary>What the server last said, or why it could not be asked; without the address.</summary>
    public string? Answer { get; set; }
}
