using CordisPulse.Core.Accounts;
using CordisPulse.Core.Subscriptions;

namespace CordisPulse.Core.Mail;

/// <summary>Their numbers are bits of <see cref="Account.ChosenMail"/>.</summary>
public enum QueuedMailKind
{
    /// <summary>Asks a new subscriber to confirm.</summary>
    ConfirmSubscription = 0,

    /// <summary>Gives a subscriber who lost it the link to leave by.</summary>
    UnsubscribeLink = 1,

    /// <summary>To staff: an item is theirs now.</summary>
    Assigned = 2,

    /// <summary>To publishers: somebody asks for an edition to be approved.</summary>
    ReadyToApprove = 3,

    /// <summary>To staff: what was said of an edition that they work on.</summary>
    Commented = 4,

    /// <summary>To publishers: every recipient of a mailing is accounted for.</summary>
    MailingFinished = 5,

    /// <summary>To publishers: a mailing waits for the mail server, or was cancelled.</summary>
    MailingStopped = 6,

    /// <summary>To publishers: what was scheduled does not go out, since something stands in its way or the edition was changed.</summary>
    ScheduleHeld = 7,

    /// <summary>Gives a subscriber the link to what is held about them.</summary>
    OwnDataLink = 8,

    /// <summary>Asks at a new address whether it is the subscriber's; goes to the address of the request.</summary>
    ConfirmAddress = 9,

    /// <summary>Asks a subscriber whether they still want the digest.</summary>
    StillWanted = 10,
}

/// <summary>
/// A single mail that is owed to a subscriber or to a member of staff. The text is made when it is sent, so that no token waits in the
/// database and what came meanwhile is in it.
/// </summary>
public sealed class QueuedMail
{
    public long Id { get; set; }

    public QueuedMailKind Kind { get; set; }

    /// <summary>Null for a mail to staff.</summary>
    public int? SubscriberId { get; set; }

    public Subscriber? Subscriber { get; set; }

    /// <summary>Null for a mail to a subscriber.</summary>
    public int? AccountId { get; set; }

    public Account? Account { get; set; }

    /// <summary>Key of what a mail is about: of one to staff the edition, the mailing or the item, of one to a subscriber the request or the round of asking.</summary>
    public int? AboutId { get; set; }

    /// <summary>Who of the staff asked for it; null for a mail that nobody in particular asked for.</summary>
    public int? AskedById { get; set; }

    public DateTime QueuedUtc { get; set; }

    public int Attempts { get; set; }

    /// <summary>When to try; also the end of the present try's lease. Null once settled.</summary>
    public DateTime? NextAttemptUtc { get; set; }

    public DateTime? SentUtc { get; set; }

    /// <summary>What the server last said, or why it could not be asked; without the address.</summary>
    public string? Answer { get; set; }
}
