using System.Globalization;
using System.Net;
using CordisPulse.Core.Accounts;
using CordisPulse.Core.Editions;
using CordisPulse.Core.Mail;
using CordisPulse.Core.Mailings;
using CordisPulse.Tests.Builders;
using CordisPulse.Tests.Mailings;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Tests.Areas.Editor.Mailings;

/// <summary>Publishing and mailing at an hour. The hour comes by setting it back in the database, whose clock decides.</summary>
public sealed class ScheduleTests
{
    private const string Publisher = "publisher@example.org";

    [Fact]
    public async Task At_the_hour_one_of_two_nodes_publishes_and_mails_what_was_scheduled()
    {
        await using var lab = new MailingLab();
        var node = lab.StartNode();
        var edition = await EditionAsync(node, subscribers: 2);
        using var publisher = await node.SignInAsync(Roles.Publisher, Publisher);
        var hour = InAMonth();

        var page = await publisher.FollowAsync(await ScheduleAsync(publisher, edition, hour, new() { ["Scheduling.Note"] = "As agreed" }));

        var shown = $"Scheduled for {hour.ToString("d MMMM yyyy", CultureInfo.InvariantCulture)}, 12:00, UK time.";
        Assert.Contains(shown, page.One("#scheduled").TextContent, StringComparison.Ordinal);
        Assert.Contains("Any edit takes the schedule back", (await publisher.GetAsync(Address(edition))).One("#scheduled").TextContent, StringComparison.Ordinal);
        Assert.Contains(shown.TrimEnd('.'), (await publisher.GetAsync("/editor")).One(".next").TextContent, StringComparison.Ordinal);
        Assert.Null(await RevisionAsync(node, edition));
        lab.StartNode();
        await ComeAsync(node, TimeSpan.Zero);
        await WaitAsync(node, mailing => mailing.State == MailingState.Completed);
        Assert.Equal(2, lab.Server.MessageCount);
        var published = await node.QueryAsync(db => db.PublishedEditions.SingleAsync());
        Assert.Equal("As agreed", published.Note);
        Assert.Equal(Publisher, await node.QueryAsync(db => db.Users.Where(user => user.Id == published.PublishedById).Select(user => user.Email).SingleAsync()));
    }

    [Fact]
    public async Task A_published_edition_is_only_mailed()
    {
        await using var lab = new MailingLab();
        var node = lab.StartNode();
        var edition = await EditionAsync(node, subscribers: 1);
        using var publisher = await node.SignInAsync(Roles.Publisher, Publisher);
        await publisher.SubmitAsync(await publisher.GetAsync($"{Address(edition)}/publish"), null, "#publish-form");

        await ScheduleAsync(publisher, edition, InAMonth());
        var byHand = await publisher.GetAsync($"{Address(edition)}/mailing");
        Assert.Null(byHand.Document.QuerySelector("#start"));
        await ComeAsync(node, TimeSpan.Zero);

        await WaitAsync(node, mailing => mailing.State == MailingState.Completed);
        Assert.Equal(1, await node.QueryAsync(db => db.PublishedEditions.CountAsync()));
    }

    [Fact]
    public async Task An_edit_takes_the_schedule_back_and_so_does_a_sector_that_is_renamed()
    {
        await using var lab = new MailingLab();
        var node = lab.StartNode();
        var edition = await EditionAsync(node, subscribers: 1);
        using var administrator = await node.SignInAsync(Roles.Administrator, Publisher);
        await ScheduleAsync(administrator, edition, InAMonth());

        var saved = await administrator.SubmitAsync(
            await administrator.GetAsync($"{Address(edition)}/items/{edition.Items[0].Id}"), new() { ["Form.Title"] = "New" }, "#item-form");

        Assert.Contains($"{Publisher} changed the edition", (await administrator.FollowAsync(saved)).One("#unscheduled").TextContent, StringComparison.Ordinal);
        Assert.Equal(1, await node.QueryAsync(db => db.QueuedMails.CountAsync(mail => mail.Kind == QueuedMailKind.ScheduleHeld)));
        await ScheduleAsync(administrator, edition, InAMonth());
        Assert.NotNull((await administrator.GetAsync(Address(edition))).One("#scheduled"));
        var sector = await node.QueryAsync(db => db.EditionItems.Where(item => item.EditionId == edition.Id).Select(item => item.SectorId).SingleAsync());
        await administrator.SubmitAsync(await administrator.GetAsync($"/editor/settings/sectors/{sector}"), new() { ["Form.Name"] = "Another name" });
        await WaitAsync(node, mailing => mailing.State == MailingState.Cancelled && mailing.Number == 2);
        var mail = (await lab.Server.WaitForMessagesAsync(1, MailingLab.Soon))[0].Message;
        Assert.Equal($"{edition.Month.Title} is no longer scheduled", mail.Subject);
        Assert.Null(await RevisionAsync(node, edition));
    }

    [Fact]
    public async Task What_stands_in_the_way_at_the_hour_holds_it_and_the_publishers_are_told()
    {
        await using var lab = new MailingLab();
        var node = lab.StartNode();
        var edition = await EditionAsync(node, subscribers: 1);
        using var publisher = await node.SignInAsync(Roles.Publisher, Publisher);
        await ScheduleAsync(publisher, edition, InAMonth());
        await node.QueryAsync(db => db.EditionItems.Where(item => item.EditionId == edition.Id)
            .ExecuteUpdateAsync(row => row.SetProperty(item => item.NotBeforeUtc, DateTime.UtcNow.AddYears(1))));

        await ComeAsync(node, TimeSpan.Zero);

        await WaitAsync(node, mailing => mailing.HeldUtc is not null);
        Assert.Contains("The checks find 1 error", (await publisher.GetAsync(Address(edition))).One("#held").TextContent, StringComparison.Ordinal);
        Assert.Null(await RevisionAsync(node, edition));
        var told = Assert.Single(await lab.Server.WaitForMessagesAsync(1, MailingLab.Soon));
        Assert.Equal((Publisher, $"{edition.Month.Title} did not go out"), (told.Recipient, told.Message.Subject));
        var again = await ScheduleAsync(publisher, edition, InAMonth());
        Assert.Contains("must be mended first", again.One("[role=alert]").TextContent, StringComparison.Ordinal);
        await publisher.SubmitAsync(await publisher.GetAsync($"{Address(edition)}/mailing"), form: "#unschedule");
        await WaitAsync(node, mailing => mailing.State == MailingState.Cancelled);
    }

    [Fact]
    public async Task An_hour_that_was_missed_by_little_is_made_up_for_and_one_by_much_is_not()
    {
        await using var lab = new MailingLab();
        var node = lab.StartNode();
        var late = await EditionAsync(node, subscribers: 1);
        using var publisher = await node.SignInAsync(Roles.Publisher, Publisher);
        await ScheduleAsync(publisher, late, InAMonth());

        await ComeAsync(node, TimeSpan.FromHours(3));
        await WaitAsync(node, mailing => mailing.HeldUtc is not null);

        Assert.Contains("was not running at the hour", (await publisher.GetAsync(Address(late))).One("#held").TextContent, StringComparison.Ordinal);
        await ScheduleAsync(publisher, late, InAMonth());
        await ComeAsync(node, TimeSpan.FromHours(1));
        await WaitAsync(node, mailing => mailing.State == MailingState.Completed);
    }

    [Fact]
    public async Task A_time_that_is_none_is_refused_at_its_field_and_what_was_typed_stays()
    {
        await using var lab = new MailingLab();
        var node = lab.StartNode();
        var edition = await EditionAsync(node, subscribers: 1);
        using var publisher = await node.SignInAsync(Roles.Publisher, Publisher);

        foreach (var (typed, wanted) in new[]
        {
            ("", "Enter a day and a time"), ("soon", "Enter a day and a time"), ("2020-01-06T09:00", "has passed"), ("2027-03-28T01:30", "does not exist"), ("2299-01-06T09:00", "within a year"),
        })
        {
            var refused = await ScheduleAsync(publisher, edition, typed, new() { ["Scheduling.Note"] = "Kept" });
            Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
            Assert.Contains(wanted, refused.One("#Scheduling_At-error").TextContent, StringComparison.Ordinal);
            Assert.Equal(typed, refused.One("#Scheduling_At").GetAttribute("value"));
            Assert.Equal("Kept", refused.One("#Scheduling_Note").TextContent.Trim());
        }

        var twice = await ScheduleAsync(publisher, edition, "2027-10-31T01:30");
        Assert.Contains("occurs twice", twice.One("#Scheduling_At-error").TextContent, StringComparison.Ordinal);
        var chosen = await publisher.SubmitAsync(twice, new() { ["Scheduling.Clock"] = "GMT" }, "#schedule");
        Assert.Equal(HttpStatusCode.Redirect, chosen.Status);
        Assert.Equal(new DateTime(2027, 10, 31, 1, 30, 0, DateTimeKind.Utc), await node.QueryAsync(db => db.Mailings.Select(mailing => mailing.ScheduledForUtc).SingleAsync()));
    }

    [Fact]
    public async Task Under_the_two_person_rule_it_must_be_approved_to_be_scheduled()
    {
        await using var lab = new MailingLab().With("Editions:TwoPersonRule", "true");
        var node = lab.StartNode();
        var edition = await EditionAsync(node, subscribers: 1);
        using var publisher = await node.SignInAsync(Roles.Publisher, Publisher);

        var refused = await ScheduleAsync(publisher, edition, InAMonth());

        Assert.Contains("not approved as it stands", refused.One("[role=alert]").TextContent, StringComparison.Ordinal);
        Assert.Equal("needed, and not given", refused.One("#approval-given").TextContent);
        Assert.Equal(0, await node.QueryAsync(db => db.Mailings.CountAsync()));
    }

    private static DateTime InAMonth() => DateTime.UtcNow.Date.AddDays(30).AddHours(12);

    private static string Address(Edition edition) => $"/editor/editions/{edition.Month}";

    private static async Task<Edition> EditionAsync(PulseApp node, int subscribers)
    {
        var edition = await new EditionBuilder().Item("Old").With(row => (row.Subject, row.Preheader) = ("Ours", "Ours")).SaveAsync(node);
        await node.QueryAsync(db =>
        {
            for (var i = 1; i <= subscribers; i++)
                db.Add(MailingLab.Person(i));
            return db.SaveChangesAsync();
        });
        return edition;
    }

    private static Task<WebPage> ScheduleAsync(Visitor publisher, Edition edition, DateTime hour, Dictionary<string, string?>? more = null)
        => ScheduleAsync(publisher, edition, hour.ToString("yyyy-MM-ddTHH:mm", CultureInfo.InvariantCulture), more);

    private static async Task<WebPage> ScheduleAsync(Visitor publisher, Edition edition, string hour, Dictionary<string, string?>? more = null)
        => await publisher.SubmitAsync(
            await publisher.GetAsync($"{Address(edition)}/mailing"), new(more ?? []) { ["Scheduling.At"] = hour }, "#schedule");

    private static Task<int?> RevisionAsync(PulseApp node, Edition edition)
        => node.QueryAsync(db => db.Editions.Where(row => row.Id == edition.Id).Select(row => row.PublishedRevision).SingleAsync());

    /// <summary>The hour comes, or came so long ago.</summary>
    private static Task<int> ComeAsync(PulseApp node, TimeSpan ago)
        => node.QueryAsync(db => db.Mailings.Where(mailing => mailing.State == MailingState.Scheduled)
            .ExecuteUpdateAsync(row => row.SetProperty(mailing => mailing.ScheduledForUtc, DateTime.UtcNow - ago)));

    private static async Task<Mailing> WaitAsync(PulseApp node, Func<Mailing, bool> condition)
    {
        var end = DateTime.UtcNow + MailingLab.Soon;
        while (true)
        {
            var mailing = await node.QueryAsync(db => db.Mailings.AsNoTracking().OrderByDescending(one => one.Id).FirstAsync());
            if (condition(mailing))
                return mailing;
            if (DateTime.UtcNow > end)
                throw new TimeoutException($"Still {mailing.State} {mailing.Notice}\n{MailingLab.Log(node)}");
            await Task.Delay(50);
        }
    }
}
