namespace CordisPulse.Core.Site;

/// <summary>The settings under <c>Publisher</c>: first values of the row that staff then edit.</summary>
public sealed class PublisherOptions
{
    public const string Section = "Publisher";

    public string Name { get; set; } = "Cordis Bright";

    public string? PostalAddress { get; set; }

    public string? Telephone { get; set; }

    public string? Email { get; set; }

    public string? Website { get; set; }

    /// <summary><c>Publisher:SocialLinks:0:Name</c> and <c>:Url</c>, then 1, …</summary>
    public List<SocialLink> SocialLinks { get; set; } = [];
}
