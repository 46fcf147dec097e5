using System.Text.RegularExpressions;

namespace CordisPulse.Core.Subscriptions;

/// <summary>Names as people and files give them, made one line of visible text: they end up in mail headers.</summary>
public static partial class PersonText
{
    /// <summary>Null for what holds nothing.</summary>
    public static string? Clean(string? text)
    {
        var line = Blank().Replace(text ?? "", " ").Trim();
        return VisibleText.IsIn(line) ? line : null;
    }

    // Space of all kinds and control characters; joiners stay, since names are written with them.
    [GeneratedRegex(@"[\s\p{Cc}]+", RegexOptions.CultureInvariant)]
    private static partial Regex Blank();
}
