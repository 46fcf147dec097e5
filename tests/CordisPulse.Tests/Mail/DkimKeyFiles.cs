using System.Security.Cryptography;
using CordisPulse.Core.Mail;
using Org.BouncyCastle.Crypto.Generators;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.OpenSsl;
using Org.BouncyCastle.Pkcs;
using Org.BouncyCastle.Security;

namespace CordisPulse.Tests.Mail;

/// <summary>An RSA and an Ed25519 key for signing, made once for all tests, and what goes into the DNS for them.</summary>
internal static class DkimKeyFiles
{
    private static readonly Lazy<string> RsaPem = new(() =>
    {
        using var rsa = RSA.Create(2048);
        return rsa.ExportPkcs8PrivateKeyPem();
    });

    private static readonly Lazy<string> Ed25519Pem = new(() =>
    {
        var generator = new Ed25519KeyPairGenerator();
        generator.Init(new Ed25519KeyGenerationParameters(new SecureRandom()));
        using var pem = new StringWriter();
        using (var writer = new PemWriter(pem))
            writer.WriteObject(new MiscPemGenerator(PrivateKeyInfoFactory.CreatePrivateKeyInfo(generator.GenerateKeyPair().Private)));
        return pem.ToString();
    });

    /// <summary>Writes the key files into a folder and gives their settings: selector <c>rsa</c> first, then <c>ed</c>.</summary>
    public static DkimOptions Write(string folder, string domain, bool rsa = true, bool ed25519 = true)
    {
        var options = new DkimOptions();
        if (rsa)
            options.Keys.Add(Key(folder, domain, "rsa", RsaPem.Value));
        if (ed25519)
            options.Keys.Add(Key(folder, domain, "ed", Ed25519Pem.Value));
        return options;
    }

    /// <summary>The same as settings of the program.</summary>
    public static IEnumerable<(string Key, string Value)> Settings(DkimOptions options) => options.Keys.SelectMany((key, i) => new[]
    {
        ($"Mail:Dkim:Keys:{i}:Domain", key.Domain!), ($"Mail:Dkim:Keys:{i}:Selector", key.Selector!), ($"Mail:Dkim:Keys:{i}:PrivateKeyFile", key.PrivateKeyFile!),
    });

    /// <summary>What the DNS must have for them.</summary>
    public static IReadOnlyList<DkimPublicKey> Published(DkimOptions options) => new DkimSigning(options).PublicKeys;

    private static DkimKeyOptions Key(string folder, string domain, string selector, string pem)
    {
        var file = Path.Combine(folder, $"dkim-{selector}.pem");
        File.WriteAllText(file, pem);
        return new DkimKeyOptions { Domain = domain, Selector = selector, PrivateKeyFile = file };
    }
}
