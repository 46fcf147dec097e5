using System.Net;
using System.Text;
using AngleSharp.Dom;
using CordisPulse.Core.Data;
using CordisPulse.Core.Editions;
using CordisPulse.Core.Intake;
using CordisPulse.Core.Outbound;

namespace CordisPulse.Core.Feeds;

/// <summary>What came of reading a feed.</summary>
public abstract record ReadFeed
{
    /// <param name="MovedTo">Where the feed has moved for good; null when it has not.</param>
    public sealed record Told(FeedDocument Document, string? ETag, DateTimeOffset? LastModified, Uri? MovedTo) : ReadFeed;

    /// <summary>Nothing has changed since the last reading.</summary>
    public sealed record Unchanged(Uri? MovedTo) : ReadFeed;

    /// <summary>The site says that there will never be anything again.</summary>
    public sealed record Gone : ReadFeed;

    /// <param name="Problem">Why it could not be read, in an editor's words.</param>
    /// <param name="Offers">Feeds that a web page at the address names.</param>
    /// <param name="RetryAfter">How long the site asks to be left alone.</param>
    public sealed record Failed(string Problem, IReadOnlyList<string> Offers, TimeSpan? RetryAfter = null) : ReadFeed;
}

/// <summary>Fetches a feed, and reads it whatever it is written in.</summary>
public sealed class FeedReader(OutboundClient outbound)
{
    /// <summary>Room for some hundred entries with all their text; whatever comes behind that is not read.</summary>
    private const int MaxBytes = 5 * 1024 * 1024;

    private const int MostOffers = 10;

    /// <summary>Within which a web page begins.</summary>
    private const int Head = 2048;

    private const string Accept =
        "application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml;q=0.9, application/xml;q=0.8, application/json;q=0.7, text/xml;q=0.7, */*;q=0.1";

    private static readonly string[] FeedTypes = ["application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml"];

    public async Task<ReadFeed> ReadAsync(DueFeed feed, CancellationToken cancellationToken)
    {
        try
        {
            return Read(await outbound.GetAsync(
                new OutboundRequest { Address = new Uri(feed.Address), Accept = Accept, MaxBytes = MaxBytes, Cuts = true, ETag = feed.ETag, LastModified = feed.LastModifiedUtc },
                cancellationToken));
        }
        catch (Exception e) when (e is OutboundRefusedException or UnreadableFeedException)
        {
            return new ReadFeed.Failed(e.Message, []);
        }
    }

    private static ReadFeed Read(OutboundAnswer answer) => answer.Status switch
    {
        HttpStatusCode.OK => ReadContent(answer),
        HttpStatusCode.NotModified => new ReadFeed.Unchanged(answer.MovedTo),
        HttpStatusCode.Gone => new ReadFeed.Gone(),
        HttpStatusCode.NotFound => new ReadFeed.Failed("The site has no such feed.", []),
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => new ReadFeed.Failed("The site does not show it to everybody.", [], answer.RetryAfter),
        HttpStatusCode.TooManyRequests => new ReadFeed.Failed("The site asks to be left alone for a while.", [], answer.RetryAfter),
        >= HttpStatusCode.InternalServerError => new ReadFeed.Failed($"The site is out of order ({(int)answer.Status}).", [], answer.RetryAfter),
        _ => new ReadFeed.Failed($"The site answered {(int)answer.Status}.", [], answer.RetryAfter),
    };

    private static ReadFeed ReadContent(OutboundAnswer answer)
    {
        var content = WithoutMark(answer.Content);
        // The first sign tells what servers call by many names.
        var first = content.AsSpan().TrimStart(" \t\r\n"u8);
        if (first.IsEmpty)
            return new ReadFeed.Failed("It is empty.", []);
        if ((first[0] == '{' ? JsonFeed.Read(first, answer.IsCut, answer.Address) : XmlFeed.Read(content, answer.IsCut, answer.Address)) is { } document)
            return new ReadFeed.Told(Newest(document), answer.ETag, answer.LastModified, answer.MovedTo);
        if (answer.MediaType is not ("text/html" or "application/xhtml+xml") && !IsPage(first))
            return new ReadFeed.Failed($"It is no feed{(answer.MediaType.Length is > 0 and < 80 ? $" but {answer.MediaType}" : "")}.", []);
        var offers = Offers(content, answer.Address);
        return new ReadFeed.Failed(offers.Count > 0 ? "It is a web page that names a feed, and no feed itself." : "It is a web page, and no feed; it names none either.", offers);
    }

    /// <summary>An entry without a date counts as new, and stays in the order of the feed.</summary>
    private static FeedDocument Newest(FeedDocument document)
        => document with { Entries = [.. document.Entries.OrderByDescending(entry => entry.PublishedUtc ?? DateTime.MaxValue).Take(FeedDocument.MostKept)] };

    private static IReadOnlyList<string> Offers(byte[] content, Uri address)
    {
        try
        {
            return BoundedHtml.Read(BoundedHtml.Shallow(Encoding.UTF8.GetString(content)), (page, _) => Offers(page, address));
        }
        catch (SlowHtmlException)
        {
            return [];
        }
    }

    private static IReadOnlyList<string> Offers(IDocument page, Uri address)
        => [.. page.QuerySelectorAll("link[rel~=alternate][href]")
            .Where(link => FeedTypes.Contains(link.GetAttribute("type")?.Trim(), StringComparer.OrdinalIgnoreCase))
            .Select(link => Uri.TryCreate(address, link.GetAttribute("href"), out var feed) ? feed.AbsoluteUri : "")
            .Where(link => link.Length <= Limits.Url && LinkKey.From(link) is not null)
            .Distinct(StringComparer.Ordinal)
            .Take(MostOffers)];

    private static bool IsPage(ReadOnlySpan<byte> content)
        => content[XmlProlog.End(content)..] is var page && Encoding.ASCII.GetString(page[..Math.Min(Head, page.Length)]).Contains("<html", StringComparison.OrdinalIgnoreCase);

    private static byte[] WithoutMark(byte[] content) => content.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? content[Encoding.UTF8.Preamble.Length..] : content;
}
