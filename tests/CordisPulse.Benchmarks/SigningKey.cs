using System.Security.Cryptography;
using Org.BouncyCastle.Crypto.Generators;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.OpenSsl;
using Org.BouncyCastle.Pkcs;
using Org.BouncyCastle.Security;

namespace CordisPulse.Benchmarks;

/// <summary>A kind of key of DKIM, of which one is made for each run.</summary>
internal enum SigningKey
{
    Rsa2048,
    Ed25519,
}

internal static class SigningKeys
{
    /// <returns>A new private key in PEM form.</returns>
    public static string MakePem(this SigningKey key)
    {
        if (key == SigningKey.Rsa2048)
        {
            using var rsa = RSA.Create(2048);
            return rsa.ExportPkcs8PrivateKeyPem();
        }

        var generator = new Ed25519KeyPairGenerator();
        generator.Init(new Ed25519KeyGenerationParameters(new SecureRandom()));
        using var text = new StringWriter();
        using (var pem = new PemWriter(text))
            pem.WriteObject(new MiscPemGenerator(PrivateKeyInfoFactory.CreatePrivateKeyInfo(generator.GenerateKeyPair().Private)));
        return text.ToString();
    }
}
