using CordisPulse.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CordisPulse.Core.Subscriptions.Lists;

/// <summary>An import failed on these lines, and would again.</summary>
internal sealed class ImportLinesException(int first, int last, Exception why) : Exception(null, why)
{
    public string InWords => new LineRange(first, last).InWords;
}

/// <summary>Puts the people of a list on the list of subscribers, batch by batch, from where the import has come.</summary>
public sealed class ListAdding(IServiceScopeFactory scopes, IDbContextFactory<PulseDbContext> contexts, ListParts parts, TimeProvider time)
{
    /// <exception cref="RefusedException">The file can't be read to its end.</exception>
    /// <exception cref="ImportLinesException">Some of its lines can't be imported, and never will.</exception>
    public async Task AddAsync(ImportLease lease, ListImport import, Action<int, int>? progress, CancellationToken cancellationToken)
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
        var (size, done) = (ImportBatch.FirstSize, import.Done);
        while (true)
        {
            var batch = new List<ListedPerson>(size);
            try
            {
                while (batch.Count < size && rows.MoveNext())
                    batch.Add(rows.Current);
                if (await AddBatchAsync(lease, basis, batch, batch.Count < size, cancellationToken) is not { } took)
                    return;
                progress?.Invoke(done += batch.Count, Math.Max(done, import.Rows));
                if (batch.Count < size)
                    break;
                size = ImportBatch.NextSize(size, took);
            }
            catch (Exception e) when (batch.Count > 0 && e is not (RefusedException or OperationCanceledException) && !e.IsTransientDatabaseFailure())
            {
                throw new ImportLinesException(batch[0].Line, batch[^1].Line, e);
            }
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
            if (await ImportBatch.HeldAsync(db, lease, ListImportState.Running, time.GetUtcNow().UtcDateTime, cancellationToken) is not { } import)
                return null;
            var good = batch.Where(row => row.Person is not null).ToList();
            var staged = await scope.ServiceProvider.GetRequiredService<SubscriberAdmission>().StageAsync(
                new AddSubscribers { People = [.. good.Select(row => row.Person!)], Basis = basis, Way = Ways.Csv, AccountId = import.AccountId }, cancellationToken);
            var admitted = staged.People;
            var keepsWritten = import.KeepsWritten && import.Rejected < WrittenLines.Most;
            var twice = await LinesBeforeAsync(db, import.Id, good, admitted, cancellationToken);
            var lines = good.Zip(admitted, (row, one) => Line(row, one, twice.GetValueOrDefault(row.Line))).Concat(batch.Where(row => row.Problem is not null)
                .Select(row => new WrittenLine(row.Line, ListLineOutcome.Rejected, null, null, ShortText.Of(row.Problem!, Limits.Note), keepsWritten ? row.Written : null)));
            import.Done += batch.Count;
            import.Rows = Math.Max(import.Rows, import.Done);
            import.Added += admitted.Count(one => one.Outcome == AddOutcome.Added);
            import.AlreadyThere += admitted.Count(one => one.Outcome == AddOutcome.AlreadyThere);
            import.Suppressed += admitted.Count(one => one.Outcome == AddOutcome.Suppressed);
            import.Rejected += batch.Count - good.Count;
            if (isLast)
                (import.State, import.EndedUtc, import.LeaseEndUtc) = (ListImportState.Done, time.GetUtcNow().UtcDateTime, null);
            if (await ImportBatch.SavedAsync(db, () => db.AddImportedAsync(import.Id, staged, lines, cancellationToken), attempt, cancellationToken) is { } took)
                return took;
        }
    }

    /// <summary>For lines that name an address which an earlier line of the same file has added, that line.</summary>
    private static async Task<Dictionary<int, int>> LinesBeforeAsync(
        PulseDbContext db, int importId, List<ListedPerson> rows, IReadOnlyList<Admitted> admitted, CancellationToken cancellationToken)
    {
        var there = rows.Zip(admitted).Where(pair => pair.Second.Outcome == AddOutcome.AlreadyThere).Select(pair => (pair.First.Line, Person: pair.Second.Subscriber!)).ToList();
        var ids = there.Select(pair => pair.Person.Id).Where(id => id != 0).Distinct().ToList();
        // By their numbers alone: asked for the file as well, SQLite would go through all its lines.
        var added = ids.Count == 0
            ? []
            : await db.ListImportLines
                .Where(line => EF.Parameter(ids).Contains(line.SubscriberId!.Value) && line.Outcome == ListLineOutcome.Added)
                .Select(line => new { line.ImportId, Number = line.SubscriberId!.Value, line.Line })
                .ToListAsync(cancellationToken);
        var earlier = added.Where(line => line.ImportId == importId).GroupBy(line => line.Number).ToDictionary(lines => lines.Key, lines => lines.Min(line => line.Line));
        var here = rows.Zip(admitted).Where(pair => pair.Second.Outcome == AddOutcome.Added).ToDictionary(pair => pair.Second.Subscriber!, pair => pair.First.Line);
        return there
            .Select(pair => (pair.Line, Before: here.TryGetValue(pair.Person, out var line) || earlier.TryGetValue(pair.Person.Id, out line) ? line : 0))
            .Where(pair => pair.Before > 0)
            .ToDictionary(pair => pair.Line, pair => pair.Before);
    }

    /// <param name="row">The row as it is read.</param>
    /// <param name="one">What became of it.</param>
    /// <param name="before">The line that has added the same address; 0 for none.</param>
    private static WrittenLine Line(ListedPerson row, Admitted one, int before)
    {
        var outcome = one.Outcome switch
        {
            AddOutcome.Added => ListLineOutcome.Added,
            AddOutcome.AlreadyThere => ListLineOutcome.AlreadyThere,
            _ => ListLineOutcome.Suppressed,
        };
        var isNew = one.Subscriber is { Id: 0 };
        var reason = outcome == ListLineOutcome.Suppressed ? ListWords.StaysOff(one.Reason) : before > 0 ? $"Twice in this file: line {before} has this address too, and was added." : null;
        return new WrittenLine(row.Line, outcome, isNew ? one.Subscriber!.NormalizedEmail : null, isNew ? null : one.Subscriber?.Id, reason);
    }
}
