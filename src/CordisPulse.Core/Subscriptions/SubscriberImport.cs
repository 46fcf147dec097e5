using CordisPulse.Core.Data;
using CordisPulse.Core.Subscriptions.Lists;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Core.Subscriptions;

/// <summary>A list of people to be added.</summary>
public sealed record ImportSubscribers
{
    /// <summary>Seekable: it is read more than once.</summary>
    public required Stream File { get; init; }

    public required string FileName { get; init; }

    public required StatedBasis Basis { get; init; }

    public int? AccountId { get; init; }
}

/// <summary>What became of a list.</summary>
/// <param name="Hidden">Rows that Excel hides, and that were left out.</param>
/// <param name="Doubtful">Columns that nobody read, and that may tell who is not to be mailed.</param>
/// <param name="Above">What stands above the headings, and was left out; null for nothing.</param>
public sealed record ImportReport(int Hidden, LineRange? Above, IReadOnlyList<DoubtfulColumn> Doubtful, int Added, int AlreadyThere, IReadOnlyList<ImportLine> Suppressed, IReadOnlyList<ImportLine> Rejected);

/// <param name="Line">Where it stands in the file, from 1.</param>
public sealed record ImportLine(int Line, string Reason);

/// <summary>
/// Imports a list from beginning to end, for whoever needs no look at it first. It is an import as staff make it: one that breaks off goes on
/// where it was, and it can be taken back.
/// </summary>
public sealed class SubscriberImport(ListImports imports, ListImportRunner runner, IDbContextFactory<PulseDbContext> contexts)
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(100);

    /// <exception cref="RefusedException">The file is no list that can be read to its end, or something is wrong with the ground. Nobody was added.</exception>
    /// <param name="progress">Is told of the rows done so far and of all there are.</param>
    public async Task<ImportReport> ImportAsync(ImportSubscribers import, Action<int, int>? progress = null, CancellationToken cancellationToken = default)
    {
        // Told before a file is kept for it.
        import.Basis.ToRow(DateTime.UtcNow, import.AccountId);
        var id = await imports.KeepAsync(new KeepList { File = import.File, FileName = import.FileName, AccountId = import.AccountId }, cancellationToken);
        ListPreview? preview;
        try
        {
            var looked = await FollowAsync(id, row => row.Preview is not null || row.State != ListImportState.Waiting, null, cancellationToken);
            if (looked is { State: ListImportState.Waiting, ColumnsRead.Email: null })
                throw new RefusedException("The first line must name the columns (email, name, organisation), or begin with an e-mail address. Nothing was imported.");
            preview = ListPreview.From(looked.Preview);
            await imports.ConfirmAsync(new ConfirmList { ImportId = id, Basis = import.Basis, AccountId = import.AccountId }, cancellationToken);
        }
        catch
        {
            await imports.DiscardAsync(id, CancellationToken.None);
            throw;
        }

        var done = await FollowAsync(id, row => row.State != ListImportState.Running, progress, cancellationToken);
        if (done.State == ListImportState.Failed)
            throw new RefusedException(done.Problem!);
        return new ImportReport(done.Hidden, preview?.Above, preview?.Doubtful ?? [], done.Added, done.AlreadyThere, await LinesAsync(id, ListLineOutcome.Suppressed, cancellationToken), await LinesAsync(id, ListLineOutcome.Rejected, cancellationToken));
    }

    /// <summary>Does what is to be done, or watches the node that does it.</summary>
    private async Task<ListImport> FollowAsync(int id, Func<ListImport, bool> isOver, Action<int, int>? progress, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await runner.ClaimAsync(id, cancellationToken) is { } lease)
                await runner.RunAsync(lease, progress, cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();
            await using (var db = await contexts.CreateDbContextAsync(cancellationToken))
            {
                var row = await db.ListImports.AsNoTracking().SingleAsync(row => row.Id == id, cancellationToken);
                if (isOver(row))
                    return row;
                progress?.Invoke(row.Done, Math.Max(row.Done, row.Rows));
            }

            await Task.Delay(LookEvery, cancellationToken);
        }
    }

    private async Task<IReadOnlyList<ImportLine>> LinesAsync(int id, ListLineOutcome outcome, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.ListImportLines
            .Where(line => line.ImportId == id && line.Outcome == outcome)
            .OrderBy(line => line.Line)
            .Select(line => new ImportLine(line.Line, line.Reason!))
            .ToListAsync(cancellationToken);
    }
}
