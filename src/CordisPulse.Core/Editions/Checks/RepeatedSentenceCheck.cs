using System.Text.RegularExpressions;

namespace CordisPulse.Core.Editions.Checks;

/// <summary>Two items that begin with the same sentence: the second was begun as a copy of the first.</summary>
internal sealed partial class RepeatedSentenceCheck : ITextCheck
{
    /// <summary>Fewer words can come twice by themselves: "A short statement."</summary>
    private const int FewWords = 6;

    public IEnumerable<Finding> Check(CheckedEdition edition)
    {
        var seen = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (var text in edition.Texts.Where(text => text.Place == FindingPlace.Item))
        {
            var words = Word().Matches(FirstSentence().Match(text.Plain).Value).Select(match => match.Value).ToList();
            var sentence = string.Join(' ', words);
            if (words.Count >= FewWords && !seen.TryAdd(sentence, text.Title))
                yield return CheckedEdition.OfText(text, FindingKinds.DuplicateSentence, FindingSeverity.Warning,
                    $"The summary begins with the same sentence as “{seen[sentence]}”. Say what is different about this one.", [sentence]);
        }
    }

    [GeneratedRegex(@"\A\s*[^\n]*?(?:[.!?](?=\s|\z)|(?=\n)|\z)", RegexOptions.CultureInvariant, TextPattern.MostMilliseconds)]
    private static partial Regex FirstSentence();

    [GeneratedRegex(@"[\p{L}\p{N}]+", RegexOptions.CultureInvariant, TextPattern.MostMilliseconds)]
    private static partial Regex Word();
}
