using System.Net;
using System.Text.RegularExpressions;

namespace CordisPulse.Core.Mail.Returns;

/// <summary>The words of a bounce that is written in HTML alone. It is searched, never shown.</summary>
internal static partial class HtmlText
{
    public static string Of(string html)
        => WebUtility.HtmlDecode(Tag().Replace(Break().Replace(Hidden().Replace(html, " "), "\n"), " "));

    [GeneratedRegex(@"<(?:style|script|head)\b[^<>]*>[^<]*", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Hidden();

    [GeneratedRegex(@"</?(?:br|p|div|tr|li|h[1-6])\b[^<>]*>", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Break();

    [GeneratedRegex(@"<[^<>]*>", RegexOptions.CultureInvariant)]
    private static partial Regex Tag();
}
