using System.ServiceModel.Syndication;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using CordisPulse.Core.Rendering;
using CordisPulse.Core.Site;
using Microsoft.AspNetCore.Mvc;

namespace CordisPulse.Web.Features.Feeds;

/// <summary>Writes a feed as Atom (RFC 4287) or as JSON Feed 1.1.</summary>
public sealed class FeedWriter(Publisher publisher)
{
    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        // Only what JSON itself asks for is escaped: the feed is not part of a page.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public async Task<ContentResult> WriteAsync(PublishedFeed feed, FeedForm form, CancellationToken cancellationToken)
    {
        var from = XmlCharacters.Clean((await publisher.GetAsync(cancellationToken)).Name);
        return form == FeedForm.Atom
            ? new ContentResult { Content = Atom(feed, from), ContentType = "application/atom+xml; charset=utf-8" }
            : new ContentResult { Content = AsJson(feed, from), ContentType = "application/feed+json; charset=utf-8" };
    }

    private static string Atom(PublishedFeed feed, string from) => XmlText.Write(new Atom10FeedFormatter(new SyndicationFeed(feed.Entries.Select(Entry).ToList())
    {
        Id = feed.Atom,
        Title = new TextSyndicationContent(XmlCharacters.Clean(feed.Title)),
        Language = "en-GB",
        LastUpdatedTime = feed.Entries.Count == 0 ? DateTimeOffset.UnixEpoch : Utc(feed.Entries.Max(entry => entry.UpdatedUtc)),
        Authors = { new SyndicationPerson { Name = from } },
        Links = { SyndicationLink.CreateSelfLink(new Uri(feed.Atom), "application/atom+xml"), SyndicationLink.CreateAlternateLink(new Uri(feed.Page), "text/html") },
    }).WriteTo);

    private static SyndicationItem Entry(PublishedEntry entry) => new()
    {
        Id = entry.Id,
        Title = new TextSyndicationContent(XmlCharacters.Clean(entry.Title)),
        Summary = entry.Summary is { } summary ? new TextSyndicationContent(XmlCharacters.Clean(summary)) : null,
        Content = entry.Html is { } html ? SyndicationContent.CreateHtmlContent(html) : SyndicationContent.CreatePlaintextContent(entry.Text ?? ""),
        PublishDate = Utc(entry.PublishedUtc),
        LastUpdatedTime = Utc(entry.UpdatedUtc),
        Links = { SyndicationLink.CreateAlternateLink(new Uri(entry.Url), "text/html") },
    };

    private static string AsJson(PublishedFeed feed, string from) => JsonSerializer.Serialize(
        new
        {
            Version = "https://jsonfeed.org/version/1.1",
            feed.Title,
            HomePageUrl = feed.Page,
            FeedUrl = feed.Json,
            Language = "en-GB",
            Authors = new[] { new { Name = from } },
            Items = feed.Entries.Select(entry => new
            {
                Id = entry.Id,
                entry.Url,
                entry.Title,
                entry.Summary,
                ContentHtml = entry.Html,
                ContentText = entry.Html is null ? entry.Text ?? "" : null,
                DatePublished = Utc(entry.PublishedUtc),
                DateModified = Utc(entry.UpdatedUtc),
            }),
        },
        Json);

    private static DateTimeOffset Utc(DateTime utc) => new(DateTime.SpecifyKind(utc, DateTimeKind.Utc));
}
