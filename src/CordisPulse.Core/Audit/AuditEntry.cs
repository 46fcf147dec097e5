namespace CordisPulse.Core.Audit;

/// <summary>
/// That somebody did something, or read what is held about people. Appended, never changed, and removed by the retention alone
/// (<see cref="Data.AuditGuard"/>); people are named by number.
/// </summary>
public sealed class AuditEntry
{
    /// <summary>Stands before the removal that the settings under <c>Retention</c> ask for, the only one there is.</summary>
    internal const string Retention = "retention of the audit record";

    public long Id { get; set; }

    /// <summary>Set as it is saved.</summary>
    public DateTime AtUtc { get; set; }

    /// <summary>Who did it; null for a command, for the program, for a reader, and for whoever was not signed in.</summary>
    public int? AccountId { get; set; }

    /// <summary>Set as it is saved, from who acts then (<see cref="Acting"/>); null in entries from before it was kept.</summary>
    public AuditWay? Way { get; set; }

    /// <summary>One of <see cref="AuditedActs"/>.</summary>
    public required string Act { get; set; }

    /// <summary>Whom of the list it was about; null for the whole list, and for what is about nobody on it.</summary>
    public int? SubscriberId { get; set; }

    /// <summary>Which account it was done to.</summary>
    public int? OfAccountId { get; set; }

    /// <summary>What it was done to: a month, a mailing's name, a slug.</summary>
    public string? Subject { get; set; }

    /// <summary>A few words more, such as the role that an account got; nothing that names a person.</summary>
    public string? Detail { get; set; }
}

/// <summary>By which way something was done.</summary>
public enum AuditWay
{
    Desk,

    /// <summary>On the machine itself; which of its users it was is not recorded.</summary>
    Command,

    /// <summary>By itself, such as at the hour that a mailing was scheduled for.</summary>
    Program,

    /// <summary>By a reader, on a page of the site.</summary>
    Reader,
}
