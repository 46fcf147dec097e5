using System.Diagnostics;
using System.Text;
using CordisPulse.Core.Mail;
using CordisPulse.Core.Mail.Smtp;
using MimeKit;

namespace CordisPulse.Tests.Mail;

/// <summary>What goes over the wire, and for how long a connection is kept.</summary>
public abstract class SmtpConnectionTests(SmtpClientKind client)
{
    [Fact]
    public async Task One_connection_carries_many_messages_and_says_good_bye()
    {
        await using var server = LoopbackSmtpServer.Start();
        await using (var connection = await server.ConnectAsync(client: client))
        {
            for (var i = 0; i < 50; i++)
                Assert.IsType<MailAnswer.Accepted>(await connection.SendAsync(MailSamples.Message(messageId: $"{i}@sender.example")));
        }

        await server.WaitUntilAsync(() => server.OpenConnections == 0, MailSamples.Soon);
        Assert.Equal(1, server.ConnectionCount);
        Assert.Equal(Enumerable.Range(0, 50).Select(i => $"{i}@sender.example"), server.Messages.Select(m => m.Message.MessageId));
        Assert.Equal("QUIT", server.Verbs[^1]);
    }

    [Fact]
    public async Task The_socket_does_not_hold_small_packets_back()
    {
        await using var server = LoopbackSmtpServer.Start();
        using var socket = await MailSocket.OpenAsync(LoopbackSmtpServer.Host, server.Port, CancellationToken.None);
        Assert.True(socket.NoDelay);
    }

    [Fact]
    public async Task Messages_of_several_packets_do_not_wait_for_acknowledgements()
    {
        await using var server = LoopbackSmtpServer.Start();
        await using var connection = await server.ConnectAsync(client: client);
        var text = string.Concat(Enumerable.Repeat("A line of an ordinary length, many times over.\n", 300));
        Assert.IsType<MailAnswer.Accepted>(await connection.SendAsync(MailSamples.Message(text)));

        var watch = Stopwatch.StartNew();
        for (var i = 0; i < 60; i++)
            Assert.IsType<MailAnswer.Accepted>(await connection.SendAsync(MailSamples.Message(text)));

        // With Nagle's algorithm each takes 40 ms or more, 2.4 s in all.
        Assert.InRange(watch.ElapsedMilliseconds, 0, 2000);
    }

    [Fact]
    public async Task Lines_that_begin_with_a_dot_arrive_as_they_were_written()
    {
        await using var server = LoopbackSmtpServer.Start();
        await using var connection = await server.ConnectAsync(client: client);
        var text = ".\n..\n.hidden\n\n.\nend\n" + string.Concat(Enumerable.Repeat(".dots at every line, over several packets\n", 3000));

        await connection.SendAsync(MailSamples.Message(text));

        Assert.Equal(text.ReplaceLineEndings("\r\n"), Assert.Single(server.Messages).Message.TextBody!.ReplaceLineEndings("\r\n"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Names_and_text_outside_ASCII_arrive_whole_and_all_lines_end_with_CRLF(bool hasEightBit)
    {
        await using var server = LoopbackSmtpServer.Start(new LoopbackSmtpSettings { OffersEightBitMime = hasEightBit });
        await using var connection = await server.ConnectAsync(client: client);
        var message = MailSamples.Message("Grüße, Łódź — naïve café ☕\n");
        message.To.Clear();
        message.To.Add(new MailboxAddress("Zoë Müller-Łukasz", "zoe@reader.example"));
        message.Subject = "März — 3月";

        await connection.SendAsync(message);

        var received = Assert.Single(server.Messages);
        Assert.Equal("Zoë Müller-Łukasz", received.Message.To.Mailboxes.Single().Name);
        Assert.Equal("März — 3月", received.Message.Subject);
        Assert.StartsWith("Grüße, Łódź — naïve café ☕", received.Message.TextBody, StringComparison.Ordinal);
        Assert.DoesNotContain("\n", received.Text.Replace("\r\n", "", StringComparison.Ordinal), StringComparison.Ordinal);
        if (!hasEightBit)
            Assert.True(Ascii.IsValid(received.Raw.Span));
    }

    [Fact]
    public async Task An_address_outside_ASCII_goes_with_SMTPUTF8_and_is_refused_for_good_without_it()
    {
        var envelope = new MailEnvelope("bounces@sender.example", "zoë@reader.example");
        var message = MailSamples.Message();
        message.To.Clear();
        message.To.Add(new MailboxAddress("Zoë", "zoë@reader.example"));

        await using var able = LoopbackSmtpServer.Start();
        await using (var connection = await able.ConnectAsync(client: client))
            Assert.IsType<MailAnswer.Accepted>(await connection.SendAsync(message, envelope));
        var received = Assert.Single(able.Messages);
        Assert.Equal("zoë@reader.example", received.Recipient);
        Assert.Contains("SMTPUTF8", received.MailParameters, StringComparison.Ordinal);

        await using var unable = LoopbackSmtpServer.Start(new LoopbackSmtpSettings { OffersSmtpUtf8 = false });
        await using (var connection = await unable.ConnectAsync(client: client))
        {
            var answer = Assert.IsType<MailAnswer.RefusedForGood>(await connection.SendAsync(message, envelope));
            Assert.Equal((553, RefusalScope.Recipient), (answer.Code, answer.Scope));
            Assert.IsType<MailAnswer.Accepted>(await connection.SendAsync());
        }

        Assert.Single(unable.Messages);
    }

    [Fact]
    public async Task A_server_that_hung_up_while_idle_is_noticed_before_the_next_message()
    {
        await using var server = LoopbackSmtpServer.Start();
        server.On(SmtpStage.EndOfData, SmtpReaction.AnswerAndCut(250, "taken, and bye"));
        await using var connection = await server.ConnectAsync(client: client);

        Assert.Equal(new MailAnswer.Accepted(250, "taken, and bye"), await connection.SendAsync());
        await server.WaitUntilAsync(() => server.OpenConnections == 0, MailSamples.Soon);

        Assert.False(connection.IsUsable);
        Assert.Equal(new MailAnswer.NotSent("The mail server had closed the connection."), await connection.SendAsync());
        Assert.Equal(1, server.MessageCount);
    }

    [Fact]
    public async Task A_relay_that_takes_only_so_many_messages_on_a_connection_ends_it_with_421()
    {
        await using var server = LoopbackSmtpServer.Start(new LoopbackSmtpSettings { MaxMessagesOnConnection = 2 });
        await using var connection = await server.ConnectAsync(client: client);
        await connection.SendAsync();
        await connection.SendAsync();

        var answer = Assert.IsType<MailAnswer.RefusedForNow>(await connection.SendAsync());

        Assert.Equal((421, RefusalScope.Server), (answer.Code, answer.Scope));
        Assert.False(connection.IsUsable);
        Assert.Equal(2, server.MessageCount);
    }

    public sealed class Pipelined() : SmtpConnectionTests(SmtpClientKind.Pipelined);

    public sealed class MailKit() : SmtpConnectionTests(SmtpClientKind.MailKit);
}
