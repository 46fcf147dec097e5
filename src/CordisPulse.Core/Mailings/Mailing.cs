using CordisPulse.Core.Editions;

namespace CordisPulse.Core.Mailings;

public enum MailingKind
{
    Edition,
    Correction,
    Late,
}

public enum MailingState
{
    Scheduled,
    Sending,
    Paused,
    Completed,
    Cancelled,
}

/// <summary>
/// The sending of one published edition to its audience. It freezes what is sent, the public address that the links lead to and
/// the transport, so that a process with other settings can't send something else, or send it elsewhere.
/// </summary>
public sealed class Mailing
{
    public int Id { get; set; }

    public int EditionId { get; set; }

    public Edition? Edition { get; set; }

    public MailingKind Kind { get; set; }

    /// <summary>1 for the first mailing of its kind for the edition.</summary>
    public int Number { get; set; }

    public MailingState State { get; set; }

    /// <summary>Null until it starts: a schedule publishes first.</summary>
    public int? PublishedEditionId { get; set; }

    public PublishedEdition? PublishedEdition { get; set; }

    /// <summary>Base of every link in the mail, with a slash at its end.</summary>
    public required string PublicUrl { get; set; }

    /// <summary>What sends it: <c>Pickup</c>, or <c>Smtp host:port</c>. A node whose own settings differ leaves the mailing alone.</summary>
    public required string Transport { get; set; }

    public DateTime CreatedUtc { get; set; }

    public int? CreatedById { get; set; }

    /// <summary>When it publishes and mails by itself; null for one that was started by hand.</summary>
    public DateTime? ScheduledForUtc { get; set; }

    /// <summary><see cref="EditionDocument.FingerprintOfText"/> of the working text that was scheduled: it goes out, or nothing does.</summary>
    public string? ScheduledText { get; set; }

    /// <summary>For the publication that a schedule makes.</summary>
    public string? ScheduleNote { get; set; }

    /// <summary>When a schedule did not act because something stood in its way, which <see cref="Notice"/> tells; null while it is to act.</summary>
    public DateTime? HeldUtc { get; set; }

    /// <summary>The start goes to <see cref="Colleague"/>s first, and to nobody else for a while.</summary>
    public bool ColleaguesFirst { get; set; }

    /// <summary>Until then only colleagues are sent to, by the database's clock; null for no wait.</summary>
    public DateTime? WaitUntilUtc { get; set; }

    public DateTime? StartedUtc { get; set; }

    public DateTime? EndedUtc { get; set; }

    /// <summary>No node claims before this time: set while the server itself refuses to work.</summary>
    public DateTime? HoldUntilUtc { get; set; }

    /// <summary>Why it waits or stopped, in an editor's words.</summary>
    public string? Notice { get; set; }

    public int Version { get; set; }

    public List<MailingVariant> Variants { get; set; } = [];
}
