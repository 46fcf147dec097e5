using System.Globalization;
using System.Text.RegularExpressions;

namespace CordisPulse.Core.Mail.Smtp;

/// <summary>An enhanced status code (RFC 3463), such as 5.1.1: class, subject and detail.</summary>
public readonly partial record struct EnhancedCode(int Class, int Subject, int Detail)
{
    /// <summary>Reads the code at the beginning of a reply's text (RFC 2034); null when there is none.</summary>
    public static EnhancedCode? At(string text)
    {
        var found = Pattern().Match(text);
        return found.Success ? new EnhancedCode(Number(found.Groups[1]), Number(found.Groups[2]), Number(found.Groups[3])) : null;
    }

    private static int Number(Group digits) => int.Parse(digits.ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\A\s*([245])\.([0-9]{1,3})\.([0-9]{1,3})(?![0-9.])", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
