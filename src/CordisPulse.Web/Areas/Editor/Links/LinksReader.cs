using CordisPulse.Core.Data;
using CordisPulse.Core.Editions.Links;
using CordisPulse.Core.Outbound;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace CordisPulse.Web.Areas.Editor.Links;

/// <summary>Reads what is known of the published links.</summary>
public sealed class LinksReader(PulseDbContext db, IOptions<OutboundOptions> options, TimeProvider time)
{
    private const int PageSize = 20;
    private const int MostPlaces = 5;

    private IQueryable<PublishedLink> Links => db.PublishedLinks.AsNoTracking();

    /// <summary>Those that no longer answer and that nobody has left as they are.</summary>
    public Task<int> CountGoneAsync(CancellationToken cancellationToken) => Of(LinkList.Gone).CountAsync(cancellationToken);

    public async Task<LinksPage> ReadAsync(LinkList list, LinkCursor? before, CancellationToken cancellationToken)
    {
        var counts = new Dictionary<LinkList, int>();
        foreach (var each in Enum.GetValues<LinkList>())
            counts[each] = await Of(each).CountAsync(cancellationToken);
        var links = await PartAsync(Ordered(Of(list), list, before), cancellationToken);
        var shown = links.Take(PageSize).ToList();
        return new LinksPage(
            list, counts, await Links.CountAsync(cancellationToken), await Links.CountAsync(link => link.LookedUtc == null, cancellationToken), options.Value is { LookAtLinks: true, WatchedPerMinute: > 0 }, shown,
            links.Count > PageSize ? new LinkCursor(shown[^1].GoneUtc ?? DateTime.MinValue, shown[^1].Id) : null);
    }

    private IQueryable<PublishedLink> Of(LinkList list) => list switch
    {
        LinkList.Gone => Links.Where(link => link.GoneUtc != null && link.LeftUtc == null),
        LinkList.Moved => Links.Where(link => link.GoneUtc == null && link.MovedTo != null && link.LeftUtc == null),
        _ => Links.Where(link => link.LeftUtc != null),
    };

    /// <summary>The last gone first; of the other lists, whose links are not all gone, the last published.</summary>
    private static IQueryable<PublishedLink> Ordered(IQueryable<PublishedLink> links, LinkList list, LinkCursor? before)
    {
        if (list != LinkList.Gone)
            return (before is { Id: var key } ? links.Where(link => link.Id < key) : links).OrderByDescending(link => link.Id);
        if (before is (var at, var id))
            links = links.Where(link => link.GoneUtc <= at && (link.GoneUtc < at || link.Id < id));
        return links.OrderByDescending(link => link.GoneUtc).ThenByDescending(link => link.Id);
    }

    private async Task<List<WatchedLink>> PartAsync(IQueryable<PublishedLink> links, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().UtcDateTime;
        return await links
            .Take(PageSize + 1)
            .Select(link => new WatchedLink(
                link.Id, link.Url, link.GoneUtc, link.LastAnsweredUtc, link.LookedUtc, link.Problem, link.MovedTo, link.NextLookUtc <= now,
                link.LeftUtc, db.Users.Where(user => user.Id == link.LeftById).Select(user => user.Email).FirstOrDefault(), link.Places.Count,
                link.Places.OrderByDescending(place => place.Month).ThenBy(place => place.Id).Take(MostPlaces)
                    .Select(place => new LinkPlace(place.Id, place.Month, place.PublishedOn, place.Place, place.TextId, place.IsWithin, place.Title))
                    .ToList()))
            .ToListAsync(cancellationToken);
    }
}
