using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using AngleSharp.Html;

namespace CordisPulse.Core.Feeds;

/// <summary>
/// The names of characters that HTML has and XML has not (<c>&amp;nbsp;</c>), which programs write into feeds. They become numbers, and so
/// nothing has to be declared, which is how a few bytes become gigabytes.
/// </summary>
internal static partial class XmlEntities
{
    private static readonly HashSet<string> OfXml = new(StringComparer.Ordinal) { "amp", "lt", "gt", "quot", "apos" };

    /// <param name="content">In an encoding whose first 128 characters are ASCII's; any other comes back as it is.</param>
    public static byte[] AsNumbers(byte[] content)
    {
        // Latin 1 has a character for each byte, so that all others come through as they are.
        var text = Encoding.Latin1.GetString(content);
        return Named().IsMatch(text) ? Encoding.Latin1.GetBytes(Named().Replace(text, Number)) : content;
    }

    private static string Number(Match named)
    {
        var name = named.Groups[1].Value;
        return OfXml.Contains(name) || HtmlEntityProvider.Resolver.GetSymbol($"{name};") is not { } characters
            ? named.Value
            : string.Concat(characters.EnumerateRunes().Select(rune => string.Create(CultureInfo.InvariantCulture, $"&#{rune.Value};")));
    }

    [GeneratedRegex("&([A-Za-z][A-Za-z0-9]{1,40});", RegexOptions.CultureInvariant)]
    private static partial Regex Named();
}
