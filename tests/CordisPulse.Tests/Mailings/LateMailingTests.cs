using System.Text.RegularExpressions;
using CordisPulse.Core.Accounts;
using CordisPulse.Core.Mailings;
using CordisPulse.Core.Subscriptions;
using CordisPulse.Tests.Commands;
using CordisPulse.Tests.Mail;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;

namespace CordisPulse.Tests.Mailings;

/// <summary>Whoever joins after an edition was sent can be sent it, once.</summary>
public sealed class LateMailingTests
{
    [Fact]
    public async Task A_late_subscriber_is_sent_the_latest_edition_once_from_the_page_or_by_command()
    {
        await using var lab = new MailingLab();
        var node = lab.StartNode();
        await SendAsync(node);
        await AddAsync(node, 2, 3, 4);
        await node.QueryAsync(db => db.Subscribers.Where(s => s.NormalizedEmail == "reader.2@reader.example").ExecuteUpdateAsync(set => set.SetProperty(s => s.Sectors, "3")));
        using var publisher = await node.SignInAsync(Roles.Publisher);
        Assert.Null((await publisher.GetAsync(await PageOfAsync(node, 1))).Document.QuerySelector("#late"));
        var page = await publisher.GetAsync(await PageOfAsync(node, 2));
        Assert.Equal("Send March 2030 to this person now", page.One("#late button").TextContent);

        var sent = await publisher.FollowAsync(await publisher.SubmitAsync(page, form: "#late"));
        var again = await publisher.SubmitAsync(page, form: "#late");
        var byCommand = await PulseCommand.RunAsync(lab.Settings, "mailing", "late", "2030-03", "READER.3@reader.example");

        Assert.Contains("is being sent to this person", sent.One("[role=status]").TextContent, StringComparison.Ordinal);
        Assert.Contains("has been sent March 2030", again.One("[role=alert]").TextContent, StringComparison.Ordinal);
        Assert.Equal((0, ""), (byCommand.ExitCode, byCommand.Error));
        Assert.Contains("late mailing 2 of March 2030 (late-2)", byCommand.Output, StringComparison.Ordinal);
        await lab.Server.WaitUntilAsync(() => lab.Server.MessageCount == 3, MailingLab.Soon);
        // The server has a message a moment before the ledger has its answer.
        for (var end = DateTime.UtcNow + MailingLab.Soon; await node.QueryAsync(db => db.Deliveries.AnyAsync(d => d.SettledUtc == null)); await Task.Delay(50))
            Assert.True(DateTime.UtcNow < end, MailingLab.Log(node));
        var message = lab.Server.Messages.Single(m => m.Recipient == "Reader.2@reader.example").Message;
        Assert.StartsWith("2030-03.late.1.", message.MessageId, StringComparison.Ordinal);
        Assert.DoesNotContain("Waiting for care", message.TextBody, StringComparison.Ordinal);
        // The edition's own mailing is what the month means still.
        Assert.Equal(new DeliveryCounts { Sent = 1 }, (await MailingLab.StatusAsync(node)).Deliveries);
        Assert.Equal("1", (await publisher.GetAsync("/editor/editions/2030-03/mailing/late-2")).One("#waiting, #sent").TextContent);
        Assert.Equal(["Late 2", "Late 1", "Edition"], (await publisher.GetAsync("/editor/mailings")).Texts("[data-label=Mailing]"));
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await publisher.GetAsync("/editor/editions/2030-03/mailing/late-3")).Status);

        await node.QueryAsync(db =>
        {
            db.Add(new Suppression { NormalizedEmail = "reader.4@reader.example", SinceUtc = DateTime.UtcNow });
            return db.SaveChangesAsync();
        });
        Assert.Contains("must not be mailed", (await PulseCommand.RunAsync(lab.Settings, "mailing", "late", "2030-03", "reader.4@reader.example")).Error, StringComparison.Ordinal);
        Assert.Contains("Nobody on the list", (await PulseCommand.RunAsync(lab.Settings, "mailing", "late", "2030-03", "nobody@reader.example")).Error, StringComparison.Ordinal);
        Assert.Equal(2, (await PulseCommand.RunAsync(lab.Settings, "mailing", "late", "2030-03", "nobody")).ExitCode);
    }

    [Fact]
    public async Task Whoever_joins_while_it_is_being_sent_is_sent_it_too()
    {
        await using var lab = new MailingLab().With("Mail:WaitBeforeSending", "00:10:00");
        var node = lab.StartNode();
        await MailingLab.SeedAsync(node, 1);
        await node.InScopeAsync(services => services.GetRequiredService<MailingStarter>().StartAsync(new StartMailing { Month = MailingLab.Month, ById = null, ColleaguesFirst = true }));
        await AddAsync(node, 2);
        var early = await PulseCommand.RunAsync(lab.Settings, "mailing", "late", "2030-03", "reader.2@reader.example");
        await MailingLab.ControlAsync(node, control => control.SendNowAsync(MailingLab.Month));
        await MailingLab.WaitForEndAsync(node);
        await node.QueryAsync(db => db.Mailings.ExecuteUpdateAsync(set => set.SetProperty(mailing => mailing.State, MailingState.Paused).SetProperty(mailing => mailing.EndedUtc, (DateTime?)null)));

        var late = await PulseCommand.RunAsync(lab.Settings, "mailing", "late", "2030-03", "reader.2@reader.example");

        Assert.Contains("does not go out to everybody yet", early.Error, StringComparison.Ordinal);
        Assert.Equal((0, ""), (late.ExitCode, late.Error));
        await lab.Server.WaitForMessagesAsync(2, MailingLab.Soon);
    }

    [Fact]
    public async Task A_correction_stands_below_the_late_mail()
    {
        await using var lab = new MailingLab();
        var node = lab.StartNode();
        await SendAsync(node);
        await AddAsync(node, 2);
        using var publisher = await node.SignInAsync(Roles.Publisher);
        await publisher.SubmitAsync(await publisher.GetAsync(await PageOfAsync(node, 2)), form: "#late");
        var late = (await lab.Server.WaitForMessagesAsync(2, MailingLab.Soon))[1].Message;
        using var limit = new CancellationTokenSource(MailingLab.Soon);
        while (await node.QueryAsync(db => db.Mailings.AnyAsync(mailing => mailing.EndedUtc == null)))
            await Task.Delay(20, limit.Token);

        var form = await publisher.GetAsync("/editor/editions/2030-03/mailing/correction");
        await publisher.SubmitAsync(form, new() { ["Form.Wrong"] = "It said 28.", ["Form.Right"] = "It is 18." }, "#correction", "#send");

        var told = (await lab.Server.WaitForMessagesAsync(4, MailingLab.Soon)).Last(message => message.Recipient == "Reader.2@reader.example").Message;
        Assert.Equal((late.MessageId, late.MessageId), (told.InReplyTo, told.References.Single()));
    }

    [Fact]
    public async Task Many_that_are_asked_for_at_once_send_to_nobody_twice()
    {
        await using var lab = new MailingLab();
        var node = lab.StartNode();
        await SendAsync(node);
        await AddAsync(node, 2);
        using var publisher = await node.SignInAsync(Roles.Publisher);
        var page = await publisher.GetAsync(await PageOfAsync(node, 2));

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => publisher.SubmitAsync(page, form: "#late")));

        Assert.Single(answers, answer => answer.Status == System.Net.HttpStatusCode.Redirect);
        Assert.Equal(2, await node.QueryAsync(db => db.Deliveries.CountAsync()));
        Assert.Equal(2, await node.QueryAsync(db => db.Mailings.CountAsync()));
    }

    [Fact]
    public async Task Somebody_whom_the_mailing_failed_and_a_late_one_reached_is_not_tried_again()
    {
        await using var lab = new MailingLab();
        lab.Server.On(SmtpStage.Rcpt, SmtpReaction.Answer(550, "5.2.1 mailbox disabled"), moment => !moment.Recipient.Contains("Reader.1@", StringComparison.Ordinal));
        var node = lab.StartNode();
        await MailingLab.SeedAsync(node, 3);
        await MailingLab.StartAsync(node);
        await MailingLab.WaitForEndAsync(node);
        lab.Server.ClearRules();
        using var publisher = await node.SignInAsync(Roles.Publisher);
        await publisher.SubmitAsync(await publisher.GetAsync(await PageOfAsync(node, 2)), form: "#late");
        await lab.Server.WaitUntilAsync(() => lab.Server.MessageCount == 2, MailingLab.Soon);

        await publisher.SubmitAsync(await publisher.GetAsync("/editor/editions/2030-03/mailing"), form: "#retry");
        var end = await MailingLab.WaitAsync(node, status => status is { State: MailingState.Completed, Deliveries.Sent: 2 });

        Assert.Equal(new DeliveryCounts { Sent = 2, Failed = 1 }, end.Deliveries);
        Assert.Equal(3, lab.Server.Messages.Select(m => m.Recipient).Distinct().Count());
        Assert.Equal(3, lab.Server.MessageCount);
    }

    [Theory]
    [InlineData("true", 2)]
    [InlineData("false", 1)]
    public async Task Whoever_confirms_gets_the_latest_edition_when_that_is_set(string setting, int messages)
    {
        await using var lab = new MailingLab().With("Mail:LateOnConfirmation", setting).With("Mail:Transport", "Pickup");
        var node = lab.StartNode();
        await SendAsync(node);
        using var visitor = node.Visit();
        await visitor.SubmitAsync(await visitor.GetAsync("/subscribe"), new() { ["Email"] = "new@reader.example" });
        var letter = await LetterAsync(lab, "new@reader.example");
        var link = Regex.Match(letter.TextBody!, "/subscribe/confirm/[a-z2-7]{26}").Value;

        var page = await visitor.GetAsync(link);
        await visitor.SubmitAsync(page);
        await visitor.SubmitAsync(page);

        Assert.Equal(messages, await node.QueryAsync(db => db.Deliveries.CountAsync()));
        Assert.Equal(messages - 1, await node.QueryAsync(db => db.Mailings.CountAsync(m => m.Kind == MailingKind.Late)));
    }

    private static async Task<MimeMessage> LetterAsync(MailingLab lab, string to)
    {
        for (var end = DateTime.UtcNow + MailingLab.Soon; DateTime.UtcNow < end; await Task.Delay(50))
            foreach (var file in Directory.GetFiles(Path.Combine(lab.Directory, "outbox"), "*.eml"))
                if (await MimeMessage.LoadAsync(file) is { } message && message.To.Mailboxes.Any(mailbox => mailbox.Address == to))
                    return message;
        throw new TimeoutException($"No mail to {to}.");
    }

    /// <summary>Sends the edition to the one reader there is.</summary>
    private static async Task SendAsync(PulseApp node)
    {
        await MailingLab.SeedAsync(node, 1);
        await MailingLab.StartAsync(node);
        await MailingLab.WaitForEndAsync(node);
    }

    private static Task<int> AddAsync(PulseApp node, params int[] numbers) => node.QueryAsync(db =>
    {
        db.AddRange(numbers.Select(number => MailingLab.Person(number)));
        return db.SaveChangesAsync();
    });

    private static async Task<string> PageOfAsync(PulseApp node, int number)
        => $"/editor/subscribers/{await node.QueryAsync(db => db.Subscribers.Where(s => s.NormalizedEmail == $"reader.{number}@reader.example").Select(s => s.Id).SingleAsync())}";
}
