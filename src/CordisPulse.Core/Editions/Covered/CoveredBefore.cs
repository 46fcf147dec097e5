using CordisPulse.Core.Data;
using CordisPulse.Core.Import;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Core.Editions.Covered;

/// <summary>What somebody is about to write about. All that is known of it is compared.</summary>
public sealed record CoveredQuestion
{
    public string? Title { get; init; }

    public string? Url { get; init; }

    public string? Doi { get; init; }

    /// <summary>The item that asks, which is not its own forerunner.</summary>
    public int? ItemId { get; init; }
}

public enum CoveredBy
{
    Link,
    Doi,
    Title,
}

/// <summary>An item that covers the same report, and by what that is known.</summary>
/// <param name="IsAnotherYear">Found by its title, and of another year: the last report of the same series.</param>
/// <param name="Month">Null for an item that waits in the intake.</param>
public sealed record CoveredItem(
    int ItemId, CoveredBy By, bool IsAnotherYear, EditionMonth? Month, string Title, string? Url, string? Source, string? Sector, string? Section);

/// <summary>
/// Tells whether a report was covered before, in any edition or in the intake: by its link, its DOI or nearly the same title. It keeps the
/// titles, links and DOIs of all items in memory, and follows the revisions that every save appends, so an answer to any number of
/// questions costs one look for new revisions and one for the items found.
/// </summary>
public sealed class CoveredBefore(IDbContextFactory<PulseDbContext> contexts, TimeProvider time) : IDisposable
{
    private const int MostNearTitles = 5;

    /// <summary>Fewer than SQL Server takes as parameters.</summary>
    private const int MostAtOnce = 1000;

    /// <summary>Revisions this young are looked at again: two transactions may not commit in the order of their numbers.</summary>
    private static readonly TimeSpan Unsettled = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim _loading = new(1, 1);
    private readonly TitleIndex _titles = new();
    private readonly KeyIndex _links = new();
    private readonly KeyIndex _dois = new();
    private long _followed = -1;

    /// <summary>Reads all items, which takes seconds where there are very many; whoever asks meanwhile waits for it.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await FollowAsync(db, cancellationToken);
    }

    /// <summary>What is known by its link comes first, then by its DOI, then by its title; an item comes once.</summary>
    public async Task<IReadOnlyList<CoveredItem>> FindAsync(CoveredQuestion question, CancellationToken cancellationToken = default)
        => (await FindAllAsync([question], cancellationToken))[0];

    /// <summary>An answer to each question, in their order.</summary>
    public async Task<IReadOnlyList<IReadOnlyList<CoveredItem>>> FindAllAsync(IReadOnlyList<CoveredQuestion> questions, CancellationToken cancellationToken = default)
    {
        if (questions.Count == 0)
            return [];
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await FollowAsync(db, cancellationToken);
        var found = questions.Select(Find).ToList();
        var items = new Dictionary<int, CoveredItem>();
        foreach (var ids in found.SelectMany(matches => matches.Select(match => match.ItemId)).Distinct().Chunk(MostAtOnce))
            await foreach (var item in Covered(db.EditionItems.Where(item => ids.Contains(item.Id))).AsAsyncEnumerable().WithCancellation(cancellationToken))
                items[item.ItemId] = item;
        return [.. found.Select(IReadOnlyList<CoveredItem> (matches) =>
        [
            .. matches
                .Where(match => items.ContainsKey(match.ItemId))
                .Select(match => items[match.ItemId] with { By = match.By, IsAnotherYear = match.IsAnotherYear }),
        ])];
    }

    public void Dispose() => _loading.Dispose();

    private List<Match> Find(CoveredQuestion question)
    {
        var matches = new List<Match>();
        var url = Meant(question.Url);
        matches.AddRange(_links.Find(LinkKey.From(url)).Select(id => new Match(id, CoveredBy.Link, false)));
        matches.AddRange(_dois.Find(DoiKey.From(question.Doi, url)).Select(id => new Match(id, CoveredBy.Doi, false)));
        if (!string.IsNullOrWhiteSpace(question.Title))
            matches.AddRange(_titles.Find(question.Title, MostNearTitles + 1).Select(near => new Match(near.Id, CoveredBy.Title, near.IsAnotherYear)));
        return [.. matches.Where(match => match.ItemId != question.ItemId).DistinctBy(match => match.ItemId)];
    }

    private async Task FollowAsync(PulseDbContext db, CancellationToken cancellationToken)
    {
        await _loading.WaitAsync(cancellationToken);
        try
        {
            if (_followed < 0)
            {
                var newest = await db.Revisions.MaxAsync(revision => (long?)revision.Id, cancellationToken) ?? 0;
                await foreach (var item in Known(db.EditionItems).AsAsyncEnumerable().WithCancellation(cancellationToken))
                    Put(item);
                _followed = newest;
            }

            var settled = time.GetUtcNow().UtcDateTime - Unsettled;
            var news = await db.Revisions.AsNoTracking()
                .Where(revision => revision.Id > _followed && revision.Text == RevisedText.Item)
                .OrderBy(revision => revision.Id)
                .Select(revision => new { revision.Id, revision.TextId, revision.SavedUtc })
                .ToListAsync(cancellationToken);
            foreach (var ids in news.Select(revision => revision.TextId).Distinct().Chunk(500))
            {
                var items = await Known(db.EditionItems.Where(item => ids.Contains(item.Id))).ToListAsync(cancellationToken);
                foreach (var gone in ids.Except(items.Select(item => item.Id)))
                    Remove(gone);
                items.ForEach(Put);
            }

            foreach (var revision in news.TakeWhile(revision => revision.SavedUtc < settled))
                _followed = revision.Id;
        }
        finally
        {
            _loading.Release();
        }
    }

    private static IQueryable<CoveredItem> Covered(IQueryable<EditionItem> items)
        => items.AsNoTracking().Select(item => new CoveredItem(
            item.Id, default, false, (EditionMonth?)item.Edition!.Month, item.Title, item.Url, item.Source!.Name, item.Sector!.Name, item.Section!.Name));

    private static IQueryable<KnownItem> Known(IQueryable<EditionItem> items)
        => items.AsNoTracking().Select(item => new KnownItem(item.Id, item.Title, item.Url, item.Doi));

    private void Put(KnownItem item)
    {
        _titles.Set(item.Id, item.Title);
        var url = Meant(item.Url);
        _links.Set(item.Id, LinkKey.From(url));
        _dois.Set(item.Id, DoiKey.From(item.Doi, url));
    }

    /// <summary>An item may be older than the taking out of what mail programs wrap around a link.</summary>
    private static string? Meant(string? url) => url is null ? null : TrackedLinks.Unwrapped(url);

    private void Remove(int id)
    {
        _titles.Remove(id);
        _links.Set(id, null);
        _dois.Set(id, null);
    }

    private sealed record KnownItem(int Id, string Title, string? Url, string? Doi);

    private sealed record Match(int ItemId, CoveredBy By, bool IsAnotherYear);

    /// <summary>Which items have the same key. May be used from any thread.</summary>
    private sealed class KeyIndex
    {
        private readonly Lock _lock = new();
        private readonly Dictionary<string, List<int>> _byKey = new(StringComparer.Ordinal);
        private readonly Dictionary<int, string> _keys = [];

        public IReadOnlyList<int> Find(string? key)
        {
            lock (_lock)
                return key is not null && _byKey.TryGetValue(key, out var ids) ? [.. ids.OrderDescending()] : [];
        }

        public void Set(int id, string? key)
        {
            lock (_lock)
            {
                if (_keys.Remove(id, out var before) && _byKey[before] is var ids && ids.Remove(id) && ids.Count == 0)
                    _byKey.Remove(before);
                if (key is null)
                    return;
                _keys[id] = key;
                if (!_byKey.TryGetValue(key, out var same))
                    _byKey[key] = same = [];
                same.Add(id);
            }
        }
    }
}
