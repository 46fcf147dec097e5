using System.Diagnostics;
using System.Globalization;
using System.Text;
using CordisPulse.Core.Mail;
using CordisPulse.Core.Mailings.Messages;
using MimeKit;

namespace CordisPulse.Benchmarks;

/// <summary>Making one recipient's message ready for the wire: from the template, and as the mail library makes it.</summary>
internal static class MessageCost
{
    private const int Times = 3000;

    public static async Task RunAsync()
    {
        await using var lab = await SendingLab.MakeAsync(25, 1, new("unsigned"));
        var row = await lab.FirstAsync();
        var variant = await lab.VariantAsync();
        var template = await MeasureAsync("from the template", async () =>
        {
            using var mail = await lab.Messages.CreateAsync(row);
        });
        await MeasureAsync("by the mail library", async () =>
        {
            using var mail = new MimeMail(Compose(variant.Text, variant.Html, row.UnsubscribeToken), new MailEnvelope("pulse@example.org", row.Address));
            await mail.WriteToAsync(Stream.Null);
        }, template);
        await MeasureSignedAsync("signed (RSA 2048)", template, SigningKey.Rsa2048);
        await MeasureSignedAsync("signed (Ed25519)", template, SigningKey.Ed25519);
        await MeasureSignedAsync("signed (both)", template, SigningKey.Rsa2048, SigningKey.Ed25519);
    }

    private static async Task MeasureSignedAsync(string name, double template, params SigningKey[] keys)
    {
        await using var lab = await SendingLab.MakeAsync(25, 1, new(name) { Keys = keys });
        var row = await lab.FirstAsync();
        await MeasureAsync(name, async () =>
        {
            using var mail = await lab.Messages.CreateAsync(row);
            await mail.WriteToAsync(Stream.Null);
        }, template);
    }

    private static MimeMessage Compose(string text, string html, string token)
    {
        var message = new MimeMessage { Subject = "CordisPulse: March 2030", Body = new MultipartAlternative(Part("plain", text), Part("html", html)) };
        message.From.Add(new MailboxAddress("CordisPulse", "pulse@example.org"));
        message.To.Add(new MailboxAddress("Reader 1", "reader.1@example.org"));
        return message;

        TextPart Part(string kind, string body)
        {
            var part = new TextPart(kind) { ContentTransferEncoding = ContentEncoding.QuotedPrintable };
            part.SetText(Encoding.UTF8, body.Replace(RenderedMail.TokenMark.ToString(), token, StringComparison.Ordinal));
            return part;
        }
    }

    private static async Task<double> MeasureAsync(string name, Func<Task> make, double? beside = null)
    {
        for (var i = 0; i < Times / 10; i++)
            await make();
        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < Times; i++)
            await make();
        var microseconds = watch.Elapsed.TotalMicroseconds / Times;
        var bytes = (GC.GetTotalAllocatedBytes(precise: true) - allocated) / Times;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-22} {microseconds,8:0.0} µs {bytes,9:N0} bytes allocated {(beside is { } one ? $"{microseconds / one,6:0.0} times" : "")}"));
        return microseconds;
    }
}
