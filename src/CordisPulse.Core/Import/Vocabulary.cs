namespace CordisPulse.Core.Import;

/// <summary>The names that a text is read with. They come from the catalogue: the recogniser itself knows none.</summary>
public sealed record Vocabulary
{
    public IReadOnlyList<NamedEntry> Sectors { get; init; } = [];

    public IReadOnlyList<NamedEntry> Sections { get; init; } = [];

    public IReadOnlyList<NamedEntry> Sources { get; init; } = [];

    /// <summary>The firm that publishes the digest: its name and other names.</summary>
    public IReadOnlyList<string> PublisherNames { get; init; } = [];

    /// <summary>The digest's own name and other names.</summary>
    public IReadOnlyList<string> DigestNames { get; init; } = [];
}

/// <summary>A name with its other names; the key is what the caller knows the entry by, such as its slug.</summary>
public sealed record NamedEntry(string Key, string Name, IReadOnlyList<string> OtherNames)
{
    public NamedEntry(string key, string name)
        : this(key, name, [])
    {
    }
}
