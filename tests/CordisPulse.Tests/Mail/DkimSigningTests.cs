using System.Security.Cryptography;
using CordisPulse.Core.Mail;
using MimeKit;
using MimeKit.Cryptography;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Crypto.Generators;
using Org.BouncyCastle.Crypto.Parameters;
using Org.BouncyCastle.OpenSsl;
using Org.BouncyCastle.Pkcs;
using Org.BouncyCastle.Security;

namespace CordisPulse.Tests.Mail;

/// <summary>Signatures are checked on the bytes that a server received, with keys found as a receiver finds them.</summary>
public sealed class DkimSigningTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pulse-dkim-").FullName;
    private readonly Dictionary<string, AsymmetricKeyParameter> _published = [];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Both_signatures_hold_for_what_the_server_receives(bool hasEightBit)
    {
        var options = new DkimOptions { Keys = { RsaKey("rsa", 2048), Ed25519Key("ed") } };
        Assert.Empty(DkimSigning.Problems(options));
        var message = MailSamples.Message("Grüße — naïve café.\n.a dot\n\n\n" + new string('é', 1200) + "\n");
        message.Subject = "März 2022 — a subject that is long enough to be folded over more than a single line, with ümläuts";
        new DkimSigning(options).Sign(message);

        await using var server = LoopbackSmtpServer.Start(new LoopbackSmtpSettings { OffersEightBitMime = hasEightBit });
        await using (var connection = await server.ConnectAsync())
            Assert.IsType<MailAnswer.Accepted>(await connection.SendAsync(message));

        var received = Assert.Single(server.Messages).Message;
        Assert.Equal(2, Signatures(received).Count);
        Assert.All(Signatures(received), signature =>
        {
            Assert.Contains("c=relaxed/relaxed", signature.Value, StringComparison.Ordinal);
            var tags = string.Concat(signature.Value.Where(c => !char.IsWhiteSpace(c)));
            Assert.Contains(
                "h=from:to:subject:date:message-id:mime-version:content-type:list-id:list-unsubscribe:list-unsubscribe-post:from;", tags, StringComparison.Ordinal);
            Assert.True(Holds(received, signature), signature.Value);
        });
    }

    [Theory]
    [InlineData(HeaderId.From)]
    [InlineData(HeaderId.To)]
    [InlineData(HeaderId.Subject)]
    [InlineData(HeaderId.Date)]
    [InlineData(HeaderId.MessageId)]
    [InlineData(HeaderId.MimeVersion)]
    [InlineData(HeaderId.ContentType)]
    [InlineData(HeaderId.ListId)]
    [InlineData(HeaderId.ListUnsubscribe)]
    [InlineData(HeaderId.ListUnsubscribePost)]
    public void A_header_that_was_changed_breaks_the_signature(HeaderId header)
    {
        var message = Signed(Ed25519Key("ed"));
        Assert.True(Holds(message, Assert.Single(Signatures(message))));
        var changed = Reloaded(message, text => text.Replace($"{header.ToHeaderName()}: ", $"{header.ToHeaderName()}: x", StringComparison.Ordinal));
        Assert.False(Holds(changed, Assert.Single(Signatures(changed))));
    }

    [Fact]
    public void A_second_sender_or_another_text_breaks_the_signature()
    {
        var message = Signed(Ed25519Key("ed"));
        Assert.True(Holds(message, Assert.Single(Signatures(message))));
        var second = Reloaded(message, text => "From: other@sender.example\r\n" + text);
        Assert.False(Holds(second, Assert.Single(Signatures(second))));
        var other = Reloaded(message, text => text.Replace("Good morning", "Good evening", StringComparison.Ordinal));
        Assert.False(Holds(other, Assert.Single(Signatures(other))));
    }

    [Fact]
    public void Without_keys_a_message_stays_as_it_is()
    {
        var message = MailSamples.Message();
        new DkimSigning(new DkimOptions()).Sign(message);
        Assert.Empty(Signatures(message));
    }

    [Fact]
    public void A_key_that_is_too_short_or_no_private_key_is_named()
    {
        var shortKey = RsaKey("short", 768);
        var publicKey = RsaKey("public", 2048);
        File.WriteAllText(publicKey.PrivateKeyFile!, RSA.Create(2048).ExportSubjectPublicKeyInfoPem());
        var broken = RsaKey("broken", 2048);
        File.WriteAllText(broken.PrivateKeyFile!, "-----BEGIN PRIVATE KEY-----\nnonsense\n-----END PRIVATE KEY-----\n");
        Assert.Equal(
            [
                "Mail:Dkim:Keys:0:PrivateKeyFile holds an RSA key shorter than 1024 bits.",
                "Mail:Dkim:Keys:1:PrivateKeyFile must hold an RSA or Ed25519 private key in PEM form.",
                "Mail:Dkim:Keys:2:PrivateKeyFile holds no private key that can be read (PEM, without a pass phrase).",
            ],
            DkimSigning.Problems(new DkimOptions { Keys = { shortKey, publicKey, broken } }));
    }

    private static MimeMessage Signed(DkimKeyOptions key)
    {
        var message = MailSamples.Message();
        new DkimSigning(new DkimOptions { Keys = { key } }).Sign(message);
        return message;
    }

    private static MimeMessage Reloaded(MimeMessage message, Func<string, string> change)
    {
        using var bytes = new MemoryStream();
        message.WriteTo(bytes);
        var text = System.Text.Encoding.ASCII.GetString(bytes.ToArray()).ReplaceLineEndings("\r\n");
        var changed = change(text);
        Assert.NotEqual(text, changed);
        return MimeMessage.Load(new MemoryStream(System.Text.Encoding.ASCII.GetBytes(changed)));
    }

    private static List<Header> Signatures(MimeMessage message) => [.. message.Headers.Where(header => header.Id == HeaderId.DkimSignature)];

    private bool Holds(MimeMessage message, Header signature) => new DkimVerifier(new Published(_published)).Verify(message, signature);

    private DkimKeyOptions RsaKey(string selector, int bits)
    {
        using var rsa = RSA.Create(bits);
        _published[$"{selector}._domainkey.sender.example"] = DotNetUtilities.GetRsaPublicKey(rsa);
        return Options(selector, rsa.ExportPkcs8PrivateKeyPem());
    }

    private DkimKeyOptions Ed25519Key(string selector)
    {
        var generator = new Ed25519KeyPairGenerator();
        generator.Init(new Ed25519KeyGenerationParameters(new SecureRandom()));
        var pair = generator.GenerateKeyPair();
        _published[$"{selector}._domainkey.sender.example"] = pair.Public;
        using var pem = new StringWriter();
        using (var writer = new PemWriter(pem))
            writer.WriteObject(new MiscPemGenerator(PrivateKeyInfoFactory.CreatePrivateKeyInfo(pair.Private)));
        return Options(selector, pem.ToString());
    }

    private DkimKeyOptions Options(string selector, string pem)
    {
        var file = Path.Combine(_folder, $"{selector}.pem");
        File.WriteAllText(file, pem);
        return new DkimKeyOptions { Domain = "sender.example", Selector = selector, PrivateKeyFile = file };
    }

    private sealed class Published(Dictionary<string, AsymmetricKeyParameter> keys) : IDkimPublicKeyLocator
    {
        public AsymmetricKeyParameter LocatePublicKey(string methods, string domain, string selector, CancellationToken cancellationToken = default) =>
            keys[$"{selector}._domainkey.{domain}"];

        public Task<AsymmetricKeyParameter> LocatePublicKeyAsync(string methods, string domain, string selector, CancellationToken cancellationToken = default) =>
            Task.FromResult(LocatePublicKey(methods, domain, selector, cancellationToken));
    }
}
