using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using CordisPulse.Core.Data;
using CordisPulse.Core.Mail;
using MimeKit;

namespace CordisPulse.Core.Subscriptions;

/// <summary>One bare e-mail address: as given, and in the form that tells whether two are the same.</summary>
public sealed record EmailAddress
{
    /// <summary>RFC 5321 section 4.5.3.1.1, in octets.</summary>
    private const int LongestLocalPart = 64;

    private static readonly ParserOptions Strict = new()
    {
        AddressParserComplianceMode = RfcComplianceMode.Strict,
        AllowAddressesWithoutDomain = false,
        AllowUnquotedCommasInAddresses = false,
    };

    /// <summary>Begins a part of a domain that stands in ASCII for one in Unicode. Browsers send it so, which is not how its people write it, look for it or read it.</summary>
    private const string AsciiMark = "xn--";

    /// <summary>What word processors and telephones write for an apostrophe: no mailbox is called so, and whoever left with the one must not be mailed with the other.</summary>
    internal const string Apostrophes = "\u2018\u2019\u201B\u02BC\u02B9\u2032\u00B4\uFF07";

    private static readonly SearchValues<char> AnyApostrophe = SearchValues.Create(Apostrophes);

    // Underscores and other signs that no host name has are refused.
    private static readonly IdnMapping Idn = new() { UseStd3AsciiRules = true };

    private EmailAddress(string address, string normalized) => (Address, Normalized) = (address, normalized);

    /// <summary>As given, without the space around it and without quotes that say nothing; an apostrophe as keyboards have it; the domain in Unicode.</summary>
    public string Address { get; }

    /// <summary>Lower case, the domain in its ASCII form (IDNA).</summary>
    public string Normalized { get; }

    /// <summary>One that was parsed before and kept in both forms.</summary>
    internal static EmailAddress Known(string address, string normalized) => new(address, normalized);

    /// <param name="problem">What is wrong, as a sentence for whoever typed it; null when nothing is.</param>
    public static bool TryParse(string? text, [NotNullWhen(true)] out EmailAddress? address, [NotNullWhen(false)] out string? problem)
    {
        address = null;
        problem = null;
        var given = text?.Trim() ?? "";
        if (given.Length == 0)
            problem = "Enter an e-mail address.";
        else if (given.Length > Limits.Email)
            problem = $"An e-mail address has at most {Limits.Email} characters.";
        else if (given.Any(c => char.IsControl(c) || char.GetUnicodeCategory(c) is UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator))
            problem = "An e-mail address is one line without invisible characters.";
        else if (!TryCompose(given, out given))
            problem = "This holds characters that are no text.";
        if (problem is not null)
            return false;

        given = WithPlainApostrophes(given);
        var parsed = MailboxAddress.TryParse(Strict, given, out var mailbox);
        // A comment, a name or anything else beside the bare address makes a difference.
        if (!parsed || !string.IsNullOrEmpty(mailbox!.Name) || !MailFormat.IsJust(mailbox, given))
        {
            problem = InternetAddressList.TryParse(given, out var list) && list.Count > 1
                ? "Enter one e-mail address only."
                : "This is not an e-mail address such as name@example.org.";
            return false;
        }

        var at = given.LastIndexOf('@');
        var (local, domain) = (WithoutNeedlessQuotes(given[..at]), given[(at + 1)..]);
        if (Encoding.UTF8.GetByteCount(local) > LongestLocalPart)
            problem = "The part before the @ is too long.";
        else if (AsciiDomain(domain) is not { } ascii)
            problem = "The part after the @ must be a domain such as example.org.";
        else if (local.ToLowerInvariant() + "@" + ascii is var normalized && normalized.Length > Limits.Email)
            problem = $"An e-mail address has at most {Limits.Email} characters.";
        else
            address = new EmailAddress($"{local}@{(domain.Contains(AsciiMark, StringComparison.OrdinalIgnoreCase) ? Idn.GetUnicode(ascii) : domain)}", normalized);
        return problem is null;
    }

    /// <summary>
    /// The normalised forms that a row from before apostrophes were made alike may have, where it was stored with one of the other signs; none for an
    /// address without an apostrophe. Of several apostrophes all are the same sign: one program has written them.
    /// </summary>
    internal static IEnumerable<string> FormerSpellings(string normalized)
        => normalized.Contains('\'', StringComparison.Ordinal) ? Apostrophes.Select(sign => normalized.Replace('\'', sign)) : [];

    /// <summary>As <see cref="TryParse"/> has it.</summary>
    internal static string WithPlainApostrophes(string text)
        => text.AsSpan().IndexOfAny(AnyApostrophe) < 0 ? text : string.Concat(text.Select(sign => Apostrophes.Contains(sign, StringComparison.Ordinal) ? '\'' : sign));

    /// <summary>Keeps addresses out of logs.</summary>
    public override string ToString() => AddressMask.Of(Address);

    /// <summary>
    /// RFC 5321 section 4.1.2: quotes and backslashes are no part of the mailbox's name, so that "jane"@example.org is jane@example.org. Whoever
    /// left as the one must not be mailed as the other.
    /// </summary>
    private static string WithoutNeedlessQuotes(string local)
    {
        if (!local.Contains('"', StringComparison.Ordinal))
            return local;
        var name = new StringBuilder(local.Length);
        for (var i = 0; i < local.Length; i++)
            if (local[i] == '\\' && i + 1 < local.Length)
                name.Append(local[++i]);
            else if (local[i] != '"')
                name.Append(local[i]);
        var bare = $"{name}@example.org";
        return MailboxAddress.TryParse(Strict, bare, out var mailbox) && mailbox.Address == bare
            ? name.ToString()
            : $"\"{name.Replace("\\", "\\\\").Replace("\"", "\\\"")}\"";
    }

    private static bool TryCompose(string given, out string composed)
    {
        try
        {
            composed = given.Normalize(NormalizationForm.FormC);
            return true;
        }
        catch (ArgumentException)
        {
            composed = given;
            return false;
        }
    }

    /// <summary>A domain as <see cref="Subscriber.Domain"/> has it, however somebody writes it; null for nothing.</summary>
    public static string? DomainOf(string? typed)
        => typed is not null && NormalForm.Of(typed.Trim().TrimStart('@'), NormalizationForm.FormC) is { Length: > 0 } domain ? AsciiDomain(domain) ?? domain.ToLowerInvariant() : null;

    private static string? AsciiDomain(string domain)
    {
        try
        {
            var ascii = Idn.GetAscii(domain).ToLowerInvariant();
            return ascii.Contains('.') && !ascii.EndsWith('.') ? ascii : null;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
