namespace CordisPulse.Core.Subscriptions;

/// <summary>That a member of staff, or a command, read or did something with what is held about people. Appended, never changed; people are named by number.</summary>
public sealed class AuditEntry
{
    public long Id { get; set; }

    public DateTime AtUtc { get; set; }

    /// <summary>Null for a command.</summary>
    public int? AccountId { get; set; }

    /// <summary>One of <see cref="AuditedActs"/>.</summary>
    public required string Act { get; set; }

    /// <summary>Whom it was about; null for the whole list.</summary>
    public int? SubscriberId { get; set; }
}

/// <summary>The words of <see cref="AuditEntry.Act"/>.</summary>
public static class AuditedActs
{
    public const string ReadPerson = "subscriber.read";
    public const string ExportPerson = "subscriber.export";
    public const string ExportList = "subscribers.export";
    public const string ErasePerson = "subscriber.erase";

    public static IReadOnlyList<string> All { get; } = [ReadPerson, ExportPerson, ExportList, ErasePerson];
}
