namespace CordisPulse.Core.Mail.Returns.Mailbox;

/// <summary>The one row that says which node reads the mailbox, and how that goes.</summary>
public sealed class MailboxReading
{
    public const int OnlyId = 1;

    public int Id { get; set; }

    public string? LeaseOwner { get; set; }

    /// <summary>By the database's clock.</summary>
    public DateTime? LeaseEndUtc { get; set; }

    /// <summary>When all that lay in the mailbox had been read, or the server last said that nothing new is there.</summary>
    public DateTime? LookedUtc { get; set; }

    /// <summary>Why it can't be read now; null while it can.</summary>
    public string? Problem { get; set; }

    /// <summary>Since when.</summary>
    public DateTime? ProblemUtc { get; set; }
}
