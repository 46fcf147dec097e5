namespace CordisPulse.Core.Editions.Checks;

/// <summary>A quotation or a bracket that opens and does not close in its paragraph.</summary>
internal sealed class UnclosedCheck : ITextCheck
{
    private const int Shown = 40;

    public IEnumerable<Finding> Check(CheckedEdition edition)
    {
        foreach (var text in edition.Texts)
            if (AllUnclosed(text.Plain) is { Count: > 0 } open)
                yield return CheckedEdition.OfText(text, FindingKinds.QuotationOpen, FindingSeverity.Warning,
                    $"What opens at {QuotedWords.Of([.. open.Select(words => words[0] == '“' ? words[1..] : words)])} is not closed. Add the closing mark, or take the opening one out.", open);
    }

    /// <summary>What each begins with.</summary>
    private static List<string> AllUnclosed(string text)
    {
        var open = new List<string>();
        var paragraphs = text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        for (var i = 0; i < paragraphs.Length; i++)
            open.AddRange(Unclosed(paragraphs[i], goesOn: i + 1 < paragraphs.Length && paragraphs[i + 1][0] is '“' or '‘')
                .Select(at => paragraphs[i].Length - at <= Shown ? paragraphs[i][at..] : $"{ShortText.Of(paragraphs[i][at..], Shown)}…"));
        return open;
    }

    /// <param name="paragraph">One paragraph or list entry.</param>
    /// <param name="goesOn">The next paragraph opens with a mark, as each paragraph of a long quotation does, while only the last closes.</param>
    private static IEnumerable<int> Unclosed(string paragraph, bool goesOn)
    {
        var open = new List<(char Closing, int At)>();
        int? straight = null;
        var lastClosing = Enumerable.Range(0, paragraph.Length).LastOrDefault(i => paragraph[i] == '’' && !IsWithinWord(paragraph, i), -1);
        for (var i = 0; i < paragraph.Length; i++)
            switch (paragraph[i])
            {
                case '(':
                    open.Add((')', i));
                    break;
                case '[':
                    open.Add((']', i));
                    break;
                case '“':
                    open.Add(('”', i));
                    break;
                // An apostrophe that a word processor turned the wrong way round stands before a decade or is never closed either way: ‘90s.
                case '‘' when i + 1 < paragraph.Length && char.IsLetter(paragraph[i + 1]) && lastClosing < i:
                    open.Add(('’', i));
                    break;
                // After a figure it is inches.
                case '"' when i == 0 || !char.IsDigit(paragraph[i - 1]) || straight is not null:
                    straight = straight is null ? i : null;
                    break;
                case '’' when IsWithinWord(paragraph, i):
                    break;
                case (')' or ']' or '”' or '’') and var closing when open.FindLastIndex(one => one.Closing == closing) is >= 0 and var last:
                    open.RemoveAt(last);
                    break;
            }

        return open.Where(one => !goesOn || one.Closing is not ('”' or '’')).Select(one => (int?)one.At).Append(straight).OfType<int>().Order();
    }

    /// <summary>An apostrophe between letters closes nothing: doesn’t.</summary>
    private static bool IsWithinWord(string paragraph, int at)
        => at > 0 && at + 1 < paragraph.Length && char.IsLetter(paragraph[at - 1]) && char.IsLetter(paragraph[at + 1]);
}
