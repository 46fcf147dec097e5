using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using CordisPulse.Core.Data;
using CordisPulse.Core.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;

namespace CordisPulse.Core.Accounts;

/// <summary>
/// Keeps accounts as Identity does, but for second factors: the key of an authenticator app is encrypted, and recovery codes are hashed, under
/// <c>Secrets:KeyFile</c>, so that the database alone signs nobody in.
/// </summary>
public sealed class AccountStore(PulseDbContext context, SecretKey secret, IdentityErrorDescriber? describer = null)
    : UserStore<Account, IdentityRole<int>, PulseDbContext, int>(context, describer)
{
    private const int KeyLength = 32;
    private static readonly byte[] KeyPurpose = "CordisPulse authenticator key"u8.ToArray();
    private static readonly byte[] CodePurpose = "CordisPulse recovery code"u8.ToArray();

    public override Task SetAuthenticatorKeyAsync(Account user, string key, CancellationToken cancellationToken)
        => base.SetAuthenticatorKeyAsync(user, Seal(user, key), cancellationToken);

    /// <returns>Null where there is none, and where it was encrypted under another key or for another account.</returns>
    public override async Task<string?> GetAuthenticatorKeyAsync(Account user, CancellationToken cancellationToken)
        => await base.GetAuthenticatorKeyAsync(user, cancellationToken) is { } sealedKey ? Open(user, sealedKey) : null;

    public override Task ReplaceCodesAsync(Account user, IEnumerable<string> recoveryCodes, CancellationToken cancellationToken)
        => base.ReplaceCodesAsync(user, recoveryCodes.Select(Hash), cancellationToken);

    public override Task<bool> RedeemCodeAsync(Account user, string code, CancellationToken cancellationToken)
        => base.RedeemCodeAsync(user, Hash(code), cancellationToken);

    private string Hash(string code) => Convert.ToHexString(HMACSHA256.HashData(Derived(CodePurpose), Encoding.UTF8.GetBytes(code.Trim().ToUpperInvariant())));

    private byte[] Derived(byte[] purpose) => HKDF.DeriveKey(HashAlgorithmName.SHA256, secret.Bytes.ToArray(), KeyLength, info: purpose);

    /// <summary>AES-GCM: nonce, tag, text; for this account alone.</summary>
    private string Seal(Account user, string key)
    {
        var text = Encoding.UTF8.GetBytes(key);
        var whole = new byte[AesGcm.NonceByteSizes.MaxSize + AesGcm.TagByteSizes.MaxSize + text.Length];
        var (nonce, tag, hidden) = Parts(whole);
        RandomNumberGenerator.Fill(nonce.Span);
        using var cipher = new AesGcm(Derived(KeyPurpose), tag.Length);
        cipher.Encrypt(nonce.Span, text, hidden.Span, tag.Span, Of(user));
        return Convert.ToBase64String(whole);
    }

    private string? Open(Account user, string sealedKey)
    {
        try
        {
            var (nonce, tag, hidden) = Parts(Convert.FromBase64String(sealedKey));
            var text = new byte[hidden.Length];
            using var cipher = new AesGcm(Derived(KeyPurpose), tag.Length);
            cipher.Decrypt(nonce.Span, hidden.Span, tag.Span, text, Of(user));
            return Encoding.UTF8.GetString(text);
        }
        catch (Exception e) when (e is CryptographicException or FormatException or ArgumentException)
        {
            return null;
        }
    }

    private static (Memory<byte> Nonce, Memory<byte> Tag, Memory<byte> Text) Parts(byte[] whole)
    {
        var (nonce, tag) = (AesGcm.NonceByteSizes.MaxSize, AesGcm.TagByteSizes.MaxSize);
        return (whole.AsMemory(0, nonce), whole.AsMemory(nonce, tag), whole.AsMemory(nonce + tag));
    }

    private static byte[] Of(Account user)
    {
        var number = new byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(number, user.Id);
        return number;
    }
}
