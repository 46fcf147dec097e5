using CordisPulse.Core.Subscriptions;
using CordisPulse.Tests.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CordisPulse.Tests.Commands;

/// <summary>A backup brings back the list as it was, and nobody who has left since.</summary>
public sealed class BackupCommandTests
{
    private static readonly string[] Names = ["stays", "leaves", "bounces", "erased", "lost", "left-then-erased"];

    [SqliteFact]
    public async Task Restoring_while_the_program_runs_brings_back_nobody_who_left_bounced_or_was_erased_since()
    {
        await using var app = new PulseApp();
        await app.QueryAsync(db =>
        {
            foreach (var name in Names)
                db.Add(new Subscriber { Email = $"{name}@backup.example", NormalizedEmail = $"{name}@backup.example", Status = SubscriberStatus.Active, UnsubscribeToken = SecretToken.Create() });
            return db.SaveChangesAsync();
        });
        await app.InScopeAsync(async services =>
        {
            await services.GetRequiredService<SubscriberEditor>().UnsubscribeAsync(new UnsubscribeOnRequest { SubscriberId = await IdAsync("left-then-erased"), Note = "By letter", AccountId = 1 });
            return true;
        });
        var file = Path.Combine(app.Directory, "monday.backup");
        var backup = await PulseCommand.RunAsync(app.Settings, "backup", file);
        var twice = await PulseCommand.RunAsync(app.Settings, "backup", file);

        await app.InScopeAsync(async services =>
        {
            var editor = services.GetRequiredService<SubscriberEditor>();
            await editor.UnsubscribeAsync(new UnsubscribeOnRequest { SubscriberId = await IdAsync("leaves"), Note = "By telephone", AccountId = 1 });
            await editor.SuppressAsync(new SuppressSubscriber { SubscriberId = await IdAsync("bounces"), Reason = SuppressionReason.Bounced, Note = "Came back", AccountId = 1 });
            var erasure = services.GetRequiredService<PersonErasure>();
            return await erasure.EraseAsync(new ErasePerson { SubscriberId = await IdAsync("erased"), Way = Ways.Desk })
                && await erasure.EraseAsync(new ErasePerson { SubscriberId = await IdAsync("left-then-erased"), Way = Ways.Desk });
        });
        await app.QueryAsync(db => db.Subscribers.Where(row => row.NormalizedEmail == "lost@backup.example").ExecuteDeleteAsync());

        var restore = await PulseCommand.RunAsync(app.Settings, "restore", file);
        var none = await PulseCommand.RunAsync(app.Settings, "restore", Path.Combine(app.Directory, "no.such"));
        await File.WriteAllTextAsync(Path.Combine(app.Directory, "odd"), "no database");
        var odd = await PulseCommand.RunAsync(app.Settings, "restore", Path.Combine(app.Directory, "odd"));

        Assert.Equal((0, ""), (backup.ExitCode, backup.Error));
        Assert.Equal(1, twice.ExitCode);
        Assert.Contains("there already", twice.Error, StringComparison.Ordinal);
        Assert.Equal("", restore.Error);
        Assert.Equal(0, restore.ExitCode);
        Assert.Contains("4 people who had left or were erased since stay away", restore.Output, StringComparison.Ordinal);
        // The backup's rows are from before there was a text to search in; the program that serves filled in its own at its start.
        Assert.Equal("stays@backup.example", await app.QueryAsync(db => db.Subscribers.Where(row => row.NormalizedEmail == "stays@backup.example").Select(row => row.SearchText).SingleAsync()));
        Assert.Equal((1, 1), (none.ExitCode, odd.ExitCode));
        Assert.Equal(
            [
                ("stays@backup.example", SubscriberStatus.Active), ("leaves@backup.example", SubscriberStatus.Unsubscribed), ("bounces@backup.example", SubscriberStatus.Suppressed),
                (null, SubscriberStatus.Suppressed), ("lost@backup.example", SubscriberStatus.Active), (null, SubscriberStatus.Suppressed),
            ],
            (await app.QueryAsync(db => db.Subscribers.OrderBy(row => row.Id).Select(row => new { row.NormalizedEmail, row.Status }).ToListAsync())).Select(row => (row.NormalizedEmail, row.Status)));

        Assert.False(await app.QueryAsync(db => db.Suppressions.AnyAsync(row => row.NormalizedEmail == "left-then-erased@backup.example")));

        Task<int> IdAsync(string name) => app.QueryAsync(db => db.Subscribers.Where(row => row.NormalizedEmail == $"{name}@backup.example").Select(row => row.Id).SingleAsync());
    }

    [SqliteFact]
    public async Task Whoever_moved_since_has_their_new_address_and_has_left_by_whatever_address_the_backup_knows_them()
    {
        await using var app = new PulseApp();
        string[] names = ["moves", "moves-and-leaves", "moves-and-is-erased", "is-merged", "takes-over", "first", "second"];
        await app.QueryAsync(db =>
        {
            foreach (var name in names)
                db.Add(new Subscriber { Email = $"{name}@backup.example", NormalizedEmail = $"{name}@backup.example", Status = SubscriberStatus.Active, UnsubscribeToken = SecretToken.Create() });
            return db.SaveChangesAsync();
        });
        var ids = await app.QueryAsync(db => db.Subscribers.ToDictionaryAsync(row => row.Email!.Split('@')[0], row => row.Id));
        var link = await app.QueryAsync(db => db.Subscribers.Where(row => row.Email == "is-merged@backup.example").Select(row => row.UnsubscribeToken).SingleAsync());
        var file = Path.Combine(app.Directory, "monday.backup");
        Assert.Equal(0, (await PulseCommand.RunAsync(app.Settings, "backup", file)).ExitCode);

        foreach (var name in names[..3])
            await ChangeAsync(editor => editor.EditAsync(Moving(ids[name], $"new-{name}@backup.example")));
        await ChangeAsync(editor => editor.EditAsync(Moving(ids["first"], "between@backup.example")));
        await ChangeAsync(editor => editor.UnsubscribeAsync(new UnsubscribeOnRequest { SubscriberId = ids["moves-and-leaves"], Note = "By telephone", AccountId = 1 }));
        await app.InScopeAsync(async services =>
        {
            await services.GetRequiredService<SubscriberMerger>().MergeAsync(new MergeSubscribers { KeptId = ids["takes-over"], GoneId = ids["is-merged"], AccountId = 1 });
            return true;
        });
        await app.InScopeAsync(services => services.GetRequiredService<PersonErasure>().EraseAsync(new ErasePerson { SubscriberId = ids["moves-and-is-erased"], Way = Ways.Desk }));
        var restore = await PulseCommand.RunAsync(app.Settings, "restore", file);

        Assert.Equal((0, ""), (restore.ExitCode, restore.Error));
        Assert.Equal(
            [
                ("new-moves@backup.example", SubscriberStatus.Active), ("new-moves-and-leaves@backup.example", SubscriberStatus.Unsubscribed), (null, SubscriberStatus.Suppressed),
                (null, SubscriberStatus.Unsubscribed), ("takes-over@backup.example", SubscriberStatus.Active), ("between@backup.example", SubscriberStatus.Active), ("second@backup.example", SubscriberStatus.Active),
            ],
            (await app.QueryAsync(db => db.Subscribers.OrderBy(row => row.Id).Select(row => new { row.NormalizedEmail, row.Status }).ToListAsync())).Select(row => (row.NormalizedEmail, row.Status)));
        var list = Path.Combine(app.Directory, "old.csv");
        await File.WriteAllLinesAsync(list, ["email", .. names.Except(["takes-over", "second"]).Select(name => $"{name}@backup.example")]);
        Assert.Contains("0 added, 0 already there, 5 suppressed", (await PulseCommand.RunAsync(app, "subscriber", "import", list, "--consent", "An old list")).Output, StringComparison.Ordinal);
        // The link in an old mail leads to the row that goes on.
        using var visitor = app.Visit();
        using var oneClick = new FormUrlEncodedContent([new("List-Unsubscribe", "One-Click")]);
        using var answer = await visitor.Http.PostAsync($"/unsubscribe/{link}", oneClick);
        answer.EnsureSuccessStatusCode();
        Assert.Equal(SubscriberStatus.Unsubscribed, await app.QueryAsync(db => db.Subscribers.Where(row => row.Id == ids["takes-over"]).Select(row => row.Status).SingleAsync()));

        Task<bool> ChangeAsync(Func<SubscriberEditor, Task> act) => app.InScopeAsync(async services =>
        {
            await act(services.GetRequiredService<SubscriberEditor>());
            return true;
        });
    }

    [SqliteFact]
    public async Task Who_is_one_person_since_has_the_subscription_that_went_on_after_a_restore_too()
    {
        await using var app = new PulseApp();
        await app.QueryAsync(db =>
        {
            foreach (var (name, status) in new[] { ("left", SubscriberStatus.Unsubscribed), ("stays", SubscriberStatus.Active), ("asked", SubscriberStatus.Pending), ("agreed", SubscriberStatus.Active) })
                db.Add(new Subscriber { Email = $"{name}@one.example", NormalizedEmail = $"{name}@one.example", Status = status, UnsubscribeToken = SecretToken.Create(), CreatedUtc = DateTime.UtcNow, LeftUtc = status == SubscriberStatus.Unsubscribed ? DateTime.UtcNow : null });
            db.Add(new Suppression { NormalizedEmail = "left@one.example", Reason = SuppressionReason.Unsubscribed, SinceUtc = DateTime.UtcNow });
            return db.SaveChangesAsync();
        });
        var ids = await app.QueryAsync(db => db.Subscribers.ToDictionaryAsync(row => row.Email!.Split('@')[0], row => row.Id));
        var file = Path.Combine(app.Directory, "monday.backup");
        Assert.Equal(0, (await PulseCommand.RunAsync(app.Settings, "backup", file)).ExitCode);
        var token = SecretToken.Create();
        await app.QueryAsync(db =>
        {
            var request = new AddressRequest { Kind = AddressRequestKind.ChangeAddress, Email = "stays@one.example", NormalizedEmail = "stays@one.example", SubscriberId = ids["left"], AskedUtc = DateTime.UtcNow, SettledUtc = DateTime.UtcNow };
            db.Add(new OneTimeToken { Purpose = TokenPurpose.ConfirmAddress, Hash = SecretToken.Hash(token), SubscriberId = ids["left"], Request = request, EndsUtc = DateTime.UtcNow.AddDays(1) });
            return db.SaveChangesAsync();
        });
        await app.InScopeAsync(async services =>
        {
            Assert.Equal(AddressChangeOutcome.Merged, (await services.GetRequiredService<AddressChanges>().ConfirmAsync(token, null)).Outcome);
            await services.GetRequiredService<SubscriberMerger>().MergeAsync(new MergeSubscribers { KeptId = ids["asked"], GoneId = ids["agreed"], AccountId = 1 });
            return true;
        });

        Assert.Equal(0, (await PulseCommand.RunAsync(app.Settings, "restore", file)).ExitCode);

        Assert.Equal(
            [("stays@one.example", SubscriberStatus.Active), (null, SubscriberStatus.Unsubscribed), ("asked@one.example", SubscriberStatus.Active), (null, SubscriberStatus.Unsubscribed)],
            (await app.QueryAsync(db => db.Subscribers.OrderBy(row => row.Id).Select(row => new { row.NormalizedEmail, row.Status }).ToListAsync())).Select(row => (row.NormalizedEmail, row.Status)));
        var list = Path.Combine(app.Directory, "old.csv");
        await File.WriteAllLinesAsync(list, ["email", "left@one.example", "agreed@one.example"]);
        Assert.Contains("0 added, 0 already there, 2 suppressed", (await PulseCommand.RunAsync(app, "subscriber", "import", list, "--consent", "An old list")).Output, StringComparison.Ordinal);
    }

    [SqliteFact]
    public async Task Whoever_leaves_at_the_very_moment_of_a_restore_has_left()
    {
        const int people = 300;
        await using var app = new PulseApp();
        var tokens = Enumerable.Range(0, people).Select(_ => SecretToken.Create()).ToArray();
        await app.QueryAsync(db =>
        {
            db.AddRange(tokens.Select((token, i) => new Subscriber
            {
                Email = $"r{i}@moment.example",
                NormalizedEmail = $"r{i}@moment.example",
                Status = SubscriberStatus.Active,
                UnsubscribeToken = token,
            }));
            return db.SaveChangesAsync();
        });
        var file = Path.Combine(app.Directory, "monday.backup");
        Assert.Equal(0, (await PulseCommand.RunAsync(app.Settings, "backup", file)).ExitCode);

        using var visitor = app.Visit();
        var restored = 0;
        var left = Task.Run(async () =>
        {
            var next = 0;
            // One after the other, so that at each moment of each restore somebody is just leaving; the rest after the last.
            while (next < people && Volatile.Read(ref restored) < 3)
            {
                await LeaveAsync(tokens[next++]);
                await Task.Delay(TimeSpan.FromMilliseconds(5));
            }

            return next;
        });
        while (restored < 3)
        {
            var restore = await PulseCommand.RunAsync(app.Settings, "restore", file);
            Assert.Equal((0, ""), (restore.ExitCode, restore.Error));
            Interlocked.Increment(ref restored);
        }

        var gone = tokens[..await left];
        var on = await app.QueryAsync(db => db.Subscribers.Where(row => row.Status == SubscriberStatus.Active).Select(row => row.UnsubscribeToken).ToListAsync());
        Assert.NotEmpty(gone);
        Assert.Empty(on.Intersect(gone));
        Assert.Equal(people - gone.Length, on.Count);

        async Task LeaveAsync(string token)
        {
            using var oneClick = new FormUrlEncodedContent([new("List-Unsubscribe", "One-Click")]);
            using var answer = await visitor.Http.PostAsync($"/unsubscribe/{token}", oneClick);
            answer.EnsureSuccessStatusCode();
        }
    }

    [SqliteFact]
    public async Task Whoever_complained_after_leaving_cannot_be_brought_back_by_a_link_once_a_backup_is_restored()
    {
        await using var app = new PulseApp();
        var token = SecretToken.Create();
        await app.QueryAsync(db =>
        {
            db.Add(new Subscriber { Email = "complains@backup.example", NormalizedEmail = "complains@backup.example", Status = SubscriberStatus.Active, UnsubscribeToken = token });
            return db.SaveChangesAsync();
        });
        using var visitor = app.Visit();
        await visitor.SubmitAsync(await visitor.GetAsync($"/unsubscribe/{token}"));
        var file = Path.Combine(app.Directory, "monday.backup");
        Assert.Equal(0, (await PulseCommand.RunAsync(app.Settings, "backup", file)).ExitCode);
        await app.InScopeAsync(async services =>
        {
            var id = await services.GetRequiredService<Core.Data.PulseDbContext>().Subscribers.Select(row => row.Id).SingleAsync();
            await services.GetRequiredService<SubscriberEditor>().SuppressAsync(new SuppressSubscriber { SubscriberId = id, Reason = SuppressionReason.Complained, Note = "By letter", AccountId = 1 });
            return true;
        });

        Assert.Equal(0, (await PulseCommand.RunAsync(app.Settings, "restore", file)).ExitCode);

        Assert.Equal(SuppressionReason.Complained, await app.QueryAsync(db => db.Suppressions.Select(row => row.Reason).SingleAsync()));
        using var nothing = new FormUrlEncodedContent([]);
        (await visitor.Http.PostAsync($"/unsubscribe/{token}/come-back", nothing)).Dispose();
        Assert.NotEqual(SubscriberStatus.Active, await app.QueryAsync(db => db.Subscribers.Select(row => row.Status).SingleAsync()));
    }

    private static EditSubscriber Moving(int id, string address)
    {
        Assert.True(EmailAddress.TryParse(address, out var to, out _));
        return new EditSubscriber { SubscriberId = id, Address = to, SectorIds = [], Note = "By letter", AccountId = 1 };
    }
}
