using CordisPulse.Core.Editions.Review;
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

    /// <summary>So do what is typed into it and not saved, and what is said of it.</summary>
    /// <param name="removal">The last save of the row that was removed.</param>
    /// <param name="newId">Key of the new row.</param>
    /// <param name="place">Under which comments know it.</param>
    /// <param name="cancellationToken">Ends it.</param>
    private async Task KeepTalkAsync(Revision removal, int newId, CommentedPlace place, CancellationToken cancellationToken)
    {
        await db.TextDrafts.Where(draft => draft.EditionId == removal.EditionId && draft.Text == removal.Text && draft.TextId == removal.TextId)
            .ExecuteUpdateAsync(row => row.SetProperty(draft => draft.TextId, newId), cancellationToken);
        await db.Comments.Where(comment => comment.EditionId == removal.EditionId && comment.Place == place && comment.PlaceId == removal.TextId)
            .ExecuteUpdateAsync(row => row.SetProperty(comment => comment.PlaceId, newId), cancellationToken);
    }

    /// <summary>The version that a text had when its words were saved last, which its removal has not changed.</summary>
    private async Task<int> VersionOfWordsAsync(Revision removal, CancellationToken cancellationToken)
        => await db.Revisions
            .Where(revision => revision.Text == removal.Text && revision.TextId == removal.TextId && revision.Id < removal.Id)
            .MaxAsync(revision => (int?)revision.Version, cancellationToken) ?? 1;
}
