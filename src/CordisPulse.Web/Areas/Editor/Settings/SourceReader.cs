using CordisPulse.Core.Catalogue;
using CordisPulse.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Web.Areas.Editor.Settings;

/// <summary>Reads the list of sources and the page of one.</summary>
public sealed class SourceReader(PulseDbContext db, SourceMerger merger, SourceRemover remover)
{
    private const int MostFound = 20;
    private const int PageSize = 50;
    private const int NewestEntries = 10;

    /// <param name="form">What was typed, when it could not be saved.</param>
    /// <param name="query">Words that one of its names holds; null or empty for all.</param>
    /// <param name="watched">Only those that have a feed.</param>
    /// <param name="page">From 1; a page beyond the last is the last.</param>
    public async Task<SourcesPage> ListAsync(SourceForm form, string? query, bool watched, int page, CancellationToken cancellationToken)
    {
        var words = query?.Trim() ?? "";
        var named = await NamedAsync(words, watched ? db.Sources.Where(source => db.SourceFeeds.Any(feed => feed.SourceId == source.Id)) : db.Sources, cancellationToken);
        var pages = Math.Max(1, (named.Count + PageSize - 1) / PageSize);
        var at = Math.Clamp(page, 1, pages);
        var shown = named.Skip((at - 1) * PageSize).Take(PageSize).Select(source => source.Id).ToList();
        var lines = await db.Sources.Where(source => shown.Contains(source.Id))
            .Select(source => new SourceLine(
                source.Id, source.Name, db.EditionItems.Count(item => item.SourceId == source.Id), db.SourceFeeds.Count(feed => feed.SourceId == source.Id),
                db.SourceFeeds.Count(feed => feed.SourceId == source.Id && feed.Problem != null)))
            .ToDictionaryAsync(line => line.Id, cancellationToken);
        return new SourcesPage(
            form, words.Length > 0 ? words : null, watched, [.. shown.Where(lines.ContainsKey).Select(id => lines[id])], named.Count, at, pages);
    }

    /// <summary>Null when there is no such source. Its forms are as they begin.</summary>
    public async Task<SourcePage?> FindAsync(int id, CancellationToken cancellationToken)
    {
        var found = await db.Sources.Where(source => source.Id == id)
            .Select(source => new { source.Version, source.Name, source.OtherNames, source.Domains })
            .SingleOrDefaultAsync(cancellationToken);
        return found is null || await remover.LookAsync(id, cancellationToken) is not { } use
            ? null
            : new SourcePage
            {
                Form = new FeedForm(),
                Id = id,
                Name = found.Name,
                Details = SourceDetailsForm.Of(found.Version, found.Name, found.OtherNames, found.Domains),
                Use = use,
                Feeds = await FeedsAsync(id, cancellationToken),
            };
    }

    /// <summary>Null when there is no such source.</summary>
    /// <param name="id">Of the source that is the same as another.</param>
    /// <param name="query">Words that a name of the other holds.</param>
    /// <param name="into">The other, once it is chosen; one that is gone is looked for again.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<MergePage?> FindMergeAsync(int id, string? query, int? into, CancellationToken cancellationToken)
    {
        if (await MergedAsync(id, cancellationToken) is not { } source)
            return null;
        var words = query?.Trim() ?? "";
        var page = new MergePage
        {
            Source = source,
            Query = words,
            Found = words.Length == 0 ? [] : [.. (await NamedAsync(words, db.Sources.Where(other => other.Id != id), cancellationToken)).Take(MostFound)],
        };
        if (into is not { } intoId || await merger.LookAsync(id, intoId, cancellationToken) is not { } parts || await MergedAsync(intoId, cancellationToken) is not { } other)
            return page;
        return page with
        {
            Into = other,
            Parts = parts,
            Months = await db.PublishedItems.Where(item => item.SourceId == id).Select(item => item.Month).Distinct().OrderByDescending(month => month).ToListAsync(cancellationToken),
        };
    }

    /// <summary>
    /// Sources with these words in one of their names, all for none, from A to Z. Case, accents and "The" count for neither, which no two
    /// databases would do alike.
    /// </summary>
    private static async Task<IReadOnlyList<SourceLink>> NamedAsync(string words, IQueryable<Source> among, CancellationToken cancellationToken)
    {
        var key = words.Length > 0 ? NameKey.Of(words) : "";
        var all = await among.Select(source => new { source.Id, source.Name, source.OtherNames }).ToListAsync(cancellationToken);
        return [.. all
            .Where(source => source.OtherNames.Prepend(source.Name).Any(name => NameKey.Of(name).Contains(key, StringComparison.Ordinal)))
            .OrderBy(source => NameKey.Of(source.Name), StringComparer.Ordinal).ThenBy(source => source.Id)
            .Select(source => new SourceLink(source.Id, source.Name))];
    }

    private Task<MergedSide?> MergedAsync(int id, CancellationToken cancellationToken)
        => db.Sources.Where(source => source.Id == id)
            .Select(source => new MergedSide(source.Id, source.Name, source.Slug, source.OtherNames, source.Domains))
            .SingleOrDefaultAsync(cancellationToken);

    private async Task<IReadOnlyList<FeedCard>> FeedsAsync(int sourceId, CancellationToken cancellationToken)
    {
        var feeds = await db.SourceFeeds.Where(feed => feed.SourceId == sourceId)
            .OrderBy(feed => feed.Id)
            .Select(feed => new FeedCard
            {
                Id = feed.Id,
                Address = feed.Address,
                MovedFrom = feed.MovedFrom,
                Title = feed.Title,
                PausedUtc = feed.PausedUtc,
                NextReadingUtc = feed.NextReadingUtc,
                LastReadUtc = feed.LastReadUtc,
                Failures = feed.Failures,
                Outcome = feed.Outcome,
                Problem = feed.Problem,
                Offers = feed.Offers,
                Waiting = db.FeedEntries.Count(entry => entry.FeedId == feed.Id && entry.State == Core.Feeds.FeedEntryState.Waiting),
            })
            .ToListAsync(cancellationToken);
        var cards = new List<FeedCard>();
        foreach (var feed in feeds)
            cards.Add(feed with
            {
                Newest = await db.FeedEntries.Where(entry => entry.FeedId == feed.Id)
                    .OrderByDescending(entry => entry.PublishedUtc ?? entry.SeenUtc).ThenBy(entry => entry.Id)
                    .Take(NewestEntries)
                    .Select(entry => new FeedCardEntry(entry.Title, entry.Url, entry.PublishedUtc, entry.State))
                    .ToListAsync(cancellationToken),
            });
        return cards;
    }
}
