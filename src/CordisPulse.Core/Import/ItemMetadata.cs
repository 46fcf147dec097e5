using CordisPulse.Core.Editions;

namespace CordisPulse.Core.Import;

/// <summary>
/// The line right below an item's heading, <c>*Authors: A; B. Published: 2022-03. DOI: 10.1234/x. Topics: C; D*</c>, each part optional. In plain text
/// it stands in no italics, and is then no sentence.
/// </summary>
internal sealed record ItemMetadata(IReadOnlyList<string> Authors, PartialDate? PublishedOn, string? Doi)
{
    private static readonly string[] Labels = ["Authors: ", "Published: ", "DOI: ", "Topics: "];

    /// <summary>Names.</summary>
    public IReadOnlyList<string> Topics { get; init; } = [];

    /// <summary>Null for any other line, and for one that is not wholly understood: it then stays in the summary.</summary>
    public static ItemMetadata? Parse(string markdown)
    {
        var text = markdown.Trim();
        if (text.Length is < 6 or > 4000)
            return null;
        if (text[0] is '*' or '_' && text[^1] == text[0] && text[1] != text[0])
            text = text[1..^1].Trim();
        else if (Wording.EndsSentence(text))
            return null;
        if (!Labels.Any(label => text.StartsWith(label, StringComparison.Ordinal)))
            return null;

        var authors = Part(text, 0);
        var published = Part(text, 1)?.TrimEnd('.');
        var doi = Part(text, 2)?.TrimEnd('.');
        PartialDate? date = null;
        if (published is not null)
        {
            if (!PartialDate.TryParse(published, out var parsed) && !PartialDate.TryParseDisplay(published, out parsed))
                return null;
            date = parsed;
        }

        return new ItemMetadata(Names(authors), date, doi is null ? null : HeadingText.Parse(doi).Plain) { Topics = Names(Part(text, 3)?.TrimEnd('.')) };
    }

    /// <summary>The same as a list, as a web page has it: "By …", "Published …", "DOI …", "Topics: …". Null for one that holds anything else.</summary>
    public static ItemMetadata? Parse(ListBlock list)
    {
        var metadata = new ItemMetadata([], null, null);
        foreach (var entry in list.Entries)
        {
            if (entry.Blocks is not [ParagraphBlock { Lines: [{ Length: < 4000 } line] }])
                return null;
            var text = HeadingText.Parse(line).Plain;
            if (Rest(text, "By ") is { } authors && metadata.Authors.Count == 0)
                metadata = metadata with { Authors = authors.Split(authors.Contains(';', StringComparison.Ordinal) ? ";" : ", ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) };
            else if (Rest(text, "Published ") is { } day && metadata.PublishedOn is null && (PartialDate.TryParseDisplay(day, out var date) || PartialDate.TryParse(day, out date)))
                metadata = metadata with { PublishedOn = date };
            else if (Rest(text, "DOI ") is { } doi && metadata.Doi is null)
                metadata = metadata with { Doi = doi };
            else if (Rest(text, "Topics: ") is { } topics && metadata.Topics.Count == 0)
                metadata = metadata with { Topics = topics.Split(", ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) };
            else
                return null;
        }

        return list.Entries.Count > 0 ? metadata : null;
    }

    private static List<string> Names(string? line)
        => line is null ? [] : [.. line.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(name => HeadingText.Parse(name).Plain)];

    private static string? Rest(string text, string label) => text.StartsWith(label, StringComparison.Ordinal) && text.Length > label.Length ? text[label.Length..].Trim() : null;

    private static string? Part(string text, int index)
    {
        var start = text.StartsWith(Labels[index], StringComparison.Ordinal) ? 0 : text.IndexOf(". " + Labels[index], StringComparison.Ordinal);
        if (start < 0)
            return null;
        start = text.IndexOf(':', start) + 2;
        var end = text.Length;
        for (var next = index + 1; next < Labels.Length; next++)
            if (text.IndexOf(". " + Labels[next], start, StringComparison.Ordinal) is >= 0 and var at)
                end = Math.Min(end, at);
        return text[start..end].Trim();
    }
}
