using System.Text.RegularExpressions;

namespace CordisPulse.Core.Editions.Checks;

/// <summary>
/// Link text that says nothing to a reader who hears the links of a page read out one after the other (WCAG 2.2, 2.4.4), and "click here"
/// where there is no link at all. A bare name of a site says where it leads; a whole address is read out letter by letter.
/// </summary>
internal sealed partial class LinkTextCheck : ITextCheck
{
    private const int Shown = 60;

    private static readonly HashSet<string> Empty = new(StringComparer.OrdinalIgnoreCase)
    {
        "this", "link", "this link", "the link", "more", "read more", "see more", "learn more", "find out more", "more information", "further information",
        "page", "this page", "the page", "site", "this site", "website", "web site", "this website", "the website", "our website", "their website",
        "download", "download now", "download it", "view", "continue",
    };

    public IEnumerable<Finding> Check(CheckedEdition edition)
        => from text in edition.Texts
           let vague = VagueIn(text)
           where vague.Count > 0
           select CheckedEdition.OfText(text, FindingKinds.LinkText, FindingSeverity.Warning,
               vague.Count == 1
                   ? $"The link text {QuotedWords.Of(vague)} does not say where it leads. Use the name of the page."
                   : $"The link texts {QuotedWords.Of(vague)} do not say where they lead. Use the names of the pages.", vague);

    private static List<string> VagueIn(CheckedText text)
    {
        var links = text.Links.Select(link => link.Text.Trim()).Where(IsVague).ToList();
        // What is said of a link once is not said of its words again.
        var plain = ClickHere().Matches(text.Plain).Select(match => match.Value).Where(words => !links.Exists(link => link.Length > 0 && (link.Contains(words, StringComparison.OrdinalIgnoreCase) || words.Contains(link, StringComparison.OrdinalIgnoreCase))));
        return [.. links.Select(link => link.Length > Shown ? $"{ShortText.Of(link, Shown)}…" : link), .. plain];
    }

    private static bool IsVague(string link)
    {
        var words = link.TrimEnd('.', ':', '…', '›', '»', '→', '>', ' ');
        return words.Length == 0 || Empty.Contains(words) || Here().IsMatch(words) || WholeAddress().IsMatch(words);
    }

    /// <summary>"here", "click here for the report", "read the full report here".</summary>
    [GeneratedRegex(
        @"\A(?:please\s+)?(?:(?:(?:read|see|find|get|view|download|access|open|watch|listen|learn|register|book|apply|sign|join|visit|available|more)\b[^\n]*\s)?here|(?:click|tap)(?:\s+(?:here|on|this|the)\b[^\n]*)?|here\s+(?:for|to)\b[^\n]*)\z",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TextPattern.MostMilliseconds)]
    private static partial Regex Here();

    /// <summary>An address with more to it than the name of a site.</summary>
    [GeneratedRegex(@"\A(?:https?://|www\.)[^\s/?#]+[/?#][^\s]+\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TextPattern.MostMilliseconds)]
    private static partial Regex WholeAddress();

    /// <summary>Not where somebody writes about the words themselves.</summary>
    [GeneratedRegex(@"(?<![“""‘'\w])(?:click|tap)\s+(?:here|on\s+(?:this|the)\s+link|this\s+link|the\s+link)\b(?![”""’'])(?:\s+(?:to|for)(?:\s+[\p{L}\p{N}’'-]+){1,3})?", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TextPattern.MostMilliseconds)]
    private static partial Regex ClickHere();
}
