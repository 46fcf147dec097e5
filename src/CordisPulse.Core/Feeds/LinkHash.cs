using System.Security.Cryptography;
using System.Text;
using CordisPulse.Core.Editions;

namespace CordisPulse.Core.Feeds;

/// <summary>Makes links and names short enough for an index, as hexadecimal SHA-256.</summary>
internal static class LinkHash
{
    /// <summary>The same for two addresses of the same page; null for what is no web link. It is stored: whoever changes the rule of <see cref="LinkKey"/> makes the rows anew.</summary>
    public static string? From(string? url) => LinkKey.From(url) is { } key ? Of(key) : null;

    public static string Of(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
