using CordisPulse.Core.Accounts;
using CordisPulse.Core.Editions;
using CordisPulse.Core.Mail;
using CordisPulse.Core.Mailings;
using CordisPulse.Core.Mailings.Sending;
using CordisPulse.Core.Subscriptions;
using CordisPulse.Tests.Mail;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CordisPulse.Tests.Mailings;

/// <summary>Whole mailings against a server that answers badly, and what the page says of it.</summary>
public sealed class AnswerTests
{
    private const string Page = "/editor/editions/2030-03/mailing";

    [Fact]
    public async Task A_mailing_whose_first_messages_are_all_refused_stops_itself_and_loses_nobody()
    {
        await using var lab = new MailingLab().With("Mail:MaxConnections", "2");
        lab.Server.On(SmtpStage.EndOfData, SmtpReaction.Answer(554, "5.7.1 taken for spam, tell abuse@relay.example"));
        var node = lab.StartNode();
        await MailingLab.SeedAsync(node, 30);
        await MailingLab.StartAsync(node);

        var stopped = await MailingLab.WaitAsync(node, status => status is { State: MailingState.Paused, Deliveries.Attempting: 0 });

        // Those under way on the other connection are refused as well.
        Assert.InRange(stopped.Deliveries.Failed, MailingUpkeep.FirstRefusals, MailingUpkeep.FirstRefusals + 2);
        Assert.Equal(30 - stopped.Deliveries.Failed, stopped.Deliveries.Pending);
        using var publisher = await node.SignInAsync(Roles.Publisher);
        var page = await publisher.GetAsync(Page);
        var notice = page.One("#notice").TextContent;
        Assert.Matches(@"The mailing has stopped itself\. The mail server refused every message of this mailing so far \(1[0-2]\)", notice);
        Assert.Contains("“554 5.7.1 taken for spam", notice, StringComparison.Ordinal);
        Assert.Contains("cancel the mailing, mend and publish the edition, and send it anew", notice, StringComparison.Ordinal);
        Assert.DoesNotContain("abuse@relay.example", notice, StringComparison.Ordinal);

        lab.Server.ClearRules();
        var retried = await publisher.FollowAsync(await publisher.SubmitAsync(page, form: "#retry"));
        await publisher.SubmitAsync(retried, form: "#resume");
        var end = await MailingLab.WaitForEndAsync(node);

        Assert.Equal(new DeliveryCounts { Sent = 30 }, end.Deliveries);
        Assert.Equal(30, lab.Server.Messages.Select(m => m.Recipient).Distinct().Count());
        Assert.Null((await publisher.GetAsync(Page)).Document.QuerySelector("#notice"));
    }

    [Fact]
    public async Task What_nobody_has_got_is_mended_and_sent_anew()
    {
        await using var lab = new MailingLab().With("Mail:MaxConnections", "2");
        lab.Server.On(SmtpStage.EndOfData, SmtpReaction.Answer(554, "5.7.1 taken for spam"));
        var node = lab.StartNode();
        await MailingLab.SeedAsync(node, 20);
        await MailingLab.StartAsync(node);
        await MailingLab.WaitAsync(node, status => status is { State: MailingState.Paused, Deliveries.Attempting: 0 });
        await MailingLab.ControlAsync(node, control => control.CancelAsync(MailingLab.Month));
        lab.Server.ClearRules();

        using var publisher = await node.SignInAsync(Roles.Publisher);
        var page = await publisher.GetAsync(Page);
        Assert.Contains("before anybody on the list had got it", page.One("#stopped").TextContent, StringComparison.Ordinal);
        await publisher.SubmitAsync(page, form: "#start");
        var end = await MailingLab.WaitForEndAsync(node);

        Assert.Equal(new DeliveryCounts { Sent = 20 }, end.Deliveries);
        Assert.Equal(20, lab.Server.MessageCount);
    }

    [Theory]
    [InlineData(421, "4.3.2 not for this one")]
    [InlineData(451, "4.7.1 recipient rate limit exceeded")]
    public async Task One_recipient_whom_the_server_refuses_in_its_own_name_holds_up_nobody_else(int code, string text)
    {
        await using var lab = new MailingLab().With("Mail:MaxConnections", "2").With("Mail:Retry:FirstDelay", "00:00:01").With("Mail:Retry:GiveUpAfter", "00:00:03");
        lab.Server.On(SmtpStage.Rcpt, SmtpReaction.Answer(code, text), moment => moment.Recipient.Contains("Reader.3@", StringComparison.Ordinal));
        var node = lab.StartNode();
        await MailingLab.SeedAsync(node, 30);
        await MailingLab.StartAsync(node);
        // What relays say of a rate holds for a minute, which nobody has to wait for here.
        using var stop = new CancellationTokenSource();
        var hurry = Task.Run(async () =>
        {
            for (; !stop.IsCancellationRequested; await Task.Delay(100))
                await node.QueryAsync(db => db.Mailings.Where(m => m.HoldUntilUtc > DateTime.UtcNow.AddSeconds(5)).ExecuteUpdateAsync(set => set.SetProperty(m => m.HoldUntilUtc, DateTime.UtcNow)));
        });

        var end = await MailingLab.WaitAsync(node, status => status.State == MailingState.Completed, TimeSpan.FromMinutes(1));
        await stop.CancelAsync();
        await hurry;

        Assert.Equal(new DeliveryCounts { Sent = 29, Failed = 1 }, end.Deliveries);
        Assert.Equal(code, (await MailingLab.DeliveryAsync(node, 3)).Code);
    }

    [Fact]
    public async Task A_server_that_puts_every_message_off_is_left_alone_for_a_while()
    {
        await using var lab = new MailingLab().With("Mail:MaxConnections", "2").With("Mail:Retry:FirstDelay", "00:10:00");
        lab.Server.On(SmtpStage.EndOfData, SmtpReaction.Answer(451, "try again later"));
        var node = lab.StartNode();
        await MailingLab.SeedAsync(node, 200);
        await MailingLab.StartAsync(node);

        await MailingLab.WaitAsync(node, status => status.Deliveries.Deferred >= 10);
        var notice = await HeldNoticeAsync(node);

        Assert.Contains("takes no mail now", notice, StringComparison.Ordinal);
        Assert.Contains("“451 try again later”", notice, StringComparison.Ordinal);
        Assert.InRange((await MailingLab.StatusAsync(node)).Deliveries.Deferred, 10, 40);
    }

    private static async Task<string> HeldNoticeAsync(PulseApp node)
    {
        using var limit = new CancellationTokenSource(MailingLab.Soon);
        while (true)
        {
            if (await node.QueryAsync(db => db.Mailings.Where(m => m.HoldUntilUtc > DateTime.UtcNow).Select(m => m.Notice).SingleOrDefaultAsync()) is { } notice)
                return notice;
            await Task.Delay(20, limit.Token);
        }
    }

    [Fact]
    public async Task A_hundred_refusals_in_a_row_stop_the_mailing_whatever_was_sent_before_and_over_a_restart()
    {
        await using var lab = new MailingLab().With("Mail:MaxConnections", "2");
        lab.Server.On(SmtpStage.EndOfData, SmtpReaction.Answer(550, "5.7.26 not authenticated"), moment => moment.Message > 15);
        var node = lab.StartNode();
        await MailingLab.SeedAsync(node, 160);
        await MailingLab.StartAsync(node);
        await MailingLab.WaitAsync(node, status => status.Deliveries.Failed >= 40);
        await lab.StopAsync(node);

        var second = lab.StartNode();
        var stopped = await MailingLab.WaitAsync(second, status => status is { State: MailingState.Paused, Deliveries.Attempting: 0 });

        Assert.InRange(stopped.Deliveries.Failed, MailingUpkeep.RefusalsInARow, MailingUpkeep.RefusalsInARow + 2);
        Assert.Contains("refused the last 100 messages", await NoticeAsync(second), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Refusals_of_single_recipients_stop_nothing()
    {
        await using var lab = new MailingLab();
        lab.Server.On(SmtpStage.Rcpt, SmtpReaction.Answer(550, "5.2.1 mailbox disabled"));
        var node = lab.StartNode();
        await MailingLab.SeedAsync(node, 15);
        await MailingLab.StartAsync(node);

        Assert.Equal(new DeliveryCounts { Failed = 15 }, (await MailingLab.WaitForEndAsync(node)).Deliveries);
    }

    [Fact]
    public async Task A_quota_of_the_day_that_is_used_up_holds_the_mailing_unharmed_and_the_page_says_until_when()
    {
        await using var lab = new MailingLab().With("Mail:MaxConnections", "1");
        lab.Server.On(SmtpStage.EndOfData, SmtpReaction.Answer(554, "5.2.0 STOREDRV.Submission.Exception:SubmissionQuotaExceededException"), moment => moment.Message == 3, times: 1);
        var node = lab.StartNode();
        await MailingLab.SeedAsync(node, 5);
        await MailingLab.StartAsync(node);

        var held = await MailingLab.WaitAsync(node, status => status.Deliveries is { Sent: 2, Pending: 3 });

        Assert.Equal(MailingState.Sending, held.State);
        Assert.Equal(0, (await MailingLab.DeliveryAsync(node, 3)).Attempts);
        var until = await node.QueryAsync(db => db.Mailings.Select(m => m.HoldUntilUtc).SingleAsync());
        Assert.InRange(until!.Value, DateTime.UtcNow.AddMinutes(58), DateTime.UtcNow.AddMinutes(62));
        using var publisher = await node.SignInAsync(Roles.Publisher);
        var page = await publisher.GetAsync(Page);
        Assert.Contains($"Sending waits until {Core.Site.UkTime.Second(until)}, UK time. The mail server takes no more messages today", page.One("#notice").TextContent, StringComparison.Ordinal);

        await publisher.SubmitAsync(await publisher.FollowAsync(await publisher.SubmitAsync(page, form: "#pause")), form: "#resume");
        var end = await MailingLab.WaitForEndAsync(node);

        Assert.Equal(new DeliveryCounts { Sent = 5 }, end.Deliveries);
        Assert.Equal(1, (await MailingLab.DeliveryAsync(node, 3)).Attempts);
    }

    [Fact]
    public async Task A_connection_too_many_is_given_up_for_a_while_and_nobody_fails()
    {
        await using var lab = new MailingLab();
        lab.Server.On(SmtpStage.Mail, SmtpReaction.Answer(432, "4.3.2 Concurrent connections limit exceeded."), moment => moment.Connection == 1, times: 1);
        var node = lab.StartNode();
        await MailingLab.SeedAsync(node, 12);
        await MailingLab.StartAsync(node);

        var end = await MailingLab.WaitForEndAsync(node);

        Assert.Equal(new DeliveryCounts { Sent = 12 }, end.Deliveries);
        Assert.All(await node.QueryAsync(db => db.Deliveries.Select(d => d.Attempts).ToListAsync()), attempts => Assert.Equal(1, attempts));
    }

    [Fact]
    public async Task A_sign_in_that_is_refused_is_told_to_editors_and_to_whoever_runs_the_server()
    {
        await using var lab = new MailingLab(new LoopbackSmtpSettings { UserName = "pulse", Password = "right" })
            .With("Mail:Smtp:UserName", "pulse").With("Mail:Smtp:Password", "wrong-password");
        var node = lab.StartNode();
        await MailingLab.SeedAsync(node, 2);
        await MailingLab.StartAsync(node);
        await lab.Server.WaitUntilAsync(() => lab.Server.Verbs.Contains("AUTH"), MailingLab.Soon);
        using var publisher = await node.SignInAsync(Roles.Publisher);
        var notice = "";
        await MailingLab.WaitAsync(node, _ => (notice = NoticeAsync(node).GetAwaiter().GetResult() ?? "").Length > 0);

        Assert.StartsWith("The mail server does not let CordisPulse sign in. Please tell whoever runs the server.", notice, StringComparison.Ordinal);
        Assert.Contains("Mail:Smtp:UserName and Mail:Smtp:Password", notice, StringComparison.Ordinal);
        Assert.Equal(new DeliveryCounts { Pending = 2 }, (await MailingLab.StatusAsync(node)).Deliveries);
        Assert.DoesNotContain("wrong-password", notice + MailingLab.Log(node), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_that_does_not_exist_is_suppressed_after_the_number_of_mailings_that_is_set_and_once()
    {
        await using var lab = new MailingLab();
        lab.Server.On(SmtpStage.Rcpt, SmtpReaction.Answer(550, "5.1.1 no such user"), moment => moment.Recipient.StartsWith("Reader.2@", StringComparison.Ordinal));
        var node = lab.StartNode();
        await MailingLab.SeedAsync(node, 3);
        await MailingLab.StartAsync(node);
        await MailingLab.WaitForEndAsync(node);
        // The same mailing says nothing new, however often it is tried.
        await MailingLab.ControlAsync(node, control => control.RetryFailedAsync(MailingLab.Month));
        await MailingLab.WaitForEndAsync(node);
        Assert.Equal((DeliveryFault.Address, SubscriberStatus.Active), ((await MailingLab.DeliveryAsync(node, 2)).Fault, await StatusOfAsync(node, 2)));

        var next = new EditionMonth(2030, 4);
        await node.QueryAsync(db => PublishedMonth.AddAsync(db, PublishedMonth.Document(next)));
        await node.InScopeAsync(services => services.GetRequiredService<MailingStarter>().StartAsync(new StartMailing { Month = next, ById = null }));
        await MailingLab.WaitAsync(node, _ => node.QueryAsync(db => db.Mailings.AllAsync(m => m.State == MailingState.Completed)).GetAwaiter().GetResult());

        Assert.Equal((SubscriberStatus.Active, SubscriberStatus.Suppressed), (await StatusOfAsync(node, 1), await StatusOfAsync(node, 2)));
        var suppression = await node.QueryAsync(db => db.Suppressions.SingleAsync());
        Assert.Equal(("reader.2@reader.example", SuppressionReason.Bounced), (suppression.NormalizedEmail, suppression.Reason));
        var record = await node.QueryAsync(db => db.ConsentRecords.SingleAsync());
        Assert.Equal((ConsentEvent.Suppressed, Ways.Mail), (record.Event, record.Way));
        Assert.DoesNotContain("reader.2@", MailingLab.Log(node), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_connection_carries_no_more_than_its_number_and_takes_its_leave()
    {
        await using var lab = new MailingLab().With("Mail:MaxConnections", "1").With("Mail:MaxPerConnection", "3");
        var node = lab.StartNode();
        await MailingLab.SeedAsync(node, 10);
        await MailingLab.StartAsync(node);
        await MailingLab.WaitForEndAsync(node);

        Assert.Equal([3, 3, 3, 1], lab.Server.Messages.GroupBy(m => m.Connection).OrderBy(group => group.Key).Select(group => group.Count()));
        Assert.InRange(lab.Server.Verbs.Count(verb => verb == "QUIT"), 3, 4);
    }

    [Fact]
    public async Task A_limit_counts_single_mails_too_and_the_page_says_until_when_it_waits()
    {
        await using var lab = new MailingLab().With("Mail:MaxPerMinute", "10");
        var node = lab.StartNode();
        await MailingLab.SeedAsync(node, 20);
        await node.QueryAsync(db =>
        {
            db.AddRange(Enumerable.Range(0, 4).Select(_ => new QueuedMail { Kind = QueuedMailKind.UnsubscribeLink, QueuedUtc = DateTime.UtcNow, SentUtc = DateTime.UtcNow, Attempts = 1 }));
            return db.SaveChangesAsync();
        });
        using var publisher = await node.SignInAsync(Roles.Publisher);
        Assert.Equal("Under the limits of the settings this takes about 1 minute.", (await publisher.GetAsync(Page)).One("#estimate").TextContent);

        await MailingLab.StartAsync(node);
        await MailingLab.WaitAsync(node, status => status.Deliveries.Sent == 6 && NoticeAsync(node).GetAwaiter().GetResult() is not null);

        var notice = (await publisher.GetAsync(Page)).One("#notice").TextContent;
        Assert.Matches(@"Sending waits until .*, UK time\. CordisPulse is set to send no more than 10 messages in a minute", notice);
        Assert.Contains("Mail:MaxPerMinute", notice, StringComparison.Ordinal);
        Assert.Equal(6, lab.Server.MessageCount);
        Assert.Equal(0, await node.QueryAsync(db => db.QueuedMails.CountAsync(m => m.Kind == QueuedMailKind.MailingStopped)));
    }

    [Fact]
    public async Task A_limit_a_second_for_all_nodes_is_kept_by_all_of_them_together()
    {
        const int perSecond = 20;
        await using var lab = new MailingLab().With("Mail:MaxPerSecond", "20").With("Mail:MaxPerSecondScope", "AllNodes");
        var node = lab.StartNode();
        lab.StartNode();
        await MailingLab.SeedAsync(node, 60);
        await MailingLab.StartAsync(node);
        await MailingLab.WaitForEndAsync(node);

        var times = await node.QueryAsync(db => db.Deliveries.OrderBy(d => d.AttemptedUtc).Select(d => d.AttemptedUtc!.Value).ToListAsync());
        Assert.Equal(60, times.Count);
        for (var i = perSecond; i < times.Count; i++)
            Assert.True(times[i] - times[i - perSecond] > TimeSpan.FromMilliseconds(990), $"{perSecond + 1} messages within {times[i] - times[i - perSecond]}.");
    }

    private static Task<string?> NoticeAsync(PulseApp node) => node.QueryAsync(db => db.Mailings.Select(m => m.Notice).SingleAsync());

    private static Task<SubscriberStatus> StatusOfAsync(PulseApp node, int number)
        => node.QueryAsync(db => db.Subscribers.Where(s => s.NormalizedEmail == $"reader.{number}@reader.example").Select(s => s.Status).SingleAsync());
}
