using System.Security.Cryptography;
using System.Text;

namespace CordisPulse.Core.Editions.Checks;

/// <summary>Tells one text from another in few letters, where nobody gains by forging one.</summary>
public static class ShortHash
{
    private const int Digits = 12;

    /// <summary>Hexadecimal digits of its SHA-256.</summary>
    public static string Of(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..Digits];

    /// <summary>Of several together, in whatever order they stand.</summary>
    public static string OfAll(IEnumerable<string> texts) => Of(string.Join('\n', texts.Order(StringComparer.Ordinal)));
}
