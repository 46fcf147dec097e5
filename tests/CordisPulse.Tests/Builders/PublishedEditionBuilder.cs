using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CordisPulse.Core.Catalogue;
using CordisPulse.Core.Data;
using CordisPulse.Core.Editions;
using CordisPulse.Core.Rendering;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Tests.Builders;

/// <summary>An item of a <see cref="PublishedEditionBuilder"/>; what is left out has a valid value.</summary>
public sealed record BuiltItem(string Title)
{
    public string Sector { get; init; } = "adult-social-care-and-health";

    public string Section { get; init; } = "reports";

    public string? Source { get; init; } = "Office for Example Statistics";

    public string? Url { get; init; } = "https://www.example.org/report";

    public string Summary { get; init; } = "What the report says, and what it may mean.";

    public string? Slug { get; init; }

    public IReadOnlyList<string> Authors { get; init; } = [];

    public PartialDate? PublishedOn { get; init; }

    public string? Doi { get; init; }

    /// <summary>Slugs.</summary>
    public IReadOnlyList<string> Topics { get; init; } = [];
}

/// <summary>Writes an edition as readers see it, without the desk.</summary>
public sealed class PublishedEditionBuilder(string month)
{
    private readonly EditionMonth _month = EditionMonth.Parse(month, CultureInfo.InvariantCulture);
    private readonly List<BuiltItem> _items = [];
    private readonly List<DocumentNews> _news = [];
    private readonly List<(string Slug, int Item)> _oldAddresses = [];
    private readonly List<DocumentSetAside> _setAside = [];
    private string _introduction = "An introduction to the month.";
    private bool _firstPublishedElsewhere;
    private bool _isPublished = true;

    public PublishedEditionBuilder With(params BuiltItem[] items)
    {
        _items.AddRange(items);
        return this;
    }

    public PublishedEditionBuilder WithNews(DocumentNews news)
    {
        _news.Add(news);
        return this;
    }

    public PublishedEditionBuilder WithIntroduction(string markdown)
    {
        _introduction = markdown;
        return this;
    }

    public PublishedEditionBuilder WithSetAside(string text)
    {
        _setAside.Add(new DocumentSetAside { Text = text });
        return this;
    }

    /// <summary>The item with this index was once published under this slug.</summary>
    public PublishedEditionBuilder WithOldAddress(string slug, int item)
    {
        _oldAddresses.Add((slug, item));
        return this;
    }

    public PublishedEditionBuilder FirstPublishedElsewhere()
    {
        _firstPublishedElsewhere = true;
        return this;
    }

    /// <summary>Published once, then taken back.</summary>
    public PublishedEditionBuilder TakenBack()
    {
        _isPublished = false;
        return this;
    }

    /// <summary>The document alone, with the catalogue's own sectors and sections.</summary>
    public EditionDocument Document(IReadOnlyList<Sector> sectors, IReadOnlyList<Section> sections) => new()
    {
        Month = _month,
        Title = _month.Title,
        Status = EditionStatus.Published,
        PublishedAt = _month.FirstDay.AddDays(6).ToDateTime(new TimeOnly(9, 0), DateTimeKind.Utc),
        FirstPublishedElsewhere = _firstPublishedElsewhere,
        Subject = $"CordisPulse: {_month.Title}",
        Preheader = "What is in it",
        Introduction = _introduction,
        SignOff = new DocumentSignOff("Ada Example", "Head of Examples"),
        SetAside = _setAside,
        News = _news,
        Sectors = [.. sectors.OrderBy(sector => sector.Position)
            .Where(sector => _items.Any(item => item.Sector == sector.Slug))
            .Select(sector => new DocumentSector
            {
                Name = sector.Name,
                Slug = sector.Slug,
                Colour = sector.Colour,
                Sections = [.. sections.OrderBy(section => section.Position)
                    .Where(section => _items.Any(item => item.Sector == sector.Slug && item.Section == section.Slug))
                    .Select(section => new DocumentSection
                    {
                        Name = section.Name,
                        Slug = section.Slug,
                        Items = [.. _items.Where(item => item.Sector == sector.Slug && item.Section == section.Slug).Select(ToDocument)],
                    })],
            })],
    };

    public Task SaveAsync(PulseApp app) => app.QueryAsync(async db =>
    {
        await using var transaction = await db.Database.BeginTransactionAsync();
        var sectors = await db.Sectors.ToListAsync();
        var sections = await db.Sections.ToListAsync();
        var topics = await db.Topics.ToListAsync();
        var document = Document(sectors, sections);
        var json = document.ToJson();
        var edition = new Edition { Month = _month, PublishedRevision = _isPublished ? 1 : null };
        var published = new PublishedEdition
        {
            Edition = edition,
            Month = _month,
            Revision = 1,
            PublishedUtc = document.PublishedAt!.Value,
            Document = json,
            Sha256 = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(json))),
        };
        db.Add(published);
        foreach (var (slug, item) in _oldAddresses)
            db.Add(new PublishedAddress { Month = _month, Slug = slug, EditionItemId = Key(_items[item]) });
        if (_isPublished)
        {
            var position = 0;
            foreach (var (sector, section, item) in document.Items)
                db.Add(new PublishedItem
                {
                    PublishedEdition = published,
                    Month = _month,
                    EditionItemId = item.ItemId,
                    Position = ++position,
                    Slug = item.Slug,
                    Title = item.Title,
                    Url = item.Url,
                    Source = await SourceAsync(db, item.Source),
                    SectorId = sectors.Single(row => row.Slug == sector.Slug).Id,
                    SectionId = sections.Single(row => row.Slug == section.Slug).Id,
                    Words = MarkdownRenderer.CountWords(item.Summary),
                    SummaryText = MarkdownRenderer.ToPlainText(item.Summary),
                    PublishedUtc = document.PublishedAt!.Value,
                    FirstPublishedElsewhere = _firstPublishedElsewhere,
                    Topics = [.. (item.Topics ?? []).Select(topic => new PublishedItemTopic
                    {
                        TopicId = topics.Single(row => row.Slug == topic.Slug).Id, Month = _month, Position = position,
                    })],
                });
        }

        await db.RaiseContentVersionAsync(DateTime.UtcNow, default);
        await db.SaveChangesAsync();
        await transaction.CommitAsync();
        return edition.Id;
    });

    private DocumentItem ToDocument(BuiltItem item) => new()
    {
        ItemId = Key(item),
        Title = item.Title,
        Slug = item.Slug ?? Slug.From(item.Title),
        Source = item.Source,
        SourceSlug = item.Source is null ? null : Slug.From(item.Source),
        Url = item.Url,
        Summary = item.Summary,
        Authors = item.Authors,
        PublishedOn = item.PublishedOn,
        Doi = item.Doi,
        Topics = item.Topics.Count == 0 ? null : [.. item.Topics.Select(slug => new DocumentTopic($"{char.ToUpperInvariant(slug[0])}{slug[1..].Replace('-', ' ')}", slug))],
    };

    /// <summary>No two editions of a test share one.</summary>
    private int Key(BuiltItem item) => _month.FirstDay.DayNumber * 1000 + _items.IndexOf(item) + 1;

    private static async Task<Source?> SourceAsync(PulseDbContext db, string? name)
    {
        if (name is null)
            return null;
        var slug = Slug.From(name);
        var known = db.Sources.Local.FirstOrDefault(source => source.Slug == slug) ?? await db.Sources.FirstOrDefaultAsync(source => source.Slug == slug);
        return known ?? db.Sources.Add(new Source { Name = name, Slug = slug }).Entity;
    }
}
