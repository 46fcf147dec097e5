namespace CordisPulse.Core.Import;

/// <summary>The line <c>Source: Name</c> right below an item's title, and an address alone on the line below that.</summary>
internal sealed record SourceLine(string Source, string? Url)
{
    private const string Label = "source:";

    private const int Longest = 200;

    public static SourceLine? Read(IReadOnlyList<Passage> body)
        => body is [{ Kind: PassageKind.Text } line, ..] && SourceOf(line.Text) is { } source
            ? new SourceLine(source, body is [_, var below, ..] && HeadingText.Parse(Start(below.Text)) is { Plain: "", Links: [{ Text: "", Url: var url }] } ? url : null)
            : null;

    public static bool Is(Passage? passage) => passage is { Kind: PassageKind.Text } && Is(passage.Text);

    public static bool Is(string line) => SourceOf(line) is not null;

    /// <summary>Null for any other line, and for one that holds a link, whose address would be lost.</summary>
    private static string? SourceOf(string line)
        => line.Length <= Longest && HeadingText.Parse(line) is { Links.Count: 0, Plain: var plain }
            && plain.StartsWith(Label, StringComparison.OrdinalIgnoreCase) && plain[Label.Length..].Trim() is { Length: > 0 } source
            ? source
            : null;

    private static string Start(string text) => text.Length > Longest * 10 ? "" : text;
}
