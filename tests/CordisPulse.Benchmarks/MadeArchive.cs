using CordisPulse.Core.Catalogue;
using CordisPulse.Core.Data;
using CordisPulse.Core.Editions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CordisPulse.Benchmarks;

/// <summary>Published editions of forty items, a month each, whose words are as frequent as in real ones.</summary>
internal static class MadeArchive
{
    public const int ItemsOfAnEdition = 40;

    private const int Sources = 400;
    private const int AtOnce = 100;

    /// <returns>What the items say, in the order of the editions.</returns>
    public static async Task<(string[] Titles, string[] Summaries)> FillAsync(LedgerLab lab, int editions)
    {
        var titles = MadeTitles.Make(editions * ItemsOfAnEdition);
        var summaries = MadeTitles.MakeSummaries(editions * ItemsOfAnEdition);
        var (sectors, sections) = await lab.AskAsync(async db =>
        {
            db.AddRange(Enumerable.Range(0, Sources).Select(i => new Source { Name = $"Institute {titles[i % titles.Length].Split(' ')[0]} {i}", Slug = $"institute-{i}" }));
            await db.SaveChangesAsync();
            return (await db.Sectors.OrderBy(row => row.Position).ToListAsync(), await db.Sections.OrderBy(row => row.Position).ToListAsync());
        });
        var sources = await lab.AskAsync(db => db.Sources.ToListAsync());
        foreach (var numbers in Enumerable.Range(0, editions).Chunk(AtOnce))
        {
            await using var db = await lab.Services.GetRequiredService<IDbContextFactory<PulseDbContext>>().CreateDbContextAsync();
            foreach (var number in numbers)
                Add(db, Month(number), [.. Enumerable.Range(number * ItemsOfAnEdition, ItemsOfAnEdition).Select(at => new MadeItem(
                    at, titles[at], summaries[at], sectors[at % sectors.Count], sections[at / sectors.Count % sections.Count], sources[at % sources.Count]))]);
            await db.SaveChangesAsync();
        }

        return (titles, summaries);
    }

    /// <summary>The month of the edition with this number, from 0; behind the one that is there.</summary>
    public static EditionMonth Month(int number) => EditionMonth.Of(LedgerLab.Month.FirstDay.AddMonths(number + 1));

    public static string Slug(int at) => $"item-{at % ItemsOfAnEdition}";

    private static void Add(PulseDbContext db, EditionMonth month, List<MadeItem> items)
    {
        var document = new EditionDocument
        {
            Month = month,
            Title = month.Title,
            Status = EditionStatus.Published,
            PublishedAt = month.FirstDay.ToDateTime(TimeOnly.MinValue, DateTimeKind.Utc),
            Subject = month.Title,
            Preheader = items[0].Title,
            Introduction = items[0].Summary,
            Sectors = [.. items.GroupBy(item => item.Sector).OrderBy(sector => sector.Key.Position).Select(sector => new DocumentSector
            {
                Name = sector.Key.Name,
                Slug = sector.Key.Slug,
                Colour = sector.Key.Colour,
                Sections = [.. sector.GroupBy(item => item.Section).OrderBy(section => section.Key.Position).Select(section => new DocumentSection
                {
                    Name = section.Key.Name,
                    Slug = section.Key.Slug,
                    Items = [.. section.Select(item => new DocumentItem
                    {
                        ItemId = item.At + 1,
                        Title = item.Title,
                        Slug = Slug(item.At),
                        Source = item.Source.Name,
                        SourceSlug = item.Source.Slug,
                        Url = item.Url,
                        Summary = item.Summary,
                    })],
                })],
            })],
        };
        var published = new PublishedEdition
        {
            Edition = new Edition { Month = month, PublishedRevision = 1 },
            Month = month,
            Revision = 1,
            PublishedUtc = document.PublishedAt.Value,
            Document = document.ToJson(),
            Sha256 = document.Fingerprint(),
        };
        db.Add(published);
        var position = 0;
        foreach (var item in items.OrderBy(item => item.Sector.Position).ThenBy(item => item.Section.Position))
            db.Add(new PublishedItem
            {
                PublishedEdition = published,
                Month = month,
                EditionItemId = item.At + 1,
                Position = ++position,
                Slug = Slug(item.At),
                Title = item.Title,
                Url = item.Url,
                SourceId = item.Source.Id,
                SectorId = item.Sector.Id,
                SectionId = item.Section.Id,
                Words = item.Summary.Count(sign => sign == ' ') + 1,
                SummaryText = item.Summary,
                PublishedUtc = published.PublishedUtc,
            });
    }

    private sealed record MadeItem(int At, string Title, string Summary, Sector Sector, Section Section, Source Source)
    {
        public string Url => $"https://www.example.org/{At}";
    }
}
