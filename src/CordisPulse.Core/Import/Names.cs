namespace CordisPulse.Core.Import;

/// <summary>The vocabulary, ready to be looked up.</summary>
internal sealed record Names(Vocabulary Vocabulary)
{
    public NameIndex Sectors { get; } = new(Vocabulary.Sectors);

    public NameIndex Sections { get; } = new(Vocabulary.Sections);

    public SourceNames Sources { get; init; } = new(new NameIndex(Vocabulary.Sources));

    public NameIndex Publisher { get; } = new(Vocabulary.PublisherNames);

    public NameIndex Digest { get; } = new(Vocabulary.DigestNames);

    /// <summary>The names that may stand beside a month in the edition's own title.</summary>
    public IReadOnlyList<string> OfEdition { get; } = [.. Vocabulary.DigestNames, .. Vocabulary.PublisherNames];
}
