using System.Text.RegularExpressions;

namespace CordisPulse.Core.Editions.Checks;

/// <summary>A rise or fall in a summary by a number of nothing: "rose by 12" may mean per cent, points or people.</summary>
internal sealed partial class BareNumberCheck : ITextCheck
{
    public IEnumerable<Finding> Check(CheckedEdition edition)
    {
        foreach (var text in edition.Texts.Where(text => text.Place == FindingPlace.Item))
        {
            var plain = text.Plain;
            var bare = Change().Matches(plain).Where(match => !Counted().IsMatch(SentenceBefore(plain, match.Index))).Select(match => match.Groups["words"].Value).ToList();
            if (bare.Count > 0)
                yield return CheckedEdition.OfText(text, FindingKinds.NumberBare, FindingSeverity.Warning,
                    $"{QuotedWords.Of(bare)} {(bare.Count == 1 ? "does" : "do")} not say of what: per cent, percentage points, people? Add the unit.", bare);
        }
    }

    private static string SentenceBefore(string text, int index)
        => index == 0 ? "" : text[(text.AsSpan(0, index).LastIndexOfAny(".!?\n") + 1)..index];

    /// <summary>A change, and a number that nothing follows but the end or a turn of the sentence. A year is no number; “1 in 4” and “1 in ten” are whole.</summary>
    [GeneratedRegex(
        @"\b(?<words>(?:rises?|rose|risen|rising|falls?|fell|fallen|falling|grows?|grew|grown|growing|increas(?:es?|ed|ing)|decreas(?:es?|ed|ing)|drop(?:s|ped|ping)?|declin(?:es?|ed|ing)|up|down)(?:\s+\p{Ll}+ly)?\s+(?:by|to|from\s+\d[\d.,]*\s+to)\s+(?!(?:19|20)\d\d\b)(?:\d{1,3}(?:,\d{3}){1,3}|\d{1,9})(?:\.\d+)?)(?![\d%,.]*[\d%])(?=\s*(?:[.;:,!?)]|$)|\s+(?:and|but|since|over|between|during|compared|last|this|after|while|from)\b|\s+in\s+(?:(?:19|20)\d\d\b|(?!(?:an?\s+)?(?:every|each|one|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|fifty|hundred|thousand|million)\b)\p{L}))",
        RegexOptions.IgnoreCase | RegexOptions.Multiline | RegexOptions.CultureInvariant, TextPattern.MostMilliseconds)]
    private static partial Regex Change();

    /// <summary>The sentence has said what it counts.</summary>
    [GeneratedRegex(@"\b(?:numbers?|total|count|population|score|index|age|ratio|rank|headcount|membership)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TextPattern.MostMilliseconds)]
    private static partial Regex Counted();
}
