using System.Text;
using CordisPulse.Core.Mail;
using CordisPulse.Core.Mail.Smtp;

namespace CordisPulse.Tests.Mail;

/// <summary>Servers that keep to no protocol. Whatever they do, a message is never taken for sent or unsent on a guess.</summary>
public abstract class SmtpFaultTests(SmtpClientKind client)
{
    public static TheoryData<SmtpStage, bool> Stages { get; } = new()
    {
        { SmtpStage.Mail, true }, { SmtpStage.Rcpt, true }, { SmtpStage.Data, true }, { SmtpStage.EndOfData, true },
        { SmtpStage.Mail, false }, { SmtpStage.Rcpt, false }, { SmtpStage.Data, false }, { SmtpStage.EndOfData, false },
    };

    [Theory]
    [MemberData(nameof(Stages))]
    public Task Half_a_line_is_no_answer(SmtpStage stage, bool hasPipelining) => AssertUnreadableAsync(stage, hasPipelining, SmtpReaction.Say("250 2.0"u8, isCut: true));

    [Theory]
    [MemberData(nameof(Stages))]
    public Task Bytes_that_are_no_text_are_no_answer(SmtpStage stage, bool hasPipelining)
        => AssertUnreadableAsync(stage, hasPipelining, SmtpReaction.Say([0xFF, 0xFE, 0x80, 0x00, 0xC3, 0x28, (byte)'\r', (byte)'\n']));

    [Theory]
    [MemberData(nameof(Stages))]
    public async Task Bytes_that_are_no_text_behind_a_code_are_made_fit_to_show(SmtpStage stage, bool hasPipelining)
    {
        await using var server = LoopbackSmtpServer.Start(new LoopbackSmtpSettings { OffersPipelining = hasPipelining });
        server.On(stage, SmtpReaction.Say([(byte)'5', (byte)'5', (byte)'4', (byte)' ', 0xFF, 0x07, 0x1B, (byte)'x', (byte)'\r', (byte)'\n']), times: 1);
        await using var connection = await server.ConnectAsync(client: client);

        var answer = Assert.IsType<MailAnswer.RefusedForGood>(await connection.SendAsync());

        Assert.Equal(554, answer.Code);
        Assert.DoesNotContain(answer.Text, char.IsControl);
        Assert.IsType<MailAnswer.Accepted>(await connection.SendAsync());
    }

    [Theory]
    [InlineData(SmtpStage.Mail)]
    [InlineData(SmtpStage.Data)]
    [InlineData(SmtpStage.EndOfData)]
    public async Task A_line_of_ten_megabytes_does_no_harm(SmtpStage stage)
    {
        await using var server = LoopbackSmtpServer.Start();
        server.On(stage, SmtpReaction.Answer(554, new string('x', 10_000_000)), times: 1);
        await using var connection = await server.ConnectAsync(client: client);

        var answer = await connection.SendAsync();

        if (client == SmtpClientKind.MailKit)
            Assert.Equal(300, Assert.IsType<MailAnswer.RefusedForGood>(answer).Text.Length);
        else
            AssertLost(stage, answer);
        Assert.Equal(0, server.MessageCount);
    }

    [Theory]
    [MemberData(nameof(Stages))]
    public async Task A_server_that_falls_silent_is_left_at_the_timeout(SmtpStage stage, bool hasPipelining)
    {
        await using var server = LoopbackSmtpServer.Start(new LoopbackSmtpSettings { OffersPipelining = hasPipelining });
        var gate = new TaskCompletionSource();
        server.On(stage, SmtpReaction.HoldUntil(gate.Task));
        await using var connection = await server.ConnectAsync(TimeSpan.FromMilliseconds(300), client);

        AssertLost(stage, await connection.SendAsync(), "The mail server did not answer within 00:00:00.3000000.");

        Assert.False(connection.IsUsable);
        gate.SetResult();
    }

    [Fact]
    public async Task A_server_that_greets_slowly_is_waited_for()
    {
        await using var server = LoopbackSmtpServer.Start();
        server.On(SmtpStage.Greeting, SmtpReaction.Wait(TimeSpan.FromMilliseconds(400)));
        await using var connection = await server.ConnectAsync(client: client);
        Assert.IsType<MailAnswer.Accepted>(await connection.SendAsync());
    }

    [Theory]
    [InlineData("\xFF\xFE rubbish\r\n")]
    [InlineData("220")]
    public async Task A_greeting_that_makes_no_sense_lets_nobody_in(string greeting)
    {
        await using var server = LoopbackSmtpServer.Start();
        server.On(SmtpStage.Greeting, SmtpReaction.Say(Encoding.Latin1.GetBytes(greeting), isCut: true));
        await Assert.ThrowsAsync<MailServerUnavailableException>(() => server.ConnectAsync(client: client));
    }

    [Fact]
    public async Task What_a_server_offers_is_asked_on_each_connection()
    {
        await using var server = LoopbackSmtpServer.Start();
        await using (var all = await server.ConnectAsync(client: client))
            Assert.IsType<MailAnswer.Accepted>(await all.SendAsync(MailSamples.Message("Grüße\n")));
        server.Settings = new LoopbackSmtpSettings { OffersPipelining = false, OffersEightBitMime = false, OffersSmtpUtf8 = false };
        await using (var few = await server.ConnectAsync(client: client))
        {
            Assert.IsType<MailAnswer.Accepted>(await few.SendAsync(MailSamples.Message("Grüße\n")));
            Assert.IsType<MailAnswer.RefusedForGood>(await few.SendAsync(envelope: new MailEnvelope("bounces@sender.example", "zoë@reader.example")));
        }

        Assert.Equal(["8BITMIME", ""], server.Messages.Select(m => m.MailParameters.Contains("8BITMIME", StringComparison.Ordinal) ? "8BITMIME" : ""));
        Assert.True(Ascii.IsValid(server.Messages[1].Raw.Span));
    }

    [Fact]
    public async Task STARTTLS_that_is_no_longer_offered_is_asked_for_all_the_same()
    {
        using var certificate = Certificates.ForLoopback();
        await using var server = LoopbackSmtpServer.Start(new LoopbackSmtpSettings { Certificate = certificate });
        Assert.Contains("not trust", (await FailureAsync(server)).Message, StringComparison.Ordinal);
        server.Settings = new LoopbackSmtpSettings();
        Assert.Contains("does not offer STARTTLS", (await FailureAsync(server)).Message, StringComparison.Ordinal);
        Assert.DoesNotContain("MAIL", server.Verbs);
    }

    [Theory]
    [InlineData("220 go ahead\r\n", true)]
    [InlineData("220 go ahead\r\nno TLS at all\r\n", false)]
    [InlineData("454 4.7.0 no TLS today\r\n", false)]
    public async Task TLS_that_fails_is_not_gone_round(string answer, bool isCut)
    {
        using var certificate = Certificates.ForLoopback();
        await using var server = LoopbackSmtpServer.Start(new LoopbackSmtpSettings { Certificate = certificate });
        server.On(SmtpStage.StartTls, SmtpReaction.Say(Encoding.ASCII.GetBytes(answer), isCut));
        await FailureAsync(server);
        Assert.Equal(["EHLO", "STARTTLS"], server.Verbs);
    }

    [Theory]
    [InlineData("250 2.1.0 said before the handshake\r\n")]
    [InlineData("250-loopback\r\n250 AUTH PLAIN\r\n")]
    public async Task What_is_put_in_before_the_handshake_ends_the_connection(string injected)
    {
        using var certificate = Certificates.ForLoopback();
        await using var server = LoopbackSmtpServer.Start(new LoopbackSmtpSettings { Certificate = certificate, UserName = "pulse-user", Password = "right" });
        server.On(SmtpStage.StartTls, SmtpReaction.Say(Encoding.ASCII.GetBytes("220 go ahead\r\n" + injected)));

        var e = await FailureAsync(server);

        // The server's certificate is not trusted either, and would be what the failure is about if its handshake had been read.
        if (client == SmtpClientKind.Pipelined)
            Assert.Equal($"The mail server {server} and this machine could not agree on a secure connection.", e.Message);
        Assert.Equal(["EHLO", "STARTTLS"], server.Verbs);
    }

    [Fact]
    public async Task A_sign_in_that_ends_in_mid_session_is_the_servers_matter_and_no_recipients()
    {
        await using var server = LoopbackSmtpServer.Start();
        server.On(SmtpStage.Mail, SmtpReaction.Answer(530, "5.7.0 sign in again"), moment => moment.MessageOnConnection == 3);
        await using var connection = await server.ConnectAsync(client: client);
        Assert.IsType<MailAnswer.Accepted>(await connection.SendAsync());
        Assert.IsType<MailAnswer.Accepted>(await connection.SendAsync());
        Assert.Equal(new MailAnswer.RefusedForNow(530, "5.7.0 sign in again", RefusalScope.SignIn), await connection.SendAsync());
    }

    [Fact]
    public async Task Content_asked_for_after_a_refused_recipient_is_not_given()
    {
        await using var server = LoopbackSmtpServer.Start(new LoopbackSmtpSettings { TakesContentForNobody = true });
        server.On(SmtpStage.Rcpt, SmtpReaction.Answer(550, "no such user"), times: 1);
        await using var connection = await server.ConnectAsync(client: client);

        Assert.Equal(new MailAnswer.RefusedForGood(550, "no such user", RefusalScope.Recipient), await connection.SendAsync());

        await connection.DisposeAsync();
        await server.WaitUntilAsync(() => server.OpenConnections == 0, MailSamples.Soon);
        Assert.Equal(0, server.MessageCount);
    }

    [Fact]
    public async Task An_address_that_would_begin_a_command_of_its_own_is_refused()
    {
        await using var server = LoopbackSmtpServer.Start();
        await using var connection = await server.ConnectAsync(client: client);

        foreach (var address in new[] { "a@b.example>\r\nRCPT TO:<c@d.example", "a@b.example> SIZE=1", "\"a\r\nDATA\"@b.example", "", "nobody" })
            Assert.IsType<MailAnswer.RefusedForGood>(await connection.SendAsync(envelope: new MailEnvelope("bounces@sender.example", address)));

        Assert.Equal(["EHLO"], server.Verbs);
        Assert.IsType<MailAnswer.Accepted>(await connection.SendAsync());
    }

    [Fact]
    public async Task A_message_that_is_offered_and_not_ended_is_not_sent()
    {
        await using var server = LoopbackSmtpServer.Start();
        var connection = await server.ConnectAsync(client: client);
        using var mail = new MimeMail(MailSamples.Message(), MailSamples.Envelope);

        Assert.Null(await connection.OfferAsync(mail, CancellationToken.None));
        await connection.DisposeAsync();

        await server.WaitUntilAsync(() => server.OpenConnections == 0, MailSamples.Soon);
        Assert.Equal(0, server.MessageCount);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Messages_in_a_row_arrive_in_their_order_and_each_has_its_own_answer(bool hasPipelining)
    {
        await using var server = LoopbackSmtpServer.Start(new LoopbackSmtpSettings { OffersPipelining = hasPipelining });
        server.On(SmtpStage.Rcpt, SmtpReaction.Answer(550, "no such user"), moment => moment.Recipient.StartsWith('2'));
        server.On(SmtpStage.EndOfData, SmtpReaction.Answer(452, "full"), moment => moment.Recipient.StartsWith('4'));
        server.On(SmtpStage.Data, SmtpReaction.Answer(451, "not now"), moment => moment.Recipient.StartsWith('5'));
        await using var connection = await server.ConnectAsync(client: client);
        var mails = Enumerable.Range(0, 8).Select(i => new MimeMail(MailSamples.Message($"Number {i}\n", $"{i}@sender.example"), new MailEnvelope("bounces@sender.example", $"{i}@reader.example"))).ToList();

        var answers = new List<MailAnswer>();
        for (var i = 0; i < mails.Count; i++)
            answers.Add(await connection.OfferAsync(mails[i], CancellationToken.None) ?? await connection.EndAsync(mails.ElementAtOrDefault(i + 1)));

        Assert.Equal([250, 250, 550, 250, 452, 451, 250, 250], answers.Select(answer => answer switch
        {
            MailAnswer.Accepted accepted => accepted.Code,
            MailAnswer.RefusedForGood refused => refused.Code,
            MailAnswer.RefusedForNow refused => refused.Code,
            _ => 0,
        }));
        Assert.Equal(["0", "1", "3", "6", "7"], server.Messages.Select(m => m.Recipient[..1]));
        Assert.All(server.Messages, m => Assert.Equal($"{m.Recipient[..1]}@sender.example", m.Message.MessageId));
        Assert.Equal(1, server.ConnectionCount);
    }

    [Fact]
    public async Task A_cut_after_the_end_leaves_one_message_in_doubt_and_the_next_surely_unsent()
    {
        await using var server = LoopbackSmtpServer.Start();
        server.On(SmtpStage.EndOfData, SmtpReaction.StoreAndCut());
        await using var connection = await server.ConnectAsync(client: client);
        using var first = new MimeMail(MailSamples.Message(), MailSamples.Envelope);
        using var second = new MimeMail(MailSamples.Message(), MailSamples.Envelope);

        Assert.Null(await connection.OfferAsync(first, CancellationToken.None));
        Assert.IsType<MailAnswer.Unknown>(await connection.EndAsync(second));
        Assert.IsType<MailAnswer.NotSent>(await connection.OfferAsync(second, CancellationToken.None));
    }

    protected async Task AssertUnreadableAsync(SmtpStage stage, bool hasPipelining, SmtpReaction reaction)
    {
        await using var server = LoopbackSmtpServer.Start(new LoopbackSmtpSettings { OffersPipelining = hasPipelining });
        server.On(stage, reaction);
        await using var connection = await server.ConnectAsync(client: client);

        AssertLost(stage, await connection.SendAsync());

        Assert.False(connection.IsUsable);
        Assert.Equal(0, server.MessageCount);
    }

    private void AssertLost(SmtpStage stage, MailAnswer answer, string reason = "The connection to the mail server was lost.")
    {
        // The mail library does not tell whether it took what came after DATA for leave to go on.
        var isDoubtful = stage == SmtpStage.EndOfData || (stage == SmtpStage.Data && client == SmtpClientKind.MailKit && answer is MailAnswer.Unknown);
        Assert.Equal(isDoubtful ? new MailAnswer.Unknown(reason) : new MailAnswer.NotSent(reason), answer);
    }

    private async Task<MailServerUnavailableException> FailureAsync(LoopbackSmtpServer server)
    {
        var options = MailSamples.For(server, client: client);
        options.Smtp.Security = SmtpSecurity.StartTls;
        return await Assert.ThrowsAsync<MailServerUnavailableException>(() => new SmtpTransport(options).ConnectAsync(CancellationToken.None));
    }

    /// <summary>With what the mail library does not tell, or takes: lines without end, and an answer before the end of a message.</summary>
    public sealed class Pipelined() : SmtpFaultTests(SmtpClientKind.Pipelined)
    {
        [Theory]
        [MemberData(nameof(Stages))]
        public Task Lines_without_end_are_no_answer(SmtpStage stage, bool hasPipelining)
            => AssertUnreadableAsync(stage, hasPipelining, SmtpReaction.Say(Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("250-more\r\n", 1000)))));

        [Fact]
        public async Task An_answer_before_the_end_is_one_to_a_message_that_was_not_sent()
        {
            await using var server = LoopbackSmtpServer.Start();
            server.On(SmtpStage.Content, SmtpReaction.AnswerAndCut(552, "5.3.4 too big"));
            await using var connection = await server.ConnectAsync(client: SmtpClientKind.Pipelined);
            using var mail = new MimeMail(MailSamples.Message(), MailSamples.Envelope);

            Assert.Null(await connection.OfferAsync(mail, CancellationToken.None));
            await server.WaitUntilAsync(() => server.OpenConnections == 0, MailSamples.Soon);

            Assert.Equal(new MailAnswer.RefusedForGood(552, "5.3.4 too big", RefusalScope.Message), await connection.EndAsync());
            Assert.False(connection.IsUsable);
        }
    }

    public sealed class MailKit() : SmtpFaultTests(SmtpClientKind.MailKit);
}
