using System.Net;
using CordisPulse.Core.Accounts;
using CordisPulse.Core.Editions;
using CordisPulse.Core.Mailings;
using CordisPulse.Core.Subscriptions;
using CordisPulse.Tests.Mail;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Tests.Mailings;

/// <summary>Those who were sent something wrong, and nobody else, are told.</summary>
public sealed class CorrectionTests
{
    private const string Page = "/editor/editions/2030-03/mailing";

    private static readonly Dictionary<string, string?> Typed = new()
    {
        ["Form.Wrong"] = "Waits fell to **28** days.",
        ["Form.Right"] = "Waits fell to **18** days.",
    };

    [Fact]
    public async Task Those_who_were_sent_it_and_are_still_there_are_told_below_the_first_mail()
    {
        await using var lab = new MailingLab().With("Mail:WhenUncertain", "Ask").With("Mail:MaxConnections", "1");
        lab.Server.On(SmtpStage.Rcpt, SmtpReaction.Answer(550, "5.2.1 mailbox disabled"), moment => moment.Recipient.Contains("Reader.2@", StringComparison.Ordinal));
        lab.Server.On(SmtpStage.EndOfData, SmtpReaction.StoreAndCut(), moment => moment.Recipient.Contains("Reader.3@", StringComparison.Ordinal), times: 1);
        var node = lab.StartNode();
        await MailingLab.SeedAsync(node, 6, PublishedMonth.Document(MailingLab.Month) with
        {
            Corrections = [new DocumentCorrection { At = new DateTime(2030, 3, 9, 12, 0, 0, DateTimeKind.Utc), Text = "The wait is 18 days.", Items = ["waiting-for-care"] }],
        });
        await WantAsync(node, 6, "3");
        await MailingLab.StartAsync(node);
        using var publisher = await node.SignInAsync(Roles.Publisher);
        await MailingLab.WaitAsync(node, status => status.Deliveries is { Sent: 4, Failed: 1, Uncertain: 1 });
        Assert.Equal(HttpStatusCode.NotFound, (await publisher.GetAsync($"{Page}/correction")).Status);
        await publisher.SubmitAsync(await publisher.GetAsync($"{Page}/uncertain"), form: "#all-count-as-sent");
        await MailingLab.WaitForEndAsync(node);
        lab.Server.ClearRules();
        await node.QueryAsync(db => db.Subscribers.Where(s => s.NormalizedEmail == "reader.4@reader.example").ExecuteUpdateAsync(set => set.SetProperty(s => s.Status, SubscriberStatus.Unsubscribed)));
        await node.QueryAsync(db =>
        {
            db.Add(MailingLab.Person(7));
            db.Add(new Suppression { NormalizedEmail = "reader.5@reader.example", SinceUtc = DateTime.UtcNow });
            return db.SaveChangesAsync();
        });

        var form = await publisher.GetAsync((await publisher.GetAsync(Page)).One("#correct").GetAttribute("href")!);
        Assert.Equal("Correction: CordisPulse: March 2030", form.One("#Form_Subject").GetAttribute("value"));
        Assert.Equal("The wait is 18 days.", form.One("#Form_Right").TextContent.Trim());
        Assert.Equal("waiting-for-care", form.One("#Form_Item option[selected]").GetAttribute("value"));
        Assert.Equal("2 recipients", form.One("#recipients").TextContent);
        var whole = await publisher.SubmitAsync(form, new(Typed) { ["Form.Item"] = "" }, "#correction", "#look");
        Assert.Equal("3 recipients", whole.One("#recipients").TextContent);
        var ofOne = await publisher.SubmitAsync(form, new(Typed) { ["Form.Item"] = "", ["Form.Variant"] = "+criminal-justice" }, "#correction", "#look");
        Assert.Equal("1 recipient", ofOne.One("#recipients").TextContent);
        Assert.Contains("Choose again", (await publisher.SubmitAsync(form, new(Typed) { ["Form.Variant"] = "+fishing" }, "#correction")).One("#Form_Variant-error").TextContent, StringComparison.Ordinal);
        Assert.Contains("Waits fell to 18 days.", whole.One("#preview").TextContent, StringComparison.Ordinal);
        var silent = await publisher.SubmitAsync(form, new() { ["Form.Wrong"] = "", ["Form.Right"] = "It is 18." }, "#correction");
        Assert.Equal(HttpStatusCode.BadRequest, silent.Status);
        Assert.Equal("It is 18.", silent.One("#Form_Right").TextContent.Trim());
        Assert.NotNull(silent.Document.QuerySelector("#Form_Wrong-error"));
        var unknown = await publisher.SubmitAsync(form, new(Typed) { ["Form.Item"] = "nothing" }, "#correction");
        Assert.Contains("no such item", unknown.One("[role=alert]").TextContent, StringComparison.Ordinal);
        var before = lab.Server.MessageCount;

        var started = await publisher.SubmitAsync(form, Typed, "#correction", "#send");
        var twice = await publisher.SubmitAsync(form, Typed, "#correction", "#send");

        Assert.Equal($"{Page}/correction-1", started.Location!.ToString());
        Assert.Contains("already", twice.One("[role=alert]").TextContent, StringComparison.Ordinal);
        await lab.Server.WaitUntilAsync(() => lab.Server.MessageCount == before + 2, MailingLab.Soon);
        var told = lab.Server.Messages.Skip(before).ToList();
        Assert.Equal(["Reader.1@reader.example", "Reader.3@reader.example"], told.Select(m => m.Recipient).Order());
        Assert.All(told, m =>
        {
            var first = lab.Server.Messages.First(other => other.Recipient == m.Recipient).Message.MessageId;
            Assert.Equal((first, first), (m.Message.InReplyTo, m.Message.References.Single()));
            Assert.StartsWith("2030-03.correction.1.", m.Message.MessageId, StringComparison.Ordinal);
            Assert.Equal("Correction: CordisPulse: March 2030", m.Message.Subject);
            Assert.Contains("/editions/2030-03/waiting-for-care", m.Message.TextBody, StringComparison.Ordinal);
            Assert.Contains("<strong>18</strong>", m.Message.HtmlBody, StringComparison.Ordinal);
            Assert.Contains("/unsubscribe/", m.Message.HtmlBody, StringComparison.Ordinal);
            Assert.DoesNotContain("We are recruiting", m.Message.TextBody, StringComparison.Ordinal);
        });
        Assert.Equal(MailingState.Completed, (await MailingLab.StatusAsync(node)).State);
        Assert.Equal(["Correction 1"], (await publisher.GetAsync(Page)).Texts("#others a"));
        Assert.Equal(["Edition"], (await publisher.GetAsync($"{Page}/correction-1")).Texts("#others a"));
        Assert.Contains("Sent before", (await publisher.GetAsync($"{Page}/correction")).Text, StringComparison.Ordinal);
        Assert.Contains("correction 1 of March 2030", (await publisher.GetAsync($"{Page}/correction-1")).One("h1").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_test_goes_to_whoever_asks_and_many_recipients_have_to_be_typed()
    {
        await using var lab = new MailingLab().With("Mail:ConfirmAbove", "1");
        var node = lab.StartNode();
        await MailingLab.SeedAsync(node, 2);
        await MailingLab.StartAsync(node);
        await MailingLab.WaitForEndAsync(node);
        using var publisher = await node.SignInAsync(Roles.Publisher, "corrector@example.org");
        var form = await publisher.GetAsync($"{Page}/correction");

        var tested = await publisher.SubmitAsync(form, Typed, "#correction", "#test");
        Assert.Contains("corrector@example.org", tested.One("#tested").TextContent, StringComparison.Ordinal);
        Assert.Equal("[Test] Correction: CordisPulse: March 2030", lab.Server.Messages.Single(m => m.Recipient == "corrector@example.org").Message.Subject);
        var untold = await publisher.SubmitAsync(tested, form: "#correction");
        Assert.Contains("Type that number", untold.One("#Form_ConfirmRecipients-error").TextContent, StringComparison.Ordinal);
        Assert.Equal(1, await node.QueryAsync(db => db.Mailings.CountAsync()));
        await publisher.SubmitAsync(untold, new() { ["Form.ConfirmRecipients"] = "2" }, "#correction");
        await lab.Server.WaitUntilAsync(() => lab.Server.MessageCount == 5, MailingLab.Soon);
    }

    [Fact]
    public async Task It_goes_to_colleagues_first_and_can_be_stopped_until_the_others_get_it()
    {
        await using var lab = new MailingLab();
        var node = lab.StartNode();
        await MailingLab.SeedAsync(node, 3);
        await MailingLab.StartAsync(node);
        await MailingLab.WaitForEndAsync(node);
        await lab.StopAsync(node);
        node = lab.With("Mail:WaitBeforeSending", "00:10:00").StartNode();
        await node.QueryAsync(db =>
        {
            db.Add(new Colleague { Email = "Reader.2@reader.example", NormalizedEmail = "reader.2@reader.example" });
            return db.SaveChangesAsync();
        });
        using var publisher = await node.SignInAsync(Roles.Publisher);

        var page = await publisher.FollowAsync(await publisher.SubmitAsync(await publisher.GetAsync($"{Page}/correction"), Typed, "#correction", "#send"));
        var told = (await lab.Server.WaitForMessagesAsync(4, MailingLab.Soon))[3];
        var stopped = await publisher.FollowAsync(await publisher.SubmitAsync(page, form: "#stop"));

        Assert.Equal("Reader.2@reader.example", told.Recipient);
        Assert.Contains("Cancelled", stopped.One("#state").TextContent, StringComparison.Ordinal);
        Assert.Equal(4, lab.Server.MessageCount);
    }

    private static Task<int> WantAsync(PulseApp node, int reader, string wish) => node.QueryAsync(db => db.Subscribers
        .Where(s => s.NormalizedEmail == $"reader.{reader}@reader.example").ExecuteUpdateAsync(set => set.SetProperty(s => s.Sectors, wish)));
}
