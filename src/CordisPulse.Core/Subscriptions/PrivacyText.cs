namespace CordisPulse.Core.Subscriptions;

/// <summary>The privacy page as it read when somebody agreed. One row for each text that was ever shown; never changed.</summary>
public sealed class PrivacyText
{
    /// <summary>Its version.</summary>
    public int Id { get; set; }

    /// <summary>SHA-256 of title and body, as 64 lower-case hexadecimal digits; unique.</summary>
    public required string Sha256 { get; set; }

    public required string Title { get; set; }

    /// <summary>Markdown.</summary>
    public required string Body { get; set; }

    /// <summary>When it was first shown to somebody who was about to agree.</summary>
    public DateTime SinceUtc { get; set; }
}
