using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Core.Editions;

public sealed partial class EditionComposer
{
    /// <returns>The new news item, the last of the edition.</returns>
    public async Task<AddedText> AddNewsAsync(AddNews add, CancellationToken cancellationToken = default)
    {
        var id = 0;
        var save = await ReorderAsync(add.Month, add.ById, async (editionId, now) =>
        {
            var news = new NewsItem
            {
                EditionId = editionId,
                Title = add.Text.Title,
                Position = (await db.NewsItems.Where(n => n.EditionId == editionId).MaxAsync(n => (int?)n.Position, cancellationToken) ?? 0) + 1,
            };
            Fill(news, add.Text);
            db.Add(news);
            await db.SaveChangesAsync(cancellationToken);

            // A revision names its row by key, which the row has only now.
            db.Add(Revisions.Of(news, add.ById, now));
            await db.SaveChangesAsync(cancellationToken);
            await DropDraftAsync(RevisedText.News, editionId, 0, add.ById, add.Draft, cancellationToken);
            id = news.Id;
        }, cancellationToken);
        return new AddedText(id, save);
    }

    /// <exception cref="TextConflictException{T}">Of <see cref="NewsText"/>.</exception>
    /// <exception cref="TextGoneException">No such news item in the edition.</exception>
    /// <returns>Key of the revision of the words, to undo it; null when none of them has changed.</returns>
    public async Task<long?> SaveNewsAsync(SaveNews save, CancellationToken cancellationToken = default)
    {
        long? undo = null;
        await ChangeAsync(save.Month, async (editionId, now) =>
        {
            var news = await FindNewsAsync(editionId, save.Id, cancellationToken);
            if (await NewerAsync(RevisedText.News, news.Id, save.Version, cancellationToken) is { } newer)
                throw await ConflictAsync(RevisedText.News, news.Id, save.Version, newer, TextOf(news), news.Version, cancellationToken);
            var words = TextOf(news);
            Fill(news, save.Text);
            db.Entry(news).State = EntityState.Modified;
            db.Add(AfterSave(Revisions.Of(news, save.ById, now)));
            await db.SaveChangesAsync(cancellationToken);
            undo = Revisions.SayTheSame(words, save.Text) ? null : await UndoOfAsync(RevisedText.News, news.Id, editionId, cancellationToken);
            await DropDraftAsync(RevisedText.News, editionId, news.Id, save.ById, save.Draft, cancellationToken);
        }, cancellationToken);
        return undo;
    }

    /// <summary>A step up from the first place or down from the last changes nothing.</summary>
    /// <returns>Where it stands now.</returns>
    /// <exception cref="OrderChangedException">Somebody changed the order since.</exception>
    public async Task<MovedText> MoveNewsAsync(MoveNews move, CancellationToken cancellationToken = default)
    {
        var standing = new MovedText("", 0, 0, null, null);
        var save = await ReorderAsync(move.Month, move.ById, async (editionId, _) =>
        {
            await RefuseStaleAsync(editionId, move.SeenOrderId, cancellationToken);
            var all = await NewsInOrderAsync(editionId, cancellationToken);
            if (all.TrueForAll(n => n.Id != move.Id))
                throw new TextGoneException("Somebody has removed this news item from the edition.");
            if (Step(all, n => n.Id == move.Id, move.Direction) is var (news, neighbour))
            {
                var (at, to) = (all.IndexOf(news), all.IndexOf(neighbour));
                (all[at], all[to]) = (all[to], all[at]);
            }

            Number(all);
            await db.SaveChangesAsync(cancellationToken);
            var moved = all.Find(n => n.Id == move.Id)!;
            standing = new MovedText(moved.Title, moved.Position, all.Count, null, null);
        }, cancellationToken);
        return standing with { OrderId = save };
    }

    /// <summary>Takes the news item out; its words stay in its last revision.</summary>
    public async Task<RemovedText> RemoveNewsAsync(RemoveNews remove, CancellationToken cancellationToken = default)
    {
        var title = "";
        var save = await ReorderAsync(remove.Month, remove.ById, async (editionId, now) =>
        {
            var news = await FindNewsAsync(editionId, remove.Id, cancellationToken);
            await TakeOutAsync(news, remove.ById, now, cancellationToken);
            title = news.Title;
        }, cancellationToken);
        return new RemovedText(title, save);
    }

    private async Task TakeOutAsync(NewsItem news, int byId, DateTime now, CancellationToken cancellationToken)
    {
        db.Add(AfterSave(Revisions.Of(news, byId, now)));
        db.Remove(news);
        await db.SaveChangesAsync(cancellationToken);
    }

    public static NewsText TextOf(NewsItem news)
        => new() { Title = news.Title, Url = news.Url, Body = news.Body, EventOn = news.EventOn, Deadline = news.Deadline };

    private static void Fill(NewsItem news, NewsText text)
    {
        news.Title = text.Title;
        news.Url = text.Url;
        news.Body = text.Body;
        news.EventOn = text.EventOn;
        news.Deadline = text.Deadline;
    }

    private Task<List<NewsItem>> NewsInOrderAsync(int editionId, CancellationToken cancellationToken)
        => db.NewsItems.Where(n => n.EditionId == editionId).OrderBy(n => n.Position).ThenBy(n => n.Id).ToListAsync(cancellationToken);

    /// <param name="editionId">The edition.</param>
    /// <param name="newsId">Its key, or one that it had before it was removed and put back.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    private async Task<NewsItem> FindNewsAsync(int editionId, int newsId, CancellationToken cancellationToken)
    {
        Task<NewsItem?> WithKeyAsync(int id) => db.NewsItems.SingleOrDefaultAsync(n => n.Id == id && n.EditionId == editionId, cancellationToken);
        return await WithKeyAsync(newsId)
            ?? await WithKeyAsync((await FormerKeys.ReadAsync(db, editionId, RevisedText.News, cancellationToken)).NowOf(newsId))
            ?? throw new TextGoneException("Somebody has removed this news item from the edition.");
    }
}
