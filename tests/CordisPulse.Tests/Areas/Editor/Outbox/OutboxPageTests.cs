using System.Net;
using CordisPulse.Core.Accounts;
using MimeKit;

namespace CordisPulse.Tests.Areas.Editor.Outbox;

public sealed class OutboxPageTests
{
    private const string Root = "/editor/outbox";

    [Fact]
    public async Task A_publisher_reads_the_newest_message_first_and_its_html_in_a_frame_that_can_do_nothing()
    {
        await using var app = new PulseApp();
        using var publisher = await app.SignInAsync(Roles.Publisher);
        Assert.Contains("No message", (await publisher.GetAsync(Root)).One("[role=status]").TextContent, StringComparison.Ordinal);
        await WriteAsync(app, "20300301T080000000-aaaaaaaaaa.eml", "The older", html: null);
        await WriteAsync(app, "20300301T090000000-bbbbbbbbbb.eml", "The <newer>", "<p style='color:red'>Read <b>this</b></p><script>alert(1)</script>");
        await File.WriteAllTextAsync(Path.Combine(app.Directory, "secret.eml"), "Subject: secret\r\n\r\nsecret");

        var list = await publisher.GetAsync(Root);
        Assert.Equal(["The <newer>", "The older"], list.Texts("tbody th"));
        // An address breaks behind its @ sign, not within a word.
        Assert.Contains("reader@<wbr>reader.example", list.One("td[data-label=To]").InnerHtml, StringComparison.Ordinal);
        var message = await publisher.GetAsync(list.One("tbody th a").GetAttribute("href")!);
        Assert.Contains("reader@reader.example", message.One("#headers").TextContent, StringComparison.Ordinal);
        Assert.Contains("Plain words", message.One("#text").TextContent, StringComparison.Ordinal);
        Assert.Equal("https://example.org/confirm", message.One("#links a").GetAttribute("href"));
        var frame = message.One("iframe#html");
        Assert.Equal("", frame.GetAttribute("sandbox"));

        var html = await publisher.GetAsync(frame.GetAttribute("src")!);
        Assert.Equal("default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox", html.Headers["Content-Security-Policy"]);
        Assert.Contains("Read this", html.Text, StringComparison.Ordinal);
        var older = $"{Root}/20300301T080000000-aaaaaaaaaa.eml";
        Assert.Null((await publisher.GetAsync(older)).Document.QuerySelector("iframe"));
        foreach (var path in new[] { $"{older}/html", $"{Root}/none.eml", $"{Root}/..%2Fsecret.eml", $"{Root}/..%2Fsecret.eml/html" })
            Assert.Equal(HttpStatusCode.NotFound, (await publisher.GetAsync(path)).Status);
        Assert.Equal("Headers", message.Texts("details summary").Last());
        Assert.Equal(HttpStatusCode.NotFound, (await publisher.GetAsync($"{Root}?page=9")).Status);
        Assert.Contains("2 messages, the newest first", list.Text, StringComparison.Ordinal);
        using var stranger = app.Visit();
        Assert.NotEqual(HttpStatusCode.OK, (await stranger.GetAsync(Root)).Status);
        Assert.NotEqual(HttpStatusCode.OK, (await stranger.GetAsync(frame.GetAttribute("src")!)).Status);
    }

    [Fact]
    public async Task Nobody_below_a_publisher_reads_what_was_mailed_to_people()
    {
        await using var app = new PulseApp();
        const string name = "20300301T080000000-aaaaaaaaaa.eml";
        await WriteAsync(app, name, "Confirm", "<p>Words</p>");
        using var editor = await app.SignInAsync(Roles.Editor);

        foreach (var path in new[] { Root, $"{Root}/{name}", $"{Root}/{name}/html" })
        {
            var answer = await editor.GetAsync(path);
            Assert.Equal(HttpStatusCode.Redirect, answer.Status);
            Assert.Contains("/editor/not-allowed", answer.Location!.ToString(), StringComparison.Ordinal);
        }

        Assert.DoesNotContain(Root, (await editor.GetAsync("/editor")).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_a_mail_server_it_says_where_mail_goes_and_shows_none()
    {
        await using var app = new PulseApp()
            .With("Mail:Transport", "Smtp").With("Mail:Smtp:Host", "127.0.0.1").With("Mail:Smtp:Port", "2525").With("Mail:From", "pulse@sender.example")
            .With("Site:PublicUrl", "https://pulse.example.org").With("Publisher:PostalAddress", "1 Example Street, London");
        using var publisher = await app.SignInAsync(Roles.Publisher);

        var page = await publisher.GetAsync(Root);

        Assert.Contains("127.0.0.1, port 2525", page.One("#destination").TextContent, StringComparison.Ordinal);
        Assert.Contains("really go out", page.One("[role=status]").TextContent, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await publisher.GetAsync($"{Root}/any.eml")).Status);
    }

    private static async Task WriteAsync(PulseApp app, string name, string subject, string? html)
    {
        Directory.CreateDirectory(app.Outbox);
        using var message = new MimeMessage { Subject = subject, Body = new BodyBuilder { TextBody = "Plain words: https://example.org/confirm", HtmlBody = html }.ToMessageBody() };
        message.From.Add(MailboxAddress.Parse("pulse@sender.example"));
        message.To.Add(MailboxAddress.Parse("reader@reader.example"));
        await message.WriteToAsync(Path.Combine(app.Outbox, name));
    }
}
