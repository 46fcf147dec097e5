using CordisPulse.Core.Data;
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

    /// <exception cref="RefusedException">The month has an edition.</exception>
    public async Task StartAsync(StartEdition start, CancellationToken cancellationToken = default)
    {
        var last = await db.Editions.AsNoTracking()
            .Include(edition => edition.News.Where(news => news.EventOn == null && news.Deadline == null).OrderBy(news => news.Position).ThenBy(news => news.Id))
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
            edition.News.AddRange(last?.News.Select((news, at) => new NewsItem { Title = news.Title, Url = news.Url, Body = news.Body, Position = at + 1 }) ?? []);
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
    }
}
