namespace CordisPulse.Core.Subscriptions;

/// <summary>What one day's cleaning removed, by the settings under <c>Retention</c>.</summary>
public sealed class RetentionReport
{
    public int Id { get; set; }

    /// <summary>Unique, so that of several nodes one cleans.</summary>
    public DateOnly Day { get; set; }

    public DateTime AtUtc { get; set; }

    /// <summary>Addresses that asked to join, or that a list had brought which was taken back, and never confirmed.</summary>
    public int Unconfirmed { get; set; }

    /// <summary>People who had left, whose name and organisation were emptied and whose address remains as a hash.</summary>
    public int Left { get; set; }

    /// <summary>Addresses of networks that were shortened.</summary>
    public int Networks { get; set; }

    /// <summary>Addresses in the records of old mailings that were blanked.</summary>
    public int Deliveries { get; set; }

    /// <summary>Single mails, links and requests that had served.</summary>
    public int Requests { get; set; }

    /// <summary>Replies of people that were emptied.</summary>
    public int Replies { get; set; }

    /// <summary>Entries on who read what.</summary>
    public int Reads { get; set; }

    /// <summary>Entries on what else the staff did.</summary>
    public int Acts { get; set; }
}
