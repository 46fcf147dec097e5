using System.Globalization;
using CordisPulse.Core.Mail;
using CordisPulse.Core.Subscriptions;
using CordisPulse.Tests.Mail;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Tests.Hosting;

/// <summary>The single mails that people are owed, over a mail server that does not always work.</summary>
public sealed class QueuedMailSenderTests : IAsyncDisposable
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    private readonly LoopbackSmtpServer _server = LoopbackSmtpServer.Start();
    private readonly PulseApp _app;

    public QueuedMailSenderTests() => _app = new PulseApp()
        .With("Mail:Transport", "Smtp").With("Mail:Smtp:Host", LoopbackSmtpServer.Host)
        .With("Mail:Smtp:Port", _server.Port.ToString(CultureInfo.InvariantCulture))
        .With("Mail:From", "pulse@example.org").With("Mail:Retry:FirstDelay", "00:00:01");

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task A_mail_that_was_not_taken_is_tried_again_under_the_same_message_id()
    {
        _server.On(SmtpStage.Rcpt, SmtpReaction.Answer(451, "4.7.1 not yet"), times: 1);
        _server.On(SmtpStage.EndOfData, SmtpReaction.StoreAndCut(), times: 1);
        await JoinAsync("joiner@example.org");

        var mails = await _server.WaitForMessagesAsync(2, Soon);

        Assert.All(mails, mail => Assert.Equal("joiner@example.org", mail.Recipient));
        Assert.Single(mails.Select(mail => mail.Message.MessageId).Distinct());
        var row = await SettledAsync();
        Assert.Equal(3, row.Attempts);
        Assert.NotNull(row.SentUtc);
    }

    [Fact]
    public async Task A_mail_that_was_refused_for_good_is_given_up_without_the_address_in_the_log()
    {
        _server.On(SmtpStage.Rcpt, SmtpReaction.Answer(550, "5.1.1 <joiner@example.org> is not known here"));
        await JoinAsync("joiner@example.org");

        var row = await SettledAsync();

        Assert.Null(row.SentUtc);
        Assert.Equal(1, row.Attempts);
        Assert.StartsWith("550", row.Answer, StringComparison.Ordinal);
        Assert.DoesNotContain("joiner@", row.Answer + _app.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_address_that_asks_many_times_at_once_is_one_row_and_gets_one_mail()
    {
        using var visitor = _app.Visit();
        var form = await visitor.GetAsync("/subscribe");

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => visitor.SubmitAsync(form, new() { ["Email"] = "Joiner@example.org" })));

        Assert.All(answers, answer => Assert.Equal(System.Net.HttpStatusCode.Redirect, answer.Status));
        await _server.WaitForMessagesAsync(1, Soon);
        await SettledAsync();
        Assert.Equal(1, await _app.QueryAsync(db => db.Subscribers.CountAsync()));
        Assert.Equal(1, _server.MessageCount);
    }

    [Fact]
    public async Task A_mail_whose_request_is_no_more_and_one_that_cannot_be_made_hold_up_none_behind_them()
    {
        var ago = DateTime.UtcNow.AddHours(-1);
        await _app.QueryAsync(db =>
        {
            foreach (var kind in new[] { QueuedMailKind.ConfirmAddress, QueuedMailKind.ConfirmSubscription })
                db.Add(new QueuedMail { Kind = kind, Subscriber = Person($"{kind}@example.org", SubscriberStatus.Pending), QueuedUtc = ago, NextAttemptUtc = ago, AboutId = 999 });
            db.Add(new QueuedMail { Kind = QueuedMailKind.UnsubscribeLink, Subscriber = Person("odd person", SubscriberStatus.Active), QueuedUtc = ago, NextAttemptUtc = ago });
            return db.SaveChangesAsync();
        });
        await JoinAsync("joiner@example.org");

        Assert.Equal("joiner@example.org", Assert.Single(await _server.WaitForMessagesAsync(1, Soon)).Recipient);
        using var limit = new CancellationTokenSource(Soon);
        while (await _app.QueryAsync(db => db.QueuedMails.CountAsync(mail => mail.Attempts == 0 || mail.Answer == null)) > 0)
            await Task.Delay(50, limit.Token);
        var rows = await _app.QueryAsync(db => db.QueuedMails.AsNoTracking().Where(mail => mail.SentUtc == null).OrderBy(mail => mail.Id).ToListAsync());
        Assert.All(rows[..2], row => Assert.Equal((1, null, "Nothing was left to say when it was to be sent."), (row.Attempts, row.NextAttemptUtc, row.Answer)));
        Assert.StartsWith("The message could not be made", rows[2].Answer, StringComparison.Ordinal);
        Assert.NotNull(rows[2].NextAttemptUtc);
        Assert.DoesNotContain("odd person", rows[2].Answer + _app.Log, StringComparison.Ordinal);
    }

    private static Subscriber Person(string email, SubscriberStatus status)
        => new() { Email = email, NormalizedEmail = email.ToLowerInvariant(), Status = status, UnsubscribeToken = SecretToken.Create() };

    private async Task JoinAsync(string address)
    {
        using var visitor = _app.Visit();
        await visitor.SubmitAsync(await visitor.GetAsync("/subscribe"), new() { ["Email"] = address });
    }

    /// <summary>The only mail, once nothing more happens to it.</summary>
    private async Task<QueuedMail> SettledAsync()
    {
        using var limit = new CancellationTokenSource(Soon);
        while (true)
        {
            if (await _app.QueryAsync(db => db.QueuedMails.AsNoTracking().SingleOrDefaultAsync(mail => mail.NextAttemptUtc == null)) is { } settled)
                return settled;
            await Task.Delay(50, limit.Token);
        }
    }
}
