namespace CordisPulse.Core.Subscriptions;

/// <summary>What happened. The names are kept in the database.</summary>
public enum ConsentEvent
{
    /// <summary>Put on the list by staff.</summary>
    Imported,
    Requested,
    Confirmed,
    Unsubscribed,
    CameBack,
    Suppressed,
    SectorsChosen,
    NameChanged,
    AddressChanged,
    Paused,
    Resumed,

    /// <summary>Said why they left.</summary>
    GaveReason,

    /// <summary>Was asked whether they still want the digest.</summary>
    Asked,

    /// <summary>Said that they still want it.</summary>
    Kept,

    /// <summary>Asked for the link to what is held about them.</summary>
    DataAsked,

    /// <summary>Downloaded what is held about them, or was sent it by staff.</summary>
    DataGiven,

    /// <summary>Two rows were one person: this one goes on as, or took over, another.</summary>
    Merged,

    /// <summary>The list that had added them was taken back.</summary>
    ImportUndone,
    Erased,
}

/// <summary>
/// One thing that a subscriber, or somebody for them, agreed to, took back or changed. Appended, never changed: only time shortens the
/// address of the network, and erasure empties what says who it was.
/// </summary>
public sealed class ConsentRecord
{
    public long Id { get; set; }

    public int SubscriberId { get; set; }

    public Subscriber? Subscriber { get; set; }

    public ConsentEvent Event { get; set; }

    public DateTime AtUtc { get; set; }

    /// <summary>What was agreed or done, in the words that were shown or noted.</summary>
    public required string Note { get; set; }

    /// <summary>By which way: one of <see cref="Ways"/>.</summary>
    public required string Way { get; set; }

    /// <summary>The member of staff who did it; null for the subscriber's own acts and commands.</summary>
    public int? AccountId { get; set; }

    /// <summary>The privacy page as it stood; null where nothing was agreed.</summary>
    public int? PrivacyTextId { get; set; }

    public PrivacyText? PrivacyText { get; set; }

    /// <summary>On what ground staff acted; null for the subscriber's own acts.</summary>
    public int? BasisId { get; set; }

    public ConsentBasis? Basis { get; set; }

    /// <summary>The address of the network that it came from, whole or shortened (<see cref="NetworkAddress"/>); null where none is known.</summary>
    public string? Network { get; set; }

    /// <summary>From the last edition, or the mail with the link, until a link of it was used; null where no mail came before.</summary>
    public int? SecondsSinceMail { get; set; }
}
