using CordisPulse.Core.Mail;

namespace CordisPulse.Web.Areas.Editor.Mail;

/// <summary>What the kinds of mail to staff are called, and when they come.</summary>
internal static class StaffMailWords
{
    public static (string Name, string When) Of(QueuedMailKind kind) => kind switch
    {
        QueuedMailKind.Assigned => ("Assigned to me", "a colleague gives me an item"),
        QueuedMailKind.ReadyToApprove => ("Ready to approve", "a colleague asks the publishers to approve an edition"),
        QueuedMailKind.Commented => ("Comments", "somebody comments on an edition that I edited lately, answers in a thread of mine, or uses a link that I made; several within a few minutes are one mail"),
        QueuedMailKind.MailingFinished => ("Mailing finished", "every recipient of a mailing is accounted for"),
        QueuedMailKind.MailingStopped => ("Mailing stopped", "a mailing waits because the mail server fails for some minutes, or is cancelled"),
        QueuedMailKind.ScheduleHeld => ("Schedule held", "a scheduled edition does not go out, because the checks found an error at the hour, the program was not running then, or somebody changed the edition"),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "This goes to subscribers."),
    };
}
