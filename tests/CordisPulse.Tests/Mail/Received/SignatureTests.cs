using System.Text.RegularExpressions;

namespace CordisPulse.Tests.Mail.Received;

/// <summary>RFC 6376, 8301 and 8463: the signatures, read as text and verified by dkimpy, which had no part in making them.</summary>
[Collection(AllReceivedMail.Name)]
public sealed partial class SignatureTests(ReceivedMailFixture mail)
{
    /// <summary>RFC 6376 sections 3.5 and 5: above what it signs, one for each key.</summary>
    [Fact]
    public void Each_message_is_signed_with_both_keys()
        => Assert.All(mail.All, one =>
        {
            var signatures = one.Raw.All("DKIM-Signature").Select(Tags).ToList();
            Assert.Equal(["ed25519-sha256 ed", "rsa-sha256 rsa"], signatures.Select(tags => $"{tags["a"]} {tags["s"]}").Order());
            Assert.All(signatures, tags =>
            {
                Assert.Equal(("1", ReceivedMailFixture.Domain, "relaxed/relaxed"), (tags["v"], tags["d"], tags["c"]));
                Assert.Matches("^[A-Za-z0-9+/]{43}=$", tags["bh"]);
                Assert.Matches("^[A-Za-z0-9+/]+=*$", tags["b"]);
                // A length would let others append to the text (section 8.2).
                Assert.DoesNotContain("l", tags.Keys);
                Assert.InRange(tags.GetValueOrDefault("i", "@" + ReceivedMailFixture.Domain), "@", "@sender.example");
                Assert.Equal("dns/txt", tags.GetValueOrDefault("q", "dns/txt"));
            });
            Assert.True(one.Raw.Headers.Select(header => header.Name).Take(2).All(name => name == "DKIM-Signature"), "The signatures stand below something.");
        });

    /// <summary>RFC 6376 section 5.4.1 and RFC 8058 section 4: all that a reader or a program goes by, and one From more than there is.</summary>
    [Fact]
    public void What_readers_go_by_is_signed()
        => Assert.All(mail.All, one => Assert.All(one.Raw.All("DKIM-Signature").Select(Tags), tags =>
        {
            var signed = tags["h"].ToLowerInvariant().Split(':');
            var present = one.Raw.Headers.Select(header => header.Name.ToLowerInvariant()).Where(name => name != "dkim-signature").ToList();
            Assert.Equal(present.Append("from").Where(name => name != "content-transfer-encoding").Order(), signed.Where(name => name != "content-transfer-encoding").Order());
        }));

    [DkimpyFact]
    public async Task The_other_implementation_verifies_every_message()
    {
        var checkedOnes = await Dkimpy.VerifyAsync(mail.All.Select(one => one.Received.Raw), DkimKeyFiles.Published(mail.Keys));
        Assert.Equal(mail.All.Count, checkedOnes.Count);
        Assert.All(checkedOnes, verdicts => Assert.Equal([("ed25519-sha256", true), ("rsa-sha256", true)], verdicts.OrderBy(verdict => verdict.Algorithm).Select(verdict => (verdict.Algorithm, verdict.Holds))));
    }

    [DkimpyFact]
    public async Task The_other_implementation_refuses_what_was_changed_or_signed_with_another_key()
    {
        var bytes = mail.Edition.Received.Text;
        string[] changed =
        [
            bytes.Replace("/unsubscribe/token", "/unsubscribe/tokem", StringComparison.Ordinal),
            bytes.Replace("List-Unsubscribe-Post: List", "List-Unsubscribe-Post: Lost", StringComparison.Ordinal),
            bytes.Replace("\r\nTo: ", "\r\nFrom: x@bank.example\r\nTo: ", StringComparison.Ordinal),
            bytes[..^20] + "\r\n" + bytes[^20..],
        ];
        var verdicts = await Dkimpy.VerifyAsync(changed.Select(text => (ReadOnlyMemory<byte>)System.Text.Encoding.ASCII.GetBytes(text)), DkimKeyFiles.Published(mail.Keys));
        Assert.All(verdicts, one => Assert.All(one, verdict => Assert.False(verdict.Holds)));
        var swapped = DkimKeyFiles.Published(mail.Keys).Select(key => key with { Selector = key.Selector == "rsa" ? "ed" : "rsa" });
        Assert.All(Assert.Single(await Dkimpy.VerifyAsync([mail.Edition.Received.Raw], swapped)), verdict => Assert.False(verdict.Holds));
    }

    [DkimpyTheory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task The_other_implementation_verifies_each_algorithm_alone(bool rsa, bool ed25519)
    {
        var folder = Directory.CreateTempSubdirectory("pulse-dkim-").FullName;
        try
        {
            var keys = DkimKeyFiles.Write(folder, "sender.example", rsa, ed25519);
            using var message = MailSamples.Message("Grüße — naïve café.\n.a dot\n\n\n" + new string('é', 1200) + "\n   \n\n");
            message.Subject = "März 2022 — a subject that is long enough to be folded over more than a single line, with ümläuts";
            new CordisPulse.Core.Mail.DkimSigning(keys).Sign(message);
            await using var server = LoopbackSmtpServer.Start(new LoopbackSmtpSettings { OffersEightBitMime = rsa });
            await using (var connection = await server.ConnectAsync())
                Assert.IsType<CordisPulse.Core.Mail.MailAnswer.Accepted>(await connection.SendAsync(message));

            var verdict = Assert.Single(Assert.Single(await Dkimpy.VerifyAsync([server.Messages[0].Raw], DkimKeyFiles.Published(keys))));
            Assert.Equal((rsa ? "rsa-sha256" : "ed25519-sha256", true), (verdict.Algorithm, verdict.Holds));
        }
        finally
        {
            TemporaryFolder.Delete(folder);
        }
    }

    private static Dictionary<string, string> Tags(RawHeader header)
        => Blanks().Replace(header.Value, "").TrimEnd(';').Split(';').Select(tag => tag.Split('=', 2)).ToDictionary(tag => tag[0], tag => tag[1]);

    [GeneratedRegex(@"\s")]
    private static partial Regex Blanks();
}
