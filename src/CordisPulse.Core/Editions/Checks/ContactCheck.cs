using System.Text.RegularExpressions;

namespace CordisPulse.Core.Editions.Checks;

/// <summary>An e-mail address or telephone number that is not the publisher's: a slip, last year's, or a person's whom readers are not to write to.</summary>
internal sealed partial class ContactCheck : ITextCheck
{
    public IEnumerable<Finding> Check(CheckedEdition edition)
    {
        foreach (var text in edition.Texts)
        {
            // Each by itself: one may be a partner's and the other a slip.
            foreach (var foreign in Addresses(edition, text.Typed).Concat(Numbers(edition, text.Plain)).Distinct(StringComparer.OrdinalIgnoreCase))
                yield return CheckedEdition.OfText(text, FindingKinds.ContactUnknown, FindingSeverity.Warning,
                    $"{foreign}: not among the publisher's details. See whether readers reach the right people there.", [foreign.ToLowerInvariant()]);
        }
    }

    /// <summary>Every mailbox at the publisher's own domains is the publisher's. Where none is known, none can be told apart.</summary>
    private static IEnumerable<string> Addresses(CheckedEdition edition, string text)
    {
        var own = new[]
        {
            edition.Publisher?.Email is { } email ? email[(email.LastIndexOf('@') + 1)..] : null,
            Uri.TryCreate(edition.Publisher?.Website, UriKind.Absolute, out var site) ? site.Host : null,
        }.OfType<string>().Select(host => host.StartsWith("www.", StringComparison.OrdinalIgnoreCase) ? host[4..] : host).ToList();
        return own.Count == 0
            ? []
            : Address().Matches(text).Where(match => !own.Contains(match.Groups["host"].Value, StringComparer.OrdinalIgnoreCase)).Select(match => match.Value);
    }

    private static IEnumerable<string> Numbers(CheckedEdition edition, string text)
        => edition.Publisher?.Telephone is { } own && Digits(own).Length > 0
            ? Number().Matches(text).Select(match => match.Value).Where(number => Digits(number) != Digits(own))
            : [];

    /// <summary>As dialled within the country: +44 (0)20 … is 020 …</summary>
    private static string Digits(string number)
    {
        var digits = string.Concat(number.Where(char.IsAsciiDigit));
        return digits.StartsWith("440", StringComparison.Ordinal) ? digits[2..] : digits.StartsWith("44", StringComparison.Ordinal) ? $"0{digits[2..]}" : digits;
    }

    [GeneratedRegex(@"(?<![\w.+'-])(?>[\w.+'-]+)@(?<host>[\w-]+(?:\.[\w-]+)+)", RegexOptions.CultureInvariant, TextPattern.MostMilliseconds)]
    private static partial Regex Address();

    /// <summary>Ten or eleven digits that begin with 0 or +44.</summary>
    [GeneratedRegex(@"(?<![\w/.+-])(?:\+44[ -]?(?:\(0\)[ -]?)?|\(?0)[1-9](?:[ )-]{0,2}\d){8,9}(?![\d/-])", RegexOptions.CultureInvariant, TextPattern.MostMilliseconds)]
    private static partial Regex Number();
}
