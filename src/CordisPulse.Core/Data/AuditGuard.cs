using System.Data.Common;
using System.Runtime.CompilerServices;
using CordisPulse.Core.Audit;
using CordisPulse.Core.Catalogue;
using CordisPulse.Core.Feeds;
using CordisPulse.Core.Site;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Logging;

namespace CordisPulse.Core.Data;

/// <summary>
/// Keeps the audit record: says of each entry who acted and when, adds one for each setting that is saved, refuses every change of an
/// entry, and writes those that are committed to the log, from where a copy can go to a place that nobody here can change.
/// </summary>
public sealed class AuditGuard(Acting acting, TimeProvider time, ILoggerFactory logs) : SaveChangesInterceptor, IDbTransactionInterceptor
{
    /// <summary>Source of the log's events, by which they can be told from others and sent elsewhere.</summary>
    public const string LogSource = "CordisPulse.Audit";

    private static readonly EventId Logged = new(1, "Audit");

    private readonly ILogger _log = logs.CreateLogger(LogSource);

    /// <summary>What is being saved.</summary>
    private readonly ConditionalWeakTable<DbContext, List<AuditEntry>> _saving = [];

    /// <summary>What was saved in a transaction that is not committed yet.</summary>
    private readonly ConditionalWeakTable<DbContext, List<AuditEntry>> _saved = [];

    public override InterceptionResult<int> SavingChanges(DbContextEventData eventData, InterceptionResult<int> result)
    {
        Complete(eventData.Context!);
        return result;
    }

    public override ValueTask<InterceptionResult<int>> SavingChangesAsync(DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        Complete(eventData.Context!);
        return ValueTask.FromResult(result);
    }

    public override int SavedChanges(SaveChangesCompletedEventData eventData, int result)
    {
        Saved(eventData.Context!);
        return result;
    }

    public override ValueTask<int> SavedChangesAsync(SaveChangesCompletedEventData eventData, int result, CancellationToken cancellationToken = default)
    {
        Saved(eventData.Context!);
        return ValueTask.FromResult(result);
    }

    public override void SaveChangesFailed(DbContextErrorEventData eventData) => Failed(eventData.Context!);

    public override Task SaveChangesFailedAsync(DbContextErrorEventData eventData, CancellationToken cancellationToken = default)
    {
        Failed(eventData.Context!);
        return Task.CompletedTask;
    }

    public DbTransaction TransactionStarted(DbConnection connection, TransactionEndEventData eventData, DbTransaction result)
    {
        Forget(eventData.Context);
        return result;
    }

    public ValueTask<DbTransaction> TransactionStartedAsync(DbConnection connection, TransactionEndEventData eventData, DbTransaction result, CancellationToken cancellationToken = default)
    {
        Forget(eventData.Context);
        return ValueTask.FromResult(result);
    }

    public void TransactionCommitted(DbTransaction transaction, TransactionEndEventData eventData) => Committed(eventData.Context);

    public Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Committed(eventData.Context);
        return Task.CompletedTask;
    }

    internal static InvalidOperationException Refusal() => new("An entry of the audit record is never changed, and removed by the retention alone.");

    private void Complete(DbContext db)
    {
        var actor = acting.Now;
        List<AuditEntry> added = [];
        List<AuditEntry> settings = [];
        foreach (var row in db.ChangeTracker.Entries())
        {
            if (row.Entity is AuditEntry entry)
            {
                if (row.State is EntityState.Modified or EntityState.Deleted)
                    throw Refusal();
                if (row.State == EntityState.Added)
                    added.Add(entry);
            }
            // What the program itself puts there at its first start nobody did.
            else if (actor.Way is AuditWay.Desk or AuditWay.Command && ActOn(row.State) is { } act && SubjectOf(row.Entity) is { } subject)
                settings.Add(new AuditEntry { Act = act, Subject = ShortText.Of(subject, Limits.AuditSubject) });
        }

        db.AddRange(settings);
        added.AddRange(settings);
        added.ForEach(entry => Complete(entry, actor));
        if (added.Count > 0)
            _saving.AddOrUpdate(db, added);
    }

    private void Complete(AuditEntry entry, Actor actor)
    {
        entry.AtUtc = entry.AtUtc == default ? time.GetUtcNow().UtcDateTime : entry.AtUtc;
        entry.AccountId ??= entry.Way is null ? actor.AccountId : null;
        entry.Way ??= actor.Way;
    }

    private static string? ActOn(EntityState state) => state switch
    {
        EntityState.Added => AuditedActs.AddSetting,
        EntityState.Modified => AuditedActs.ChangeSetting,
        EntityState.Deleted => AuditedActs.RemoveSetting,
        _ => null,
    };

    private static string? SubjectOf(object row) => row switch
    {
        Sector sector => $"sector {sector.Slug}",
        Section section => $"section {section.Slug}",
        Topic topic => $"topic {topic.Slug}",
        Source source => $"source {source.Slug}",
        SourceFeed feed => $"feed of source {feed.SourceId}",
        PublisherDetails => "publisher’s details",
        SitePage page => $"page {page.Slug}",
        _ => null,
    };

    /// <summary>Whoever saves again after a failure would save the entries of settings twice.</summary>
    private void Failed(DbContext db)
    {
        if (!_saving.TryGetValue(db, out var entries))
            return;
        _saving.Remove(db);
        foreach (var entry in entries.Where(entry => entry.Act is AuditedActs.AddSetting or AuditedActs.ChangeSetting or AuditedActs.RemoveSetting))
            db.Entry(entry).State = EntityState.Detached;
    }

    private void Saved(DbContext db)
    {
        if (!_saving.TryGetValue(db, out var entries))
            return;
        _saving.Remove(db);
        if (db.Database.CurrentTransaction is null)
            Write(entries);
        else
            _saved.GetOrCreateValue(db).AddRange(entries);
    }

    private void Forget(DbContext? db)
    {
        if (db is not null)
            _saved.Remove(db);
    }

    private void Committed(DbContext? db)
    {
        if (db is null || !_saved.TryGetValue(db, out var entries))
            return;
        _saved.Remove(db);
        Write(entries);
    }

    private void Write(List<AuditEntry> entries)
    {
        foreach (var entry in entries)
            _log.Log(
                LogLevel.Information, Logged, "Audit {AuditId}: {Act} at {AtUtc:O} by {Way} account {AccountId}, of account {OfAccountId}, subscriber {SubscriberId}, {Subject}, {Detail}",
                entry.Id, entry.Act, entry.AtUtc, entry.Way.ToString(), entry.AccountId, entry.OfAccountId, entry.SubscriberId, entry.Subject, entry.Detail);
    }
}
