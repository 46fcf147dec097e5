using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Core.Editions;

public sealed partial class EditionComposer
{
    /// <summary>Puts aside what an import could not place: into an item's summary, or away. The history keeps the text.</summary>
    /// <returns>The revisions that it made, to be undone together.</returns>
    /// <exception cref="TextGoneException">Somebody has settled it, or the item is gone.</exception>
    public async Task<IReadOnlyList<long>> SettleSetAsideAsync(SettleSetAside settle, CancellationToken cancellationToken = default)
    {
        var made = new List<Revision>();
        await ChangeAsync(settle.Month, async (editionId, now) =>
        {
            var text = await db.SetAsideTexts.SingleOrDefaultAsync(t => t.Id == settle.Id && t.EditionId == editionId, cancellationToken)
                ?? throw new TextGoneException("This text has been settled already.");
            string? into = null;
            if (settle.AppendToItemId is { } itemId)
            {
                var item = await FindItemAsync(editionId, itemId, cancellationToken);
                item.Summary = item.Summary.Length == 0 ? text.Text : $"{item.Summary.TrimEnd()}\n\n{text.Text}";
                into = item.Title;
                made.Add(AfterSave(Revisions.Of(item, item.Source?.Name, settle.ById, now)));
            }

            made.Add(Revisions.Of(SettledText.Of(text, into), text.Id, editionId, settle.ById, now));
            db.Remove(text);
            db.AddRange(made);
            await db.SaveChangesAsync(cancellationToken);
        }, cancellationToken);
        return [.. made.Select(revision => revision.Id)];
    }

    /// <summary>Lets a settled text wait again, as a new row.</summary>
    /// <returns>Key of the revision that it made.</returns>
    private async Task<long> SetAsideAgainAsync(int editionId, SettledText settled, int byId, DateTime now, CancellationToken cancellationToken)
    {
        if (await db.SetAsideTexts.AnyAsync(t => t.EditionId == editionId && t.Position == settled.Position && t.Text == settled.Text, cancellationToken))
            throw new RefusedException("The text waits already under “Needs a look”.");
        var text = new SetAsideText
        {
            EditionId = editionId,
            AfterItemId = await db.EditionItems.Where(i => i.EditionId == editionId && i.Id == settled.AfterItemId).Select(i => (int?)i.Id).SingleOrDefaultAsync(cancellationToken),
            Position = settled.Position,
            Text = settled.Text,
            Reason = settled.Reason,
        };
        db.Add(text);
        await db.SaveChangesAsync(cancellationToken);

        // A revision names its row by key, which the row has only now.
        var revision = Revisions.Of(SettledText.Of(text, null, isBack: true), text.Id, editionId, byId, now);
        db.Add(revision);
        await db.SaveChangesAsync(cancellationToken);
        return revision.Id;
    }

    private async Task<long> UndoSettlingAsync(int editionId, Revision saved, int byId, DateTime now, CancellationToken cancellationToken)
    {
        var settled = Revisions.Read<SettledText>(saved);
        if (!settled.IsBack)
            return await SetAsideAgainAsync(editionId, settled, byId, now, cancellationToken);
        var text = await db.SetAsideTexts.SingleOrDefaultAsync(t => t.Id == saved.TextId && t.EditionId == editionId, cancellationToken)
            ?? throw new RefusedException("The text has been settled since, so this can't be undone any more.");
        var revision = Revisions.Of(SettledText.Of(text, null), text.Id, editionId, byId, now);
        db.Remove(text);
        db.Add(revision);
        await db.SaveChangesAsync(cancellationToken);
        return revision.Id;
    }
}
