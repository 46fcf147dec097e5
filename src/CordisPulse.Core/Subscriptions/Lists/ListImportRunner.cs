using System.Diagnostics;
using CordisPulse.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CordisPulse.Core.Subscriptions.Lists;

/// <summary>Whoever has it works on the import until the lease ends, and lengthens it with each batch.</summary>
public sealed record ImportLease(int ImportId, int Number);

/// <summary>
/// Looks lists through, puts people on the list and takes them back, batch by batch. A batch and how far the import is are saved together, so
/// that after any end it goes on where it was, on whichever node; a batch is small enough that nobody who sends, joins or leaves waits for it.
/// </summary>
public sealed class ListImportRunner(
    IServiceScopeFactory scopes, IDbContextFactory<PulseDbContext> contexts, ListParts parts, ListLooking looking, TimeProvider time, ILogger<ListImportRunner> log)
{
    private const string StaysOff = "This person left or can't be mailed, and stays off the list.";

    private const int FirstBatch = 200;

    /// <summary>Below it the batches themselves cost more than what they hold.</summary>
    private const int SmallestBatch = 100;

    private const int MostTries = 10;

    /// <summary>A node that was killed leaves its import for so long.</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(20);

    /// <summary>How long a batch may keep others from writing.</summary>
    private static readonly TimeSpan LongestBatch = TimeSpan.FromMilliseconds(60);

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    /// <summary>The oldest import that there is something to do with, and no node that does it.</summary>
    public async Task<ImportLease?> ClaimNextAsync(CancellationToken cancellationToken)
    {
        var now = Now;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var id = await db.ListImports
            .Where(row => (row.State == ListImportState.Running || row.State == ListImportState.Undoing || (row.State == ListImportState.Waiting && row.Preview == null))
                && (row.LeaseEndUtc == null || row.LeaseEndUtc < now))
            .OrderBy(row => row.Id)
            .Select(row => (int?)row.Id)
            .FirstOrDefaultAsync(cancellationToken);
        return id is null ? null : await ClaimAsync(id.Value, cancellationToken);
    }

    /// <summary>Null while another node has it.</summary>
    public async Task<ImportLease?> ClaimAsync(int importId, CancellationToken cancellationToken)
    {
        var (now, end) = (Now, Now + Lease);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await db.ListImports.Where(row => row.Id == importId && (row.LeaseEndUtc == null || row.LeaseEndUtc < now)).ExecuteUpdateAsync(
            row => row.SetProperty(import => import.LeaseNumber, import => import.LeaseNumber + 1)
                .SetProperty(import => import.LeaseEndUtc, end)
                .SetProperty(import => import.Version, import => import.Version + 1),
            cancellationToken) == 0)
            return null;
        var number = await db.ListImports.Where(row => row.Id == importId).Select(row => (int?)row.LeaseNumber).SingleOrDefaultAsync(cancellationToken);
        return number is null ? null : new ImportLease(importId, number.Value);
    }

    /// <summary>
    /// Does what there is to do with the import, to its end. Cancelled, it leaves the import for the next who looks; so it does while the database
    /// is away, once the lease has ended. What fails otherwise would fail again: the import says so, and keeps no other from its turn.
    /// </summary>
    /// <param name="progress">Is told of the rows done so far and of all there are.</param>
    public async Task RunAsync(ImportLease lease, Action<int, int>? progress, CancellationToken cancellationToken)
    {
        try
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            if (await db.ListImports.AsNoTracking().SingleOrDefaultAsync(row => row.Id == lease.ImportId && row.LeaseNumber == lease.Number, cancellationToken) is not { } import)
                return;
            if (import.State == ListImportState.Waiting)
                await LookAsync(lease, import, cancellationToken);
            else if (import.State == ListImportState.Running)
                await AddAsync(lease, import, progress, cancellationToken);
            else if (import.State == ListImportState.Undoing)
                await TakeBackAsync(lease, import, progress, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await ReleaseAsync(lease);
        }
        catch (Exception e)
        {
            Log(lease, e);
            if (IsForGood(e))
                await GiveUpAsync(lease, e, []);
        }
    }

    /// <summary>Tried again, it would fail again.</summary>
    private static bool IsForGood(Exception e) => e is not OperationCanceledException && !e.IsTransientDatabaseFailure();

    /// <summary>Where it failed, without the message, which may quote the list.</summary>
    private void Log(ImportLease lease, Exception e)
        => log.LogError("Import {Id} failed ({Kind}):{NewLine}{Trace}", lease.ImportId, (e.InnerException ?? e).GetType().Name, Environment.NewLine, e.StackTrace);

    /// <param name="lease">On what.</param>
    /// <param name="failure">Why.</param>
    /// <param name="batch">The rows that it failed on; none where that is not known.</param>
    /// <returns>False where that could not be written down.</returns>
    private async Task<bool> GiveUpAsync(ImportLease lease, Exception failure, List<ListedPerson> batch)
    {
        const string More = "Whoever looks after the program finds more in its log.";
        var who = failure.IsDatabaseFailure() ? "The database refuses" : "The program fails on";
        try
        {
            await using var db = await contexts.CreateDbContextAsync();
            if (await db.ListImports.SingleOrDefaultAsync(row => row.Id == lease.ImportId && row.LeaseNumber == lease.Number) is not { } import)
                return false;
            import.LeaseEndUtc = null;
            if (import.State == ListImportState.Waiting)
                import.Preview = new ListPreview
                {
                    RejectedLines = [], LookAlikes = [], Misspelt = [], WithoutMail = [], Problem = $"{who} this list. Nothing of it was imported. {More}",
                }.ToJson();
            else if (import.State == ListImportState.Undoing)
                (import.State, import.Problem) = (ListImportState.UndoFailed, $"Taking it back ended early. Begin again: it goes on where it was. {More}");
            else
            {
                var what = batch is [var first, .., var last] ? $"lines {first.Line} to {last.Line} of this list" : batch is [var only] ? $"line {only.Line} of this list" : "this list";
                (import.State, import.EndedUtc, import.Problem) = (ListImportState.Failed, Now, $"{who} {what}. Nothing more of it was imported. {More}");
            }

            await db.SaveChangesAsync();
            return true;
        }
        catch (Exception e) when (e.IsTransientDatabaseFailure())
        {
            // Whoever takes the import over when the lease has ended finds the same, and says so then.
            return false;
        }
    }

    private async Task ReleaseAsync(ImportLease lease)
    {
        await using var db = await contexts.CreateDbContextAsync();
        await db.ListImports.Where(row => row.Id == lease.ImportId && row.LeaseNumber == lease.Number)
            .ExecuteUpdateAsync(row => row.SetProperty(import => import.LeaseEndUtc, (DateTime?)null).SetProperty(import => import.Version, import => import.Version + 1));
    }

    private async Task LookAsync(ImportLease lease, ListImport import, CancellationToken cancellationToken)
    {
        ListPreview preview;
        using var lost = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var holding = HoldAsync(lease, lost);
        try
        {
            preview = await looking.LookAsync(import, lost.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return;
        }
        finally
        {
            await lost.CancelAsync();
            await holding;
        }

        var json = preview.ToJson();
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.ListImports.Where(row => row.Id == import.Id && row.LeaseNumber == lease.Number && row.State == ListImportState.Waiting).ExecuteUpdateAsync(
            row => row.SetProperty(one => one.Preview, json)
                .SetProperty(one => one.Rows, preview.Rows)
                .SetProperty(one => one.LeaseEndUtc, (DateTime?)null)
                .SetProperty(one => one.Version, one => one.Version + 1),
            cancellationToken);
    }

    /// <summary>Lengthens the lease while a list is looked through, which saves nothing on its way; cancels the work once another has taken over.</summary>
    private async Task HoldAsync(ImportLease lease, CancellationTokenSource lost)
    {
        try
        {
            while (true)
            {
                await Task.Delay(Lease / 4, time, lost.Token);
                var end = Now + Lease;
                await using var db = await contexts.CreateDbContextAsync(lost.Token);
                if (await db.ListImports.Where(row => row.Id == lease.ImportId && row.LeaseNumber == lease.Number).ExecuteUpdateAsync(
                    row => row.SetProperty(import => import.LeaseEndUtc, end).SetProperty(import => import.Version, import => import.Version + 1), lost.Token) == 0)
                    await lost.CancelAsync();
            }
        }
        catch (OperationCanceledException)
        {
        }
        catch (Exception e) when (e.IsDatabaseFailure())
        {
            // The lease ends unless the work does before.
        }
    }

    private async Task AddAsync(ImportLease lease, ListImport import, Action<int, int>? progress, CancellationToken cancellationToken)
    {
        ListReader reader;
        StatedBasis basis;
        await using (var db = await contexts.CreateDbContextAsync(cancellationToken))
        {
            reader = new ListReader(import.ColumnsRead, await SectorNames.ReadAsync(db, cancellationToken), import.MendedDomains);
            basis = await db.ConsentBases.Where(row => row.Id == import.BasisId).Select(row => new StatedBasis
            {
                Ground = row.Ground,
                ObtainedFrom = row.ObtainedFrom,
                ObtainedOn = row.ObtainedOn,
                Told = row.Told,
                Assessment = row.Assessment,
            }).SingleAsync(cancellationToken);
        }

        using var file = parts.Read(import.Id, import.Sheet);
        using var rows = reader.Read(ListRows.Read(file, import.Format)).Skip(import.Done).GetEnumerator();
        var (size, done) = (FirstBatch, import.Done);
        List<ListedPerson> batch = [];
        try
        {
            while (true)
            {
                batch = new List<ListedPerson>(size);
                while (batch.Count < size && rows.MoveNext())
                    batch.Add(rows.Current);
                if (await AddBatchAsync(lease, basis, batch, batch.Count < size, cancellationToken) is not { } took)
                    return;
                progress?.Invoke(done += batch.Count, Math.Max(done, import.Rows));
                if (batch.Count < size)
                    break;
                size = Fitting(size, took);
            }
        }
        catch (RefusedException e)
        {
            await FailAsync(lease, e.Message, cancellationToken);
        }
        catch (Exception e) when (IsForGood(e))
        {
            Log(lease, e);
            if (!await GiveUpAsync(lease, e, batch))
                return;
        }

        await parts.DeleteAsync(import.Id, cancellationToken);
    }

    /// <returns>How long it kept others from writing; null when another node has taken over.</returns>
    private async Task<TimeSpan?> AddBatchAsync(ImportLease lease, StatedBasis basis, List<ListedPerson> batch, bool isLast, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            // Units of work of their own: one that tracked everybody would grow with the file.
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<PulseDbContext>();
            if (await HeldAsync(db, lease, ListImportState.Running, cancellationToken) is not { } import)
                return null;
            var good = batch.Where(row => row.Person is not null).ToList();
            var staged = await scope.ServiceProvider.GetRequiredService<SubscriberAdmission>().StageAsync(
                new AddSubscribers { People = [.. good.Select(row => row.Person!)], Basis = basis, Way = Ways.Csv, AccountId = import.AccountId }, cancellationToken);
            var admitted = staged.People;
            var lines = good.Zip(admitted, Line).Concat(batch.Where(row => row.Problem is not null)
                .Select(row => new WrittenLine(row.Line, ListLineOutcome.Rejected, null, null, ShortText.Of(row.Problem!, Limits.Note))));
            import.Done += batch.Count;
            import.Rows = Math.Max(import.Rows, import.Done);
            import.Added += admitted.Count(one => one.Outcome == AddOutcome.Added);
            import.AlreadyThere += admitted.Count(one => one.Outcome == AddOutcome.AlreadyThere);
            import.Suppressed += admitted.Count(one => one.Outcome == AddOutcome.Suppressed);
            import.Rejected += batch.Count - good.Count;
            if (isLast)
                (import.State, import.EndedUtc, import.LeaseEndUtc) = (ListImportState.Done, Now, null);
            if (await SavedAsync(db, () => db.AddImportedAsync(import.Id, staged, lines, cancellationToken), attempt, cancellationToken) is { } took)
                return took;
        }
    }

    private static WrittenLine Line(ListedPerson row, Admitted one)
    {
        var outcome = one.Outcome switch
        {
            AddOutcome.Added => ListLineOutcome.Added,
            AddOutcome.AlreadyThere => ListLineOutcome.AlreadyThere,
            _ => ListLineOutcome.Suppressed,
        };
        var isNew = one.Subscriber is { Id: 0 };
        return new WrittenLine(
            row.Line, outcome, isNew ? one.Subscriber!.NormalizedEmail : null, isNew ? null : one.Subscriber?.Id, outcome == ListLineOutcome.Suppressed ? StaysOff : null);
    }

    private async Task TakeBackAsync(ImportLease lease, ListImport undone, Action<int, int>? progress, CancellationToken cancellationToken)
    {
        var (size, done) = (FirstBatch, undone.TakenBack + undone.Stayed);
        while (await TakeBatchBackAsync(lease, size, cancellationToken) is var (took, count, isLast))
        {
            progress?.Invoke(done += count, undone.Added);
            if (isLast)
                return;
            size = Fitting(size, took);
        }
    }

    private async Task<(TimeSpan Took, int Count, bool IsLast)?> TakeBatchBackAsync(ImportLease lease, int size, CancellationToken cancellationToken)
    {
        var keepsRows = false;
        for (var attempt = 1; ; attempt++)
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            if (await HeldAsync(db, lease, ListImportState.Undoing, cancellationToken) is not { } import)
                return null;
            var (count, isLast) = (0, false);
            try
            {
                if (await SavedAsync(db, TakeAsync, attempt, cancellationToken) is { } took)
                    return (took, count, isLast);
            }
            catch (Exception e) when (!keepsRows && e.IsDatabaseFailure() && IsForGood(e))
            {
                // Something names one of them that is not known here: they are taken off the list, and their rows stay.
                keepsRows = true;
            }

            async Task TakeAsync()
            {
                count = await new ImportUndoing(db, import, Now).TakeBackAsync(size, keepsRows, cancellationToken);
                isLast = count < size;
                if (isLast)
                    (import.State, import.LeaseEndUtc) = (ListImportState.Undone, null);
                await db.SaveChangesAsync(cancellationToken);
            }
        }
    }

    /// <summary>The import, with its lease lengthened; null when it is another's by now. Saving fails where that happens in between.</summary>
    private async Task<ListImport?> HeldAsync(PulseDbContext db, ImportLease lease, ListImportState state, CancellationToken cancellationToken)
    {
        var import = await db.ListImports.SingleOrDefaultAsync(row => row.Id == lease.ImportId && row.LeaseNumber == lease.Number && row.State == state, cancellationToken);
        if (import is not null)
            import.LeaseEndUtc = Now + Lease;
        return import;
    }

    /// <param name="also">What is written beside the unit of work, in its transaction.</param>
    /// <returns>How long it kept others from writing; null when somebody among them joined or left meanwhile, and it has to be done anew.</returns>
    private static async Task<TimeSpan?> SavedAsync(PulseDbContext db, Func<Task> also, int attempt, CancellationToken cancellationToken)
    {
        try
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            var clock = Stopwatch.GetTimestamp();
            await db.SaveChangesAsync(cancellationToken);
            await also();
            await transaction.CommitAsync(cancellationToken);
            return Stopwatch.GetElapsedTime(clock);
        }
        catch (DbUpdateException e) when (attempt < MostTries && SubscriberRow.WasOvertaken(e))
        {
            return null;
        }
    }

    private async Task FailAsync(ImportLease lease, string problem, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await HeldAsync(db, lease, ListImportState.Running, cancellationToken) is not { } import)
            return;
        (import.State, import.EndedUtc, import.LeaseEndUtc, import.Problem) = (ListImportState.Failed, Now, null, problem);
        await db.SaveChangesAsync(cancellationToken);
    }

    private static int Fitting(int size, TimeSpan took)
        => Math.Clamp((int)(size * Math.Clamp(LongestBatch / took, 0.25, 1.5)), SmallestBatch, SubscriberAdmission.LargestBatch);
}
