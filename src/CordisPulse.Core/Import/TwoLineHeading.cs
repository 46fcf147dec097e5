namespace CordisPulse.Core.Import;

/// <summary>A source on one line with its title on the next, as one line; the lines may be paragraphs of their own.</summary>
internal sealed record TwoLineHeading(Passage Line, bool IsApart, SourceEvidence Evidence)
{
    private const int LongestSource = 100;

    /// <summary>Null where the passage at <paramref name="i"/> and the next are no such pair.</summary>
    public static TwoLineHeading? At(IReadOnlyList<Passage> passages, StructureMark?[] marks, int i, SourceNames sources)
    {
        if (i + 1 >= passages.Count || marks[i] is not null || marks[i + 1] is not null)
            return null;
        var (source, title) = (passages[i], passages[i + 1]);
        var below = i + 2 < passages.Count && marks[i + 2] is null ? passages[i + 2] : null;
        if (source is not { Kind: PassageKind.Text, OpensParagraph: true, Text.Length: <= LongestSource } || title is not { Kind: PassageKind.Text, Text.Length: <= 300 })
            return null;
        if (!IsBare(source.Text) || IsNoTitle(title.Text) || SourceLine.Is(title) || Wording.StartsLower(title.Text) || (below?.Paragraph == title.Paragraph && !IsText(below)))
            return null;
        var line = title with { Text = $"{source.Text.Trim()}: {title.Text}", OpensParagraph = true, BlankLinesBefore = source.BlankLinesBefore };
        var evidence = TitleLine.Parse(line.Text, sources) is { Source: { } name } parsed && name.Length >= HeadingText.Parse(source.Text).Plain.Length - 4 ? parsed.Evidence : SourceEvidence.None;
        var isApart = source.Paragraph != title.Paragraph;
        return evidence == SourceEvidence.None || (evidence == SourceEvidence.Guess && ((isApart && !IsBoldOverLink(source, title)) || below is null)) || (isApart && below is not null && !IsText(below)) ? null : new TwoLineHeading(line, isApart, evidence);
    }

    private static bool IsBoldOverLink(Passage source, Passage title)
        => source.IsBold && HeadingText.Parse(title.Text) is { Links: [{ Text: var text }], Plain: var plain } && text == plain;

    /// <summary>A name alone: no mark that divides or ends it, and not of people.</summary>
    private static bool IsBare(string text)
        => HeadingText.Parse(text) is { Links.Count: 0, Plain: var plain } && Wording.WordCount(plain) <= 10
            && Wording.LastMark(plain) is var mark && char.IsLetterOrDigit(mark)
            && !plain.Contains(": ", StringComparison.Ordinal) && !Decoration.IsPeople(plain);

    private static bool IsNoTitle(string text) => Decoration.IsDate(text) || Wording.WordCount(text) > 25 || Wording.LastMark(text) is ':' or ';' or ',' || (Wording.LastMark(text) == '.' && Wording.WordCount(text) > 12);

    private static bool IsText(Passage passage) => passage.Kind == PassageKind.Text && (Wording.LastMark(passage.Text) == '.' || Wording.WordCount(passage.Text[..Math.Min(passage.Text.Length, 300)]) >= 12);
}
