using MimeKit;
using MimeKit.Cryptography;
using Org.BouncyCastle.Crypto;

namespace CordisPulse.Core.Mail.Checks;

/// <summary>A signed message of ours, looked at as a receiver does: its signatures by the keys that the DNS has.</summary>
internal sealed class SentSpecimen(MimeMessage message)
{
    private const string OneClick = "List-Unsubscribe=One-Click";

    /// <summary>Where one click would leave; null when the message does not offer it as RFC 8058 has it.</summary>
    public Uri? OneClickLink
        => message.Headers[HeaderId.ListUnsubscribePost] == OneClick
            && message.Headers[HeaderId.ListUnsubscribe]?.Split(',').Select(part => part.Trim(' ', '<', '>')).FirstOrDefault(part => part.StartsWith("https://", StringComparison.Ordinal)) is { } link
            && Uri.TryCreate(link, UriKind.Absolute, out var url)
            ? url
            : null;

    /// <summary>Whether the signature of a key holds by the record that receivers find for it.</summary>
    public bool Holds(DkimPublicKey key, string record)
    {
        try
        {
            return SignatureOf(key) is { } signature && new DkimVerifier(new Found(record)).Verify(MailFormat.For(message), message, signature);
        }
        // What a hostile record makes the library throw is open-ended; a receiver can't use it either.
        catch (Exception)
        {
            return false;
        }
    }

    /// <summary>Both headers of one-click are covered, which RFC 8058 asks for.</summary>
    public bool CoversOneClick(DkimPublicKey key)
    {
        var headers = (TagList.Read(SignatureOf(key)?.Value ?? "")?["h"] ?? "").ToLowerInvariant().Split(':');
        return headers.Contains("list-unsubscribe") && headers.Contains("list-unsubscribe-post");
    }

    private Header? SignatureOf(DkimPublicKey key) => message.Headers.FirstOrDefault(header =>
        header.Id == HeaderId.DkimSignature && TagList.Read(header.Value) is { } tags && tags["s"] == key.Selector && tags["d"] == key.Domain);

    private sealed class Found(string record) : DkimPublicKeyLocatorBase
    {
        public override AsymmetricKeyParameter LocatePublicKey(string methods, string domain, string selector, CancellationToken cancellationToken = default)
            => GetPublicKey(record);

        public override Task<AsymmetricKeyParameter> LocatePublicKeyAsync(string methods, string domain, string selector, CancellationToken cancellationToken = default)
            => Task.FromResult(GetPublicKey(record));
    }
}
