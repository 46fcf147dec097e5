using CordisPulse.Core.Editions;

namespace CordisPulse.Web.Areas.Editor.Compose;

/// <summary>The texts that forms begin with, as they stand.</summary>
public static class StandingTexts
{
    public static IQueryable<StandingItem> Of(IQueryable<EditionItem> items) => items.Select(item => new StandingItem(
        new ItemText
        {
            Title = item.Title,
            Source = item.Source!.Name,
            Url = item.Url,
            Summary = item.Summary,
            Authors = item.Authors,
            PublishedOn = item.PublishedOn,
            Doi = item.Doi,
            Topics = item.Topics,
            NotBeforeUtc = item.NotBeforeUtc,
        },
        item.Version, item.EditionId, item.SectorId, item.SectionId));

    public static IQueryable<StandingText<NewsText>> Of(IQueryable<NewsItem> news) => news.Select(one => new StandingText<NewsText>(
        new NewsText { Title = one.Title, Url = one.Url, Body = one.Body, EventOn = one.EventOn, Deadline = one.Deadline }, one.Version));

    public static IQueryable<StandingText<EditionText>> Of(IQueryable<Edition> editions) => editions.Select(edition => new StandingText<EditionText>(
        new EditionText
        {
            Introduction = edition.Introduction,
            SignOffName = edition.SignOffName,
            SignOffRole = edition.SignOffRole,
            Subject = edition.Subject,
            Preheader = edition.Preheader,
            PublishedOn = edition.PublishedOn,
        },
        edition.Version));
}

public sealed record StandingText<T>(T Text, int Version);

/// <param name="EditionId">Null while it waits in the intake.</param>
public sealed record StandingItem(ItemText Text, int Version, int? EditionId, int? SectorId, int? SectionId);
