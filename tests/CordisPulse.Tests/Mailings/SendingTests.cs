using CordisPulse.Core.Mailings;
using CordisPulse.Core.Mailings.Messages;
using CordisPulse.Core.Subscriptions;
using CordisPulse.Tests.Commands;
using CordisPulse.Tests.Mail;
using Microsoft.EntityFrameworkCore;
using MimeKit;

namespace CordisPulse.Tests.Mailings;

public sealed class SendingTests
{
    [Fact]
    public async Task Two_hundred_subscribers_get_one_message_each_with_their_own_links()
    {
        await using var lab = new MailingLab().With("Mail:UnsubscribeMailbox", "leave@sender.example").With("Mail:BounceAddress", "bounces@sender.example").With("Mail:ReplyTo", "desk@sender.example");
        var node = lab.StartNode();
        await MailingLab.SeedAsync(node, 200);

        var started = await MailingLab.StartAsync(node);
        var end = await MailingLab.WaitForEndAsync(node);

        Assert.Equal(200, started.Recipients);
        Assert.Equal(new DeliveryCounts { Sent = 200 }, end.Deliveries);
        Assert.Equal(200, lab.Server.Messages.Select(m => m.Recipient).Distinct().Count());
        Assert.Equal(200, lab.Server.MessageCount);
        Assert.Equal(200, lab.Server.Messages.Select(m => m.Message.MessageId).Distinct().Count());
        Assert.InRange(lab.Server.ConnectionCount, 1, 4);
        foreach (var received in lab.Server.Messages)
        {
            var number = int.Parse(received.Recipient["reader.".Length..received.Recipient.IndexOf('@')], System.Globalization.CultureInfo.InvariantCulture);
            var token = MailingLab.Person(number).UnsubscribeToken;
            var message = received.Message;
            Assert.Equal($"\"Reader {number}\" <Reader.{number}@reader.example>", message.To.ToString());
            Assert.Equal($"<https://pulse.example.org/unsubscribe/{token}>, <mailto:leave@sender.example?subject=unsubscribe%20{token}>", message.Headers[HeaderId.ListUnsubscribe]);
            Assert.Equal("List-Unsubscribe=One-Click", message.Headers[HeaderId.ListUnsubscribePost]);
            Assert.Matches(@"^bounces\+d\d+-[a-z2-7]{8}@sender\.example$", received.Sender);
            foreach (var part in new[] { message.TextBody, message.HtmlBody })
            {
                Assert.Equal(2, part!.Split(token).Length - 1);
                Assert.Equal(2, part.Split("tokentokentokentoken").Length - 1);
                Assert.DoesNotContain(RenderedMail.TokenMark, part);
            }
        }

        var first = lab.Server.Messages[0].Message;
        Assert.Equal("\"CordisPulse\" <pulse@sender.example>", first.From.ToString());
        Assert.Equal("desk@sender.example", first.ReplyTo.ToString());
        Assert.Equal("CordisPulse: March 2030", first.Subject);
        Assert.Equal("CordisPulse <editions.pulse.example.org>", first.Headers[HeaderId.ListId]);
        Assert.Equal("<https://pulse.example.org/editions>", first.Headers[HeaderId.ListArchive]);
        Assert.InRange(first.Date, DateTimeOffset.UtcNow.AddMinutes(-5), DateTimeOffset.UtcNow);
        Assert.Equal("multipart/alternative", first.Body!.ContentType.MimeType);
        Assert.Equal(["text/plain", "text/html"], ((Multipart)first.Body!).Select(part => part.ContentType.MimeType));
        Assert.DoesNotContain("reader.example", MailingLab.Log(node), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("tokentoken", MailingLab.Log(node), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_joins_with_a_browser_at_an_international_domain_is_found_and_mailed()
    {
        await using var lab = new MailingLab();
        var node = lab.StartNode();
        await MailingLab.SeedAsync(node, 1);
        using var publisher = await node.SignInAsync(Core.Accounts.Roles.Publisher);
        // As Chromium sends what was typed as info@exämple.org.
        await publisher.SubmitAsync(
            await publisher.GetAsync("/editor/subscribers/add"), new() { ["Email"] = "info@xn--exmple-cua.org", ["Ground"] = "Consent", ["ObtainedFrom"] = "Her card" }, "#add");
        await node.QueryAsync(db =>
        {
            // From before domains were written as their people do.
            db.Add(new Subscriber { Email = "old@xn--exmple-cua.org", NormalizedEmail = "old@xn--exmple-cua.org", Status = SubscriberStatus.Active, UnsubscribeToken = SecretToken.Create() });
            return db.SaveChangesAsync();
        });
        foreach (var words in new[] { "info@exämple.org", "exämple", "info@xn--exmple-cua.org" })
            Assert.Equal("1", (await publisher.FollowAsync(await publisher.SubmitAsync(await publisher.GetAsync("/editor/subscribers"), new() { ["Search"] = words }, "#find"))).One("#found").TextContent);

        await MailingLab.StartAsync(node);
        var end = await MailingLab.WaitForEndAsync(node);

        Assert.Equal(new DeliveryCounts { Sent = 3 }, end.Deliveries);
        Assert.Equal(["info@xn--exmple-cua.org", "old@xn--exmple-cua.org"], lab.Server.Messages.Select(message => message.Recipient).Where(recipient => recipient.EndsWith(".org", StringComparison.Ordinal)).Order());
    }

    [Fact]
    public async Task A_mailing_goes_on_where_it_was_when_another_process_starts()
    {
        await using var lab = new MailingLab().With("Mail:MaxConnections", "1");
        var gate = new TaskCompletionSource();
        lab.Server.On(SmtpStage.EndOfData, SmtpReaction.HoldUntil(gate.Task), moment => moment.Message == 20, times: 1);
        var first = lab.StartNode();
        await MailingLab.SeedAsync(first, 60);
        await MailingLab.StartAsync(first);
        await lab.Server.WaitForMessagesAsync(19, MailingLab.Soon);

        var stopping = lab.StopAsync(first);
        gate.SetResult();
        await stopping;
        Assert.InRange(lab.Server.MessageCount, 20, 59);

        var second = lab.StartNode();
        var end = await MailingLab.WaitForEndAsync(second);

        Assert.Equal(new DeliveryCounts { Sent = 60 }, end.Deliveries);
        Assert.Equal(60, lab.Server.MessageCount);
        Assert.Equal(60, lab.Server.Messages.Select(m => m.Recipient).Distinct().Count());
    }

    [Fact]
    public async Task A_refusal_for_now_is_tried_again_and_a_refusal_for_good_is_not()
    {
        await using var lab = new MailingLab();
        lab.Server.On(SmtpStage.Rcpt, SmtpReaction.Answer(451, "4.7.1 greylisted"), moment => moment.Recipient.Contains("Reader.2@"), times: 1);
        lab.Server.On(SmtpStage.Rcpt, SmtpReaction.Answer(550, "5.1.1 no such mailbox Reader.3@reader.example"), moment => moment.Recipient.Contains("Reader.3@"));
        var node = lab.StartNode();
        await MailingLab.SeedAsync(node, 4);
        await MailingLab.StartAsync(node);

        var end = await MailingLab.WaitForEndAsync(node);

        Assert.Equal(new DeliveryCounts { Sent = 3, Failed = 1 }, end.Deliveries);
        var deferred = await MailingLab.DeliveryAsync(node, 2);
        Assert.Equal((DeliveryState.Sent, 2), (deferred.State, deferred.Attempts));
        var failed = await MailingLab.DeliveryAsync(node, 3);
        Assert.Equal((DeliveryState.Failed, 1, 550), (failed.State, failed.Attempts, failed.Code));
        Assert.DoesNotContain("Reader.3@", failed.Answer, StringComparison.OrdinalIgnoreCase);
        Assert.NotNull(failed.SettledUtc);

        lab.Server.ClearRules();
        await MailingLab.ControlAsync(node, control => control.RetryFailedAsync(MailingLab.Month));
        var retried = await MailingLab.WaitForEndAsync(node);
        Assert.Equal(new DeliveryCounts { Sent = 4 }, retried.Deliveries);
    }

    [Fact]
    public async Task Somebody_who_leaves_while_the_mailing_runs_is_skipped()
    {
        await using var lab = new MailingLab().With("Mail:MaxConnections", "1");
        var gate = new TaskCompletionSource();
        lab.Server.On(SmtpStage.EndOfData, SmtpReaction.HoldUntil(gate.Task), times: 1);
        var node = lab.StartNode();
        await MailingLab.SeedAsync(node, 5);
        await MailingLab.StartAsync(node);
        await MailingLab.WaitAsync(node, status => status.Deliveries.Attempting == 1);

        await node.QueryAsync(db => db.Subscribers.Where(s => s.NormalizedEmail == "reader.2@reader.example")
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.Status, Core.Subscriptions.SubscriberStatus.Unsubscribed)));
        await node.QueryAsync(db =>
        {
            db.Add(new Core.Subscriptions.Suppression { NormalizedEmail = "reader.4@reader.example", SinceUtc = DateTime.UtcNow });
            return db.SaveChangesAsync();
        });
        gate.SetResult();
        var end = await MailingLab.WaitForEndAsync(node);

        Assert.Equal(new DeliveryCounts { Sent = 3, Skipped = 2 }, end.Deliveries);
        Assert.DoesNotContain(lab.Server.Messages, m => m.Recipient is "Reader.2@reader.example" or "Reader.4@reader.example");
    }

    [Fact]
    public async Task Two_nodes_share_a_mailing_and_send_to_nobody_twice()
    {
        await using var lab = new MailingLab().With("Mail:MaxConnections", "2");
        lab.Server.On(SmtpStage.EndOfData, SmtpReaction.Wait(TimeSpan.FromMilliseconds(20)));
        var one = lab.StartNode();
        lab.StartNode();
        await MailingLab.SeedAsync(one, 400);
        await MailingLab.StartAsync(one);

        var end = await MailingLab.WaitForEndAsync(one);

        Assert.Equal(new DeliveryCounts { Sent = 400 }, end.Deliveries);
        Assert.Equal(400, lab.Server.MessageCount);
        Assert.Equal(400, lab.Server.Messages.Select(m => m.Recipient).Distinct().Count());
        var owners = await one.QueryAsync(db => db.Deliveries.Select(d => d.LeaseOwner!).Distinct().ToListAsync());
        Assert.Equal(2, owners.Select(owner => owner.Split('#')[0]).Distinct().Count());
    }

    [Fact]
    public async Task Whoever_starts_at_the_same_moment_joins_the_one_mailing()
    {
        await using var lab = new MailingLab();
        var nodes = new[] { lab.StartNode(), lab.StartNode() };
        await MailingLab.SeedAsync(nodes[0], 20);
        // Nothing is sent before all have started: the last would otherwise be told that the edition was sent.
        var gate = new TaskCompletionSource();
        lab.Server.On(SmtpStage.Greeting, SmtpReaction.HoldUntil(gate.Task));

        var starts = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => MailingLab.StartAsync(nodes[i % 2]))));
        gate.SetResult();
        await MailingLab.WaitForEndAsync(nodes[0]);

        Assert.Single(starts, start => !start.HasJoined);
        Assert.Single(starts.Select(start => start.MailingId).Distinct());
        Assert.Equal(1, await nodes[0].QueryAsync(db => db.Mailings.CountAsync()));
        Assert.Equal(20, lab.Server.MessageCount);
    }

    [Theory]
    [InlineData("Mail:MaxPerMinute")]
    [InlineData("Mail:MaxPerDay")]
    public async Task A_limit_counts_over_all_nodes_and_restarts(string limit)
    {
        await using var lab = new MailingLab().With(limit, "10");
        var node = lab.StartNode();
        var other = lab.StartNode();
        await MailingLab.SeedAsync(node, 30);
        await MailingLab.StartAsync(node);
        await MailingLab.WaitAsync(node, status => status.Deliveries.Sent == 10);
        await lab.StopAsync(other);

        // A new node looks for work as soon as it serves, and this one has looked several times by then.
        var last = lab.StartNode();
        using var visitor = last.Visit();
        await visitor.GetAsync("/");

        Assert.Equal(new DeliveryCounts { Sent = 10, Pending = 20 }, (await MailingLab.StatusAsync(node)).Deliveries);
        Assert.Equal(10, lab.Server.MessageCount);
    }

    [Fact]
    public async Task Without_a_mail_server_the_messages_lie_in_the_pickup_folder()
    {
        await using var lab = new MailingLab().With("Mail:Transport", "Pickup");
        var node = lab.StartNode();
        await MailingLab.SeedAsync(node, 3);
        await MailingLab.StartAsync(node);

        await MailingLab.WaitForEndAsync(node);

        var files = Directory.GetFiles(Path.Combine(lab.Directory, "outbox"), "*.eml");
        Assert.Equal(3, files.Length);
        Assert.Equal("CordisPulse: March 2030", (await MimeMessage.LoadAsync(files[0])).Subject);
        Assert.Equal(0, lab.Server.MessageCount);
    }

    [Fact]
    public async Task A_node_with_another_transport_leaves_the_mailing_alone()
    {
        await using var lab = new MailingLab();
        var smtp = lab.StartNode();
        await MailingLab.SeedAsync(smtp, 3);
        lab.With("Mail:Transport", "Pickup");
        var start = await PulseCommand.RunAsync(lab.Settings, "mailing", "send", "2030-03");
        Assert.Equal((0, ""), (start.ExitCode, start.Error));
        // The command's own run took longer than the server takes to look for work, and the rows were there before it ended.
        Assert.Equal(new DeliveryCounts { Pending = 3 }, (await MailingLab.StatusAsync(smtp)).Deliveries);
        await lab.StopAsync(smtp);
        Assert.Equal(0, lab.Server.ConnectionCount);

        await MailingLab.WaitForEndAsync(lab.StartNode());

        Assert.Equal(3, Directory.GetFiles(Path.Combine(lab.Directory, "outbox"), "*.eml").Length);
        Assert.Equal(0, lab.Server.MessageCount);
    }
}
