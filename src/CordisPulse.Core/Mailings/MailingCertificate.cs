namespace CordisPulse.Core.Mailings;

/// <summary>What a mailing came to, kept when it is completed: the <see cref="CertificateContent"/> of that moment. Appended, never changed.</summary>
public sealed class MailingCertificate
{
    public int Id { get; set; }

    public int MailingId { get; set; }

    public Mailing? Mailing { get; set; }

    /// <summary>When the mailing ended; one whose failed deliveries are tried again ends once more, and gets another certificate.</summary>
    public DateTime EndedUtc { get; set; }

    public DateTime MadeUtc { get; set; }

    /// <summary><see cref="CertificateContent"/> as JSON.</summary>
    public required string Content { get; set; }

    /// <summary>SHA-256 of <see cref="Content"/>, as 64 lower-case hexadecimal digits.</summary>
    public required string Sha256 { get; set; }
}
