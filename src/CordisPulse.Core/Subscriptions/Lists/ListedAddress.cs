using System.Diagnostics.CodeAnalysis;
using CordisPulse.Core.Data;
using MimeKit;

namespace CordisPulse.Core.Subscriptions.Lists;

/// <summary>
/// The one address that a cell of a list holds: bare, as a mail program copies it (<c>Ann Smith &lt;ann@example.org&gt;</c>), or as a link
/// (<c>mailto:ann@example.org</c>). Whatever stands around it, the address itself has to be one that anybody could have typed.
/// </summary>
public static class ListedAddress
{
    private const string Scheme = "mailto:";

    private const string Several = "Two addresses stand in one cell. Write one line for each person.";

    /// <summary>What people write between addresses, and around them.</summary>
    private static readonly char[] Between = [' ', '\u00A0', ',', ';', '/', '|', '<', '>', '(', ')', '[', ']', '"'];

    /// <param name="name">Who it belongs to, where the cell says so.</param>
    /// <param name="problem">What is wrong, as a sentence; null when nothing is.</param>
    public static bool TryParse(string? text, [NotNullWhen(true)] out EmailAddress? address, out string? name, [NotNullWhen(false)] out string? problem)
    {
        name = null;
        if (EmailAddress.TryParse(text, out address, out problem))
            return true;
        var given = text?.Trim() ?? "";
        if (given.Length is 0 or > Limits.Line + Limits.Email || given.Any(char.IsControl))
            return false;
        if (given.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
            given = AddressOfLink(given);
        if (AddressesIn(given) > 1)
        {
            problem = Several;
            return false;
        }

        if (EmailAddress.TryParse(given, out address, out var bare))
            return true;
        if (Named(given) is not { } mailbox)
        {
            problem = given.Contains('@', StringComparison.Ordinal) ? bare : problem;
            return false;
        }

        if (!EmailAddress.TryParse(mailbox.Address, out address, out problem))
            return false;
        // Mail programs write the address again where they know no name.
        name = PersonText.Clean(mailbox.Name) is { } who && !who.Contains('@', StringComparison.Ordinal) ? who : null;
        return true;
    }

    /// <summary>Null for anything but a name, or none, and an address in angle brackets after it.</summary>
    private static MailboxAddress? Named(string given)
        => given.EndsWith('>') && InternetAddressList.TryParse(given, out var list) && list is [MailboxAddress { Route.Count: 0 } mailbox]
            // What the parser took for a comment is missing from what it found.
            && given.Count(letter => letter == '(') == $"{mailbox.Name}{mailbox.Address}".Count(letter => letter == '(')
            ? mailbox
            : null;

    /// <summary>RFC 6068: the headers that a link may carry are no part of the address.</summary>
    private static string AddressOfLink(string link)
    {
        var rest = link[Scheme.Length..];
        return Uri.UnescapeDataString(rest.IndexOf('?') is >= 0 and var end ? rest[..end] : rest).Trim();
    }

    private static int AddressesIn(string given)
        => given.Split(Between, StringSplitOptions.RemoveEmptyEntries)
            .Select(piece => piece.Contains('@', StringComparison.Ordinal) && EmailAddress.TryParse(piece, out var one, out _) ? one.Normalized : null)
            .OfType<string>().Distinct().Count();
}
