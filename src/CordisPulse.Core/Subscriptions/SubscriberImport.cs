using CordisPulse.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CordisPulse.Core.Subscriptions;

/// <summary>A list of people to be added.</summary>
public sealed record ImportSubscribers
{
    /// <summary>Seekable: it is read twice.</summary>
    public required Stream File { get; init; }

    public required StatedBasis Basis { get; init; }

    public int? AccountId { get; init; }
}

/// <summary>What became of a list.</summary>
public sealed record ImportReport(int Added, int AlreadyThere, IReadOnlyList<ImportLine> Suppressed, IReadOnlyList<ImportLine> Rejected);

/// <param name="Line">Where it stands in the file, from 1.</param>
public sealed record ImportLine(int Line, string Reason);

/// <summary>
/// Adds a list in batches. The whole file is read once before anything is saved, so that one which breaks off halfway adds
/// nobody; if the program stops in between, importing the file again adds the rest.
/// </summary>
public sealed class SubscriberImport(IDbContextFactory<PulseDbContext> contexts, IServiceScopeFactory scopes)
{
    private const string StaysOff = "This person left or can't be mailed, and stays off the list.";

    /// <exception cref="RefusedException">The file is no list, or nothing is said of how they agreed.</exception>
    /// <param name="progress">Is told of the rows done so far and of all there are.</param>
    public async Task<ImportReport> ImportAsync(ImportSubscribers import, Action<int, int>? progress = null, CancellationToken cancellationToken = default)
    {
        var sectors = await ReadSectorsAsync(cancellationToken);
        var total = SubscriberCsv.Read(import.File, sectors).Count();
        var (added, alreadyThere, done) = (0, 0, 0);
        var (suppressed, rejected) = (new List<ImportLine>(), new List<ImportLine>());
        foreach (var rows in SubscriberCsv.Read(import.File, sectors).Chunk(SubscriberAdmission.LargestBatch))
        {
            rejected.AddRange(rows.Where(row => row.Problem is not null).Select(row => new ImportLine(row.Line, row.Problem!)));
            var good = rows.Where(row => row.Person is not null).ToList();
            // A context of its own for each batch: one that tracked them all would grow with the file.
            await using var scope = scopes.CreateAsyncScope();
            var outcomes = await scope.ServiceProvider.GetRequiredService<SubscriberAdmission>().AddAsync(
                new AddSubscribers { People = [.. good.Select(row => row.Person!)], Basis = import.Basis, Way = Ways.Csv, AccountId = import.AccountId },
                cancellationToken);
            added += outcomes.Count(outcome => outcome == AddOutcome.Added);
            alreadyThere += outcomes.Count(outcome => outcome == AddOutcome.AlreadyThere);
            suppressed.AddRange(good.Zip(outcomes).Where(row => row.Second == AddOutcome.Suppressed).Select(row => new ImportLine(row.First.Line, StaysOff)));
            progress?.Invoke(done += rows.Length, total);
        }

        return new ImportReport(added, alreadyThere, suppressed, rejected);
    }

    private async Task<SectorNames> ReadSectorsAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await SectorNames.ReadAsync(db, cancellationToken);
    }
}
