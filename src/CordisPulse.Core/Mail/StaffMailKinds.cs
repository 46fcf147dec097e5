using CordisPulse.Core.Accounts;

namespace CordisPulse.Core.Mail;

/// <summary>What staff can be told by mail, and how an account keeps which of it was chosen.</summary>
public static class StaffMailKinds
{
    public static IReadOnlyList<QueuedMailKind> All { get; } =
        [QueuedMailKind.Assigned, QueuedMailKind.ReadyToApprove, QueuedMailKind.Commented, QueuedMailKind.MailingFinished, QueuedMailKind.MailingStopped, QueuedMailKind.ScheduleHeld];

    /// <summary>Whoever has not chosen is told what waits for somebody, and not that all went well.</summary>
    /// <param name="chosen"><see cref="Account.ChosenMail"/>.</param>
    public static bool Wants(int? chosen, QueuedMailKind kind) => chosen is { } bits ? (bits & Bit(kind)) != 0 : kind != QueuedMailKind.MailingFinished;

    /// <summary>What <see cref="Account.ChosenMail"/> is for these kinds.</summary>
    public static int Choice(IEnumerable<QueuedMailKind> wanted) => wanted.Aggregate(0, (chosen, kind) => chosen | Bit(kind));

    private static int Bit(QueuedMailKind kind) => 1 << (int)kind;
}
