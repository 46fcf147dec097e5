using System.Text.Json;
using CordisPulse.Core.Accounts;
using CordisPulse.Core.Mailings;
using CordisPulse.Tests.Commands;
using CordisPulse.Tests.Mail;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Tests.Mailings;

/// <summary>What a mailing came to, in numbers that add up, and how uncertain deliveries get into them.</summary>
public sealed class CertificateTests
{
    private const string Page = "/editor/editions/2030-03/mailing";

    [Fact]
    public async Task A_completed_mailing_is_certified_and_again_when_what_failed_was_tried_once_more()
    {
        await using var lab = new MailingLab().With("Mail:MaxConnections", "1");
        lab.Server.On(SmtpStage.Rcpt, SmtpReaction.Answer(550, "5.2.1 mailbox disabled"), moment => moment.Recipient is "Reader.2@reader.example" or "Reader.4@reader.example");
        var node = lab.StartNode();
        await MailingLab.SeedAsync(node, 4);
        using var publisher = await node.SignInAsync(Roles.Publisher);
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await publisher.GetAsync($"{Page}/certificate")).Status);
        await publisher.SubmitAsync(await publisher.GetAsync(Page), form: "#start");
        await MailingLab.WaitForEndAsync(node);

        var page = await publisher.GetAsync((await publisher.GetAsync(Page)).One("#certificate").GetAttribute("href")!);
        Assert.Contains("4 enrolled = 2 accepted by the mail server + 0 counted as sent by a person + 2 failed + 0 skipped.", page.One("#sum").TextContent, StringComparison.Ordinal);
        Assert.Contains("publisher-", page.One("#by").TextContent, StringComparison.Ordinal);
        Assert.Equal(["2xx", "5xx"], page.Texts("#outcomes [data-label='Class of answer']"));
        Assert.Equal(await node.QueryAsync(db => db.MailingVariants.Select(v => v.Sha256).SingleAsync()), page.Texts("#variants code").Single());
        Assert.Null(page.Document.QuerySelector("#differs"));
        var json = await publisher.Http.GetStringAsync($"{Page}/certificate/json");
        using (var document = JsonDocument.Parse(json))
        {
            Assert.True(document.RootElement.GetProperty("reconciles").GetBoolean());
            Assert.Equal(("2030-03", "Edition", 1), (document.RootElement.GetProperty("edition").GetString(), document.RootElement.GetProperty("kind").GetString(), document.RootElement.GetProperty("revision").GetInt32()));
        }

        Assert.Equal(page.One("#sha256").TextContent, CertificateContent.Sha256(json));
        var csv = await publisher.Http.GetStringAsync($"{Page}/certificate/csv");
        Assert.Contains("outcome,Failed,5xx 550", csv, StringComparison.Ordinal);
        Assert.DoesNotContain("reader.example", json + csv, StringComparison.OrdinalIgnoreCase);

        lab.Server.ClearRules();
        await node.QueryAsync(db => db.Subscribers.Where(s => s.NormalizedEmail == "reader.4@reader.example").ExecuteUpdateAsync(set => set.SetProperty(s => s.Status, Core.Subscriptions.SubscriberStatus.Unsubscribed)));
        await publisher.SubmitAsync(await publisher.GetAsync(Page), form: "#retry");
        await MailingLab.WaitAsync(node, status => status is { State: MailingState.Completed, Deliveries: { Sent: 3, Skipped: 1 } });
        Assert.Contains("4 enrolled = 3 accepted by the mail server + 0 counted as sent by a person + 0 failed + 1 skipped", (await publisher.GetAsync($"{Page}/certificate")).One("#sum").TextContent, StringComparison.Ordinal);
        Assert.Equal(2, await node.QueryAsync(db => db.MailingCertificates.CountAsync()));
        Assert.Equal(3, lab.Server.MessageCount);

        var made = await PulseCommand.RunAsync(lab.Settings, "mailing", "certificate", "2030-03", "--json");
        Assert.Equal((0, ""), (made.ExitCode, made.Error));
        Assert.Equal(await publisher.Http.GetStringAsync($"{Page}/certificate/json"), made.Output.TrimEnd());
        await node.QueryAsync(db => db.Deliveries.Where(d => d.Address.StartsWith("Reader.3@")).ExecuteUpdateAsync(set => set.SetProperty(d => d.State, DeliveryState.Failed)));
        var other = await PulseCommand.RunAsync(lab.Settings, "mailing", "certificate", "2030-03");
        Assert.Contains("2 accepted + 0 counted as sent + 1 failed", other.Output, StringComparison.Ordinal);
        Assert.Contains("differs from the certificate that was kept", other.Error, StringComparison.Ordinal);
        Assert.Contains("1 failed", (await publisher.GetAsync($"{Page}/certificate")).One("#differs").TextContent, StringComparison.Ordinal);
        Assert.Equal(2, (await PulseCommand.RunAsync(lab.Settings, "mailing", "certificate", "2030-03", "late-0")).ExitCode);
        Assert.Equal(1, (await PulseCommand.RunAsync(lab.Settings, "mailing", "certificate", "2030-03", "late-1")).ExitCode);
    }

    [Fact]
    public async Task Uncertain_ones_are_looked_at_and_decided_one_by_one_or_all_together_and_the_certificate_tells_who_did()
    {
        await using var lab = new MailingLab().With("Mail:MaxConnections", "1").With("Mail:WhenUncertain", "Ask");
        lab.Server.On(SmtpStage.EndOfData, SmtpReaction.Answer(250, "2.0.0 Ok: queued as 4F2A9C"), moment => moment.Message == 1, times: 1);
        lab.Server.On(SmtpStage.EndOfData, SmtpReaction.StoreAndCut(), times: 3);
        var node = lab.StartNode();
        await MailingLab.SeedAsync(node, 5);
        await MailingLab.StartAsync(node);
        await MailingLab.WaitAsync(node, status => status.Deliveries is { Sent: 2, Uncertain: 3 });
        using var publisher = await node.SignInAsync(Roles.Publisher);

        var page = await publisher.GetAsync((await publisher.GetAsync(Page)).One("#look-closer").GetAttribute("href")!);
        Assert.Equal(3, page.Document.QuerySelectorAll("section.uncertain").Length);
        var first = page.One("section.uncertain");
        Assert.Contains("@pulse.example.org", first.QuerySelector("code")!.TextContent, StringComparison.Ordinal);
        Assert.Contains(lab.Server.Messages, m => m.Message.MessageId == first.QuerySelector("code")!.TextContent);
        Assert.Contains("4F2A9C", first.QuerySelector("[data-label='Queue id']")!.TextContent, StringComparison.Ordinal);
        Assert.Contains($"process {Environment.ProcessId}", first.TextContent, StringComparison.Ordinal);

        var one = await publisher.SubmitAsync(page, form: "form[id^=count-as-sent-]");
        Assert.Contains("Counted as sent", (await publisher.FollowAsync(one)).One("[role=status]").TextContent, StringComparison.Ordinal);
        // The page that was looked at still speaks of three.
        var stale = await publisher.SubmitAsync(page, form: "#all-send-again");
        Assert.Equal(System.Net.HttpStatusCode.BadRequest, stale.Status);
        Assert.Contains("Nothing was decided", stale.One("[role=alert]").TextContent, StringComparison.Ordinal);
        await publisher.SubmitAsync(stale, form: "#all-send-again");
        await MailingLab.WaitForEndAsync(node);

        Assert.Equal(7, lab.Server.MessageCount);
        var certificate = await publisher.GetAsync($"{Page}/certificate");
        Assert.Contains("5 enrolled = 4 accepted by the mail server + 1 counted as sent by a person + 0 failed", certificate.One("#sum").TextContent, StringComparison.Ordinal);
        Assert.Equal(["Send again", "Count as sent"], certificate.Texts("#decisions tbody th"));
        Assert.All(certificate.Texts("#decisions [data-label=By]"), by => Assert.StartsWith("publisher-", by, StringComparison.Ordinal));
        var told = await publisher.FollowAsync(await publisher.SubmitAsync(await publisher.GetAsync(Page), new() { ["address"] = first.QuerySelector("h2")!.TextContent }, "#find"));
        Assert.StartsWith("Count as sent, ", told.One("#decided").TextContent, StringComparison.Ordinal);
        Assert.Contains("No delivery of this mailing is uncertain", (await publisher.GetAsync($"{Page}/uncertain")).Text, StringComparison.Ordinal);
    }
}
