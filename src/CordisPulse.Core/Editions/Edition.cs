namespace CordisPulse.Core.Editions;

/// <summary>One month's issue as its editors work on it. Readers see only what <see cref="PublishedEdition"/> keeps.</summary>
public sealed class Edition
{
    public int Id { get; set; }

    public EditionMonth Month { get; set; }

    /// <summary>The mail's subject line; null for the default made from the edition.</summary>
    public string? Subject { get; set; }

    /// <summary>The line that mail programs show after the subject; null for the default.</summary>
    public string? Preheader { get; set; }

    /// <summary>Markdown.</summary>
    public string Introduction { get; set; } = "";

    public string? SignOffName { get; set; }

    public string? SignOffRole { get; set; }

    /// <summary>The day on which an edition from before CordisPulse first appeared; such an edition is never news.</summary>
    public DateOnly? PublishedOn { get; set; }

    /// <summary>The day on which it is to go out; null while nobody has said. Nothing happens by itself on it.</summary>
    public DateOnly? DueOn { get; set; }

    /// <summary>The revision that readers see now; null while the edition is a draft or has been taken back.</summary>
    public int? PublishedRevision { get; set; }

    public DateTime CreatedUtc { get; set; }

    /// <summary>When anything in the edition was last saved.</summary>
    public DateTime ChangedUtc { get; set; }

    /// <summary>Raised by every save of the texts held here.</summary>
    public int Version { get; set; }

    public List<NewsItem> News { get; set; } = [];

    public List<EditionItem> Items { get; set; } = [];

    public List<SetAsideText> SetAside { get; set; } = [];

    public EditionStatus Status => PublishedRevision is null ? EditionStatus.Draft : EditionStatus.Published;
}
