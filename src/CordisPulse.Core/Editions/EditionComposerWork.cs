using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Core.Editions;

public sealed partial class EditionComposer
{
    /// <summary>An item that is put back is a new row; who works on it and what was noted come along.</summary>
    private async Task KeepWorkAsync(int oldId, int newId, CancellationToken cancellationToken)
    {
        await db.ItemNotes.Where(note => note.ItemId == oldId).ExecuteUpdateAsync(row => row.SetProperty(note => note.ItemId, newId), cancellationToken);
        await db.ItemProgress.Where(progress => progress.ItemId == oldId).ExecuteUpdateAsync(row => row.SetProperty(progress => progress.ItemId, newId), cancellationToken);
    }
}
