using CordisPulse.Core.Mail;

namespace CordisPulse.Tests.Mail;

/// <summary>What is told of a message for each thing that a server can do to it.</summary>
public abstract class SmtpAnswerTests(SmtpClientKind client)
{
    [Fact]
    public async Task A_message_that_was_taken_is_accepted_with_the_servers_words()
    {
        await using var server = LoopbackSmtpServer.Start();
        await using var connection = await server.ConnectAsync(client: client);

        var answer = await connection.SendAsync();

        Assert.Equal(new MailAnswer.Accepted(250, "2.0.0 taken"), answer);
        var received = Assert.Single(server.Messages);
        Assert.Equal("bounces@sender.example", received.Sender);
        Assert.Equal("ann@reader.example", Assert.Single(received.Recipients));
        Assert.Equal("2022-03.1.7@sender.example", received.Message.MessageId);
    }

    [Theory]
    [InlineData(SmtpStage.Mail, 451, RefusalScope.Server)]
    [InlineData(SmtpStage.Mail, 530, RefusalScope.SignIn)]
    [InlineData(SmtpStage.Rcpt, 450, RefusalScope.Recipient)]
    [InlineData(SmtpStage.Rcpt, 530, RefusalScope.SignIn)]
    [InlineData(SmtpStage.Data, 451, RefusalScope.Message)]
    [InlineData(SmtpStage.Data, 454, RefusalScope.SignIn)]
    [InlineData(SmtpStage.EndOfData, 452, RefusalScope.Message)]
    public async Task A_refusal_for_now_says_whom_it_is_about_and_the_connection_goes_on(SmtpStage stage, int code, RefusalScope scope)
    {
        await using var server = LoopbackSmtpServer.Start();
        server.On(stage, SmtpReaction.Answer(code, "later"), times: 1);
        await using var connection = await server.ConnectAsync(client: client);

        Assert.Equal(new MailAnswer.RefusedForNow(code, "later", scope), await connection.SendAsync());
        Assert.Empty(server.Messages);

        Assert.True(connection.IsUsable);
        Assert.IsType<MailAnswer.Accepted>(await connection.SendAsync());
        Assert.Equal(1, server.ConnectionCount);
    }

    [Theory]
    [InlineData(SmtpStage.Mail, 553, RefusalScope.Sender)]
    [InlineData(SmtpStage.Rcpt, 550, RefusalScope.Recipient)]
    [InlineData(SmtpStage.Data, 554, RefusalScope.Message)]
    [InlineData(SmtpStage.EndOfData, 552, RefusalScope.Message)]
    public async Task A_refusal_for_good_says_whom_it_is_about_and_the_connection_goes_on(SmtpStage stage, int code, RefusalScope scope)
    {
        await using var server = LoopbackSmtpServer.Start();
        server.On(stage, SmtpReaction.Answer(code, "never"), times: 1);
        await using var connection = await server.ConnectAsync(client: client);

        Assert.Equal(new MailAnswer.RefusedForGood(code, "never", scope), await connection.SendAsync());

        Assert.True(connection.IsUsable);
        Assert.IsType<MailAnswer.Accepted>(await connection.SendAsync());
        Assert.Single(server.Messages);
    }

    [Theory]
    [InlineData(SmtpStage.Mail, true)]
    [InlineData(SmtpStage.Mail, false)]
    [InlineData(SmtpStage.Rcpt, true)]
    [InlineData(SmtpStage.Rcpt, false)]
    [InlineData(SmtpStage.Data, true)]
    public async Task A_connection_cut_before_the_content_means_not_sent(SmtpStage stage, bool hasPipelining)
    {
        await using var server = LoopbackSmtpServer.Start(new LoopbackSmtpSettings { OffersPipelining = hasPipelining });
        server.On(stage, SmtpReaction.Cut());
        await using var connection = await server.ConnectAsync(client: client);

        Assert.Equal(new MailAnswer.NotSent("The connection to the mail server was lost."), await connection.SendAsync());
        Assert.False(connection.IsUsable);
    }

    [Fact]
    public async Task A_connection_cut_in_the_content_means_not_sent_where_that_is_known()
    {
        await using var server = LoopbackSmtpServer.Start();
        server.On(SmtpStage.Content, SmtpReaction.Cut());
        await using var connection = await server.ConnectAsync(client: client);

        // So long that not all of it finds room on the way: the end is not reached before the cut.
        var text = string.Concat(Enumerable.Repeat(new string('a', 70) + "\n", 200_000));
        var answer = await connection.SendAsync(MailSamples.Message(text));

        const string reason = "The connection to the mail server was lost.";
        Assert.Equal(client == SmtpClientKind.Pipelined ? new MailAnswer.NotSent(reason) : new MailAnswer.Unknown(reason), answer);
        Assert.False(connection.IsUsable);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_connection_cut_after_the_final_dot_leaves_the_outcome_unknown_whether_or_not_it_was_taken(bool isTaken)
    {
        await using var server = LoopbackSmtpServer.Start();
        server.On(SmtpStage.EndOfData, isTaken ? SmtpReaction.StoreAndCut() : SmtpReaction.Cut());
        await using var connection = await server.ConnectAsync(client: client);

        Assert.Equal(new MailAnswer.Unknown("The connection to the mail server was lost."), await connection.SendAsync());
        Assert.False(connection.IsUsable);
        Assert.Equal(isTaken ? 1 : 0, server.MessageCount);
    }

    [Fact]
    public async Task A_server_that_offers_chunking_is_sent_to_with_DATA_so_that_the_outcome_stays_known()
    {
        await using var server = LoopbackSmtpServer.Start(new LoopbackSmtpSettings { OffersChunking = true });
        await using var connection = await server.ConnectAsync(client: client);

        Assert.IsType<MailAnswer.Accepted>(await connection.SendAsync());
        Assert.Contains("DATA", server.Verbs);
        Assert.DoesNotContain("BDAT", server.Verbs);
    }

    [Theory]
    [InlineData(SmtpStage.Mail)]
    [InlineData(SmtpStage.Rcpt)]
    [InlineData(SmtpStage.Data)]
    [InlineData(SmtpStage.EndOfData)]
    public async Task A_421_is_the_servers_own_trouble_and_ends_the_connection(SmtpStage stage)
    {
        await using var server = LoopbackSmtpServer.Start();
        server.On(stage, SmtpReaction.AnswerAndCut(421, "closing down"));
        await using var connection = await server.ConnectAsync(client: client);

        Assert.Equal(new MailAnswer.RefusedForNow(421, "closing down", RefusalScope.Server), await connection.SendAsync());
        Assert.False(connection.IsUsable);
        Assert.IsType<MailAnswer.NotSent>(await connection.SendAsync());
    }

    [Fact]
    public async Task An_answer_other_than_250_to_the_message_goes_by_its_first_digit()
    {
        await using var server = LoopbackSmtpServer.Start();
        server.On(SmtpStage.EndOfData, SmtpReaction.Answer(251, "taken"));
        await using var connection = await server.ConnectAsync(client: client);

        Assert.Equal(new MailAnswer.Accepted(251, "taken"), await connection.SendAsync());
    }

    [Theory]
    [InlineData(SmtpStage.Rcpt)]
    [InlineData(SmtpStage.EndOfData)]
    public async Task Silence_ends_at_the_timeout(SmtpStage stage)
    {
        await using var server = LoopbackSmtpServer.Start();
        var gate = new TaskCompletionSource();
        server.On(stage, SmtpReaction.HoldUntil(gate.Task));
        await using var connection = await server.ConnectAsync(TimeSpan.FromMilliseconds(400), client);

        var answer = await connection.SendAsync();

        const string reason = "The mail server did not answer within 00:00:00.4000000.";
        Assert.Equal(stage == SmtpStage.EndOfData ? new MailAnswer.Unknown(reason) : new MailAnswer.NotSent(reason), answer);
        Assert.False(connection.IsUsable);
        gate.SetResult();
    }

    [Fact]
    public async Task A_cancel_before_the_first_command_is_clean_and_one_under_way_lets_the_message_finish()
    {
        await using var server = LoopbackSmtpServer.Start();
        var gate = new TaskCompletionSource();
        server.On(SmtpStage.Rcpt, SmtpReaction.HoldUntil(gate.Task), times: 1);
        await using var connection = await server.ConnectAsync(client: client);
        using var cancel = new CancellationTokenSource();

        var sending = connection.SendAsync(MailSamples.Message(), MailSamples.Envelope, cancel.Token);
        await server.WaitUntilAsync(() => server.Verbs.Contains("RCPT"), MailSamples.Soon);
        await cancel.CancelAsync();
        gate.SetResult();

        Assert.IsType<MailAnswer.Accepted>(await sending);
        await Assert.ThrowsAsync<OperationCanceledException>(
            () => connection.SendAsync(MailSamples.Message(), MailSamples.Envelope, cancel.Token));
        Assert.True(connection.IsUsable);
        Assert.Single(server.Messages);
    }

    [Fact]
    public async Task The_servers_words_are_kept_without_addresses_and_on_one_short_line()
    {
        await using var server = LoopbackSmtpServer.Start();
        server.On(SmtpStage.Rcpt, SmtpReaction.Answer(550, "<ann@reader.example>: no such user\tann@reader.example " + new string('x', 900)));
        await using var connection = await server.ConnectAsync(client: client);

        var answer = Assert.IsType<MailAnswer.RefusedForGood>(await connection.SendAsync());

        Assert.StartsWith("<a•••@reader.example>: no such user a•••@reader.example x", answer.Text, StringComparison.Ordinal);
        Assert.Equal(300, answer.Text.Length);
    }

    public sealed class Pipelined() : SmtpAnswerTests(SmtpClientKind.Pipelined);

    public sealed class MailKit() : SmtpAnswerTests(SmtpClientKind.MailKit);
}
