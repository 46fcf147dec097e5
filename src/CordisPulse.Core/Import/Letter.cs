namespace CordisPulse.Core.Import;

/// <summary>The front of an edition: what it says to its readers, who signs it, and the publisher's boilerplate around it.</summary>
internal sealed record Letter(IReadOnlyList<Passage> Introduction, RecognisedSignOff? SignOff, IReadOnlyList<Passage> Boilerplate)
{
    private static readonly HashSet<string> Closings = new(StringComparer.Ordinal)
    {
        "best wishes", "with best wishes", "kind regards", "best regards", "warm regards", "warmest regards", "with kind regards", "regards", "yours sincerely", "yours faithfully",
        "yours", "sincerely", "many thanks", "with thanks", "thank you", "all the best", "warm wishes", "with warm wishes", "very best wishes", "kindest regards", "yours truly", "best",
    };

    public static Letter Read(IReadOnlyList<Passage> passages, Names names)
    {
        List<Passage> introduction = [];
        int[] weights = [.. passages.Select(passage => Import.Boilerplate.Weigh(passage, names))];
        var closing = LastClosing(passages);
        var (signOff, start, end) = closing is { } at ? Signed(passages, at + 1, weights, names) : Unannounced(passages, weights, names);
        List<Passage> boilerplate = [];
        for (var i = 0; i < passages.Count; i++)
            if (signOff is not null && i >= start && i < end)
                continue;
            else if (IsBoilerplate(passages, i, signOff is not null && i >= end, weights))
                boilerplate.Add(passages[i]);
            else
                introduction.Add(passages[i]);
        return new Letter(introduction, signOff, boilerplate);
    }

    /// <summary>Below the signature every contact line is boilerplate; within the letter only what cannot be part of it.</summary>
    private static bool IsBoilerplate(IReadOnlyList<Passage> passages, int i, bool belowSignature, int[] weights)
    {
        var weight = weights[i];
        if (weight > 0)
            return weight > 1 || belowSignature || passages[i].Kind == PassageKind.Text;
        return passages[i].Kind == PassageKind.Text && passages[i].Text.Length < 60 && !Wording.EndsSentence(passages[i].Text) && !IsClosing(passages[i])
            && (Touches(passages, i, -1, weights) || Touches(passages, i, 1, weights));
    }

    /// <summary>A short line of the same paragraph as a contact line: the streets of an address.</summary>
    private static bool Touches(IReadOnlyList<Passage> passages, int i, int step, int[] weights)
    {
        for (var j = i + step; j >= 0 && j < passages.Count && Math.Abs(j - i) <= 5 && passages[j].Paragraph == passages[i].Paragraph; j += step)
            if (weights[j] > 0)
                return true;
        return false;
    }

    private static int? LastClosing(IReadOnlyList<Passage> passages)
    {
        for (var i = passages.Count - 1; i >= 0; i--)
            if (IsClosing(passages[i]))
                return i;
        return null;
    }

    public static bool IsClosing(Passage passage)
        => passage.IsLine && passage.Text.Length <= 40 && Closings.Contains(string.Join(' ', NameIndex.Words(passage.Text, 6).Select(word => word.Text)));

    private static (RecognisedSignOff? SignOff, int Start, int End) Signed(IReadOnlyList<Passage> passages, int start, int[] weights, Names names)
    {
        var end = start;
        // The publisher's bare name is no address where it signs.
        while (end < passages.Count && end - start < 4 && (weights[end] == 0 || (end == start && names.Publisher.Find(passages[end].Text) is not null)) && IsSignatureLine(passages[end], end == start))
            end++;
        if (end == start)
            return (null, start, start);
        var lines = Enumerable.Range(start, end - start).Select(i => HeadingText.Parse(passages[i].Text).Plain.TrimEnd(',')).ToList();
        if (lines.Count > 1)
            return (new RecognisedSignOff(lines[0], string.Join(", ", lines.Skip(1))), start, end);
        foreach (var separator in (string[])[", ", " – ", " - ", " | "])
            if (lines[0].IndexOf(separator, StringComparison.Ordinal) is > 0 and var at && Wording.IsPersonLike(lines[0][..at]))
                return (new RecognisedSignOff(lines[0][..at], lines[0][(at + separator.Length)..].Trim()), start, end);
        return (new RecognisedSignOff(lines[0], null), start, end);
    }

    private static bool IsSignatureLine(Passage passage, bool isFirst)
        => passage.Kind == PassageKind.Text
            && passage.Text.Length <= 120
            && Wording.WordCount(passage.Text) <= 14
            && Wording.LastMark(passage.Text) is not ('.' or ':' or '!' or '?')
            && (isFirst || !Wording.StartsLower(passage.Text))
            && !passage.Text.AsSpan().ContainsAny("[<\\")
            && !passage.Text.Contains("://", StringComparison.Ordinal);

    /// <summary>No closing: a name in bold, or a person's name with a role right below, that ends the letter.</summary>
    private static (RecognisedSignOff? SignOff, int Start, int End) Unannounced(IReadOnlyList<Passage> passages, int[] weights, Names names)
    {
        for (var i = passages.Count - 1; i >= 0; i--)
        {
            var passage = passages[i];
            if (passage.Kind != PassageKind.Text || !passage.OpensParagraph || !Wording.IsPersonLike(HeadingText.Parse(passage.Text.Length > 200 ? "" : passage.Text).Plain))
                continue;
            var (signOff, start, end) = Signed(passages, i, weights, names);
            var isOne = signOff is not null && (passage.IsBold || (signOff.Role is not null && end > i + 1 && passages[i + 1].Paragraph == passage.Paragraph));
            if (isOne && Enumerable.Range(end, passages.Count - end).All(j => weights[j] > 0))
                return (signOff, start, end);
        }

        return (null, 0, 0);
    }
}
