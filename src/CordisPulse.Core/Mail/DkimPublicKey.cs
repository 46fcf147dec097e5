using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.X509;

namespace CordisPulse.Core.Mail;

/// <summary>The half of a signing key that receivers look up (RFC 6376 section 3.6.1; Ed25519: RFC 8463 section 4).</summary>
/// <param name="Algorithm">As the record has it: <c>rsa</c> or <c>ed25519</c>.</param>
/// <param name="Key">In Base64.</param>
/// <param name="Bits">Of an RSA key; what receivers ask for depends on it.</param>
public sealed record DkimPublicKey(string Domain, string Selector, string Algorithm, string Key, int Bits)
{
    public string RecordName => $"{Selector}._domainkey.{Domain}";

    public string RecordText => $"v=DKIM1; k={Algorithm}; p={Key}";

    internal static DkimPublicKey Of(string domain, string selector, AsymmetricKeyParameter key) => key switch
    {
        RsaPrivateCrtKeyParameters rsa => new(domain, selector, "rsa", Convert.ToBase64String(
            SubjectPublicKeyInfoFactory.CreateSubjectPublicKeyInfo(new RsaKeyParameters(false, rsa.Modulus, rsa.PublicExponent)).GetDerEncoded()), rsa.Modulus.BitLength),
        Ed25519PrivateKeyParameters ed25519 => new(domain, selector, "ed25519", Convert.ToBase64String(ed25519.GeneratePublicKey().GetEncoded()), 256),
        _ => throw new ArgumentException("The key is neither RSA nor Ed25519.", nameof(key)),
    };
}
