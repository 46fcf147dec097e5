using System.Security.Cryptography;
using System.Text;
using CordisPulse.Core.Hosting;

namespace CordisPulse.Core.Subscriptions;

/// <summary>
/// HMAC-SHA-256 of a normalised address under <c>Secrets:KeyFile</c>, as 64 lower-case hexadecimal digits. Without the key, which lies
/// outside the database, nobody can try addresses against it.
/// </summary>
public sealed class AddressHash(SecretKey key)
{
    public string Of(string normalizedEmail)
        => Convert.ToHexStringLower(HMACSHA256.HashData(key.Bytes, Encoding.UTF8.GetBytes($"suppressed:{normalizedEmail}")));
}
