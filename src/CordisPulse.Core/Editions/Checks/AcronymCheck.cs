using System.Buffers;
using System.Text.RegularExpressions;

namespace CordisPulse.Core.Editions.Checks;

/// <summary>
/// An acronym that neither its own text up to there nor anything before it has spelt out. Told where the edition first uses it. Titles and
/// sources are not ours to change, but they can spell one out.
/// </summary>
internal sealed partial class AcronymCheck : ITextCheck
{
    private static readonly HashSet<string> LittleWords = new(StringComparer.OrdinalIgnoreCase) { "a", "an", "and", "as", "at", "by", "for", "from", "in", "is", "of", "on", "or", "our", "that", "the", "their", "this", "to", "with" };

    private static readonly SearchValues<char> Stops = SearchValues.Create(".\n?!;:");

    public IEnumerable<Finding> Check(CheckedEdition edition)
    {
        var settled = new HashSet<string>(StringComparer.Ordinal);
        var sources = edition.Document.Items.ToDictionary(placed => placed.Item.ItemId, placed => placed.Item.Source);
        foreach (var text in edition.Texts)
        {
            var source = text is { Place: FindingPlace.Item, Id: { } id } ? sources[id] : null;
            // A stop, so that no words run on from one to the next.
            var around = $"{source}.\n{text.Title}.\n{text.Plain}";
            var bracketed = InBrackets().Matches(around).Concat(BeforeBrackets().Matches(around)).Select(match => match.Groups["short"])
                .GroupBy(found => found.Value, found => found.Index).ToDictionary(found => found.Key, found => found.Min());
            var sentences = SentencesOf(around);
            // Each by itself: readers may know one and not the other.
            foreach (var used in Acronym().Matches(around, around.Length - text.Plain.Length).Select(match => match.Groups["short"]).Where(used => !KnownAcronyms.Has(used.Value) && settled.Add(used.Value)))
            {
                var isSpelt = source?.Contains(used.Value, StringComparison.Ordinal) == true
                    || (bracketed.TryGetValue(used.Value, out var at) && at <= used.Index)
                    || sentences.Any(sentence => IsSpeltIn(sentence, around, used));
                if (!isSpelt)
                    yield return CheckedEdition.OfText(text, FindingKinds.AcronymUnexplained, FindingSeverity.Warning,
                        $"“{used.Value}” is not spelt out. Write the full name the first time, with the short form in brackets.", [used.Value]);
            }

            settled.UnionWith(bracketed.Keys);
        }
    }

    private static List<Sentence> SentencesOf(string text)
    {
        var sentences = new List<Sentence>();
        var end = 0;
        foreach (Match word in Word().Matches(text))
        {
            if (sentences.Count == 0 || text.AsSpan(end, word.Index - end).ContainsAny(Stops))
                sentences.Add(new Sentence([], []));
            sentences[^1].Words.Add(word);
            if (!LittleWords.Contains(word.Value))
                sentences[^1].Telling.Add(word);
            end = word.Index + word.Length;
        }

        return sentences;
    }

    /// <summary>Whether words whose initials make the acronym stand in a row before it, or explain it at once: "the CQC, or Care Quality Commission".</summary>
    private static bool IsSpeltIn(Sentence sentence, string text, Group acronym)
        // Two words, little ones among them, begin with the right letters by chance in every other text.
        => Spelling(sentence.Telling, acronym.Value).Concat(acronym.Length > 2 ? Spelling(sentence.Words, acronym.Value) : [])
            .Any(at => at < acronym.Index || (at > acronym.Index && Explanation().IsMatch(text[(acronym.Index + acronym.Length)..at])));

    /// <summary>Where words begin whose initials make the acronym.</summary>
    private static IEnumerable<int> Spelling(List<Match> words, string acronym)
    {
        for (var i = 0; i + acronym.Length <= words.Count; i++)
            if (words.Skip(i).Take(acronym.Length).Select((word, at) => char.ToUpperInvariant(word.Value[0]) == acronym[at]).All(same => same))
                yield return words[i].Index;
    }

    /// <summary>All that stands between an acronym and the words that explain it.</summary>
    [GeneratedRegex(@"\As?[\s,(–—-]*(?:(?:or|is|are|means?|stands? for|short for|that is|the|an?)[\s,]+){0,3}\z", RegexOptions.CultureInvariant, TextPattern.MostMilliseconds)]
    private static partial Regex Explanation();

    [GeneratedRegex(@"(?<![\p{L}\p{N}@/._-])(?<short>(?![IVX]+s?\b)[A-Z]{2,8}?)s?(?![\p{L}\p{N}@/_]|\.[\p{L}\p{N}])", RegexOptions.CultureInvariant, TextPattern.MostMilliseconds)]
    private static partial Regex Acronym();

    /// <summary>"integrated care board (ICB)", "(ICBs)", "(ICB, or board)".</summary>
    [GeneratedRegex(@"\p{L}\s*\((?:the\s+)?[“""]?(?<short>[A-Z]{2,8}?)s?\b", RegexOptions.CultureInvariant, TextPattern.MostMilliseconds)]
    private static partial Regex InBrackets();

    /// <summary>"ICB (integrated care board)".</summary>
    [GeneratedRegex(@"\b(?<short>[A-Z]{2,8}?)s?\s*\(\p{L}[^)]{0,100} [^)]{0,100}\)", RegexOptions.CultureInvariant, TextPattern.MostMilliseconds)]
    private static partial Regex BeforeBrackets();

    [GeneratedRegex(@"[\p{L}\p{N}][\p{L}\p{N}'’]*", RegexOptions.CultureInvariant, TextPattern.MostMilliseconds)]
    private static partial Regex Word();

    /// <param name="Telling">Without the little ones.</param>
    private sealed record Sentence(List<Match> Words, List<Match> Telling);
}
