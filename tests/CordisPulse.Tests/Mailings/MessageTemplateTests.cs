using System.Text;
using CordisPulse.Core.Mail;
using CordisPulse.Core.Mailings.Messages;
using CordisPulse.Tests.Mail;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using MimeKit;
using MimeKit.Cryptography;
using Org.BouncyCastle.Crypto;

namespace CordisPulse.Tests.Mailings;

/// <summary>A message from the template is, to the byte, the one that the mail library would have made.</summary>
public sealed class MessageTemplateTests
{
    private const string Letters = "abcdefghijklmnopqrstuvwxyz234567";

    [Property(MaxTest = 300, Arbitrary = [typeof(Samples)])]
    public async Task A_templated_message_is_the_one_the_mail_library_makes(Sample sample)
    {
        var template = new MessageTemplate(recipient => Compose(sample, recipient));
        var signed = new MessageTemplate(recipient => Compose(sample, recipient), Signing.Value);
        foreach (var recipient in sample.Recipients)
        {
            await AssertSignedAsync(signed.TryMake(recipient, new MailEnvelope("bounces@sender.example", recipient.To.Address))!, template, recipient);
            var envelope = new MailEnvelope("bounces@sender.example", recipient.To.Address);
            using var prepared = template.TryMake(recipient, envelope);
            Assert.NotNull(prepared);
            using var reference = new MimeMail(Compose(sample, recipient), envelope);
            Assert.Equal(await TextAsync(reference), await TextAsync(prepared));
        }
    }

    [Fact]
    public async Task A_token_may_stand_at_every_column_of_a_line()
    {
        var text = string.Concat(Enumerable.Range(0, 160).Select(column => $"{new string('=', column % 40)}{new string('x', column)}{RenderedMail.TokenMark}.{RenderedMail.TokenMark}\n.\n"));
        var sample = new Sample("Subject", text, text.Replace("\n", "", StringComparison.Ordinal), "Pulse", [Recipient("Ann", "ann@reader.example", "abcdefghijklmnopqrstuvwxyz"), Recipient("Bea", "b@reader.example", "zzzzzzzzzzzzz2222222222222")]);
        await A_templated_message_is_the_one_the_mail_library_makes(sample);
    }

    [Theory]
    [InlineData("ann@reader.example", "short")]
    [InlineData("ann@reader.example", "ABCDEFGHIJKLMNOPQRSTUVWXYZ")]
    [InlineData("ann@reader.example", "abcdefghijklmnopqrstuvwxy=")]
    [InlineData("zoë@reader.example", "abcdefghijklmnopqrstuvwxyz")]
    public void What_the_template_does_not_suit_is_left_to_the_mail_library(string address, string token)
    {
        var sample = new Sample("Subject", $"Text {RenderedMail.TokenMark}", "<p>", "Pulse", []);
        var template = new MessageTemplate(recipient => Compose(sample, recipient));
        Assert.Null(template.TryMake(Recipient("Zoë", address, token), new MailEnvelope("bounces@sender.example", address)));
    }

    /// <summary>It is the message without a signature, with one before it that holds.</summary>
    private static async Task AssertSignedAsync(PreparedMail signed, MessageTemplate template, MessageRecipient recipient)
    {
        using var _ = signed;
        using var unsigned = template.TryMake(recipient, signed.Envelope)!;
        var (text, plain) = (await TextAsync(signed), await TextAsync(unsigned));
        Assert.EndsWith(plain, text, StringComparison.Ordinal);
        Assert.Matches(@"^DKIM-Signature: v=1;[^\r]*(\r\n\t[^\r]*)*\r\n$", text[..^plain.Length]);
        using var message = MimeMessage.Load(new MemoryStream(Encoding.Latin1.GetBytes(text)));
        Assert.True(new DkimVerifier(new Published(Signing.Value.PublicKeys[0].RecordText)).Verify(message, message.Headers.First(header => header.Id == HeaderId.DkimSignature)), text);
    }

    private static readonly Lazy<DkimSigning> Signing = new(() =>
    {
        var folder = Directory.CreateTempSubdirectory("pulse-dkim-").FullName;
        try
        {
            return new DkimSigning(DkimKeyFiles.Write(folder, "sender.example", rsa: false));
        }
        finally
        {
            TemporaryFolder.Delete(folder);
        }
    });

    private sealed class Published(string record) : DkimPublicKeyLocatorBase
    {
        public override AsymmetricKeyParameter LocatePublicKey(string methods, string domain, string selector, CancellationToken cancellationToken = default) => GetPublicKey(record);

        public override Task<AsymmetricKeyParameter> LocatePublicKeyAsync(string methods, string domain, string selector, CancellationToken cancellationToken = default)
            => Task.FromResult(GetPublicKey(record));
    }

    private static MessageRecipient Recipient(string name, string address, string token, string? follows = null) => new()
    {
        To = new MailboxAddress(name, address),
        Date = new DateTimeOffset(2022, 3, 7, 9, 0, 0, TimeSpan.Zero),
        MessageId = "2022-03.edition.1.7@pulse.example",
        References = follows,
        ListUnsubscribe = $"<https://pulse.example/unsubscribe/{token}>, <mailto:leave@pulse.example?subject=unsubscribe%20{token}>",
        Token = token,
    };

    private static MimeMessage Compose(Sample sample, MessageRecipient recipient)
    {
        var message = MessageTemplate.Begin(recipient);
        message.From.Add(new MailboxAddress(sample.From, "pulse@sender.example"));
        message.Subject = sample.Subject;
        message.Headers.Add(HeaderId.ListUnsubscribePost, "List-Unsubscribe=One-Click");
        message.Body = new MultipartAlternative(Part("plain", sample.Text), Part("html", sample.Html)) { Boundary = "=_boundary" };
        return message;

        TextPart Part(string kind, string text)
        {
            var part = new TextPart(kind) { ContentTransferEncoding = ContentEncoding.QuotedPrintable };
            part.SetText(Encoding.UTF8, text.Replace(RenderedMail.TokenMark.ToString(), recipient.Token, StringComparison.Ordinal));
            return part;
        }
    }

    private static async Task<string> TextAsync(OutgoingMail mail)
    {
        using var content = new MemoryStream();
        await mail.WriteToAsync(content);
        return Encoding.Latin1.GetString(content.ToArray());
    }

    public sealed record Sample(string Subject, string Text, string Html, string From, IReadOnlyList<MessageRecipient> Recipients)
    {
        public override string ToString() => $"{Subject} | {Text} | {Html} | {From} | {string.Join(", ", Recipients.Select(r => $"{r.To} {r.Token}"))}";
    }

    private static class Samples
    {
        private static readonly Gen<string> Word = Gen.OneOf(
            Gen.Elements(".", "..", "\n.", "\n", "\r\n", "\r", " \n", "\t", "=", "=3D", "From ", "é", "☕", "😀", "\u200F", "a", " ", "--=_boundary", "\u0000", "<b>"),
            Gen.Choose(0, 90).Select(length => new string('x', length)),
            Gen.Choose(0, 90).Select(length => new string('é', length)),
            Gen.Constant(RenderedMail.TokenMark.ToString()),
            ArbMap.Default.GeneratorFor<UnicodeString>().Select(text => text.Item ?? ""));

        private static readonly Gen<string> Text = Word.ListOf().Select(string.Concat);

        private static readonly Gen<string> Line = Text.Select(OneLine);

        private static readonly Gen<string> Address = Gen.Elements(
            "ann@reader.example", "a@b", "a+b=c/d{e}@reader.example", "\"odd address\"@reader.example", "\"a\\\"b\"@reader.example", "ann@müller.example", "ann@[127.0.0.1]",
            $"{new string('l', 64)}@{string.Join('.', Enumerable.Repeat(new string('d', 60), 4))}.example", "o'neil@reader.example");

        private static readonly Gen<string> Token = Gen.Elements(Letters.ToCharArray()).ListOf(RenderedMail.TokenLength).Select(letters => string.Concat(letters));

        private static readonly Gen<string?> Follows = Gen.Elements<string?>(null, "2022-03.edition.1.7@pulse.example", $"2022-03.late.12.1234567@{new string('d', 60)}.example");

        public static Arbitrary<Sample> Sample() => (
            from subject in Line
            from text in Text
            from html in Text
            from sender in Line
            from people in (from name in Line from address in Address from token in Token from follows in Follows select Recipient(name, address, token, follows)).ListOf(3)
            select new Sample(subject, text, html, sender, [.. people])).ToArbitrary();

        private static string OneLine(string text) => string.Concat(text.Where(c => !char.IsControl(c) && c != RenderedMail.TokenMark));
    }
}
