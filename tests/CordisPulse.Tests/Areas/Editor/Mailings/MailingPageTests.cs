using System.Net;
using CordisPulse.Core;
using CordisPulse.Core.Accounts;
using CordisPulse.Core.Audit;
using CordisPulse.Core.Subscriptions;
using CordisPulse.Tests.Builders;
using CordisPulse.Tests.Mail;
using CordisPulse.Tests.Mailings;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Tests.Areas.Editor.Mailings;

public sealed class MailingPageTests
{
    private const string Page = "/editor/editions/2030-03/mailing";

    [Fact]
    public async Task A_publisher_starts_watches_pauses_and_finds_a_delivery()
    {
        await using var lab = new MailingLab().With("Mail:MaxConnections", "1");
        var gate = new TaskCompletionSource();
        lab.Server.On(SmtpStage.EndOfData, SmtpReaction.HoldUntil(gate.Task), times: 1);
        var node = lab.StartNode();
        await MailingLab.SeedAsync(node, 3);
        using var publisher = await node.SignInAsync(Roles.Publisher);

        var before = await publisher.GetAsync(Page);
        Assert.Equal("3", before.One("#recipients").TextContent);
        Assert.Contains("127.0.0.1", before.One("#destination").TextContent, StringComparison.Ordinal);
        var running = await publisher.FollowAsync(await publisher.SubmitAsync(before, form: "#start"));
        Assert.Equal("2", running.One("noscript meta[http-equiv=refresh]").GetAttribute("content"));
        await MailingLab.WaitAsync(node, status => status.Deliveries.Attempting == 1);
        var paused = await publisher.FollowAsync(await publisher.SubmitAsync(running, form: "#pause"));
        Assert.Equal("Paused", paused.One("#state").TextContent);
        Assert.Empty(paused.Document.QuerySelectorAll("noscript"));
        var cancel = await publisher.GetAsync($"{Page}/cancel");
        Assert.Empty(cancel.Document.QuerySelectorAll("noscript"));
        Assert.NotNull(cancel.One("#cancel"));
        gate.SetResult();
        await publisher.SubmitAsync(paused, form: "#resume");
        await MailingLab.WaitForEndAsync(node);

        var publisherId = await node.QueryAsync(db => db.Users.OrderByDescending(user => user.Id).Select(user => user.Id).FirstAsync());
        var kept = await node.QueryAsync(db => db.AuditEntries.Where(row => row.Subject == "2030-03").OrderBy(row => row.Id).Select(row => new { row.Act, row.AccountId, row.Way, row.Detail }).ToListAsync());
        Assert.Equal(
            [(AuditedActs.StartMailing, "to 3"), (AuditedActs.PauseMailing, null), (AuditedActs.ResumeMailing, null)],
            kept.Where(entry => entry.Act.StartsWith("mailing.", StringComparison.Ordinal)).Select(entry => (entry.Act, entry.Detail)));
        Assert.All(kept.Where(entry => entry.Act.StartsWith("mailing.", StringComparison.Ordinal)), entry => Assert.Equal((publisherId, AuditWay.Desk), (entry.AccountId, entry.Way)));
        var end = await publisher.GetAsync(Page);
        Assert.Equal(("Completed", "3"), (end.One("#state").TextContent, end.One("#sent").TextContent));
        Assert.Empty(end.Document.QuerySelectorAll("noscript"));
        Assert.Contains("It went by the mail server 127.0.0.1", end.One("#progress").TextContent, StringComparison.Ordinal);
        Assert.Equal(["Sent", "Sent", "Sent"], end.Texts("#latest tbody [data-label=State]"));
        Assert.Empty((await publisher.FollowAsync(await publisher.SubmitAsync(end, new() { ["state"] = "Failed" }, "#find"))).Texts("#latest tbody tr"));
        var sought = await publisher.SubmitAsync(end, new() { ["address"] = " READER.2@reader.example " }, "#find");
        // Whom somebody looks for is no part of an address of a page.
        Assert.DoesNotContain("reader", sought.Location!.ToString(), StringComparison.OrdinalIgnoreCase);
        var found = await publisher.FollowAsync(sought);
        Assert.Equal("READER.2@reader.example", found.One("#Address").GetAttribute("value"));
        Assert.Contains("Sent", found.One("#story").TextContent, StringComparison.Ordinal);
        Assert.Contains("Search again", (await publisher.GetAsync($"{Page}?words=altered")).Text, StringComparison.Ordinal);
        var longer = await publisher.SubmitAsync(end, new() { ["address"] = new string('a', 400) }, "#find");
        Assert.Equal((HttpStatusCode.BadRequest, "That is longer than any address."), (longer.Status, longer.One("#Address-error").TextContent));
        var field = longer.One(longer.One(".error-summary a").GetAttribute("href")!);
        Assert.Equal(("Address-error", "true"), (field.GetAttribute("aria-describedby"), field.GetAttribute("aria-invalid")));
        var erased = await node.QueryAsync(db => db.Subscribers.Where(row => row.NormalizedEmail == "reader.2@reader.example").Select(row => row.Id).SingleAsync());
        var unsure = await publisher.SubmitAsync(await publisher.GetAsync($"/editor/subscribers/{erased}/erase"), form: "#erase");
        Assert.Equal("Form_Sure-error", unsure.One(unsure.One(".error-summary a").GetAttribute("href")!).GetAttribute("aria-describedby"));
        Assert.NotNull(unsure.Document.QuerySelector(".field.wrong > #Form_Sure-error"));
        await publisher.SubmitAsync(unsure, new() { ["Form.Sure"] = "true" }, "#erase");
        Assert.Contains($"Subscriber {erased}", (await publisher.GetAsync(Page)).Texts("#latest tbody th"));
        var list = await publisher.GetAsync("/editor/mailings");
        Assert.Contains("March 2030", list.Texts("tbody th"));
    }

    [Fact]
    public async Task What_goes_out_without_the_latest_changes_is_told_and_so_are_they()
    {
        await using var lab = new MailingLab();
        var node = lab.StartNode();
        var edition = await new EditionBuilder().Item("Old").With(row => (row.Subject, row.Preheader) = ("Ours", "Ours")).SaveAsync(node);
        await node.QueryAsync(db =>
        {
            db.Add(MailingLab.Person(1));
            return db.SaveChangesAsync();
        });
        var address = $"/editor/editions/{edition.Month}";
        using var publisher = await node.SignInAsync(Roles.Publisher);
        await publisher.SubmitAsync(await publisher.GetAsync($"{address}/publish"), null, "#publish-form");
        Assert.Null((await publisher.GetAsync($"{address}/mailing")).Document.QuerySelector("#unpublished"));
        await publisher.SubmitAsync(await publisher.GetAsync($"{address}/items/{edition.Items[0].Id}"), new() { ["Form.Title"] = "New" }, "#item-form");

        var page = await publisher.GetAsync($"{address}/mailing");

        Assert.Contains("What is sent now is revision 1; it does not have these changes:", page.One("#unpublished").TextContent, StringComparison.Ordinal);
        Assert.Equal(["Changed: New"], page.Texts("#unpublished li"));
        Assert.Equal($"{address}/publish", page.One("#unpublished a").GetAttribute("href"));
        var started = await publisher.FollowAsync(await publisher.SubmitAsync(page, form: "#start"));
        Assert.Contains("These changes are not published:", started.One("#unpublished").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_edition_that_appeared_elsewhere_is_sent_only_when_its_month_is_typed()
    {
        await using var lab = new MailingLab();
        var node = lab.StartNode();
        await MailingLab.SeedAsync(node, 1, publishedOn: new DateOnly(2030, 3, 7));
        using var publisher = await node.SignInAsync(Roles.Publisher);
        var page = await publisher.GetAsync(Page);

        var refused = await publisher.SubmitAsync(page, new() { ["Start.ConfirmMonth"] = "2030-02" }, "#start");

        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Contains("typing 2030-03", refused.One("[role=alert]").TextContent, StringComparison.Ordinal);
        await Assert.ThrowsAsync<RefusedException>(() => MailingLab.StatusAsync(node));
        var started = await publisher.SubmitAsync(refused, new() { ["Start.ConfirmMonth"] = "2030-03" }, "#start");
        Assert.Equal(HttpStatusCode.Redirect, started.Status);
        await MailingLab.WaitForEndAsync(node);
    }

    [Fact]
    public async Task An_edition_whose_mail_Gmail_would_cut_is_not_sent()
    {
        await using var lab = new MailingLab();
        var node = lab.StartNode();
        var longIntroduction = string.Join("\n\n", Enumerable.Repeat(new string('a', 500) + " end", 200));
        await MailingLab.SeedAsync(node, 2, PublishedMonth.Document(MailingLab.Month) with { Introduction = longIntroduction });
        using var publisher = await node.SignInAsync(Roles.Publisher);

        var refused = await publisher.SubmitAsync(await publisher.GetAsync(Page), form: "#start");

        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Contains("KB of HTML", refused.One("[role=alert]").TextContent, StringComparison.Ordinal);
        await Assert.ThrowsAsync<RefusedException>(() => MailingLab.StatusAsync(node));
    }

    [Fact]
    public async Task Nobody_to_send_to_is_said_and_sending_is_not_offered()
    {
        await using var lab = new MailingLab();
        var node = lab.StartNode();
        await MailingLab.SeedAsync(node, 0);
        using var publisher = await node.SignInAsync(Roles.Publisher);

        var page = await publisher.GetAsync(Page);

        Assert.Equal("/editor/subscribers", page.One("#nobody a").GetAttribute("href"));
        Assert.Null(page.Document.QuerySelector("#start"));
    }

    [Fact]
    public async Task Sending_after_everybody_left_is_refused_and_nothing_is_saved()
    {
        await using var lab = new MailingLab();
        var node = lab.StartNode();
        await MailingLab.SeedAsync(node, 1);
        using var publisher = await node.SignInAsync(Roles.Publisher);
        var page = await publisher.GetAsync(Page);
        Assert.Contains("Send to 1 recipient now", page.One("#start").TextContent, StringComparison.Ordinal);
        await node.QueryAsync(db => db.Subscribers.ExecuteUpdateAsync(row => row.SetProperty(s => s.Status, SubscriberStatus.Unsubscribed)));

        var refused = await publisher.SubmitAsync(page, form: "#start");

        Assert.Contains("nobody to send to", refused.One("[role=alert]").TextContent, StringComparison.Ordinal);
        await Assert.ThrowsAsync<RefusedException>(() => MailingLab.StatusAsync(node));
    }
}
