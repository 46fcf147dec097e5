using CordisPulse.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Core.Subscriptions.Lists;

/// <summary>Takes people back whom an import added. Whoever has acted since, or can't be mailed any more, stays as they are.</summary>
internal sealed class ImportUndoing(PulseDbContext db, ListImport import, DateTime now)
{
    /// <summary>Those whom undoing concerns: on the list, and nothing has happened with them since the import began.</summary>
    public static IQueryable<ListImportLine> Concerned(PulseDbContext db, int importId)
        => db.ListImportLines.Where(line => line.ImportId == importId && line.Outcome == ListLineOutcome.Added
            && line.Subscriber!.Status == SubscriberStatus.Active
            && !db.ConsentRecords.Any(record => record.SubscriberId == line.SubscriberId
                && record.Event != ConsentEvent.Imported
                && record.AtUtc >= db.ListImports.Where(row => row.Id == importId).Select(row => row.ConfirmedUtc).FirstOrDefault()));

    /// <summary>Into the unit of work, which the caller saves.</summary>
    /// <param name="keepsRows">Takes everybody off the list and removes nobody's row.</param>
    public async Task TakeBackAsync(List<ListImportLine> lines, bool keepsRows, CancellationToken cancellationToken)
    {
        var ids = lines.Where(line => line.SubscriberId is not null).Select(line => line.SubscriberId!.Value).ToList();
        var records = (await db.ConsentRecords.Where(record => ids.Contains(record.SubscriberId)).ToListAsync(cancellationToken)).ToLookup(record => record.SubscriberId);
        var mailed = (await db.Deliveries.Where(delivery => ids.Contains(delivery.SubscriberId)).Select(delivery => delivery.SubscriberId).ToListAsync(cancellationToken)).ToHashSet();
        mailed.UnionWith(await db.QueuedMails.Where(mail => ids.Contains(mail.SubscriberId!.Value)).Select(mail => mail.SubscriberId!.Value).ToListAsync(cancellationToken));
        mailed.UnionWith(await db.OneTimeTokens.Where(token => ids.Contains(token.SubscriberId!.Value)).Select(token => token.SubscriberId!.Value).ToListAsync(cancellationToken));
        mailed.UnionWith(await db.AddressRequests.Where(request => ids.Contains(request.SubscriberId!.Value)).Select(request => request.SubscriberId!.Value).ToListAsync(cancellationToken));
        foreach (var line in lines)
        {
            var isTaken = line.Subscriber is { Status: SubscriberStatus.Active } person && TakeBack(person, records[person.Id].ToList(), keepsRows || mailed.Contains(person.Id));
            line.Outcome = isTaken ? ListLineOutcome.TakenBack : ListLineOutcome.Stayed;
            line.Reason = isTaken ? null : "This person has left, confirmed or changed something since, and stays as they are.";
            if (isTaken)
                import.TakenBack++;
            else
                import.Stayed++;
        }
    }

    private bool TakeBack(Subscriber person, List<ConsentRecord> records, bool isMailed)
    {
        if (records.Any(record => record.Event != ConsentEvent.Imported && record.AtUtc >= import.ConfirmedUtc))
            return false;
        // Whoever was there before the import, or has had mail since, has a story that goes on.
        if (isMailed || records.Count > 1)
        {
            person.Status = SubscriberStatus.Pending;
            (person.Basis, person.BasisId, person.NoticeBasis, person.NoticeBasisId) = (null, null, null, null);
            db.Add(new ConsentRecord
            {
                Subscriber = person,
                Event = ConsentEvent.ImportUndone,
                AtUtc = now,
                Note = "The list that had added this person was taken back.",
                Way = Ways.Desk,
                AccountId = import.UndoneById,
            });
        }
        else
        {
            db.RemoveRange(records);
            db.Remove(person);
        }

        return true;
    }
}
