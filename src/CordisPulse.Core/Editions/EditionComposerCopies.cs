using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Core.Editions;

public sealed partial class EditionComposer
{
    /// <summary>
    /// Copies items, news and texts of another edition into this one: items to the end of their places, news behind the news, texts in
    /// place of those that stand. All of it or none.
    /// </summary>
    /// <exception cref="TextGoneException">One of them, or either edition, is not there.</exception>
    public async Task<CopiedFromEdition> CopyAsync(CopyFromEdition copy, CancellationToken cancellationToken = default)
    {
        var saves = new List<long>();
        var copied = (Items: 0, News: 0);
        var order = await ReorderAsync(copy.Month, copy.ById, async (editionId, now) =>
        {
            var from = await db.Editions.AsNoTracking().SingleOrDefaultAsync(e => e.Month == copy.From, cancellationToken)
                ?? throw new TextGoneException($"There is no edition of {copy.From.Title}.");
            copied = (
                await CopyItemsAsync(editionId, from.Id, copy, now, cancellationToken),
                await CopyNewsAsync(editionId, from.Id, copy, now, cancellationToken));
            if (copy.Texts.Count > 0)
                saves.Add(await CopyTextsAsync(editionId, from, copy, now, cancellationToken));
        }, cancellationToken);
        return new CopiedFromEdition(copied.Items, copied.News, copy.Texts.Count, order is { } id ? [.. saves, id] : saves);
    }

    private async Task<int> CopyItemsAsync(int editionId, int fromId, CopyFromEdition copy, DateTime now, CancellationToken cancellationToken)
    {
        var rows = Among(await db.EditionItems.AsNoTracking().Where(i => i.EditionId == fromId)
            .OrderBy(i => i.Position).ThenBy(i => i.Id).ToListAsync(cancellationToken), copy.ItemIds);
        var position = await NextPositionAsync(editionId, cancellationToken);
        var sources = await SourcesAsync(rows.Select(row => row.SourceId), cancellationToken);
        var slugs = (await db.EditionItems.Where(i => i.EditionId == editionId).Select(i => i.Slug).ToListAsync(cancellationToken)).ToHashSet();
        var items = new List<EditionItem>();
        foreach (var row in rows)
        {
            var item = new EditionItem
            {
                EditionId = editionId,
                SectorId = row.SectorId,
                SectionId = row.SectionId,
                Title = row.Title,
                Slug = Slug.Unique(Slug.From(row.Title), slugs.Contains),
                Position = position++,
            };
            slugs.Add(item.Slug);
            Fill(item, TextOf(row), row.SourceId is { } sourceId ? sources[sourceId] : null);
            items.Add(item);
        }

        await AddAsync(items, copy.ById, now, cancellationToken);
        return items.Count;
    }

    private async Task<int> CopyNewsAsync(int editionId, int fromId, CopyFromEdition copy, DateTime now, CancellationToken cancellationToken)
    {
        var rows = await db.NewsItems.AsNoTracking().Where(n => n.EditionId == fromId && copy.NewsIds.Contains(n.Id))
            .OrderBy(n => n.Position).ThenBy(n => n.Id).ToListAsync(cancellationToken);
        if (rows.Count < copy.NewsIds.Distinct().Count())
            throw new TextGoneException("Somebody has removed some of this news, so nothing was copied.");
        var position = await db.NewsItems.Where(n => n.EditionId == editionId).MaxAsync(n => (int?)n.Position, cancellationToken) ?? 0;
        List<NewsItem> copies = [.. rows.Select((row, at) => new NewsItem { EditionId = editionId, Title = row.Title, Position = position + at + 1 })];
        foreach (var (news, row) in copies.Zip(rows))
            Fill(news, TextOf(row));
        db.AddRange(copies);
        await db.SaveChangesAsync(cancellationToken);

        // A revision names its row by key, which the rows have only now.
        db.AddRange(copies.Select(news => Revisions.Of(news, copy.ById, now)));
        await db.SaveChangesAsync(cancellationToken);
        return copies.Count;
    }

    private async Task<long> CopyTextsAsync(int editionId, Edition from, CopyFromEdition copy, DateTime now, CancellationToken cancellationToken)
    {
        var edition = await db.Editions.SingleAsync(e => e.Id == editionId, cancellationToken);
        Fill(edition, copy.Texts.Aggregate(TextOf(edition), (text, part) => With(text, TextOf(from), part)));
        db.Entry(edition).State = EntityState.Modified;
        db.Add(AfterSave(Revisions.Of(edition, copy.ById, now)));
        await db.SaveChangesAsync(cancellationToken);
        return (await LastRevisionAsync(RevisedText.Edition, editionId, editionId, cancellationToken)).Id;
    }

    private static EditionText With(EditionText text, EditionText other, EditionPart part) => part switch
    {
        EditionPart.Introduction => text with { Introduction = other.Introduction },
        EditionPart.SignOff => text with { SignOffName = other.SignOffName, SignOffRole = other.SignOffRole },
        EditionPart.Subject => text with { Subject = other.Subject },
        _ => text with { Preheader = other.Preheader },
    };
}

/// <summary>The texts of an edition that can be copied into another, each by itself.</summary>
public enum EditionPart
{
    Introduction,
    SignOff,
    Subject,
    Preheader,
}

public sealed record CopyFromEdition
{
    /// <summary>The edition that takes the copies.</summary>
    public required EditionMonth Month { get; init; }

    public required EditionMonth From { get; init; }

    public IReadOnlyCollection<int> ItemIds { get; init; } = [];

    public IReadOnlyCollection<int> NewsIds { get; init; } = [];

    public IReadOnlyCollection<EditionPart> Texts { get; init; } = [];

    public required int ById { get; init; }
}

/// <param name="Saves">The revisions that the copy made, to be undone together.</param>
public sealed record CopiedFromEdition(int Items, int News, int Texts, IReadOnlyList<long> Saves);
