using System.Text.Json;
using CordisPulse.Core.Catalogue;
using CordisPulse.Core.Site;

namespace CordisPulse.Core.Editions;

/// <summary>Makes the <see cref="Revision"/> of a text as it stands. The row must have its key, so a new row is saved first.</summary>
public static class Revisions
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public static Revision Of(Edition edition, int? byId, DateTime nowUtc) => Make(RevisedText.Edition, edition.Id, edition.Id, edition.Version, byId, nowUtc, new
    {
        edition.Subject,
        edition.Preheader,
        edition.Introduction,
        edition.SignOffName,
        edition.SignOffRole,
        edition.PublishedOn,
    });

    public static Revision Of(EditionItem item, string? source, int? byId, DateTime nowUtc) => Make(RevisedText.Item, item.Id, item.EditionId, item.Version, byId, nowUtc, new
    {
        item.Title,
        Source = source,
        item.Url,
        item.Summary,
        item.Authors,
        item.PublishedOn,
        item.Doi,
        item.Topics,
        item.NotBeforeUtc,
        item.SectorId,
        item.SectionId,
        item.Position,
    });

    public static Revision Of(NewsItem news, int? byId, DateTime nowUtc) => Make(RevisedText.News, news.Id, news.EditionId, news.Version, byId, nowUtc, new
    {
        news.Title,
        news.Url,
        news.Body,
        news.EventOn,
        news.Deadline,
        news.Position,
    });

    /// <param name="change">What the coming save has done to the order.</param>
    /// <param name="version">How many changes of the order the edition has seen, with this one.</param>
    public static Revision Of(OrderChange change, int editionId, int version, int byId, DateTime nowUtc) => Make(RevisedText.Order, editionId, editionId, version, byId, nowUtc, change);

    /// <param name="decided">What the coming save has done to the warning.</param>
    /// <param name="version">How many such decisions the edition has seen, with this one.</param>
    public static Revision Of(LeftFinding decided, int editionId, int version, int? byId, DateTime nowUtc)
        => Make(RevisedText.Finding, editionId, editionId, version, byId, nowUtc, decided);

    public static Revision Of(SettledText settled, int textId, int editionId, int byId, DateTime nowUtc)
        => Make(RevisedText.SetAside, textId, editionId, 1, byId, nowUtc, settled);

    /// <summary>Texts outside editions are told the version that the coming save gives them, so that both go in one.</summary>
    public static Revision Of(PublisherDetails details, int version, int? byId, DateTime nowUtc) => Make(RevisedText.Publisher, details.Id, null, version, byId, nowUtc, new
    {
        details.Name,
        details.PostalAddress,
        details.Telephone,
        details.Email,
        details.Website,
        details.SocialLinks,
    });

    /// <inheritdoc cref="Of(PublisherDetails, int, int?, DateTime)"/>
    public static Revision Of(SitePage page, int version, int? byId, DateTime nowUtc) => Make(RevisedText.SitePage, page.Id, null, version, byId, nowUtc, new
    {
        page.Slug,
        page.Title,
        page.Body,
    });

    /// <inheritdoc cref="Of(PublisherDetails, int, int?, DateTime)"/>
    public static Revision Of(ICatalogueEntry entry, int version, int? byId, DateTime nowUtc)
        => Make(entry switch { Sector => RevisedText.Sector, Section => RevisedText.Section, _ => RevisedText.Topic }, entry.Id, null, version, byId, nowUtc, new
        {
            entry.Name,
            entry.Slug,
            entry.OtherNames,
            (entry as IOrderedEntry)?.Position,
        });

    /// <inheritdoc cref="Of(PublisherDetails, int, int?, DateTime)"/>
    public static Revision Of(Source source, int version, int? byId, DateTime nowUtc) => Make(RevisedText.Source, source.Id, null, version, byId, nowUtc, new
    {
        source.Name,
        source.Slug,
        source.OtherNames,
        source.Domains,
    });

    /// <summary>What a revision says, or where its text stood, as a record of the same names.</summary>
    public static T Read<T>(Revision revision) => Read<T>(revision.Content);

    /// <inheritdoc cref="Read{T}(Revision)"/>
    public static T Read<T>(string content) => JsonSerializer.Deserialize<T>(content, Json)!;

    /// <summary>Whether two texts hold the same words.</summary>
    public static bool SayTheSame<T>(T one, T other) => JsonSerializer.Serialize(one, Json) == JsonSerializer.Serialize(other, Json);

    private static Revision Make(RevisedText text, int textId, int? editionId, int version, int? byId, DateTime nowUtc, object content) => new()
    {
        Text = text,
        TextId = textId,
        EditionId = editionId,
        Version = version,
        Content = JsonSerializer.Serialize(content, Json),
        SavedUtc = nowUtc,
        SavedById = byId,
    };
}
