using CordisPulse.Core.Editions.Review;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Core.Editions;

public sealed partial class EditionComposer
{
    /// <summary>Puts a removed item back where it stood, with the words that it had, as a new row.</summary>
    /// <exception cref="RefusedException">It is in the edition, or was never in it.</exception>
    public async Task<AddedText> PutItemBackAsync(PutBack back, CancellationToken cancellationToken = default)
    {
        var id = 0;
        var save = await ReorderAsync(
            back.Month, back.ById, async (editionId, now) => id = (await BringBackItemAsync(editionId, back.Id, back.ById, now, cancellationToken)).Id, cancellationToken);
        return new AddedText(id, save);
    }

    private async Task<EditionItem> BringBackItemAsync(int editionId, int formerId, int byId, DateTime now, CancellationToken cancellationToken)
    {
        var removedId = (await FormerKeys.ReadAsync(db, editionId, RevisedText.Item, cancellationToken)).NowOf(formerId);
        var last = await LastRevisionAsync(RevisedText.Item, editionId, removedId, cancellationToken);
        var (text, place) = (Revisions.Read<ItemText>(last), Revisions.Read<ItemPlacing>(last));
        var (source, isNew) = await FindSourceAsync(text.Source, cancellationToken);
        var (sectorId, sectionId) = await StillThereAsync(place, cancellationToken);
        if (await InIntakeAsync(removedId, cancellationToken) is { } waiting)
        {
            if (isNew)
                await LearnDomainAsync(source!, waiting.Url, cancellationToken);
            waiting.Source ??= source;
            (waiting.SectorId, waiting.SectionId) = (sectorId, sectionId);
            return await TakeFromIntakeAsync(waiting, editionId, byId, now, cancellationToken);
        }

        if (await IsItemThereAsync(editionId, removedId, text, cancellationToken))
            throw new RefusedException($"“{text.Title}” is in the edition.");
        var item = new EditionItem
        {
            EditionId = editionId,
            Title = text.Title,
            Slug = await FreeSlugAsync(editionId, 0, text.Title, cancellationToken),
            Position = place.Position,
            SectorId = sectorId,
            SectionId = sectionId,
            Version = last.Version,
        };
        Fill(item, text, source);
        db.Add(item);
        await db.SaveChangesAsync(cancellationToken);

        // A revision names its row by key, which the row has only now.
        db.Add(FormerKeys.Note(Revisions.Of(item, source?.Name, byId, now), removedId, await VersionOfWordsAsync(last, cancellationToken)));
        await db.SaveChangesAsync(cancellationToken);
        await SettleSuggestionsAsync([item], byId, now, cancellationToken);
        await KeepWorkAsync(removedId, item.Id, cancellationToken);
        await KeepAddressesAsync(removedId, item.Id, cancellationToken);
        await KeepTalkAsync(last, item.Id, CommentedPlace.Item, cancellationToken);
        return item;
    }

    /// <summary>Whether a removed item is in the edition again, as itself or with the same words.</summary>
    private async Task<bool> IsItemThereAsync(int editionId, int removedId, CancellationToken cancellationToken)
        => await IsItemThereAsync(
            editionId, removedId, Revisions.Read<ItemText>(await LastRevisionAsync(RevisedText.Item, editionId, removedId, cancellationToken)), cancellationToken);

    private Task<bool> IsItemThereAsync(int editionId, int removedId, ItemText text, CancellationToken cancellationToken)
        => db.EditionItems.AnyAsync(i => i.EditionId == editionId && (i.Id == removedId || (i.Title == text.Title && i.Summary == text.Summary)), cancellationToken);

    /// <summary>Of a place, the sector and the section that the catalogue still has.</summary>
    private async Task<(int? SectorId, int? SectionId)> StillThereAsync(ItemPlacing place, CancellationToken cancellationToken) => (
        await db.Sectors.Where(sector => sector.Id == place.SectorId).Select(sector => (int?)sector.Id).SingleOrDefaultAsync(cancellationToken),
        await db.Sections.Where(section => section.Id == place.SectionId).Select(section => (int?)section.Id).SingleOrDefaultAsync(cancellationToken));

    /// <summary>Puts a removed news item back where it stood, with the words that it had, as a new row.</summary>
    /// <exception cref="RefusedException">It is in the edition, or was never in it.</exception>
    public async Task<AddedText> PutNewsBackAsync(PutBack back, CancellationToken cancellationToken = default)
    {
        var id = 0;
        var save = await ReorderAsync(
            back.Month, back.ById, async (editionId, now) => id = (await BringBackNewsAsync(editionId, back.Id, back.ById, now, cancellationToken)).Id, cancellationToken);
        return new AddedText(id, save);
    }

    private async Task<NewsItem> BringBackNewsAsync(int editionId, int formerId, int byId, DateTime now, CancellationToken cancellationToken)
    {
        var removedId = (await FormerKeys.ReadAsync(db, editionId, RevisedText.News, cancellationToken)).NowOf(formerId);
        var last = await LastRevisionAsync(RevisedText.News, editionId, removedId, cancellationToken);
        var text = Revisions.Read<NewsText>(last);
        if (await IsNewsThereAsync(editionId, removedId, text, cancellationToken))
            throw new RefusedException($"“{text.Title}” is in the edition.");
        var news = new NewsItem { EditionId = editionId, Title = text.Title, Position = Revisions.Read<ItemPlacing>(last).Position, Version = last.Version };
        Fill(news, text);
        db.Add(news);
        await db.SaveChangesAsync(cancellationToken);
        db.Add(FormerKeys.Note(Revisions.Of(news, byId, now), removedId, await VersionOfWordsAsync(last, cancellationToken)));
        await db.SaveChangesAsync(cancellationToken);
        await KeepTalkAsync(last, news.Id, CommentedPlace.News, cancellationToken);
        return news;
    }

    /// <summary>Whether a removed news item is in the edition again, as itself or with the same words.</summary>
    private async Task<bool> IsNewsThereAsync(int editionId, int removedId, CancellationToken cancellationToken)
        => await IsNewsThereAsync(
            editionId, removedId, Revisions.Read<NewsText>(await LastRevisionAsync(RevisedText.News, editionId, removedId, cancellationToken)), cancellationToken);

    private Task<bool> IsNewsThereAsync(int editionId, int removedId, NewsText text, CancellationToken cancellationToken)
        => db.NewsItems.AnyAsync(n => n.EditionId == editionId && (n.Id == removedId || (n.Title == text.Title && n.Body == text.Body)), cancellationToken);

    /// <summary>An item that is put back is a new row; who works on it and what was noted come along.</summary>
    private async Task KeepWorkAsync(int oldId, int newId, CancellationToken cancellationToken)
    {
        await db.ItemNotes.Where(note => note.ItemId == oldId).ExecuteUpdateAsync(row => row.SetProperty(note => note.ItemId, newId), cancellationToken);
        await db.ItemProgress.Where(progress => progress.ItemId == oldId).ExecuteUpdateAsync(row => row.SetProperty(progress => progress.ItemId, newId), cancellationToken);
    }

    /// <summary>So do the addresses under which readers have it or had it, which lead to it for ever.</summary>
    private async Task KeepAddressesAsync(int oldId, int newId, CancellationToken cancellationToken)
    {
        await db.PublishedAddresses.Where(address => address.EditionItemId == oldId).ExecuteUpdateAsync(row => row.SetProperty(address => address.EditionItemId, newId), cancellationToken);
        await db.CoveredAgain.Where(pair => pair.ItemId == oldId).ExecuteUpdateAsync(row => row.SetProperty(pair => pair.ItemId, newId), cancellationToken);
        await db.CoveredAgain.Where(pair => pair.OtherId == oldId).ExecuteUpdateAsync(row => row.SetProperty(pair => pair.OtherId, newId), cancellationToken);
        await db.PublishedItems.Where(item => item.EditionItemId == oldId).ExecuteUpdateAsync(row => row.SetProperty(item => item.EditionItemId, newId), cancellationToken);
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
