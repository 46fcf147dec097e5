namespace CordisPulse.Core.Import;

/// <summary>The vocabulary, ready to be looked up.</summary>
internal sealed class Names(Vocabulary vocabulary)
{
    public NameIndex Sectors { get; } = new(vocabulary.Sectors);

    public NameIndex Sections { get; } = new(vocabulary.Sections);

    public NameIndex Sources { get; } = new(vocabulary.Sources);

    public NameIndex Publisher { get; } = new(vocabulary.PublisherNames);

    public NameIndex Digest { get; } = new(vocabulary.DigestNames);

    /// <summary>The names that may stand beside a month in the edition's own title.</summary>
    public IReadOnlyList<string> OfEdition { get; } = [.. vocabulary.DigestNames, .. vocabulary.PublisherNames];
}
