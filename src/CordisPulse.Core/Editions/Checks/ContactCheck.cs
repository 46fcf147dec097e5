using System.Text.RegularExpressions;
using CordisPulse.Core.Site;

namespace CordisPulse.Core.Editions.Checks;

/// <summary>An e-mail address or telephone number that is not the publisher's: a slip, last year's, or a person's whom readers are not to write to.</summary>
internal sealed partial class ContactCheck : ITextCheck
{
    public IEnumerable<Finding> Check(CheckedEdition edition)
    {
        var (hosts, number) = (HostsOf(edition.Publisher), edition.Publisher?.Telephone is { } telephone && Digits(telephone) is { Length: > 0 } digits ? digits : null);
        var isAsked = false;
        foreach (var text in edition.Texts)
        {
            var addresses = Address().Matches(text.Typed).Where(match => !hosts.Contains(match.Groups["host"].Value, StringComparer.OrdinalIgnoreCase)).Select(match => match.Value).ToList();
            var numbers = Number().Matches(text.Plain).Select(match => match.Value).Where(found => Digits(found) != number).ToList();
            // What nothing is known of can't be told apart. That is said once, and is no fault of each text.
            if (!isAsked && (hosts.Count == 0 ? addresses : []).Concat(number is null ? numbers : []).FirstOrDefault() is { } first)
            {
                isAsked = true;
                yield return CheckedEdition.OfText(text, FindingKinds.ContactUnknown, FindingSeverity.Warning,
                    $"{first}: nobody can tell whether it is the publisher's own, since {Unset(hosts.Count == 0, number is null)} not set. Have the publisher's details filled in under Settings (/editor/settings), or see for yourself.") with
                { Part = "unset" };
            }

            // Each by itself: one may be a partner's and the other a slip.
            foreach (var foreign in (hosts.Count == 0 ? [] : addresses).Concat(number is null ? [] : numbers).Distinct(StringComparer.OrdinalIgnoreCase))
                yield return CheckedEdition.OfText(text, FindingKinds.ContactUnknown, FindingSeverity.Warning,
                    $"{foreign}: not among the publisher's details. See whether readers reach the right people there.", [foreign.ToLowerInvariant()]);
        }
    }

    private static string Unset(bool isHost, bool isNumber)
        => isHost && isNumber ? "the publisher's e-mail address, website and telephone number are" : isHost ? "the publisher's e-mail address and website are" : "the publisher's telephone number is";

    /// <summary>Every mailbox at the publisher's own domains is the publisher's.</summary>
    private static List<string> HostsOf(PublisherView? publisher)
        => [.. new[]
        {
            publisher?.Email is { } email ? email[(email.LastIndexOf('@') + 1)..] : null,
            Uri.TryCreate(publisher?.Website, UriKind.Absolute, out var site) ? site.Host : null,
        }.Where(host => !string.IsNullOrWhiteSpace(host)).Select(host => host!.StartsWith("www.", StringComparison.OrdinalIgnoreCase) ? host[4..] : host)];

    /// <summary>As dialled within the United Kingdom, or from there: +44 (0)20 … is 020 …, 00353 1 … is 353 1 …</summary>
    private static string Digits(string number)
    {
        var digits = string.Concat(number.Replace("(0)", "", StringComparison.Ordinal).Where(char.IsAsciiDigit));
        if (digits.StartsWith("00", StringComparison.Ordinal))
            digits = digits[2..];
        return digits.StartsWith("44", StringComparison.Ordinal) ? $"0{digits[2..]}" : digits;
    }

    [GeneratedRegex(@"(?<![\w.+'-])(?>[\w.+'-]+)@(?<host>[\w-]+(?:\.[\w-]+)+)", RegexOptions.CultureInvariant, TextPattern.MostMilliseconds)]
    private static partial Regex Address();

    /// <summary>Ten or eleven digits that begin with 0, or what begins with + or 00 and a country.</summary>
    [GeneratedRegex(@"(?<![\w/.+-])(?:(?:\+|00)[1-9](?:(?:[ ()-]{1,3}|\.)?\d){7,14}|\(?0[1-9](?:[ )-]{0,2}\d){8,9})(?![\d/-])", RegexOptions.CultureInvariant, TextPattern.MostMilliseconds)]
    private static partial Regex Number();
}
