using CordisPulse.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Core.Subscriptions.Lists;

/// <summary>Takes people back whom an import added. Whoever has acted since, or can't be mailed any more, stays as they are.</summary>
internal sealed class ImportUndoing(PulseDbContext db, ListImport import, DateTime now)
{
    private const string Stays = "This person has left, confirmed or changed something since, and stays as they are.";

    /// <summary>Lines of those whom undoing concerns: on the list, and nothing has happened with them since the import began.</summary>
    public static IQueryable<ListImportLine> Concerned(PulseDbContext db, ListImport import)
        => db.ListImportLines.Where(line => line.ImportId == import.Id && line.Outcome == ListLineOutcome.Added)
            .Join(Untouched(db, import.ConfirmedUtc), line => line.SubscriberId, row => (int?)row.Id, (line, row) => line);

    /// <summary>
    /// The next of them, with a statement for all at once: person by person it takes ten times as long, in which nobody else can write. Within the
    /// transaction of the caller, who saves the unit of work.
    /// </summary>
    /// <param name="size">How many lines at most.</param>
    /// <param name="keepsRows">Takes everybody off the list and removes nobody's row.</param>
    /// <param name="cancellationToken">Ends it; what was done so far is the caller's to roll back.</param>
    /// <returns>How many lines there were.</returns>
    public async Task<int> TakeBackAsync(int size, bool keepsRows, CancellationToken cancellationToken)
    {
        var lines = await Lines().OrderBy(line => line.Line).Take(size).Select(line => new { line.Line, line.SubscriberId }).ToListAsync(cancellationToken);
        if (lines.Count == 0)
            return 0;
        var through = lines[^1].Line;
        var batch = Lines().Where(line => line.Line <= through);
        var taken = await UntouchedAmongAsync([.. lines.Where(line => line.SubscriberId is not null).Select(line => line.SubscriberId!.Value)], cancellationToken);
        await batch.Where(line => EF.Parameter(taken).Contains(line.SubscriberId!.Value))
            .ExecuteUpdateAsync(set => set.SetProperty(line => line.Outcome, ListLineOutcome.TakenBack).SetProperty(line => line.Reason, (string?)null), cancellationToken);
        await batch.ExecuteUpdateAsync(set => set.SetProperty(line => line.Outcome, ListLineOutcome.Stayed).SetProperty(line => line.Reason, Stays), cancellationToken);
        var kept = keepsRows ? taken : await WithAStoryAsync(taken, cancellationToken);
        await TakeOffAsync(kept, cancellationToken);
        await RemoveAsync([.. taken.Except(kept)], cancellationToken);
        import.TakenBack += taken.Count;
        import.Stayed += lines.Count - taken.Count;
        import.UndoneThrough = through;
        return lines.Count;
    }

    private static IQueryable<Subscriber> Untouched(PulseDbContext db, DateTime? since)
        => db.Subscribers.Where(row => row.Status == SubscriberStatus.Active
            && !db.ConsentRecords.Any(record => record.SubscriberId == row.Id && record.Event != ConsentEvent.Imported && record.AtUtc >= since));

    private IQueryable<ListImportLine> Lines()
    {
        var (id, after) = (import.Id, import.UndoneThrough);
        return db.ListImportLines.Where(line => line.ImportId == id && line.Line > after && line.Outcome == ListLineOutcome.Added);
    }

    private async Task<List<int>> UntouchedAmongAsync(List<int> ids, CancellationToken cancellationToken)
    {
        // Written to first: whoever acts from here on waits, and then does so on what this has left.
        await db.Subscribers.Where(row => EF.Parameter(ids).Contains(row.Id) && row.Status == SubscriberStatus.Active)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Version, row => row.Version + 1), cancellationToken);
        return await Untouched(db, import.ConfirmedUtc).Where(row => EF.Parameter(ids).Contains(row.Id)).Select(row => row.Id).ToListAsync(cancellationToken);
    }

    /// <summary>Whoever was there before the import, or has had mail since, has a story that goes on.</summary>
    private Task<List<int>> WithAStoryAsync(List<int> ids, CancellationToken cancellationToken)
        => db.Subscribers
            .Where(row => EF.Parameter(ids).Contains(row.Id)
                && (db.Deliveries.Any(delivery => delivery.SubscriberId == row.Id) || db.QueuedMails.Any(mail => mail.SubscriberId == row.Id)
                    || db.OneTimeTokens.Any(token => token.SubscriberId == row.Id) || db.AddressRequests.Any(request => request.SubscriberId == row.Id)
                    || db.ReturnReports.Any(report => report.SubscriberId == row.Id) || db.Subscribers.Any(merged => merged.MergedIntoId == row.Id)
                    || db.ConsentRecords.Count(record => record.SubscriberId == row.Id) > 1))
            .Select(row => row.Id)
            .ToListAsync(cancellationToken);

    private async Task TakeOffAsync(List<int> ids, CancellationToken cancellationToken)
    {
        await db.Subscribers.Where(row => EF.Parameter(ids).Contains(row.Id)).ExecuteUpdateAsync(
            set => set
                .SetProperty(row => row.Status, SubscriberStatus.Pending)
                .SetProperty(row => row.BasisId, (int?)null)
                .SetProperty(row => row.NoticeBasisId, (int?)null)
                .SetProperty(row => row.Version, row => row.Version + 1),
            cancellationToken);
        db.AddRange(ids.Select(id => new ConsentRecord
        {
            SubscriberId = id,
            Event = ConsentEvent.ImportUndone,
            AtUtc = now,
            Note = "The list that had added this person was taken back.",
            Way = Ways.Desk,
            AccountId = import.UndoneById,
        }));
    }

    private async Task RemoveAsync(List<int> ids, CancellationToken cancellationToken)
    {
        await db.ConsentRecords.Where(record => EF.Parameter(ids).Contains(record.SubscriberId)).ExecuteDeleteAsync(cancellationToken);
        await db.Subscribers.Where(row => EF.Parameter(ids).Contains(row.Id)).ExecuteDeleteAsync(cancellationToken);
    }
}
