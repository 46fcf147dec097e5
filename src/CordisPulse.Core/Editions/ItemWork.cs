using CordisPulse.Core.Accounts;
using CordisPulse.Core.Data;
using CordisPulse.Core.Mail;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Core.Editions;

public sealed record AssignItem
{
    public required int ItemId { get; init; }

    /// <summary>Null to leave the item to nobody.</summary>
    public required int? AssigneeId { get; init; }

    public required int ById { get; init; }
}

public sealed record SetItemStage
{
    public required int ItemId { get; init; }

    /// <summary>Null for none.</summary>
    public required ItemStage? Stage { get; init; }
}

public sealed record AddItemNote
{
    public required int ItemId { get; init; }

    public required string Text { get; init; }

    public required int ById { get; init; }
}

/// <summary>Where an item stands.</summary>
/// <param name="Month">Null while it waits in the intake.</param>
public sealed record WorkedItem(int Id, string Title, EditionMonth? Month);

/// <summary>
/// Who works on an item, how far that has come, and what colleagues note on it. It touches no text: nobody who writes the item meets
/// a conflict. The last one who says something is right.
/// </summary>
public sealed class ItemWork(PulseDbContext db, StaffMails mails, TimeProvider time)
{
    /// <summary>Null when there is no such item.</summary>
    public async Task<WorkedItem?> FindAsync(int itemId, CancellationToken cancellationToken = default)
        => await db.EditionItems.Where(item => item.Id == itemId)
            .Select(item => new WorkedItem(item.Id, item.Title.Length > 0 ? item.Title : item.Url ?? "", (EditionMonth?)item.Edition!.Month))
            .SingleOrDefaultAsync(cancellationToken);

    /// <returns>The address of the account; null when it is nobody's now.</returns>
    /// <exception cref="RefusedException">The item is gone, or the account is gone or closed.</exception>
    public async Task<string?> AssignAsync(AssignItem assign, CancellationToken cancellationToken = default)
    {
        await RefuseGoneAsync(assign.ItemId, cancellationToken);
        string? email = null;
        if (assign.AssigneeId is { } id)
        {
            var account = await db.Users.Where(user => user.Id == id).Select(user => new { user.Email, user.LockoutEnd }).SingleOrDefaultAsync(cancellationToken);
            email = account is not null && account.LockoutEnd != Account.Never ? account.Email : throw new RefusedException("This account is closed, so nothing can be given to it.");
        }

        await WriteAsync(assign.ItemId, progress => progress.AssigneeId = assign.AssigneeId, cancellationToken);
        if (assign.AssigneeId is { } to)
            // It is assigned: whoever did it may be gone by now, and the colleague is told all the same.
            await mails.AssignedAsync(new AssignedItem { ItemId = assign.ItemId, ToId = to, ById = assign.ById }, CancellationToken.None);
        return email;
    }

    /// <exception cref="RefusedException">The item is gone.</exception>
    public async Task SetStageAsync(SetItemStage set, CancellationToken cancellationToken = default)
    {
        await RefuseGoneAsync(set.ItemId, cancellationToken);
        await WriteAsync(set.ItemId, progress => progress.Stage = set.Stage, cancellationToken);
    }

    /// <exception cref="RefusedException">The item is gone.</exception>
    public async Task AddNoteAsync(AddItemNote add, CancellationToken cancellationToken = default)
    {
        await RefuseGoneAsync(add.ItemId, cancellationToken);
        db.Add(new ItemNote { ItemId = add.ItemId, Text = add.Text, AddedUtc = time.GetUtcNow().UtcDateTime, AddedById = add.ById });
        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>Its words go; that there was a note stays.</summary>
    /// <returns>The key of its item; null when this account has written no such note.</returns>
    public async Task<int?> TakeBackNoteAsync(int id, int byId, CancellationToken cancellationToken = default)
    {
        var now = time.GetUtcNow().UtcDateTime;
        await db.ItemNotes.Where(note => note.Id == id && note.AddedById == byId && note.TakenBackUtc == null)
            .ExecuteUpdateAsync(row => row.SetProperty(note => note.TakenBackUtc, now).SetProperty(note => note.Text, ""), cancellationToken);
        return await db.ItemNotes.Where(note => note.Id == id && note.AddedById == byId).Select(note => (int?)note.ItemId).SingleOrDefaultAsync(cancellationToken);
    }

    private async Task RefuseGoneAsync(int itemId, CancellationToken cancellationToken)
    {
        if (!await db.EditionItems.AnyAsync(item => item.Id == itemId, cancellationToken))
            throw new RefusedException("Somebody has removed this item.");
    }

    private async Task WriteAsync(int itemId, Action<ItemProgress> change, CancellationToken cancellationToken)
    {
        while (true)
        {
            var progress = await db.ItemProgress.SingleOrDefaultAsync(row => row.ItemId == itemId, cancellationToken);
            if (progress is null)
                db.Add(progress = new ItemProgress { ItemId = itemId });
            change(progress);
            try
            {
                await db.SaveChangesAsync(cancellationToken);
                return;
            }
            catch (DbUpdateException e) when (e.IsUniqueViolation("ItemProgress", "ItemId"))
            {
                // A colleague made the row at the same moment.
                db.ChangeTracker.Clear();
            }
        }
    }
}
