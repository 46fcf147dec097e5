using System.Net;
using CordisPulse.Core.Accounts;
using CordisPulse.Core.Mailings;
using CordisPulse.Tests.Mailings;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Tests.Areas.Editor.Mailings;

public sealed class FirstReadersTests
{
    private const string Page = "/editor/editions/2030-03/mailing";

    [Fact]
    public async Task Colleagues_get_it_first_stopping_costs_nothing_and_sending_now_ends_the_wait()
    {
        await using var lab = new MailingLab().With("Mail:WaitBeforeSending", "00:10:00");
        var node = lab.StartNode();
        await MailingLab.SeedAsync(node, 3);
        using var publisher = await node.SignInAsync(Roles.Publisher);
        var refused = await publisher.SubmitAsync(await publisher.GetAsync(Page), new() { ["ColleaguesTyped"] = "reader.2@reader.example\nnobody" }, "#colleagues");
        Assert.Contains("“nobody”", refused.One("#ColleaguesTyped-error").TextContent, StringComparison.Ordinal);
        await publisher.SubmitAsync(refused, new() { ["ColleaguesTyped"] = "reader.2@reader.example\nlook@example.org" }, "#colleagues");

        var started = await publisher.FollowAsync(await publisher.SubmitAsync(await publisher.GetAsync(Page), form: "#start"));

        Assert.Contains("to colleagues alone until", started.One("#waits").TextContent, StringComparison.Ordinal);
        Assert.Null(started.Document.QuerySelector("#pause"));
        await MailingLab.WaitAsync(node, status => status.Deliveries is { Sent: 1, Pending: 2 });
        var got = await lab.Server.WaitForMessagesAsync(2, MailingLab.Soon);
        Assert.Equal(["Reader.2@reader.example", "look@example.org"], got.Select(message => message.Recipient).Order(StringComparer.Ordinal));
        Assert.StartsWith("[Test] ", got.Single(message => message.Recipient == "look@example.org").Message.Subject, StringComparison.Ordinal);

        var stopped = await publisher.FollowAsync(await publisher.SubmitAsync(started, form: "#stop"));
        Assert.Contains("when 1 colleague had got it and nobody else on the list", stopped.One("#stopped").TextContent, StringComparison.Ordinal);
        await publisher.SubmitAsync(stopped, form: "#start");
        await MailingLab.WaitAsync(node, status => status.Deliveries is { Sent: 1, Pending: 2 });
        await lab.StopAsync(node);
        node = lab.StartNode();
        Assert.True(await node.QueryAsync(db => db.Mailings.AnyAsync(mailing => mailing.State == MailingState.Sending && mailing.WaitUntilUtc > DateTime.UtcNow)));
        using var other = await node.SignInAsync(Roles.Publisher);
        await other.SubmitAsync(await other.GetAsync(Page), form: "#send-now");
        Assert.Equal(3, (await MailingLab.WaitForEndAsync(node)).Deliveries.Sent);
        Assert.Equal(2, await node.QueryAsync(db => db.Mailings.CountAsync()));
    }

    [Fact]
    public async Task The_wait_ends_by_itself()
    {
        await using var lab = new MailingLab().With("Mail:WaitBeforeSending", "00:00:02");
        var node = lab.StartNode();
        await MailingLab.SeedAsync(node, 2);
        using var publisher = await node.SignInAsync(Roles.Publisher);

        await publisher.SubmitAsync(await publisher.GetAsync(Page), form: "#start");

        Assert.Equal(2, (await MailingLab.WaitForEndAsync(node)).Deliveries.Sent);
        var (wait, first) = await node.QueryAsync(async db => (
            await db.Mailings.Select(mailing => mailing.WaitUntilUtc).SingleAsync(), await db.Deliveries.MinAsync(delivery => delivery.AttemptedUtc)));
        Assert.True(first >= wait, $"{first:O} is before {wait:O}.");
    }

    [Fact]
    public async Task A_long_list_is_sent_to_once_its_number_is_typed()
    {
        await using var lab = new MailingLab().With("Mail:ConfirmAbove", "2").With("Mail:MaxPerMinute", "2");
        var node = lab.StartNode();
        await MailingLab.SeedAsync(node, 3);
        using var publisher = await node.SignInAsync(Roles.Publisher);
        var page = await publisher.GetAsync(Page);
        Assert.Equal("Under the limits of the settings this takes about 1 minute.", page.One("#estimate").TextContent);
        Assert.Equal("none yet", page.One("#last-test").TextContent);

        foreach (var typed in (string[])["", "2", "three"])
        {
            var refused = await publisher.SubmitAsync(page, new() { ["Start.ConfirmRecipients"] = typed }, "#start");
            Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
            Assert.Contains("3 recipients now", refused.One("#Start_ConfirmRecipients-error").TextContent, StringComparison.Ordinal);
            Assert.Equal(typed, refused.One("#Start_ConfirmRecipients").GetAttribute("value") ?? "");
        }

        Assert.Equal(0, await node.QueryAsync(db => db.Mailings.CountAsync()));
        Assert.Equal(HttpStatusCode.Redirect, (await publisher.SubmitAsync(page, new() { ["Start.ConfirmRecipients"] = "3" }, "#start")).Status);
    }

    [Fact]
    public async Task The_last_test_is_told_before_the_start()
    {
        await using var lab = new MailingLab();
        var node = lab.StartNode();
        await MailingLab.SeedAsync(node, 1);
        using var publisher = await node.SignInAsync(Roles.Publisher, "tester@example.org");
        var preview = await publisher.GetAsync("/editor/editions/2030-03/preview?show=email");

        await publisher.SubmitAsync(preview, new() { ["Form.To"] = "tester@example.org" }, "#test-form");

        var told = (await publisher.GetAsync(Page)).One("#last-test").TextContent;
        Assert.Contains("to 1 address, by tester@example.org", told, StringComparison.Ordinal);
    }
}
