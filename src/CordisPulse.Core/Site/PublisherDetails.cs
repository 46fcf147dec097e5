namespace CordisPulse.Core.Site;

/// <summary>Who publishes the digest: one row that staff edit, first filled from the <c>Publisher:*</c> settings.</summary>
public sealed class PublisherDetails
{
    public const int OnlyId = 1;

    public int Id { get; set; } = OnlyId;

    public required string Name { get; set; }

    public string? PostalAddress { get; set; }

    public string? Telephone { get; set; }

    public string? Email { get; set; }

    public string? Website { get; set; }

    public List<SocialLink> SocialLinks { get; set; } = [];

    /// <summary>What imports found around editions and that is no field of its own, such as how to leave by hand.</summary>
    public string? Boilerplate { get; set; }

    public int Version { get; set; }
}

public sealed class SocialLink
{
    public required string Name { get; set; }

    public required string Url { get; set; }
}
