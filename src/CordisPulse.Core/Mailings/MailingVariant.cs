using CordisPulse.Core.Subscriptions;

namespace CordisPulse.Core.Mailings;

/// <summary>The mail as rendered once for everybody who wants the same sectors; only the recipient's own links and name are put in later.</summary>
public sealed class MailingVariant
{
    /// <summary>No slug, and in no slug.</summary>
    public const string NoSectors = "-";

    public int Id { get; set; }

    public int MailingId { get; set; }

    public Mailing? Mailing { get; set; }

    /// <summary>Whom it is for: those with the same <see cref="Subscriber.Sectors"/>.</summary>
    public string Wish { get; set; } = WantedSectors.All;

    /// <summary>
    /// Whom it is for, of those: the ones whom staff put on the list on this basis and who have not been told; the mail opens with it.
    /// Null for all others.
    /// </summary>
    public int? BasisId { get; set; }

    public ConsentBasis? Basis { get; set; }

    /// <summary>Slugs of the sectors it holds, comma-separated in order; empty for all, <see cref="NoSectors"/> for introduction and news alone.</summary>
    public string Sectors { get; set; } = "";

    public required string Subject { get; set; }

    public required string Html { get; set; }

    public required string Text { get; set; }

    /// <summary>SHA-256 of subject, HTML and text, as 64 lower-case hexadecimal digits.</summary>
    public required string Sha256 { get; set; }
}
