using System.Text.RegularExpressions;

namespace CordisPulse.Core.Mail;

/// <summary>An address as logs and pages may show it: <c>j•••@example.org</c>. The number of dots tells nothing.</summary>
public static partial class AddressMask
{
    private const string Dots = "•••";

    public static string Of(string address)
    {
        var at = address.LastIndexOf('@');
        if (at <= 0)
            return Dots;
        // A letter outside the basic plane is two chars; half of one is no text.
        var first = char.IsHighSurrogate(address[0]) && at > 1 ? address[..2] : address[..1];
        return first + Dots + address[at..];
    }

    /// <summary><paramref name="text"/> with every address in it masked.</summary>
    public static string In(string text) => Address().Replace(text, found => Of(found.Value));

    // Wide on purpose, and quoted local parts are included: a server's text that only looks like an address loses nothing by it.
    [GeneratedRegex("""(?:"[^"\r\n]{1,64}"|[^\s<>()\[\]:;,"@]{1,320})@[^\s<>()\[\];,"'@]{1,255}""", RegexOptions.CultureInvariant)]
    private static partial Regex Address();
}
