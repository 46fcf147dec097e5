using System.Security.Cryptography;
using MimeKit;
using MimeKit.Cryptography;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Security;

namespace CordisPulse.Tests.Mailings;

public sealed class SignedMailingTests
{
    [Fact]
    public async Task Every_message_of_a_mailing_carries_a_signature_that_holds_and_covers_its_ways_to_leave()
    {
        using var rsa = RSA.Create(2048);
        await using var lab = new MailingLab();
        var file = Path.Combine(lab.Directory, "dkim.pem");
        await File.WriteAllTextAsync(file, rsa.ExportPkcs8PrivateKeyPem());
        lab.With("Mail:Dkim:Keys:0:Domain", "sender.example").With("Mail:Dkim:Keys:0:Selector", "pulse").With("Mail:Dkim:Keys:0:PrivateKeyFile", file);
        var node = lab.StartNode();
        await MailingLab.SeedAsync(node, 3);
        await MailingLab.StartAsync(node);
        await MailingLab.WaitForEndAsync(node);

        var verifier = new DkimVerifier(new Published(DotNetUtilities.GetRsaPublicKey(rsa)));
        Assert.Equal(3, lab.Server.MessageCount);
        Assert.All(lab.Server.Messages.Select(received => received.Message), message =>
        {
            var signature = Assert.Single(message.Headers, header => header.Id == HeaderId.DkimSignature);
            Assert.True(verifier.Verify(message, signature));
            var tags = string.Concat(signature.Value.Where(c => !char.IsWhiteSpace(c)));
            Assert.Contains("list-unsubscribe:list-unsubscribe-post:", tags, StringComparison.OrdinalIgnoreCase);
        });
    }

    private sealed class Published(AsymmetricKeyParameter key) : IDkimPublicKeyLocator
    {
        public AsymmetricKeyParameter LocatePublicKey(string methods, string domain, string selector, CancellationToken cancellationToken = default)
        {
            Assert.Equal(("sender.example", "pulse"), (domain, selector));
            return key;
        }

        public Task<AsymmetricKeyParameter> LocatePublicKeyAsync(string methods, string domain, string selector, CancellationToken cancellationToken = default)
            => Task.FromResult(LocatePublicKey(methods, domain, selector, cancellationToken));
    }
}
