using CordisPulse.Core.Accounts;
using CordisPulse.Core.Editions;
using CordisPulse.Core.Editions.Links;
using CordisPulse.Core.Feeds;
using CordisPulse.Core.Intake;
using CordisPulse.Tests.Areas.Editor.Intake;
using CordisPulse.Tests.Data;
using CordisPulse.Tests.Outbound;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Tests.Hosting;

/// <summary>A row of the background work that fails, for a reason that nobody has foreseen, waits its time and holds up none behind it.</summary>
public sealed class FailingRowTests
{
    /// <summary>Before all that is added now, and so the first to be looked at.</summary>
    private static readonly DateTime LongDue = new(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    [Fact]
    public async Task Rows_with_an_address_that_is_none_are_put_off_and_those_behind_them_are_read()
    {
        await using var app = App();
        await using var site = await LoopbackSite.StartAsync();
        site.Html("/page", "<title>Behind it</title>").On("/feed", new LoopbackFeed().Entry("1", site.At("/1"), "Behind it").AnswerAsync);
        var source = await app.AddSourceAsync("Odd Office");
        await app.QueryAsync(async db =>
        {
            db.AddRange(Intake("no address", LongDue), Intake(site.At("/page").ToString(), DateTime.UtcNow));
            db.AddRange(Feed(source, "no address", LongDue), Feed(source, site.At("/feed").ToString(), DateTime.UtcNow));
            db.AddRange(Look("no address", LongDue), Look(site.At("/page").ToString(), DateTime.UtcNow));
            return await db.SaveChangesAsync();
        });

        await ReachedAsync(app);

        Assert.Equal("Behind it", await app.QueryAsync(db => db.EditionItems.Where(item => item.Url != "no address").Select(item => item.Title).SingleAsync()));
        await AssertPutOffAsync(app, "no address");
    }

    [SqliteFact]
    public async Task Rows_of_which_nothing_can_be_written_down_are_put_off_and_those_behind_them_are_read()
    {
        await using var app = App();
        await using var site = await LoopbackSite.StartAsync();
        await using var other = await LoopbackSite.StartAsync();
        site.Html("/page", "<title>Refused</title>").On("/feed", new LoopbackFeed().Entry("1", site.At("/1"), "Refused").AnswerAsync);
        other.Html("/page", "<title>Behind it</title>").On("/feed", new LoopbackFeed().Entry("1", other.At("/1"), "Behind it").AnswerAsync);
        var source = await app.AddSourceAsync("Odd Office");
        foreach (var (when, column) in new[] { ("UPDATE ON EditionItems", "Title"), ("INSERT ON FeedEntries", "Title"), ("UPDATE ON LinkLooks", "Titles") })
            await app.OnSqliteAsync(
                $"CREATE TRIGGER Refuses{when.Split(' ')[2]} BEFORE {when} WHEN NEW.{column} = 'Refused' BEGIN SELECT RAISE(ABORT, 'The database takes no such row'); END");
        await app.QueryAsync(async db =>
        {
            db.AddRange(Intake(site.At("/page").ToString(), LongDue), Intake(other.At("/page").ToString(), DateTime.UtcNow));
            db.AddRange(Feed(source, site.At("/feed").ToString(), LongDue), Feed(source, other.At("/feed").ToString(), DateTime.UtcNow));
            db.AddRange(Look(site.At("/page").ToString(), LongDue), Look(other.At("/page").ToString(), DateTime.UtcNow));
            return await db.SaveChangesAsync();
        });

        await ReachedAsync(app);

        await AssertPutOffAsync(app, site.Address.ToString());
        Assert.DoesNotContain("The database takes no such row", app.Log, StringComparison.Ordinal);
    }

    [SqliteFact]
    public async Task A_request_that_cannot_be_settled_holds_up_none_behind_it_and_is_settled_once_it_can_be()
    {
        await using var app = new PulseApp();
        using var visitor = app.Visit();
        await app.OnSqliteAsync(
            "CREATE TRIGGER RefusesRequest BEFORE UPDATE ON AddressRequests WHEN NEW.NormalizedEmail = 'first@example.org' BEGIN SELECT RAISE(ABORT, 'The database takes no such row'); END");
        foreach (var email in new[] { "first@example.org", "second@example.org" })
            await visitor.SubmitAsync(await visitor.GetAsync("/subscribe"), new() { ["Email"] = email });

        await app.MailToAsync("second@example.org");
        using (var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30)))
            while (!app.Log.Contains("could not be settled", StringComparison.Ordinal))
                await Task.Delay(50, limit.Token);
        Assert.DoesNotContain("first@example.org", app.Log, StringComparison.Ordinal);

        await app.OnSqliteAsync("DROP TRIGGER RefusesRequest");
        await app.MailToAsync("first@example.org");
    }

    private static WatchingApp App()
    {
        var app = new WatchingApp();
        app.With("Outbound:LookAtLinks", "true");
        return app;
    }

    private static EditionItem Intake(string url, DateTime due)
        => new() { Title = "", Slug = "item", Url = url, Intake = new IntakeEntry { AddedUtc = due, NextReadingUtc = due } };

    private static SourceFeed Feed(int source, string address, DateTime due)
        => new() { SourceId = source, Address = address, AddressHash = address, AddedUtc = due, NextReadingUtc = due };

    private static LinkLook Look(string url, DateTime due)
        => new() { Url = url, UrlSha256 = url, IsOfItem = true, WantedUtc = DateTime.UtcNow, AskedUtc = due, NextLookUtc = due };

    /// <summary>Waits until one row of each kind was read, and one has its next time in the future for want of that.</summary>
    private static async Task ReachedAsync(WatchingApp app)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (!await app.QueryAsync(async db =>
            await db.IntakeEntries.AnyAsync(entry => entry.Reading == PageReading.Read) && await db.IntakeEntries.AnyAsync(entry => entry.Problem != null)
            && await db.SourceFeeds.AnyAsync(feed => feed.Outcome == "1 new.") && await db.SourceFeeds.AnyAsync(feed => feed.Problem != null)
            && await db.LinkLooks.AnyAsync(look => look.State == LinkState.Answers) && await db.LinkLooks.AnyAsync(look => look.Problem != null)))
            await Task.Delay(50, patience.Token);
    }

    private static async Task AssertPutOffAsync(WatchingApp app, string address)
    {
        var entry = await app.QueryAsync(db => db.IntakeEntries.SingleAsync(entry => entry.Item!.Url!.StartsWith(address)));
        var feed = await app.QueryAsync(db => db.SourceFeeds.SingleAsync(feed => feed.Address.StartsWith(address)));
        var look = await app.QueryAsync(db => db.LinkLooks.SingleAsync(look => look.Url.StartsWith(address)));
        var soon = DateTime.UtcNow;
        Assert.Equal((1, PageReading.Waiting, true), (entry.Attempts, entry.Reading, entry.NextReadingUtc > soon));
        Assert.Equal((1, 1, true), (feed.Readings, feed.Failures, feed.NextReadingUtc > soon));
        Assert.Equal((1, LinkState.Unknown, true), (look.Looks, look.State, look.NextLookUtc > soon));
        Assert.All([$"Row {entry.ItemId} failed", $"Row {feed.Id} failed", $"Row {look.Id} failed"], line => Assert.Contains(line, app.Log, StringComparison.Ordinal));
        Assert.DoesNotContain(address, app.Log, StringComparison.Ordinal);
        using var editor = await app.SignInAsync(Roles.Editor);
        Assert.Contains("holds something that this program fails on", (await editor.GetAsync($"/editor/settings/sources/{feed.SourceId}")).Text, StringComparison.Ordinal);
    }
}
