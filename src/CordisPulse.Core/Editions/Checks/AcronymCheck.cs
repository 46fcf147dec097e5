using System.Text.RegularExpressions;

namespace CordisPulse.Core.Editions.Checks;

/// <summary>
/// An acronym that neither its own text nor anything before it has spelt out. Told where the edition first uses it. Titles and sources
/// are not ours to change, but they can spell one out.
/// </summary>
internal sealed partial class AcronymCheck : ITextCheck
{
    private static readonly HashSet<string> LittleWords = new(StringComparer.OrdinalIgnoreCase) { "a", "and", "by", "for", "in", "of", "on", "the", "to", "with" };

    public IEnumerable<Finding> Check(CheckedEdition edition)
    {
        var settled = new HashSet<string>(StringComparer.Ordinal);
        var sources = edition.Document.Items.ToDictionary(placed => placed.Item.ItemId, placed => placed.Item.Source);
        foreach (var text in edition.Texts)
        {
            var own = text.Plain;
            var source = text is { Place: FindingPlace.Item, Id: { } id } ? sources[id] : null;
            // A stop, so that no words run on from one to the next.
            var around = $"{source}.\n{text.Title}.\n{own}";
            settled.UnionWith(InBrackets().Matches(around).Select(match => match.Groups["short"].Value));
            settled.UnionWith(BeforeBrackets().Matches(around).Select(match => match.Groups["short"].Value));
            var used = Acronym().Matches(own).Select(match => match.Groups["short"].Value).Distinct().Where(acronym => !KnownAcronyms.Has(acronym)).ToList();
            settled.UnionWith(used.Where(acronym => source?.Contains(acronym, StringComparison.Ordinal) == true || IsSpeltIn(around, acronym)));
            // Each by itself: readers may know one and not the other.
            foreach (var acronym in used.Where(settled.Add))
                yield return CheckedEdition.OfText(text, FindingKinds.AcronymUnexplained, FindingSeverity.Warning,
                    $"“{acronym}” is not spelt out. Write the full name the first time, with the short form in brackets.", [acronym]);
        }
    }

    /// <summary>Whether words whose initials make the acronym stand in a row: "Care Quality Commission", "year ending in March".</summary>
    private static bool IsSpeltIn(string text, string acronym)
    {
        foreach (var sentence in text.Split(['.', '\n', '?', '!', ';', ':']))
        {
            var words = Word().Matches(sentence).Select(match => match.Value).ToList();
            var telling = words.Where(word => !LittleWords.Contains(word)).ToList();
            if (HasInitials(words, acronym) || HasInitials(telling, acronym))
                return true;
        }

        return false;
    }

    private static bool HasInitials(List<string> words, string acronym)
    {
        for (var i = 0; i + acronym.Length <= words.Count; i++)
            if (words.Skip(i).Take(acronym.Length).Select((word, at) => char.ToUpperInvariant(word[0]) == acronym[at]).All(same => same))
                return true;
        return false;
    }

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
}
