namespace CordisPulse.Core.Editions.Review;

/// <summary>A private way to one draft, for somebody without an account: kept only as a hash, works until its end, and can be taken back.</summary>
public sealed class PreviewLink
{
    public int Id { get; set; }

    public int EditionId { get; set; }

    public Edition? Edition { get; set; }

    /// <summary>SHA-256 of the token, as 64 lower-case hexadecimal digits.</summary>
    public required string Hash { get; set; }

    /// <summary>Whom it was made for, in the words of whoever made it.</summary>
    public required string ForWhom { get; set; }

    public DateTime MadeUtc { get; set; }

    public int MadeById { get; set; }

    public DateTime EndsUtc { get; set; }

    /// <summary>When it was taken back before its end.</summary>
    public DateTime? RevokedUtc { get; set; }

    /// <summary>When somebody last opened it, to the minute.</summary>
    public DateTime? OpenedUtc { get; set; }
}
