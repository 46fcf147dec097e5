using System.Net;
using CordisPulse.Core.Accounts;
using CordisPulse.Core.Audit;
using CordisPulse.Core.Data;
using CordisPulse.Core.Editions;
using CordisPulse.Core.Subscriptions;
using CordisPulse.Tests.Areas.Editor.Subscribers;
using CordisPulse.Tests.Builders;
using CordisPulse.Tests.Commands;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CordisPulse.Tests.Areas.Editor.Audit;

/// <summary>Who did what to what and when.</summary>
public sealed class AuditTests(PulseApp app) : IClassFixture<PulseApp>
{
    private const string Page = "/editor/audit";

    [Fact]
    public async Task Publishing_and_taking_back_are_kept_with_who_did_it_and_written_to_the_log()
    {
        await new PublishedEditionBuilder("2033-04").With(new BuiltItem("A report on audits")).SaveAsync(app);
        using var publisher = await app.SignInAsync(Roles.Publisher, "takes-back@audit.example");
        var answer = await publisher.SubmitAsync(await publisher.GetAsync("/editor/editions/2033-04/unpublish"), new() { ["Form.Reason"] = "A figure was wrong." }, "#unpublish-form");
        Assert.Equal(HttpStatusCode.Redirect, answer.Status);

        var id = await NumberAsync("takes-back@audit.example");
        var entry = await app.QueryAsync(db => db.AuditEntries.SingleAsync(row => row.Act == AuditedActs.WithdrawEdition && row.Subject == "2033-04"));
        Assert.Equal((id, AuditWay.Desk, "revision 1"), (entry.AccountId, entry.Way, entry.Detail));
        Assert.InRange(entry.AtUtc, DateTime.UtcNow.AddMinutes(-2), DateTime.UtcNow);
        Assert.Contains($"CordisPulse.Audit Audit {entry.Id}: edition.withdraw at ", app.Log, StringComparison.Ordinal);
        Assert.Contains($" by Desk account {id}, of account null, subscriber null, 2033-04, revision 1", app.Log, StringComparison.Ordinal);
        Assert.DoesNotContain("takes-back@audit.example", app.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_refused_is_not_kept_and_not_logged()
    {
        var before = await CountAsync();
        await Assert.ThrowsAsync<Core.RefusedException>(() => app.InScopeAsync(async services =>
        {
            await services.GetRequiredService<EditionPublisher>().WithdrawAsync(new WithdrawEdition { Month = new EditionMonth(2035, 1), ById = null, Reason = "No such edition." });
            return true;
        }));
        await app.QueryAsync(async db =>
        {
            await using (await db.Database.BeginTransactionAsync())
            {
                db.Add(new AuditEntry { Act = AuditedActs.PauseMailing, Subject = "never committed" });
                await db.SaveChangesAsync();
            }

            db.ChangeTracker.Clear();
            await using var other = await db.Database.BeginTransactionAsync();
            db.Add(new AuditEntry { Act = AuditedActs.ResumeMailing, Subject = "committed afterwards" });
            await db.SaveChangesAsync();
            await other.CommitAsync();
            return true;
        });

        Assert.Equal(before + 1, await CountAsync());
        Assert.DoesNotContain("never committed", app.Log, StringComparison.Ordinal);
        Assert.Contains("committed afterwards", app.Log, StringComparison.Ordinal);

        Task<int> CountAsync() => app.QueryAsync(db => db.AuditEntries.CountAsync(row => row.Act == AuditedActs.WithdrawEdition || row.Act == AuditedActs.PauseMailing || row.Act == AuditedActs.ResumeMailing));
    }

    [Fact]
    public async Task No_entry_can_be_changed_or_removed_by_the_program()
    {
        await app.QueryAsync(db =>
        {
            db.Add(new AuditEntry { Act = AuditedActs.CancelMailing, Subject = "stays as it is" });
            return db.SaveChangesAsync();
        });
        await RefusedAsync(async db =>
        {
            (await db.AuditEntries.FirstAsync(row => row.Subject == "stays as it is")).Detail = "changed";
            await db.SaveChangesAsync();
        });
        await RefusedAsync(async db =>
        {
            db.Remove(await db.AuditEntries.FirstAsync(row => row.Subject == "stays as it is"));
            await db.SaveChangesAsync();
        });
        await RefusedAsync(db => db.AuditEntries.Where(row => row.Subject == "stays as it is").ExecuteDeleteAsync());
        await RefusedAsync(db => db.AuditEntries.ExecuteDeleteAsync());
        await RefusedAsync(db => db.AuditEntries.Where(row => row.Id > 0).ExecuteUpdateAsync(set => set.SetProperty(row => row.Detail, "changed")));

        Assert.Null(await app.QueryAsync(db => db.AuditEntries.Where(row => row.Subject == "stays as it is").Select(row => row.Detail).SingleAsync()));

        async Task RefusedAsync(Func<PulseDbContext, Task> change)
        {
            var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => app.QueryAsync(async db =>
            {
                await change(db);
                return true;
            }));
            Assert.Contains("never changed", refusal.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_retention_removes_readings_and_acts_each_in_its_time()
    {
        await using var own = new PulseApp().With("Retention:ReadDays", "10").With("Retention:AuditDays", "20");
        await own.QueryAsync(db =>
        {
            foreach (var (act, days) in new[] { (AuditedActs.ReadPerson, 11), (AuditedActs.ReadPerson, 9), (AuditedActs.PauseMailing, 19), (AuditedActs.PauseMailing, 21) })
                db.Add(new AuditEntry { Act = act, AtUtc = DateTime.UtcNow.AddDays(-days), Subject = "old" });
            return db.SaveChangesAsync();
        });
        await own.QueryAsync(db => db.RetentionReports.ExecuteDeleteAsync());
        var report = await own.InScopeAsync(services => services.GetRequiredService<Retention>().CleanAsync())
            ?? await own.QueryAsync(db => db.RetentionReports.AsNoTracking().SingleAsync());

        Assert.Equal((1, 1), (report.Reads, report.Acts));
        Assert.Equal(
            [AuditedActs.ReadPerson, AuditedActs.PauseMailing],
            await own.QueryAsync(db => db.AuditEntries.Where(row => row.Subject == "old").OrderBy(row => row.Id).Select(row => row.Act).ToListAsync()));
    }

    [Fact]
    public async Task Settings_subscribers_and_accounts_are_kept_whoever_did_it_by_which_way()
    {
        using var administrator = await app.SignInAsync(Roles.Administrator, "sets@audit.example");
        var self = await NumberAsync("sets@audit.example");
        await administrator.SubmitAsync(await administrator.GetAsync("/editor/settings/sectors"), new() { ["Form.Name"] = "Housing audits" }, "form[action='/editor/settings/sectors']");
        var person = await AddedPerson.AddAsync(app, administrator, "added@audit.example");
        var added = await PulseCommand.RunAsync(app, "account", "add", "by-command@audit.example", "--role", Roles.Editor);
        Assert.Equal(0, added.ExitCode);
        var account = await NumberAsync("by-command@audit.example");
        await administrator.SubmitAsync(await administrator.GetAsync($"/editor/accounts/{account}"), new() { ["role"] = Roles.Publisher }, "form[action$=role]");
        await administrator.SubmitAsync(await administrator.GetAsync($"/editor/accounts/{account}"), form: "form[action$=disable]");

        Assert.Equal((self, AuditWay.Desk), await WhoAsync(row => row.Act == AuditedActs.AddPerson && row.SubscriberId == person));
        Assert.Equal(((int?)null, AuditWay.Command), await WhoAsync(row => row.Act == AuditedActs.AddAccount && row.OfAccountId == account));
        Assert.Equal((self, AuditWay.Desk), await WhoAsync(row => row.Act == AuditedActs.ChangeRole && row.OfAccountId == account && row.Detail == "from Editor to Publisher"));
        Assert.Equal((self, AuditWay.Desk), await WhoAsync(row => row.Act == AuditedActs.DisableAccount && row.OfAccountId == account));
        Assert.Equal((self, AuditWay.Desk), await WhoAsync(row => row.Act == AuditedActs.AddSetting && row.Subject == "sector housing-audits"));
    }

    [Fact]
    public async Task Sign_ins_failures_and_sign_outs_are_kept_by_number()
    {
        await app.AddAccountAsync("signs-in@audit.example", Roles.Editor);
        var id = await NumberAsync("signs-in@audit.example");
        using var visitor = app.Visit();
        await visitor.SubmitAsync(await visitor.GetAsync("/editor/sign-in"), new() { ["Email"] = "signs-in@audit.example", ["Password"] = "not the right password" });
        await visitor.SubmitAsync(await visitor.GetAsync("/editor/sign-in"), new() { ["Email"] = "signs-in@audit.example", ["Password"] = PulseApp.Password });
        await visitor.SubmitAsync(await visitor.GetAsync("/editor"), form: "form.desk-who");

        var entries = await app.QueryAsync(db => db.AuditEntries.Where(row => row.OfAccountId == id || row.AccountId == id).OrderBy(row => row.Id).Select(row => new { row.Act, row.AccountId }).ToListAsync());
        Assert.Equal([(AuditedActs.SignInFailed, null), (AuditedActs.SignedIn, id), (AuditedActs.SignedOut, (int?)id)], entries.Select(entry => (entry.Act, entry.AccountId)));
    }

    [Fact]
    public async Task The_page_is_narrowed_paged_and_exported_for_administrators_alone()
    {
        using var administrator = await app.SignInAsync(Roles.Administrator, "looks@audit.example");
        var id = await NumberAsync("looks@audit.example");
        await app.QueryAsync(db =>
        {
            for (var i = 0; i < AuditTrail.PageSize + 5; i++)
                db.Add(new AuditEntry { AccountId = id, Act = AuditedActs.PauseMailing, Subject = "2034-01", Detail = i == 0 ? "=1+1" : null, AtUtc = new DateTime(2034, 1, 1, 12, 0, 0, DateTimeKind.Utc).AddDays(i) });
            return db.SaveChangesAsync();
        });

        var all = await administrator.GetAsync(Page);
        Assert.Equal(AuditTrail.PageSize, all.Document.QuerySelectorAll("#entries tbody tr").Length);
        var narrowed = await administrator.SubmitAsync(all, new() { ["What"] = AuditedActs.PauseMailing, ["Who"] = $"{id}" }, "#find");
        Assert.All(narrowed.Texts("#entries td[data-label=What]"), what => Assert.Equal("paused a mailing", what));
        Assert.All(narrowed.Texts("#entries td[data-label=Who]"), who => Assert.StartsWith("looks@audit.example", who, StringComparison.Ordinal));
        var older = await administrator.GetAsync(narrowed.One("a[rel=next]").GetAttribute("href")!);
        Assert.Equal(5, older.Document.QuerySelectorAll("#entries tbody tr").Length);
        Assert.Null(older.Document.QuerySelector("a[rel=next]"));
        var days = await administrator.SubmitAsync(narrowed, new() { ["From"] = "2034-01-03", ["To"] = "2034-01-04" }, "#find");
        Assert.Equal(2, days.Document.QuerySelectorAll("#entries tbody tr").Length);
        var kind = await administrator.GetAsync($"{Page}?What=mailing&Who={id}&From=2034-01-03&To=2034-01-04");
        Assert.Equal(2, kind.Document.QuerySelectorAll("#entries tbody tr").Length);
        Assert.Contains("Nothing matches.", (await administrator.GetAsync($"{Page}?What=settings&From=2034-01-03&To=2034-01-04")).Text, StringComparison.Ordinal);

        foreach (var (query, field) in new[] { ("From=tomorrow", "From"), ("From=2034-01-04&To=2034-01-03", "To"), ("What=mischief", "What"), ("Subscriber=Ann", "Subscriber"), ("To=9999-12-31", "To") })
        {
            var odd = await administrator.GetAsync($"{Page}?{query}");
            Assert.Equal((HttpStatusCode.BadRequest, $"#{field}"), (odd.Status, odd.One(".error-summary a").GetAttribute("href")));
        }

        var csv = await administrator.SubmitAsync(await administrator.GetAsync($"{Page}?What={AuditedActs.PauseMailing}&Who={id}"), form: "#export");
        Assert.Equal("text/csv; charset=utf-8", csv.Headers["Content-Type"]);
        var lines = csv.Html.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(AuditTrail.PageSize + 6, lines.Length);
        Assert.Equal("number,at,way,account,act,of account,subscriber,subject,detail", lines[0]);
        Assert.Matches($@",2034-01-01T12:00:00.000Z,Program,{id},mailing\.pause,,,2034-01,""?'=1\+1""?$", lines[1]);
        Assert.DoesNotContain("looks@audit.example", csv.Html, StringComparison.Ordinal);
        Assert.Equal(1, await app.QueryAsync(db => db.AuditEntries.CountAsync(row => row.Act == AuditedActs.ExportAudit && row.AccountId == id)));
    }

    private Task<int> NumberAsync(string email) => app.QueryAsync(db => db.Users.Where(user => user.Email == email).Select(user => user.Id).SingleAsync());

    private async Task<(int? AccountId, AuditWay? Way)> WhoAsync(System.Linq.Expressions.Expression<Func<AuditEntry, bool>> which)
        => await app.QueryAsync(async db => await db.AuditEntries.Where(which).Select(row => new { row.AccountId, row.Way }).SingleAsync() is var found ? (found.AccountId, found.Way) : default);
}
