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

    private const string Number = @"(?!(?:19|20)\d\d\b)(?:\d{1,3}(?:,\d{3}){1,3}|\d{1,9})(?:\.\d+)?";

    private const string Verb = @"rises?|rose|risen|rising|falls?|fell|fallen|falling|grows?|grew|grown|growing|increas(?:es?|ed|ing)|decreas(?:es?|ed|ing)|drop(?:s|ped|ping)?|declin(?:es?|ed|ing)";

    private const string Noun = "rises?|falls?|growth|increases?|decreases?|drops?|declines?|reductions?|cuts?|jumps?";

    /// <summary>What the number may be of, said right after it.</summary>
    private const string OfWhat = @"(?:numbers?|total|count|population|score|index|age|ratio|rank|headcount|membership)";

    /// <summary>
    /// A change, and a number that nothing follows but the end or a turn of the sentence. A year is no number; “1 in 4” and “1 in ten” are whole,
    /// and so is “a rise of 12 in the number of homes”.
    /// </summary>
    [GeneratedRegex(
        $@"(?<words>\b(?:{Verb}|cut(?:s|ting)?|reduc(?:es?|ed|ing)|jump(?:s|ed|ing)?|climb(?:s|ed|ing)?|up|down)(?:\s+\p{{Ll}}+ly)?\s+(?:by|to|from\s+\d[\d.,]*\s+to)\s+{Number}|\b(?:{Verb}|(?:is|are|was|were|be|been|being|went|gone)\s+(?:up|down))(?:\s+\p{{Ll}}+ly)?\s+{Number}|\b(?:{Noun})\s+of\s+{Number}|(?<![\w£$€.,–-]){Number}\s+(?:higher|lower))(?![\d%,.]*[\d%])(?!\s+in\s+(?:\p{{L}}+\s+){{0,2}}{OfWhat}\b)(?=\s*(?:[.;:,!?)]|$)|\s+(?:and|but|since|over|between|during|compared|than|last|this|after|while|from|on\s+(?:the|last|(?:19|20)\d\d))\b|\s+in\s+(?:(?:19|20)\d\d\b|(?!(?:an?\s+)?(?:every|each|one|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|fifty|hundred|thousand|million)\b)\p{{L}}))",
        RegexOptions.IgnoreCase | RegexOptions.Multiline | RegexOptions.CultureInvariant, TextPattern.MostMilliseconds)]
    private static partial Regex Change();

    /// <summary>The sentence has said what it counts.</summary>
    [GeneratedRegex($@"\b{OfWhat}\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TextPattern.MostMilliseconds)]
    private static partial Regex Counted();
}
