using CordisPulse.Core.Mail;
using CordisPulse.Core.Mail.Smtp;

namespace CordisPulse.Tests.Mail;

/// <summary>Getting in: every way of not getting in is a <see cref="MailServerUnavailableException"/> with a plain reason.</summary>
public abstract class SmtpConnectTests(SmtpClientKind client)
{
    [Fact]
    public async Task A_refused_connection_says_so()
    {
        var options = new MailOptions { Smtp = { Host = "127.0.0.1", Port = MailSamples.UnusedPort(), Client = client } };
        var e = await FailureOf(options);
        Assert.Equal($"The mail server 127.0.0.1:{options.Smtp.Port} could not be reached: the connection was refused.", e.Message);
        Assert.Null(e.Code);
    }

    [Theory]
    [InlineData(SmtpStage.Greeting, 421)]
    [InlineData(SmtpStage.Greeting, 554)]
    [InlineData(SmtpStage.Hello, 421)]
    public async Task A_server_that_does_not_let_us_in_gives_its_code(SmtpStage stage, int code)
    {
        await using var server = LoopbackSmtpServer.Start();
        server.On(stage, SmtpReaction.AnswerAndCut(code, "not now, ann@reader.example"), times: 2);

        var e = await FailureOf(MailSamples.For(server, client: client));

        // After a refused EHLO the library tries HELO and finds the connection gone.
        if (stage == SmtpStage.Greeting)
        {
            Assert.Equal(code, e.Code);
            Assert.Equal($"The mail server {server} does not let us in ({code}): not now, a•••@reader.example", e.Message);
        }
        else
        {
            Assert.Equal($"The mail server {server} closed the connection before it was ready.", e.Message);
        }
    }

    [Fact]
    public async Task A_connection_cut_after_the_greeting_says_so()
    {
        await using var server = LoopbackSmtpServer.Start();
        server.On(SmtpStage.Greeting, SmtpReaction.AnswerAndCut(220, "hello and good-bye"));
        var e = await FailureOf(MailSamples.For(server, client: client));
        Assert.Equal($"The mail server {server} closed the connection before it was ready.", e.Message);
    }

    [Fact]
    public async Task A_server_that_never_greets_ends_at_the_timeout()
    {
        await using var server = LoopbackSmtpServer.Start();
        server.On(SmtpStage.Greeting, SmtpReaction.Wait(TimeSpan.FromMinutes(5)));
        var e = await FailureOf(MailSamples.For(server, TimeSpan.FromMilliseconds(300), client));
        Assert.Equal($"The mail server {server} did not answer within 00:00:00.3000000.", e.Message);
    }

    [Fact]
    public async Task A_cancelled_connect_is_a_cancellation()
    {
        await using var server = LoopbackSmtpServer.Start();
        server.On(SmtpStage.Greeting, SmtpReaction.Wait(TimeSpan.FromMinutes(5)));
        using var cancel = new CancellationTokenSource();
        var connecting = new SmtpTransport(MailSamples.For(server, client: client)).ConnectAsync(cancel.Token);
        await server.WaitUntilAsync(() => server.ConnectionCount == 1, MailSamples.Soon);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => connecting);
    }

    [Fact]
    public async Task The_right_password_gets_in_and_the_wrong_one_gets_the_code_without_the_name()
    {
        await using var server = LoopbackSmtpServer.Start(new LoopbackSmtpSettings { UserName = "pulse-user", Password = "right" });
        var options = MailSamples.For(server, client: client);
        options.Smtp.UserName = "pulse-user";
        options.Smtp.Password = "right";
        await using (var connection = await new SmtpTransport(options).ConnectAsync(CancellationToken.None))
            Assert.IsType<MailAnswer.Accepted>(await connection.SendAsync());

        options.Smtp.Password = "wrong";
        var e = await FailureOf(options);
        Assert.Equal(535, e.Code);
        Assert.Equal($"The mail server {server} did not accept the sign-in (535); see Mail:Smtp:UserName and Mail:Smtp:Password.", e.Message);

        server.On(SmtpStage.Auth, SmtpReaction.Answer(454, "4.7.0 try later, pulse-user"));
        Assert.Equal(454, (await FailureOf(options)).Code);
    }

    [Fact]
    public async Task A_server_that_wants_a_sign_in_and_gets_none_refuses_for_now_as_a_server()
    {
        await using var server = LoopbackSmtpServer.Start(new LoopbackSmtpSettings { UserName = "pulse-user", Password = "right" });
        await using var connection = await server.ConnectAsync(client: client);
        var answer = Assert.IsType<MailAnswer.RefusedForNow>(await connection.SendAsync());
        Assert.Equal((530, RefusalScope.SignIn), (answer.Code, answer.Scope));
    }

    [Fact]
    public async Task A_password_for_a_server_without_sign_in_says_so()
    {
        await using var server = LoopbackSmtpServer.Start();
        var options = MailSamples.For(server, client: client);
        (options.Smtp.UserName, options.Smtp.Password) = ("pulse-user", "right");
        var e = await FailureOf(options);
        Assert.Equal($"The mail server {server} offers no way to sign in with a password; see Mail:Auth.", e.Message);
    }

    [Fact]
    public async Task STARTTLS_is_never_left_out_when_the_server_does_not_offer_it()
    {
        await using var server = LoopbackSmtpServer.Start();
        var options = MailSamples.For(server, client: client);
        options.Smtp.Security = SmtpSecurity.StartTls;
        (options.Smtp.UserName, options.Smtp.Password) = ("pulse-user", "right");
        var e = await FailureOf(options);
        Assert.Equal($"The mail server {server} does not offer STARTTLS; see Mail:Smtp:Security.", e.Message);
        Assert.DoesNotContain("AUTH", server.Verbs);
    }

    [Theory]
    [InlineData(SmtpSecurity.StartTls)]
    [InlineData(SmtpSecurity.Tls)]
    public async Task A_certificate_that_nobody_vouches_for_is_refused(SmtpSecurity security)
    {
        using var certificate = Certificates.ForLoopback();
        await using var server = LoopbackSmtpServer.Start(new LoopbackSmtpSettings
        {
            Certificate = certificate,
            IsTlsFromTheStart = security == SmtpSecurity.Tls,
        });
        var options = MailSamples.For(server, client: client);
        options.Smtp.Security = security;
        var e = await FailureOf(options);
        Assert.Equal($"The mail server {server} has a certificate that this machine does not trust.", e.Message);
        Assert.DoesNotContain("MAIL", server.Verbs);
    }

    private static Task<MailServerUnavailableException> FailureOf(MailOptions options) =>
        Assert.ThrowsAsync<MailServerUnavailableException>(() => new SmtpTransport(options).ConnectAsync(CancellationToken.None));

    public sealed class Pipelined() : SmtpConnectTests(SmtpClientKind.Pipelined);

    public sealed class MailKit() : SmtpConnectTests(SmtpClientKind.MailKit);
}
