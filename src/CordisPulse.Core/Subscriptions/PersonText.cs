using System.Text.RegularExpressions;
using CordisPulse.Core.Data;

namespace CordisPulse.Core.Subscriptions;

/// <summary>Names as people and files give them, made one line of visible text: they end up in mail headers.</summary>
public static partial class PersonText
{
    /// <summary>Null for what holds nothing. What nobody sees in it is left out: marks that turn the direction of text make another name of what stands there.</summary>
    public static string? Clean(string? text)
    {
        var line = VisibleText.Of(Blank().Replace(text ?? "", " ")).Trim();
        return VisibleText.IsIn(line) ? line : null;
    }

    /// <summary>What is wrong with a name or an organisation as somebody typed it; null when nothing is.</summary>
    /// <param name="text">What was typed.</param>
    /// <param name="what">What it is, as a word.</param>
    public static string? ProblemOf(string? text, string what) => text switch
    {
        null => null,
        _ when Clean(text)?.Length > Limits.Line => $"The {what} can have {Limits.Line} characters.",
        _ when Blank().Replace(text, " ") is var line && VisibleText.Of(line) != line => $"The {what} holds characters that nobody sees, such as marks that turn the direction of text. Type it anew.",
        _ => null,
    };

    // Space of all kinds and control characters; joiners stay, since names are written with them.
    [GeneratedRegex(@"[\s\p{Cc}]+", RegexOptions.CultureInvariant)]
    private static partial Regex Blank();
}
