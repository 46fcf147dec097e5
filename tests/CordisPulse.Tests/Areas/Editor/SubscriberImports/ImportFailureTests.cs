using System.Net;
using System.Text;
using CordisPulse.Core.Accounts;
using CordisPulse.Core.Subscriptions;
using CordisPulse.Core.Subscriptions.Lists;
using CordisPulse.Tests.Data;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Tests.Areas.Editor.SubscriberImports;

/// <summary>Two acts on one list at once, and a database that refuses: staff are told, and nothing is lost or done by half.</summary>
public sealed class ImportFailureTests(PulseApp app) : IClassFixture<PulseApp>
{
    [Fact]
    public async Task Of_importing_and_removing_a_list_at_the_same_moment_one_wins_and_the_other_is_told()
    {
        using var publisher = await app.SignInAsync(Roles.Publisher);
        for (var round = 0; round < 12; round++)
        {
            var email = $"round{round}@race.example";
            var preview = await publisher.UploadAsync(app, Utf8($"email\n{email}\n"));

            var confirming = publisher.SubmitAsync(preview, new() { ["Ground"] = nameof(ConsentGround.Consent), ["ObtainedFrom"] = "A list" }, "#list", "#confirm");
            var discarding = publisher.SubmitAsync(preview, form: "#discard");
            var (confirmed, discarded) = (await confirming, await discarding);

            var isImported = confirmed.Status == HttpStatusCode.Redirect;
            Assert.Equal((isImported ? HttpStatusCode.BadRequest : HttpStatusCode.Redirect, isImported ? HttpStatusCode.Redirect : HttpStatusCode.BadRequest), (discarded.Status, confirmed.Status));
            Assert.Matches("not waiting any more|at the same moment", (isImported ? discarded : confirmed).One(".error-summary").TextContent);
            if (isImported)
                Assert.Equal("1", (await publisher.SettledAsync(await publisher.FollowAsync(confirmed))).One("#added").TextContent);
            Assert.Equal(isImported, await app.QueryAsync(db => db.Subscribers.AnyAsync(row => row.NormalizedEmail == email)));
        }
    }

    [SqliteFact]
    public async Task What_the_database_refuses_ends_that_import_with_its_lines_and_no_other_waits_for_it()
    {
        using var publisher = await app.SignInAsync(Roles.Publisher);
        await app.OnSqliteAsync("""
            CREATE TRIGGER "RefuseALine" BEFORE INSERT ON "ListImportLines"
            WHEN NEW."Line" = 300 AND (SELECT "FileName" FROM "ListImports" WHERE "Id" = NEW."ImportId") = 'refused.csv'
            BEGIN SELECT RAISE(ABORT, 'refused'); END
            """);
        var preview = await publisher.UploadAsync(app, Utf8("email\n" + string.Concat(Enumerable.Range(1, 400).Select(i => $"p{i}@refused.example\n"))), "refused.csv");

        var report = await publisher.ConfirmAsync(preview);

        Assert.Contains("Ended early", report.One("#state").TextContent, StringComparison.Ordinal);
        // How many lines a batch has depends on how long the one before took.
        Assert.Matches("The database refuses lines 202 to (3|40)[0-9]+ of this list. Nothing more of it was imported.", report.One("#problem").TextContent);
        Assert.Equal("200", report.One("#added").TextContent);
        Assert.Equal(200, await app.QueryAsync(db => db.Subscribers.CountAsync(row => row.Domain == "refused.example")));
        Assert.DoesNotContain("refused.example", app.Log, StringComparison.OrdinalIgnoreCase);
        var next = await publisher.ConfirmAsync(await publisher.UploadAsync(app, Utf8("email\nnext@refused.example\n")));
        Assert.Equal("1", next.One("#added").TextContent);
        // What was imported of it can be taken back.
        var undone = await publisher.SettledAsync(await publisher.FollowAsync(await publisher.SubmitAsync(report, form: "#undo")));
        Assert.Equal("200", undone.One("#taken-back").TextContent);
        Assert.Contains("The database refuses", undone.One("#problem").TextContent, StringComparison.Ordinal);
    }

    [SqliteFact]
    public async Task Taking_back_that_ended_early_says_so_and_goes_on_where_it_was()
    {
        using var publisher = await app.SignInAsync(Roles.Publisher);
        var preview = await publisher.UploadAsync(app, Utf8("email\n" + string.Concat(Enumerable.Range(1, 500).Select(i => $"p{i}@halfway.example\n"))), "halfway.csv");
        var report = await publisher.ConfirmAsync(preview);
        await app.OnSqliteAsync("""
            CREATE TRIGGER "RefuseTakingBack" BEFORE UPDATE OF "Outcome" ON "ListImportLines"
            WHEN NEW."Line" = 450 AND (SELECT "FileName" FROM "ListImports" WHERE "Id" = NEW."ImportId") = 'halfway.csv'
            BEGIN SELECT RAISE(ABORT, 'refused'); END
            """);

        var stuck = await publisher.SettledAsync(await publisher.FollowAsync(await publisher.SubmitAsync(report, form: "#undo")));

        Assert.Contains("Taken back in part", stuck.One("#state").TextContent, StringComparison.Ordinal);
        Assert.Contains("Begin again: it goes on where it was.", stuck.One("#problem").TextContent, StringComparison.Ordinal);
        var gone = int.Parse(stuck.One("#taken-back").TextContent, System.Globalization.CultureInfo.InvariantCulture);
        Assert.InRange(gone, 100, 448);
        Assert.Contains($"{500 - gone} people whom it added would still go", stuck.One("#concerned").TextContent, StringComparison.Ordinal);
        Assert.Equal(500 - gone, await app.QueryAsync(db => db.Subscribers.CountAsync(row => row.Domain == "halfway.example")));

        await app.OnSqliteAsync("DROP TRIGGER \"RefuseTakingBack\"");
        var undone = await publisher.SettledAsync(await publisher.FollowAsync(await publisher.SubmitAsync(stuck, form: "#undo")));

        Assert.Equal(("500", "0"), (undone.One("#taken-back").TextContent, undone.One("#stayed").TextContent));
        Assert.Null(undone.Document.QuerySelector("#problem"));
        Assert.Equal(0, await app.QueryAsync(db => db.Subscribers.CountAsync(row => row.Domain == "halfway.example")));
    }

    [Fact]
    public async Task Each_who_was_taken_back_keeps_a_true_story_and_each_who_acted_stays_however_many_they_are()
    {
        using var publisher = await app.SignInAsync(Roles.Publisher);
        var report = await publisher.ConfirmAsync(await publisher.UploadAsync(app, Utf8("email\n" + string.Concat(Enumerable.Range(1, 300).Select(i => $"p{i}@many.example\n")))));
        await app.QueryAsync(async db =>
        {
            foreach (var one in await db.Subscribers.Where(row => row.Domain == "many.example").OrderBy(row => row.Id).ToListAsync())
                if (one.Id % 3 == 0)
                    db.Add(new CordisPulse.Core.Mail.QueuedMail { Kind = CordisPulse.Core.Mail.QueuedMailKind.UnsubscribeLink, Subscriber = one, QueuedUtc = DateTime.UtcNow, SentUtc = DateTime.UtcNow });
                else if (one.Id % 3 == 1)
                    db.Add(new ConsentRecord { Subscriber = one, Event = ConsentEvent.SectorsChosen, AtUtc = DateTime.UtcNow, Note = "Wants all sectors.", Way = Ways.Page });
            return await db.SaveChangesAsync();
        });

        var undone = await publisher.SettledAsync(await publisher.FollowAsync(await publisher.SubmitAsync(report, form: "#undo")));

        Assert.Equal(("200", "100"), (undone.One("#taken-back").TextContent, undone.One("#stayed").TextContent));
        var left = await app.QueryAsync(db => db.Subscribers.Where(row => row.Domain == "many.example")
            .Select(row => new { row.Id, row.Status, row.BasisId, row.NoticeBasisId, Undone = db.ConsentRecords.Count(record => record.SubscriberId == row.Id && record.Event == ConsentEvent.ImportUndone && record.AccountId != null) })
            .ToListAsync());
        Assert.Equal(200, left.Count);
        Assert.All(left, one => Assert.Equal(
            one.Id % 3 == 1 ? (SubscriberStatus.Active, true, 0) : (SubscriberStatus.Pending, false, 1), (one.Status, one.BasisId is not null && one.NoticeBasisId is not null, one.Undone)));
        Assert.Equal(100, await app.QueryAsync(db => db.ListImportLines.CountAsync(line => line.Outcome == ListLineOutcome.Stayed && line.Subscriber!.Domain == "many.example" && line.Reason != null)));
    }

    [Fact]
    public async Task Whoever_was_taken_back_reads_what_is_true_behind_their_link_and_so_do_staff()
    {
        using var publisher = await app.SignInAsync(Roles.Publisher);
        using var reader = app.Visit();
        await reader.SubmitAsync(await reader.GetAsync("/subscribe"), new() { ["Email"] = "asked@behind.example" });
        // Whoever is on the list by the time it is made is mailed no link to confirm with.
        await app.MailToAsync("asked@behind.example");
        var report = await publisher.ConfirmAsync(await publisher.UploadAsync(app, Utf8("email\nmailed@behind.example\nasked@behind.example\n")));
        var people = await app.QueryAsync(async db =>
        {
            var mailed = await db.Subscribers.SingleAsync(row => row.NormalizedEmail == "mailed@behind.example");
            db.Add(new CordisPulse.Core.Mail.QueuedMail { Kind = CordisPulse.Core.Mail.QueuedMailKind.UnsubscribeLink, Subscriber = mailed, QueuedUtc = DateTime.UtcNow, SentUtc = DateTime.UtcNow });
            await db.SaveChangesAsync();
            return await db.Subscribers.Where(row => row.Domain == "behind.example").ToDictionaryAsync(row => row.NormalizedEmail!, row => (row.Id, Token: row.UnsubscribeToken));
        });
        await publisher.SettledAsync(await publisher.FollowAsync(await publisher.SubmitAsync(report, form: "#undo")));
        var (id, token) = people["mailed@behind.example"];

        var page = await reader.GetAsync($"/preferences/{token}");
        Assert.Contains("is not on the list. We had put it there and took it off again. We send nothing to it.", page.One("main").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("confirmed", page.One("main").TextContent, StringComparison.Ordinal);
        Assert.Contains("is not on the list", (await reader.GetAsync($"/unsubscribe/{token}")).One("main").TextContent, StringComparison.Ordinal);
        Assert.Contains("was taken back", (await publisher.GetAsync($"/editor/subscribers/{id}")).One("#taken-back").TextContent, StringComparison.Ordinal);
        // Whoever had asked by themselves may still confirm.
        Assert.Contains("waits to be confirmed", (await reader.GetAsync($"/preferences/{people["asked@behind.example"].Token}")).One("main").TextContent, StringComparison.Ordinal);

        await reader.SubmitAsync(page, form: "#stay-off");
        var again = await publisher.ConfirmAsync(await publisher.UploadAsync(app, Utf8("email\nmailed@behind.example\n")));
        Assert.Equal(("0", "0", "1", "0"), again.Counts());
    }

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
