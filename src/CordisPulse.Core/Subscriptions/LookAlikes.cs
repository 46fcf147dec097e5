using System.Globalization;
using System.Text;

namespace CordisPulse.Core.Subscriptions;

/// <summary>
/// Finds addresses with letters of one script that look like another's, such as a Cyrillic "а" in "pаypal", or the wide letters of East
/// Asian keyboards: a warning, never a reason to refuse, since people do have such addresses.
/// </summary>
public static class LookAlikes
{
    /// <summary>Letters of other scripts that nobody tells from Latin ones.</summary>
    private const string Like = "асеорхуіјѕһԁԛԝӏкмтвпгьαιοκνρτυχγηωեոսօցհзб";

    /// <summary>The full-width forms of ASCII, from the exclamation mark to the tilde, and how far they are from it.</summary>
    private const char FirstWide = '\uFF01', LastWide = '\uFF5E';
    private const int WideOffset = 0xFEE0;

    private enum Script
    {
        None,
        Latin,
        Greek,
        Cyrillic,
        Armenian,
        Other,
    }

    /// <returns>What may be wrong, as a sentence; null when nothing is.</returns>
    public static string? Warning(EmailAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        if (address.Address.Any(IsWide))
            return "It is written with wide letters, which look like ordinary ones and are others.";
        if (Ascii.IsValid(address.Normalized) && !address.Normalized.Contains("xn--", StringComparison.Ordinal))
            return null;
        var at = address.Normalized.LastIndexOf('@');
        if (IsMixed(address.Normalized[..at]))
            return "The part before the @ mixes letters of two scripts that look alike.";
        foreach (var label in Readable(address.Normalized[(at + 1)..]).Split('.'))
        {
            if (IsMixed(label))
                return "The domain mixes letters of two scripts that look alike.";
            if (label.Any(char.IsLetter) && label.Where(char.IsLetter).All(Like.Contains))
                return "The domain looks like Latin letters, and is written in others.";
        }

        return null;
    }

    /// <summary>The same with ordinary letters in place of wide ones; null when there are none, and when that makes no address.</summary>
    public static EmailAddress? InPlainLetters(EmailAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return address.Address.Any(IsWide) && EmailAddress.TryParse(string.Concat(address.Address.Select(c => IsWide(c) ? (char)(c - WideOffset) : c)), out var plain, out _) ? plain : null;
    }

    private static bool IsWide(char c) => c is >= FirstWide and <= LastWide;

    private static bool IsMixed(string text)
    {
        var scripts = text.EnumerateRunes().Select(Of).Where(script => script != Script.None).Distinct().ToList();
        // Japanese and others do stand beside Latin letters; only what can be taken for these is odd.
        return scripts.Count > 1 && scripts.Intersect([Script.Greek, Script.Cyrillic, Script.Armenian]).Any();
    }

    private static string Readable(string domain)
    {
        try
        {
            return new IdnMapping().GetUnicode(domain);
        }
        catch (ArgumentException)
        {
            return domain;
        }
    }

    private static Script Of(Rune rune) => !Rune.IsLetter(rune) ? Script.None : rune.Value switch
    {
        < 0x0250 or (>= 0x1E00 and < 0x1F00) => Script.Latin,
        (>= 0x0370 and < 0x0400) or (>= 0x1F00 and < 0x2000) => Script.Greek,
        (>= 0x0400 and < 0x0530) or (>= 0x1C80 and < 0x1C90) => Script.Cyrillic,
        >= 0x0530 and < 0x0590 => Script.Armenian,
        _ => Script.Other,
    };
}
