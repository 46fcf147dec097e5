namespace CordisPulse.Core.Import;

/// <summary>A file somebody brought: its text, or the one line that says why it was refused.</summary>
public sealed record EditionFile
{
    public const int MaxBytes = 50 * 1024 * 1024;

    private static readonly IEditionReader[] Readers = [new PlainTextReader(), new MarkdownReader(), new HtmlReader(), new EmailReader(), new WordReader()];

    public FileText Text { get; private init; } = new([]);

    public IReadOnlyList<Block> Blocks => Text.Blocks;

    public string? Refusal { get; private init; }

    /// <summary>The file types that can be read, for a file chooser: <c>.txt</c>, <c>.md</c>, ….</summary>
    public static IReadOnlyList<string> FileTypes { get; } = [.. Readers.SelectMany(reader => reader.FileTypes)];

    /// <summary>The same for a sentence.</summary>
    public static string FileTypesInWords { get; } = $"{string.Join(", ", FileTypes.SkipLast(1))} or {FileTypes[^1]}";

    /// <summary>Reads no more of <paramref name="stream"/> than the limit allows, whatever length it claims.</summary>
    public static async Task<EditionFile> ReadAsync(string name, Stream stream, CancellationToken cancellationToken)
    {
        if (ReaderFor(name) is null)
            return UnknownType(name);
        using var content = new MemoryStream();
        var buffer = new byte[81920];
        int count;
        while ((count = await stream.ReadAsync(buffer, cancellationToken)) > 0)
        {
            if (content.Length + count > MaxBytes)
                return TooLarge(name);
            content.Write(buffer, 0, count);
        }

        return Read(name, content.GetBuffer().AsMemory(0, (int)content.Length));
    }

    public static EditionFile Read(string name, ReadOnlyMemory<byte> content)
    {
        if (ReaderFor(name) is not { } reader)
            return UnknownType(name);
        if (content.Length > MaxBytes)
            return TooLarge(name);
        try
        {
            var text = reader.Read(content);
            return text.Blocks.Count > 0 ? new EditionFile { Text = text } : Refused($"{Shown(name)} is empty.");
        }
        catch (EditionFileRefusedException e)
        {
            return Refused($"{Shown(name)} {e.Message}");
        }
    }

    private static IEditionReader? ReaderFor(string name)
        => Readers.FirstOrDefault(reader => reader.FileTypes.Any(type => name.EndsWith(type, StringComparison.OrdinalIgnoreCase)));

    private static EditionFile UnknownType(string name)
        => Refused($"{Shown(name)} is of a type that cannot be read; choose one that ends in {FileTypesInWords}.");

    private static EditionFile TooLarge(string name) => Refused($"{Shown(name)} is larger than {MaxBytes / 1024 / 1024} MB.");

    private static EditionFile Refused(string reason) => new() { Refusal = reason };

    /// <summary>The name without folders or control characters, short enough for one line.</summary>
    private static string Shown(string name)
    {
        var leaf = name[(name.LastIndexOfAny(['/', '\\']) + 1)..];
        var clean = string.Concat(leaf.Where(c => !char.IsControl(c)));
        return clean.Length switch
        {
            0 => "The file",
            > 80 => clean[..77] + "…",
            _ => clean,
        };
    }
}
