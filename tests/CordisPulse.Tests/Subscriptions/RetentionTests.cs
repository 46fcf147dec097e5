using CordisPulse.Core.Accounts;
using CordisPulse.Core.Audit;
using CordisPulse.Core.Subscriptions;
using CordisPulse.Tests.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CordisPulse.Tests.Subscriptions;

/// <summary>What was held for long enough goes, once a day.</summary>
public sealed class RetentionTests
{
    [Fact]
    public async Task What_was_held_for_long_enough_is_cleaned_once_a_day_and_reported()
    {
        await using var own = await CleanedAsync();
        var old = DateTime.UtcNow.AddDays(-200);
        await own.QueryAsync(db =>
        {
            db.Add(new Subscriber { Email = "asked@old.example", NormalizedEmail = "asked@old.example", Status = SubscriberStatus.Pending, UnsubscribeToken = SecretToken.Create(), CreatedUtc = old });
            db.Add(new Subscriber
            {
                Email = "left@old.example",
                NormalizedEmail = "left@old.example",
                Name = "Lefty",
                Status = SubscriberStatus.Unsubscribed,
                UnsubscribeToken = SecretToken.Create(),
                CreatedUtc = old,
                LeftUtc = old,
                Consent = [new ConsentRecord { Event = ConsentEvent.Unsubscribed, AtUtc = old, Note = "Left.", Way = Ways.Page, Network = "192.0.2.17" }],
            });
            db.Add(new Subscriber
            {
                Email = "here@old.example",
                NormalizedEmail = "here@old.example",
                Status = SubscriberStatus.Active,
                UnsubscribeToken = SecretToken.Create(),
                CreatedUtc = old,
                Consent = [new ConsentRecord { Event = ConsentEvent.Confirmed, AtUtc = old, Note = "Confirmed", Way = Ways.Page, Network = "2001:db8:1:2:3:4:5:6" }],
            });
            db.Add(new Suppression { NormalizedEmail = "left@old.example", Reason = SuppressionReason.Unsubscribed, SinceUtc = old });
            return db.SaveChangesAsync();
        });

        var report = await own.InScopeAsync(services => services.GetRequiredService<Retention>().CleanAsync());
        var again = await own.InScopeAsync(services => services.GetRequiredService<Retention>().CleanAsync());

        Assert.NotNull(report);
        Assert.Equal((1, 1, 2), (report.Unconfirmed, report.Left, report.Networks));
        Assert.Null(again);
        Assert.Equal([null, "here@old.example"], await own.QueryAsync(db => db.Subscribers.OrderBy(row => row.Id).Select(row => row.NormalizedEmail).ToListAsync()));
        Assert.Equal("2001:db8:1::/48", await own.QueryAsync(db => db.ConsentRecords.Where(row => row.Event == ConsentEvent.Confirmed).Select(row => row.Network).SingleAsync()));
        // They left of their own, and that is still the reason; only the address is gone.
        var suppression = await own.QueryAsync(db => db.Suppressions.SingleAsync());
        Assert.Equal((null, SuppressionReason.Unsubscribed), (suppression.NormalizedEmail, suppression.Reason));
        using var publisher = await own.SignInAsync(Roles.Publisher);
        Assert.Single((await publisher.GetAsync("/editor/data-protection")).Texts("#reports tbody tr"));
    }

    [Fact]
    public async Task Many_who_left_are_erased_together_each_with_what_was_theirs_alone()
    {
        await using var own = await CleanedAsync();
        var old = DateTime.UtcNow.AddDays(-200);
        ConsentBasis Basis(string from) => new() { Ground = ConsentGround.Consent, ObtainedFrom = from };
        await own.QueryAsync(db =>
        {
            var shared = Basis("A list of two");
            foreach (var (email, basis) in new[] { ("one@many.example", Basis("Ann’s own card")), ("two@many.example", shared), ("three@many.example", shared), ("here@many.example", Basis("A card of hers")) })
            {
                var row = db.Add(new Subscriber
                {
                    Email = email,
                    NormalizedEmail = email,
                    Domain = "many.example",
                    Status = email == "here@many.example" ? SubscriberStatus.Active : SubscriberStatus.Unsubscribed,
                    UnsubscribeToken = SecretToken.Create(),
                    CreatedUtc = old,
                    LeftUtc = email == "here@many.example" ? null : old,
                    Consent = [new ConsentRecord { Event = ConsentEvent.Imported, AtUtc = old, Note = "Came by a list.", Way = Ways.Csv, Basis = basis }],
                }).Entity;
                db.Add(new OneTimeToken { Purpose = TokenPurpose.OwnData, Hash = email, Subscriber = row, EndsUtc = DateTime.UtcNow.AddDays(1) });
            }

            // Asked for by somebody who stays, at the address of one who goes.
            var request = new AddressRequest { Kind = AddressRequestKind.LeaveLink, Email = "two@many.example", NormalizedEmail = "two@many.example", AskedUtc = DateTime.UtcNow, SettledUtc = DateTime.UtcNow };
            db.Add(new OneTimeToken { Purpose = TokenPurpose.ConfirmAddress, Hash = "request", Request = request, EndsUtc = DateTime.UtcNow.AddDays(1) });
            db.Add(new Suppression { NormalizedEmail = "one@many.example", Reason = SuppressionReason.Complained, SinceUtc = old });
            db.Add(new DomainNotice { Domain = "many.example", Event = ConsentEvent.Unsubscribed, FirstUtc = old, LastUtc = old, People = 5 });
            return db.SaveChangesAsync();
        });
        System.IO.Directory.CreateDirectory(own.Outbox);
        foreach (var name in new[] { "one", "THREE", "here" })
            await File.WriteAllTextAsync(Path.Combine(own.Outbox, $"{name}.eml"), $"To: <{name}@many.example>\r\nSubject: March\r\n\r\nHello\r\n");

        var report = await own.InScopeAsync(services => services.GetRequiredService<Retention>().CleanAsync());

        Assert.Equal(3, report!.Left);
        Assert.Equal(["here@many.example"], await own.QueryAsync(db => db.Subscribers.Where(row => row.Email != null).Select(row => row.Email).ToListAsync()));
        Assert.Equal(["A card of hers", "A list of two", "Erased."], await own.QueryAsync(db => db.ConsentBases.Select(row => row.ObtainedFrom).Distinct().OrderBy(text => text).ToListAsync()));
        Assert.Equal(["here@many.example"], await own.QueryAsync(db => db.OneTimeTokens.Where(row => row.SubscriberId != null || row.RequestId != null).Select(row => row.Hash).ToListAsync()));
        Assert.Equal(0, await own.QueryAsync(db => db.AddressRequests.CountAsync()));
        Assert.Equal((3, 1, 3), (
            await own.QueryAsync(db => db.Suppressions.CountAsync(row => row.NormalizedEmail == null && row.EmailHash != null)),
            await own.QueryAsync(db => db.Suppressions.CountAsync(row => row.Reason == SuppressionReason.Complained)),
            await own.QueryAsync(db => db.AuditEntries.CountAsync(row => row.Act == AuditedActs.ErasePerson))));
        Assert.Equal(1, await own.QueryAsync(db => db.DomainNotices.CountAsync()));
        Assert.Equal(["here.eml"], System.IO.Directory.GetFiles(own.Outbox).Select(file => Path.GetFileName(file)));
    }

    [Fact]
    public async Task Those_who_never_confirmed_and_whose_number_is_needed_are_erased_and_the_rest_removed()
    {
        await using var own = await CleanedAsync();
        var old = DateTime.UtcNow.AddDays(-200);
        await own.QueryAsync(db =>
        {
            db.Add(Waiting("removed@old.example", old));
            var kept = db.Add(Waiting("kept@old.example", old)).Entity;
            db.Add(new Subscriber { Status = SubscriberStatus.Suppressed, UnsubscribeToken = SecretToken.Create(), CreatedUtc = old, MergedInto = kept });
            var back = db.Add(Waiting("taken-back@old.example", old)).Entity;
            back.ConfirmedUtc = old;
            var lately = db.Add(Waiting("lately@old.example", old)).Entity;
            lately.ConfirmedUtc = old;
            lately.Consent.Add(new ConsentRecord { Event = ConsentEvent.ImportUndone, AtUtc = DateTime.UtcNow, Note = "Taken back.", Way = Ways.Desk });
            return db.SaveChangesAsync();
        });

        var report = await own.InScopeAsync(services => services.GetRequiredService<Retention>().CleanAsync());

        Assert.Equal(3, report!.Unconfirmed);
        Assert.Equal(["lately@old.example"], await own.QueryAsync(db => db.Subscribers.Where(row => row.Email != null).Select(row => row.Email).ToListAsync()));
        Assert.Equal(4, await own.QueryAsync(db => db.Subscribers.CountAsync()));
    }

    [Fact]
    public async Task Every_network_that_was_kept_for_long_enough_is_shortened_and_no_younger_one()
    {
        const int Old = 1_203;
        const int Requests = 507;
        await using var own = await CleanedAsync();
        await own.QueryAsync(db =>
        {
            var person = db.Add(Waiting("many@old.example", DateTime.UtcNow)).Entity;
            for (var i = 0; i < Old + 3; i++)
                person.Consent.Add(new ConsentRecord
                {
                    Event = ConsentEvent.Requested,
                    AtUtc = DateTime.UtcNow.AddDays(i < Old ? -200 : 0),
                    Note = "Asked",
                    Way = Ways.Page,
                    Network = i % 2 == 0 ? $"192.0.2.{i % 250}" : $"2001:db8:{i % 7}::{i:x}",
                });
            for (var i = 0; i < Requests; i++)
                db.Add(new AddressRequest { Kind = AddressRequestKind.Join, Email = "asks@old.example", NormalizedEmail = "asks@old.example", Network = "198.51.100.7", AskedUtc = DateTime.UtcNow.AddDays(-200), SettledUtc = DateTime.UtcNow });
            return db.SaveChangesAsync();
        });

        var report = await own.InScopeAsync(services => services.GetRequiredService<Retention>().CleanAsync());

        var networks = await own.QueryAsync(db => db.ConsentRecords.OrderBy(row => row.Id).Select(row => row.Network!).ToListAsync());
        Assert.Equal(Old + Requests, report!.Networks);
        Assert.Equal(["198.51.100.0/24"], await own.QueryAsync(db => db.AddressRequests.Select(row => row.Network).Distinct().ToListAsync()));
        Assert.Equal(8, networks.Take(Old).Distinct().Count());
        Assert.All(networks.Take(Old), network => Assert.True(NetworkAddress.IsShortened(network)));
        Assert.All(networks.Skip(Old), network => Assert.False(NetworkAddress.IsShortened(network)));
    }

    [SqliteFact]
    public async Task A_kind_of_cleaning_that_fails_stops_no_other_and_is_done_in_a_later_run_of_the_day()
    {
        await using var own = await CleanedAsync();
        var old = DateTime.UtcNow.AddDays(-200);
        await own.QueryAsync(db =>
        {
            db.Add(Waiting("asked@old.example", old));
            db.Add(new AuditEntry { AtUtc = old.AddYears(-3), Act = AuditedActs.ReadPerson });
            return db.SaveChangesAsync();
        });
        await own.OnSqliteAsync("CREATE TRIGGER Refuses BEFORE DELETE ON Subscribers BEGIN SELECT RAISE(ABORT, 'The database keeps it'); END");
        Task<RetentionReport?> CleanAsync() => own.InScopeAsync(services => services.GetRequiredService<Retention>().CleanAsync());

        var first = await CleanAsync();
        var second = await CleanAsync();
        await own.OnSqliteAsync("DROP TRIGGER Refuses");
        await CleanAsync();

        Assert.Equal((0, 1), (first!.Unconfirmed, first.Reads));
        Assert.Null(second);
        var report = await own.QueryAsync(db => db.RetentionReports.AsNoTracking().SingleAsync());
        Assert.Equal((1, 1), (report.Unconfirmed, report.Reads));
        Assert.Equal(0, await own.QueryAsync(db => db.Subscribers.CountAsync()));
        Assert.Null(await CleanAsync());
        Assert.Contains("the cleaning of unconfirmed addresses failed", own.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_kind_of_look_is_removed_when_its_time_is_over()
    {
        await using var own = await CleanedAsync();
        await own.QueryAsync(db =>
        {
            foreach (var act in AuditedActs.Readings)
            {
                db.Add(new AuditEntry { AtUtc = DateTime.UtcNow.AddDays(-731), Act = act });
                db.Add(new AuditEntry { AtUtc = DateTime.UtcNow.AddDays(-729), Act = act });
            }

            return db.SaveChangesAsync();
        });

        var report = await own.InScopeAsync(services => services.GetRequiredService<Retention>().CleanAsync());

        Assert.Equal(4, report!.Reads);
        Assert.Equal(4, await own.QueryAsync(db => db.AuditEntries.CountAsync()));
    }

    /// <summary>A program that has cleaned by itself, as it does once it has started, and has forgotten it.</summary>
    private static async Task<PulseApp> CleanedAsync()
    {
        var own = new PulseApp().With("Retention:LeftDays", "100");
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        _ = own.Address;
        // Its report is there as soon as it begins; that it is through stands in the log.
        while (!own.Log.Contains("Retention: ", StringComparison.Ordinal))
            await Task.Delay(50, limit.Token);
        await own.QueryAsync(db => db.RetentionReports.ExecuteDeleteAsync());
        return own;
    }

    private static Subscriber Waiting(string email, DateTime since)
        => new() { Email = email, NormalizedEmail = email, Status = SubscriberStatus.Pending, UnsubscribeToken = SecretToken.Create(), CreatedUtc = since };
}
