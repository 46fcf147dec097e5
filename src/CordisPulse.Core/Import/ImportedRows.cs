using CordisPulse.Core.Catalogue;
using CordisPulse.Core.Data;
using CordisPulse.Core.Editions;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Core.Import;

/// <summary>Writes a recognised edition as the rows of a draft, in the transaction of the caller.</summary>
public sealed class ImportedRows(PulseDbContext db)
{
    /// <param name="edition">The edition to fill anew; null to make one.</param>
    public async Task WriteAsync(Edition? edition, EditionMonth month, SaveImport import, DateTime nowUtc, CancellationToken cancellationToken)
    {
        if (edition is null)
            db.Add(edition = new Edition { Month = month, CreatedUtc = nowUtc });
        else
            await EmptyAsync(edition, cancellationToken);

        edition.Introduction = import.Edition.Introduction;
        edition.SignOffName = Fitting(import.Edition.SignOff?.Name);
        edition.SignOffRole = Fitting(import.Edition.SignOff?.Role);
        edition.PublishedOn = import.PublishedOn;
        edition.ChangedUtc = nowUtc;
        var sources = await SourcesAsync(import.Edition, cancellationToken);
        AddNews(edition, import.Edition.News);
        var unknown = await AddItemsAsync(edition, import.Edition.Items, sources, cancellationToken);
        AddSetAside(edition, [.. import.Edition.SetAside, .. unknown]);
        await db.SaveChangesAsync(cancellationToken);

        // A revision names its row by key, which the rows have only now.
        db.Add(Revisions.Of(edition, import.ById, nowUtc));
        db.AddRange(edition.News.Select(news => Revisions.Of(news, import.ById, nowUtc)));
        db.AddRange(edition.Items.Select(item => Revisions.Of(item, item.Source?.Name, import.ById, nowUtc)));
        await db.SaveChangesAsync(cancellationToken);
    }

    /// <summary>What was typed before stays in its revisions.</summary>
    private async Task EmptyAsync(Edition edition, CancellationToken cancellationToken)
    {
        db.RemoveRange(await db.SetAsideTexts.Where(text => text.EditionId == edition.Id).ToListAsync(cancellationToken));
        db.RemoveRange(await db.NewsItems.Where(news => news.EditionId == edition.Id).ToListAsync(cancellationToken));
        db.RemoveRange(await db.EditionItems.Where(item => item.EditionId == edition.Id).ToListAsync(cancellationToken));
        db.RemoveRange(await db.Acknowledgements.Where(a => a.EditionId == edition.Id).ToListAsync(cancellationToken));
        await db.SaveChangesAsync(cancellationToken);
    }

    private static void AddNews(Edition edition, IReadOnlyList<RecognisedNews> news)
        => edition.News.AddRange(news.Select((item, index) => new NewsItem { Position = index + 1, Title = item.Title, Url = item.Url, Body = item.Body }));

    /// <returns>What the items say of topics that the vocabulary lacks: it is the staff's, and an import adds nothing to it.</returns>
    private async Task<IReadOnlyList<RecognisedSetAside>> AddItemsAsync(
        Edition edition, IReadOnlyList<RecognisedItem> items, Dictionary<string, Source> sources, CancellationToken cancellationToken)
    {
        var sectors = await db.Sectors.ToDictionaryAsync(sector => sector.Slug, cancellationToken);
        var sections = await db.Sections.ToDictionaryAsync(section => section.Slug, cancellationToken);
        var topics = await KnownTopics.ReadAsync(db, cancellationToken);
        var slugs = new HashSet<string>(StringComparer.Ordinal);
        var unknown = new List<RecognisedSetAside>();
        foreach (var item in items)
        {
            if (item.Topics.Where(name => topics.ByName(name) is null).ToList() is { Count: > 0 } names)
                unknown.Add(new RecognisedSetAside(edition.Items.Count, $"Topics: {string.Join("; ", names)}", "No topic goes by such a name."));
            var slug = Slug.Unique(Slug.From(item.Title), slugs.Contains);
            slugs.Add(slug);
            edition.Items.Add(new EditionItem
            {
                Position = edition.Items.Count + 1,
                Title = item.Title,
                Slug = slug,
                Url = item.Url,
                Sector = item.Sector is null ? null : sectors[item.Sector],
                Section = item.Section is null ? null : sections[item.Section],
                Source = item.Source is null ? null : sources[NameKey.Of(item.Source)],
                Authors = [.. item.Authors],
                PublishedOn = item.PublishedOn,
                Doi = Fitting(item.Doi),
                Topics = [.. item.Topics.Select(topics.ByName).OfType<KnownTopic>().Select(topic => topic.Slug).Distinct().Order(StringComparer.Ordinal)],
                Summary = item.Summary,
            });
        }

        return unknown;
    }

    private static void AddSetAside(Edition edition, IReadOnlyList<RecognisedSetAside> texts)
        => edition.SetAside.AddRange(texts.Select((text, index) => new SetAsideText
        {
            Position = index + 1,
            AfterItem = text.After is { } after && after < edition.Items.Count ? edition.Items[after] : null,
            Text = text.Text,
            Reason = text.Why,
        }));

    /// <summary>The sources that the items name, by <see cref="NameKey"/>: those of the catalogue, and new ones for the names it lacks.</summary>
    private async Task<Dictionary<string, Source>> SourcesAsync(RecognisedEdition edition, CancellationToken cancellationToken)
    {
        var known = await db.Sources.ToListAsync(cancellationToken);
        var byName = new Dictionary<string, Source>();
        foreach (var source in known)
            foreach (var name in source.OtherNames.Prepend(source.Name))
                byName.TryAdd(NameKey.Of(name), source);
        var bySlug = known.ToDictionary(source => source.Slug);
        foreach (var item in edition.Items)
        {
            if (item.Source is not { } name || byName.ContainsKey(NameKey.Of(name)))
                continue;
            if (item.SourceKey is null || !bySlug.TryGetValue(item.SourceKey, out var source))
            {
                source = new Source { Name = name, Slug = Slug.Unique(Slug.From(name, "source"), bySlug.ContainsKey) };
                bySlug.Add(source.Slug, source);
                db.Add(source);
            }

            byName.Add(NameKey.Of(name), source);
        }

        return byName;
    }

    /// <summary>A line that the column can hold; a longer one would be no name or number at all.</summary>
    private static string? Fitting(string? line) => line is { Length: > Limits.Line } ? line[..Limits.Line] : line;
}
