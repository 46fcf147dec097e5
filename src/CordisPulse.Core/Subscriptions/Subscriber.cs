namespace CordisPulse.Core.Subscriptions;

public enum SubscriberStatus
{
    /// <summary>Has asked, and not yet confirmed; or was added by a list that was taken back.</summary>
    Pending,
    Active,
    Unsubscribed,
    Suppressed,
}

/// <summary>
/// One person on the list. This row alone says who somebody is; everything else names them by <see cref="Id"/>, so that erasing is to
/// empty it.
/// </summary>
public sealed class Subscriber
{
    public int Id { get; set; }

    /// <summary>As given; the form that mail is addressed to. Null once the person was erased.</summary>
    public string? Email { get; set; }

    /// <summary>As <see cref="EmailAddress.Normalized"/> has it; unique. Null once the person was erased.</summary>
    public string? NormalizedEmail { get; set; }

    /// <summary>What stands behind the at sign of <see cref="NormalizedEmail"/>.</summary>
    public string? Domain { get; set; }

    public string? Name { get; set; }

    public string? Organisation { get; set; }

    /// <summary><see cref="Organisation"/> as lists are narrowed to it and counted by it: see <see cref="SubscriberSearch.OrganisationKey"/>.</summary>
    public string? OrganisationKey { get; set; }

    /// <summary>Address, name and organisation as <see cref="SubscriberSearch"/> looks for them.</summary>
    public string? SearchText { get; set; }

    public SubscriberStatus Status { get; set; }

    /// <summary>What of an edition this person gets; as <see cref="WantedSectors"/> writes it, empty for all.</summary>
    public string Sectors { get; set; } = WantedSectors.All;

    /// <summary>While it is set nothing is mailed, though the person is on the list; cleared once it is past.</summary>
    public DateTime? PausedUntilUtc { get; set; }

    /// <summary>
    /// 128 random bits as 26 characters of lower-case base32; stands in this person's mails for years. Of an erased person
    /// <see cref="SecretToken.Erased"/> of it, so that the link still answers and the row no longer holds it.
    /// </summary>
    public required string UnsubscribeToken { get; set; }

    /// <summary>On what ground staff put this person on the list; null for whoever joined by themselves.</summary>
    public int? BasisId { get; set; }

    public ConsentBasis? Basis { get; set; }

    /// <summary>The basis that this person has yet to be told of, in the first edition that reaches them; null when nothing is owed.</summary>
    public int? NoticeBasisId { get; set; }

    public ConsentBasis? NoticeBasis { get; set; }

    /// <summary>The row that this person goes on as, when two were one; links in mails to this row lead there.</summary>
    public int? MergedIntoId { get; set; }

    public Subscriber? MergedInto { get; set; }

    public DateTime CreatedUtc { get; set; }

    public DateTime? ConfirmedUtc { get; set; }

    public DateTime? LeftUtc { get; set; }

    public DateTime? ErasedUtc { get; set; }

    public int Version { get; set; }

    public List<ConsentRecord> Consent { get; set; } = [];
}
