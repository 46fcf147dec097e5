namespace CordisPulse.Core.Site;

/// <summary>A text of the site that staff have edited (about, privacy, accessibility); until then the default that ships is shown.</summary>
public sealed class SitePage
{
    public int Id { get; set; }

    /// <summary><c>about</c>, <c>privacy</c> or <c>accessibility</c>.</summary>
    public required string Slug { get; set; }

    public required string Title { get; set; }

    /// <summary>Markdown.</summary>
    public required string Body { get; set; }

    public DateTime ChangedUtc { get; set; }

    public int Version { get; set; }
}
