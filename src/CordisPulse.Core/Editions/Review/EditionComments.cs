using CordisPulse.Core.Data;
using CordisPulse.Core.Mail;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Core.Editions.Review;

/// <summary>What is said of a draft beside its items: written, answered, settled, and read.</summary>
public sealed class EditionComments(PulseDbContext db, StaffMails mails, TimeProvider clock)
{
    /// <summary>A link that is passed on must not fill the page of those who work on the edition.</summary>
    public const int MostByOneLink = 300;

    /// <summary>On one page.</summary>
    public const int MostListed = 400;

    /// <returns>Key of the comment that begins the thread.</returns>
    /// <exception cref="RefusedException">What it is about was never in the edition, or too much has been said through this link.</exception>
    public async Task<int> AddAsync(AddComment add, CancellationToken cancellationToken = default)
    {
        var editionId = await FindEditionAsync(add.Month, cancellationToken);
        if (add.PreviewLinkId is { } link && await db.Comments.CountAsync(comment => comment.PreviewLinkId == link, cancellationToken) >= MostByOneLink)
            throw new RefusedException($"{MostByOneLink} comments have been made through this link. Write to whoever sent it to you.");
        var first = add.AnswersId is { } answered
            ? await db.Comments.SingleOrDefaultAsync(comment => comment.Id == answered && comment.EditionId == editionId && comment.AnswersId == null, cancellationToken)
                ?? throw new RefusedException("The comment that this answers is not in the edition.")
            : null;
        var comment = new Comment
        {
            EditionId = editionId,
            Place = first?.Place ?? add.Place,
            PlaceId = first is not null ? first.PlaceId : add.Place is CommentedPlace.Item or CommentedPlace.News ? add.PlaceId : null,
            PlaceTitle = first is null ? await TitleAsync(editionId, add, cancellationToken) : first.PlaceTitle,
            Answers = first,
            ById = add.ById,
            PreviewLinkId = add.PreviewLinkId,
            GuestName = add.GuestName,
            Text = add.Text,
            WrittenUtc = Now,
        };
        // Whoever answers has not seen it as settled.
        if (first is not null)
            (first.SettledUtc, first.SettledById) = (null, null);
        db.Add(comment);
        await db.SaveChangesAsync(cancellationToken);
        // The comment is there: whoever wrote it may be gone by now, and colleagues are told all the same.
        await mails.CommentedAsync(comment.Id, CancellationToken.None);
        return first?.Id ?? comment.Id;
    }

    /// <exception cref="RefusedException">No such thread, or it is settled.</exception>
    public async Task SettleAsync(EditionMonth month, int id, int byId, CancellationToken cancellationToken = default)
    {
        var now = Now;
        if (await Threads(month, id).Where(comment => comment.SettledUtc == null).ExecuteUpdateAsync(
            row => row.SetProperty(comment => comment.SettledUtc, now).SetProperty(comment => comment.SettledById, byId), cancellationToken) == 0)
            throw new RefusedException("Somebody has settled that comment already.");
    }

    /// <exception cref="RefusedException">No such thread, or it is open.</exception>
    public async Task ReopenAsync(EditionMonth month, int id, CancellationToken cancellationToken = default)
    {
        if (await Threads(month, id).Where(comment => comment.SettledUtc != null).ExecuteUpdateAsync(
            row => row.SetProperty(comment => comment.SettledUtc, (DateTime?)null).SetProperty(comment => comment.SettledById, (int?)null), cancellationToken) == 0)
            throw new RefusedException("That comment is open already.");
    }

    /// <summary>How many threads nobody has settled.</summary>
    public Task<int> CountOpenAsync(EditionMonth month, CancellationToken cancellationToken = default)
        => db.Comments.CountAsync(comment => comment.Edition!.Month == month && comment.AnswersId == null && comment.SettledUtc == null, cancellationToken);

    /// <summary>The newest comments, as many as a page holds, each in its thread; an answer brings along what it answers. The oldest thread first.</summary>
    /// <param name="month">The edition.</param>
    /// <param name="before">Only those written before the comment with this key; null for the newest of all.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<ListedComments> ListAsync(EditionMonth month, int? before, CancellationToken cancellationToken = default)
    {
        var rows = await Rows(db.Comments
            .Where(comment => comment.Edition!.Month == month && (before == null || comment.Id < before))
            .OrderByDescending(comment => comment.Id)
            .Take(MostListed + 1)).ToListAsync(cancellationToken);
        var hasEarlier = rows.Count > MostListed;
        if (hasEarlier)
            rows.RemoveAt(MostListed);
        var oldest = rows.LastOrDefault()?.Id;
        var answered = rows.Select(row => row.AnswersId).OfType<int>().Except(rows.Select(row => row.Id)).ToList();
        if (answered.Count > 0)
            rows.AddRange(await Rows(db.Comments.Where(comment => answered.Contains(comment.Id))).ToListAsync(cancellationToken));
        var answers = rows.OrderBy(row => row.Id).ToLookup(row => row.AnswersId);
        return new ListedComments([.. answers[null].Select(first => new CommentThread(first, [.. answers[first.Id]]))], before, hasEarlier ? oldest : null);
    }

    /// <summary>The name that was last given through a link, so that it is asked for once; null when there is none.</summary>
    public Task<string?> GuestNameAsync(int previewLinkId, CancellationToken cancellationToken = default)
        => db.Comments.Where(comment => comment.PreviewLinkId == previewLinkId).OrderByDescending(comment => comment.Id).Select(comment => comment.GuestName).FirstOrDefaultAsync(cancellationToken);

    private DateTime Now => clock.GetUtcNow().UtcDateTime;

    private IQueryable<CommentRow> Rows(IQueryable<Comment> comments) => comments.Select(comment => new CommentRow(
        comment.Id, comment.AnswersId, comment.Place, comment.PlaceId, comment.PlaceTitle,
        db.Users.Where(user => user.Id == comment.ById).Select(user => user.Email).FirstOrDefault(), comment.GuestName,
        comment.Text, comment.WrittenUtc, comment.SettledUtc, db.Users.Where(user => user.Id == comment.SettledById).Select(user => user.Email).FirstOrDefault()));

    private IQueryable<Comment> Threads(EditionMonth month, int id)
        => db.Comments.Where(comment => comment.Id == id && comment.Edition!.Month == month && comment.AnswersId == null);

    private async Task<int> FindEditionAsync(EditionMonth month, CancellationToken cancellationToken)
        => await db.Editions.Where(edition => edition.Month == month).Select(edition => (int?)edition.Id).SingleOrDefaultAsync(cancellationToken)
            ?? throw new RefusedException($"There is no edition of {month.Title}.");

    private async Task<string?> TitleAsync(int editionId, AddComment add, CancellationToken cancellationToken)
    {
        var title = add.Place switch
        {
            CommentedPlace.Item => await db.EditionItems.Where(item => item.Id == add.PlaceId && item.EditionId == editionId).Select(item => item.Title).SingleOrDefaultAsync(cancellationToken)
                ?? await LastTitleAsync(editionId, RevisedText.Item, add.PlaceId, cancellationToken),
            CommentedPlace.News => await db.NewsItems.Where(news => news.Id == add.PlaceId && news.EditionId == editionId).Select(news => news.Title).SingleOrDefaultAsync(cancellationToken)
                ?? await LastTitleAsync(editionId, RevisedText.News, add.PlaceId, cancellationToken),
            _ => null,
        };
        return title is null ? null : ShortText.Of(title, Limits.Title);
    }

    /// <summary>It may have been removed while the comment was written.</summary>
    private async Task<string> LastTitleAsync(int editionId, RevisedText text, int? id, CancellationToken cancellationToken)
        => await db.Revisions.AsNoTracking()
            .Where(revision => revision.EditionId == editionId && revision.Text == text && revision.TextId == id)
            .OrderByDescending(revision => revision.Id)
            .FirstOrDefaultAsync(cancellationToken) is { } last
            ? Revisions.Read<Titled>(last).Title
            : throw new RefusedException("What this comment is about was never in the edition.");

    private sealed record Titled(string Title);
}

/// <summary>Somebody's words: of an account, or of a guest with a name, who came by a link.</summary>
public sealed record AddComment
{
    public required EditionMonth Month { get; init; }

    public required CommentedPlace Place { get; init; }

    public required int? PlaceId { get; init; }

    /// <summary>The comment that begins the thread; its place holds then.</summary>
    public int? AnswersId { get; init; }

    public required string Text { get; init; }

    public int? ById { get; init; }

    public int? PreviewLinkId { get; init; }

    public string? GuestName { get; init; }
}

/// <param name="ByEmail">Null for a guest, and for an account that is gone.</param>
/// <param name="SettledBy">Null while it is open, and for an account that is gone.</param>
public sealed record CommentRow(
    int Id, int? AnswersId, CommentedPlace Place, int? PlaceId, string? PlaceTitle, string? ByEmail, string? GuestName,
    string Text, DateTime WrittenUtc, DateTime? SettledUtc, string? SettledBy);

public sealed record CommentThread(CommentRow First, IReadOnlyList<CommentRow> Answers)
{
    public bool IsSettled => First.SettledUtc is not null;

    public IEnumerable<CommentRow> All => Answers.Prepend(First);
}

/// <param name="Before">Key of the comment that all of them were written before; null for the newest.</param>
/// <param name="Earlier">Key of the comment before which there are more; null when there are none.</param>
public sealed record ListedComments(IReadOnlyList<CommentThread> Threads, int? Before, int? Earlier);
