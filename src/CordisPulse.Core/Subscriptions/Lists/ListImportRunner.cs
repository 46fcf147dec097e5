using CordisPulse.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace CordisPulse.Core.Subscriptions.Lists;

/// <summary>Whoever has it works on the import until the lease ends, and lengthens it with each batch.</summary>
public sealed record ImportLease(int ImportId, int Number);

/// <summary>
/// Looks lists through, puts people on the list and takes them back, batch by batch. A batch and how far the import is are saved together, so
/// that after any end it goes on where it was, on whichever node; a batch is small enough that nobody who sends, joins or leaves waits for it.
/// </summary>
public sealed class ListImportRunner(
    IDbContextFactory<PulseDbContext> contexts, ListParts parts, ListLooking looking, ListAdding adding, ListTakingBack takingBack, TimeProvider time, ILogger<ListImportRunner> log)
{
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
        var (now, end) = (Now, Now + ImportBatch.Lease);
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
                await adding.AddAsync(lease, import, progress, cancellationToken);
            else if (import.State == ListImportState.Undoing)
                await takingBack.TakeBackAsync(lease, import, progress, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await WriteDownAsync(lease, _ => { });
        }
        catch (RefusedException e)
        {
            await WriteDownAsync(lease, import => (import.State, import.EndedUtc, import.Problem) = (ListImportState.Failed, Now, e.Message));
        }
        catch (Exception e)
        {
            // Where it failed, without the message, which may quote the list.
            log.LogError("Import {Id} failed ({Kind}):{NewLine}{Trace}", lease.ImportId, (e.InnerException ?? e).GetType().Name, Environment.NewLine, (e.InnerException ?? e).StackTrace);
            if (e is not OperationCanceledException && !e.IsTransientDatabaseFailure())
                await GiveUpAsync(lease, e);
        }
    }

    private async Task GiveUpAsync(ImportLease lease, Exception failure)
    {
        const string More = "Whoever looks after the program finds more in its log.";
        var why = $"{(failure.IsDatabaseFailure() ? "The database refuses" : "The program fails on")} {(failure is ImportLinesException lines ? $"{lines.InWords} of this list" : "this list")}.";
        await WriteDownAsync(lease, import =>
        {
            if (import.State == ListImportState.Waiting)
                import.Preview = new ListPreview { RejectedLines = [], LookAlikes = [], Misspelt = [], WithoutMail = [], Problem = $"{why} Nothing of it was imported. {More}" }.ToJson();
            else if (import.State == ListImportState.Undoing)
                (import.State, import.Problem) = (ListImportState.UndoFailed, $"Taking it back ended early. Begin again: it goes on where it was. {More}");
            else
                (import.State, import.EndedUtc, import.Problem) = (ListImportState.Failed, Now, $"{why} Nothing more of it was imported. {More}");
        });
    }

    /// <summary>What can't be written down either, whoever takes the import over when the lease has ended finds again.</summary>
    private async Task WriteDownAsync(ImportLease lease, Action<ListImport> end)
    {
        try
        {
            await using var db = await contexts.CreateDbContextAsync();
            if (await db.ListImports.SingleOrDefaultAsync(row => row.Id == lease.ImportId && row.LeaseNumber == lease.Number) is not { } import)
                return;
            end(import);
            import.LeaseEndUtc = null;
            var isOver = import.State == ListImportState.Failed;
            await db.SaveChangesAsync();
            if (isOver)
                await parts.DeleteAsync(lease.ImportId);
        }
        catch (Exception e) when (e.IsDatabaseFailure() || e is DbUpdateConcurrencyException)
        {
            log.LogError("The end of import {Id} was not written down ({Kind})", lease.ImportId, e.GetType().Name);
        }
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
                await Task.Delay(ImportBatch.Lease / 4, time, lost.Token);
                var end = Now + ImportBatch.Lease;
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
}
