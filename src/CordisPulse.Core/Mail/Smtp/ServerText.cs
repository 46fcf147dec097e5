using System.Text.RegularExpressions;

namespace CordisPulse.Core.Mail.Smtp;

/// <summary>A server's words made fit to keep and to show: one line, no longer than <see cref="MaxLength"/>, addresses masked.</summary>
internal static partial class ServerText
{
    public const int MaxLength = 300;

    public static string Of(string text)
    {
        // Cut first: a hostile server's answer may be of any length.
        var line = Blank().Replace(text.Length > 4 * MaxLength ? text[..(4 * MaxLength)] : text, " ").Trim();
        var masked = AddressMask.In(line);
        return masked.Length > MaxLength ? masked[..(MaxLength - 1)] + "…" : masked;
    }

    [GeneratedRegex(@"[\s\p{C}]+", RegexOptions.CultureInvariant)]
    private static partial Regex Blank();
}
