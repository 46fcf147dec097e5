using CordisPulse.Core.Mail;
using MimeKit;

namespace CordisPulse.Tests.Mail;

/// <summary>Both clients bring the same bytes.</summary>
public sealed class SmtpClientsTests
{
    [Theory]
    [InlineData(true, true)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(false, false)]
    public async Task A_server_gets_the_same_from_both_clients(bool hasPipelining, bool hasEightBit)
    {
        var settings = new LoopbackSmtpSettings { OffersPipelining = hasPipelining, OffersEightBitMime = hasEightBit };
        var received = new List<IReadOnlyList<ReceivedMessage>>();
        var answers = new List<List<MailAnswer>>();
        foreach (var client in Enum.GetValues<SmtpClientKind>())
        {
            await using var server = LoopbackSmtpServer.Start(settings);
            await using var connection = await server.ConnectAsync(client: client);
            answers.Add([]);
            foreach (var (message, envelope) in Samples())
                using (message)
                    answers[^1].Add(await connection.SendAsync(message, envelope));
            received.Add(server.Messages);
        }

        Assert.Equal(answers[1], answers[0]);
        // Headers in UTF-8 need eight bits.
        Assert.Equal(hasEightBit ? Samples().Count() : Samples().Count(sample => sample.Envelope.Recipient[0] != 'z'), received[0].Count);
        Assert.Equal(received[1].Count, received[0].Count);
        foreach (var (ours, theirs) in received[0].Zip(received[1]))
        {
            Assert.Equal(theirs.Text, ours.Text);
            Assert.True(theirs.Raw.Span.SequenceEqual(ours.Raw.Span));
            // For a domain alone the mail library asks for SMTPUTF8; we write it in ASCII, which every server can carry.
            if (ours.Recipient != "ann@xn--mller-kva.example")
                Assert.Equal((theirs.Sender, theirs.Recipient, theirs.MailParameters), (ours.Sender, ours.Recipient, ours.MailParameters));
        }
    }

    private static IEnumerable<(MimeMessage Message, MailEnvelope Envelope)> Samples()
    {
        string[] texts =
        [
            "Good morning.\n", "", "\n", ".", ".\n.\n..\n", "no end of line", "Grüße, Łódź ☕\n", new string('x', 3000) + "\n", "a\r\nb\rc\nd\n", " trailing \t\n",
            string.Concat(Enumerable.Repeat(".dots at every line, over several packets\n", 3000)),
        ];
        foreach (var text in texts)
            foreach (var encoding in new[] { ContentEncoding.Default, ContentEncoding.QuotedPrintable, ContentEncoding.Base64 })
                yield return (With(text, encoding, "Ann", "ann@reader.example"), MailSamples.Envelope);
        (string Name, string Address)[] people =
        [
            ("Zoë \"Z\" Müller-Łukasz, née O'Neil", "ann@reader.example"), ("", "ann@reader.example"), (new string('n', 300), "ann@reader.example"), ("李雷", "ann@reader.example"),
            ("Ann", "\"odd address\"@reader.example"), ("Ann", "a+b=c/d{e}@reader.example"), ("Ann", "ann@müller.example"), ("Zoë", "zoë@reader.example"), ("Zoë", "zoë@müller.example"),
        ];
        foreach (var (name, address) in people)
            yield return (With("Grüße\n", ContentEncoding.QuotedPrintable, name, address), new MailEnvelope("bounces@sender.example", address));
    }

    private static MimeMessage With(string text, ContentEncoding encoding, string name, string address)
    {
        var message = MailSamples.Message();
        message.To.Clear();
        message.To.Add(new MailboxAddress(name, address));
        var part = new TextPart("plain") { Text = text };
        part.ContentTransferEncoding = encoding;
        message.Body = new MultipartAlternative(part) { Boundary = "=_boundary" };
        return message;
    }
}
