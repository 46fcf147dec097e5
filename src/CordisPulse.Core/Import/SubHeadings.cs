namespace CordisPulse.Core.Import;

/// <summary>A short line above a list or a text, with a colon or no mark at its end, heads a part of the summary.</summary>
internal static class SubHeadings
{
    /// <param name="body">Of one item or news item.</param>
    /// <param name="isMarked">The text marks its headings: a line with a colon that it does not mark is one in bold only.</param>
    public static Func<Passage, bool> In(IReadOnlyList<Passage> body, bool isMarked)
    {
        var headings = new HashSet<Passage>(ReferenceEqualityComparer.Instance);
        for (var i = 0; i + 1 < body.Count; i++)
            if (body[i] is { Kind: PassageKind.Text, OpensParagraph: true, Text.Length: <= 90 } line
                && Wording.WordCount(line.Text) <= 10
                && !line.Text.Contains("](", StringComparison.Ordinal)
                && !(line.Text.StartsWith('[') && line.Text.EndsWith(']'))
                && !Wording.StartsLower(line.Text)
                && (i > 0 || Wording.LastMark(line.Text) != ':')
                && !IsRunningText(line, body[i + 1])
                && Wording.LastMark(line.Text) is var mark
                && (mark == ':' ? i > 0 && (!isMarked || line.IsBold) && LooksLikeTitle(line) && body[i + 1].Kind == PassageKind.List : char.IsLetterOrDigit(mark) && !(body[i + 1].Kind == PassageKind.Text && body[i + 1].Text.Length < 90)))
                headings.Add(line);
        return headings.Contains;
    }

    private static bool IsRunningText(Passage line, Passage next)
        => Wording.StopsShort(line.Text) || (next.Kind == PassageKind.List && TitleLine.HoldsSentenceEnd(line.Text));

    /// <summary>"Workforce culture:" and not "It finds that:".</summary>
    private static bool LooksLikeTitle(Passage line)
    {
        var words = NameIndex.Words(line.Text, 12).Select(word => word.Text).ToList();
        return words.Count <= 8 && !words.Any(word => word is "that" or "include" or "includes" or "included" or "are" or "is" or "finds" or "found" or "states" or "following" or "recommends" or "it" or "they" or "were" or "was" or "to");
    }
}
