using CordisPulse.Core.Accounts;
using CordisPulse.Core.Data;
using CordisPulse.Core.Editions;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Web.Areas.Editor.Work;

/// <summary>Reads the work on items.</summary>
public sealed class WorkReader(PulseDbContext db, ItemWork work)
{
    private IReadOnlyDictionary<int, WorkMark>? _ofEdition;

    /// <param name="note">What was typed, when it could not be saved.</param>
    /// <param name="accountId">Whoever looks.</param>
    /// <returns>Null when there is no such item.</returns>
    public async Task<WorkPage?> ReadAsync(int itemId, NoteForm note, int accountId, CancellationToken cancellationToken)
    {
        if (await work.FindAsync(itemId, cancellationToken) is not { } item)
            return null;
        var progress = await db.ItemProgress.Where(row => row.ItemId == itemId).Select(row => new { row.AssigneeId, row.Stage }).SingleOrDefaultAsync(cancellationToken);
        return new WorkPage
        {
            Item = item,
            AssigneeId = progress?.AssigneeId,
            Stage = progress?.Stage,
            Colleagues = await ColleaguesAsync(progress?.AssigneeId, cancellationToken),
            Notes = await db.ItemNotes.Where(row => row.ItemId == itemId)
                .OrderBy(row => row.Id)
                .Select(row => new WorkNote(row.Id, row.Text, row.AddedUtc, row.AddedBy!.Email, row.AddedById == accountId, row.TakenBackUtc))
                .ToListAsync(cancellationToken),
            Note = note,
        };
    }

    /// <param name="also">One who is named though the account is closed.</param>
    public async Task<IReadOnlyList<Colleague>> ColleaguesAsync(int? also, CancellationToken cancellationToken)
        // Few rows, and SQLite can't compare such times.
        => [.. (await db.Users.OrderBy(user => user.Email).Select(user => new { user.Id, user.Email, user.LockoutEnd }).ToListAsync(cancellationToken))
            .Where(user => user.LockoutEnd != Account.Never || user.Id == also)
            .Select(user => new Colleague(user.Id, user.Email!))];

    /// <summary>The marks of those items that have one.</summary>
    public async Task<IReadOnlyDictionary<int, WorkMark>> MarksAsync(IReadOnlyCollection<int> itemIds, CancellationToken cancellationToken)
    {
        var progress = await db.ItemProgress.Where(row => itemIds.Contains(row.ItemId))
            .Select(row => new { row.ItemId, Assignee = row.Assignee!.Email, row.Stage })
            .ToDictionaryAsync(row => row.ItemId, cancellationToken);
        var notes = (await db.ItemNotes.Where(row => itemIds.Contains(row.ItemId) && row.TakenBackUtc == null)
            .OrderBy(row => row.Id)
            .Select(row => new { row.ItemId, Note = new WorkNote(row.Id, row.Text, row.AddedUtc, row.AddedBy!.Email, false, null) })
            .ToListAsync(cancellationToken))
            .ToLookup(row => row.ItemId, row => row.Note);
        return progress.Keys.Union(notes.Select(group => group.Key)).ToDictionary(
            id => id,
            id => new WorkMark(progress.GetValueOrDefault(id)?.Assignee, progress.GetValueOrDefault(id)?.Stage, notes[id].Count(), notes[id].LastOrDefault()));
    }

    /// <summary>The mark of one item of an edition, read together with those of all others on its board.</summary>
    public async Task<WorkMark?> MarkAsync(EditionMonth month, int itemId, CancellationToken cancellationToken)
    {
        _ofEdition ??= await MarksAsync(await db.EditionItems.Where(item => item.Edition!.Month == month).Select(item => item.Id).ToListAsync(cancellationToken), cancellationToken);
        return _ofEdition.GetValueOrDefault(itemId);
    }
}
