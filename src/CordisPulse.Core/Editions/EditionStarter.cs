using CordisPulse.Core.Data;
using CordisPulse.Core.Editions.Checks;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Core.Editions;

public sealed record StartEdition
{
    public required EditionMonth Month { get; init; }

    /// <summary>Begin with the sign-off of the newest edition before it.</summary>
    public bool WithSignOff { get; init; }

    /// <summary>Begin with its introduction, subject and preheader.</summary>
    public bool WithTexts { get; init; }

    /// <summary>Begin with its news that is about no day: no event, no deadline.</summary>
    public bool WithStandingNews { get; init; }

    public required int? ById { get; init; }
}

/// <summary>Starts the edition of a month, empty but for what it takes from the newest edition before it.</summary>
public sealed class EditionStarter(PulseDbContext db, TimeProvider time)
{
    /// <summary>The month to offer: the present one, or the first after it that has no edition.</summary>
    public async Task<EditionMonth> NextMonthAsync(CancellationToken cancellationToken = default)
    {
        var month = EditionMonth.Of(DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime));
        var taken = (await db.Editions.Where(edition => edition.Month >= month).Select(edition => edition.Month).ToListAsync(cancellationToken)).ToHashSet();
        while (taken.Contains(month))
            month = month.AddMonths(1);
        return month;
    }

    /// <returns>What it took over.</returns>
    /// <exception cref="RefusedException">The month has an edition.</exception>
    public async Task<StartedEdition> StartAsync(StartEdition start, CancellationToken cancellationToken = default)
    {
        var last = await db.Editions.AsNoTracking()
            .Include(edition => edition.News.OrderBy(news => news.Position).ThenBy(news => news.Id))
            .Where(edition => edition.Month < start.Month)
            .OrderByDescending(edition => edition.Month)
            .FirstOrDefaultAsync(cancellationToken);
        var now = time.GetUtcNow().UtcDateTime;
        var edition = new Edition
        {
            Month = start.Month,
            SignOffName = start.WithSignOff ? last?.SignOffName : null,
            SignOffRole = start.WithSignOff ? last?.SignOffRole : null,
            Introduction = start.WithTexts ? last?.Introduction ?? "" : "",
            Subject = start.WithTexts ? last?.Subject : null,
            Preheader = start.WithTexts ? last?.Preheader : null,
            CreatedUtc = now,
            ChangedUtc = now,
        };
        if (start.WithStandingNews)
            edition.News.AddRange(last?.News.Where(news => IsStanding(news, last.Month)).Select((news, at) => new NewsItem { Title = news.Title, Url = news.Url, Body = news.Body, Position = at + 1 }) ?? []);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        try
        {
            db.Add(edition);
            // Twice, since a revision names its row's key, which the database gives.
            await db.SaveChangesAsync(cancellationToken);
            db.Add(Revisions.Of(edition, start.ById, now));
            db.AddRange(edition.News.Select(news => Revisions.Of(news, start.ById, now)));
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException e) when (e.IsUniqueViolation("Editions", nameof(Edition.Month)))
        {
            throw new RefusedException($"There is an edition of {start.Month.Title} already.");
        }

        await transaction.CommitAsync(cancellationToken);
        return new StartedEdition(
            last?.Month, edition.SignOffName is not null || edition.SignOffRole is not null, edition.Introduction.Length > 0, edition.Subject is not null, edition.Preheader is not null, edition.News.Count);
    }

    /// <summary>It is about no day: an import leaves the fields of the days empty, so the words are asked too.</summary>
    private static bool IsStanding(NewsItem news, EditionMonth month)
        => news is { EventOn: null, Deadline: null } && !NewsDays.NameADay(news.Title, news.Body, month)
            && NewsDays.DeadlineIn(news.Body, month) is null && NewsDays.EventIn(news.Body, month) is null;

    /// <summary>Takes an edition away again that has been started and nothing else, so that all it holds stands in the edition before it.</summary>
    /// <exception cref="RefusedException">There is no such edition, or somebody has put something into it, changed, typed or said something since.</exception>
    public async Task TakeAwayAsync(TakeAwayEdition take, CancellationToken cancellationToken = default)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        // First, as every change of an edition does: what is read from here on stays as it is.
        await db.HoldEditionAsync(take.Month, null, cancellationToken);
        var edition = await db.Editions.Include(edition => edition.News).SingleOrDefaultAsync(edition => edition.Month == take.Month, cancellationToken)
            ?? throw new RefusedException($"There is no edition of {take.Month.Title}.");
        if (!await IsAsStartedAsync(edition, cancellationToken))
            throw new RefusedException($"The edition of {take.Month.Title} stays: something has been put into it or changed in it since it was started.");
        await db.Revisions.Where(revision => revision.EditionId == edition.Id).ExecuteDeleteAsync(cancellationToken);
        db.Remove(edition);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>Every save since would be one revision more than the start made: one of the texts, and one of each news item.</summary>
    private async Task<bool> IsAsStartedAsync(Edition edition, CancellationToken cancellationToken)
        => edition.DueOn is null
            && await db.Revisions.CountAsync(revision => revision.EditionId == edition.Id, cancellationToken) == 1 + edition.News.Count
            && !await db.EditionItems.AnyAsync(item => item.EditionId == edition.Id, cancellationToken)
            && !await db.SetAsideTexts.AnyAsync(text => text.EditionId == edition.Id, cancellationToken)
            && !await db.TextDrafts.AnyAsync(draft => draft.EditionId == edition.Id && draft.Fields != null, cancellationToken)
            && !await db.Comments.AnyAsync(comment => comment.EditionId == edition.Id, cancellationToken)
            && !await db.PreviewLinks.AnyAsync(link => link.EditionId == edition.Id, cancellationToken)
            && !await db.Approvals.AnyAsync(approval => approval.EditionId == edition.Id, cancellationToken)
            && !await db.PublishedEditions.AnyAsync(published => published.EditionId == edition.Id, cancellationToken);
}

/// <param name="From">The newest edition before it; null when there is none.</param>
/// <param name="News">How many of its news.</param>
public sealed record StartedEdition(EditionMonth? From, bool SignOff, bool Introduction, bool Subject, bool Preheader, int News);

public sealed record TakeAwayEdition
{
    public required EditionMonth Month { get; init; }
}
