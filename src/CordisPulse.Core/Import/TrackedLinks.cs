using CordisPulse.Core.Editions;
using CordisPulse.Core.Editions.Checks;
using CordisPulse.Core.Outbound;
using CordisPulse.Core.Rendering;

namespace CordisPulse.Core.Import;

/// <param name="From">The address in the file, which counts a click and sends on.</param>
/// <param name="To">Where it leads; null when that could not be told.</param>
/// <param name="Problem">Why not, in a sentence; null when it could.</param>
public sealed record FollowedLink(string From, string? To, string? Problem);

/// <summary>
/// Links that mailing tools have put in place of the real ones. They are kept as they are until somebody asks: following one is a click
/// in somebody's statistics.
/// </summary>
public sealed class TrackedLinks(OutboundClient web)
{
    /// <summary>An edition has some thirty links; more would keep whoever asked waiting.</summary>
    private const int MostLinks = 150;

    private const int AtOnce = 4;

    /// <summary>A link that was forwarded through one firm after another.</summary>
    private const int MostWraps = 3;

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(45);

    /// <summary>Every such link of items, news and texts, once each.</summary>
    public static IReadOnlyList<string> In(RecognisedEdition edition)
        => [.. edition.Items.Select(item => item.Url)
            .Concat(edition.News.Select(news => news.Url))
            .Concat(Texts(edition).SelectMany(MarkdownLinks.In).Select(link => link.Url))
            .OfType<string>()
            .Where(address => LinkAddress.Tracker(address) is not null)
            .Distinct()
            .Take(MostLinks)];

    public static bool IsOne(string address) => LinkAddress.Tracker(address) is not null;

    /// <summary>
    /// The address that a tracked link holds in itself, as Outlook's Safelinks and Google's results do: theirs may name whoever received it.
    /// Any other address as it is.
    /// </summary>
    public static string Unwrapped(string address)
    {
        for (var wraps = 0; wraps < MostWraps && IsOne(address) && LinkAddress.Target(address) is { } target && MarkdownRenderer.IsWebLink(target); wraps++)
            address = LinkKey.WithoutTracking(new Uri(target)).AbsoluteUri;
        return address;
    }

    /// <summary>Finds out where each link leads: from the address where it says so, else by asking the tracker, and never the page behind it.</summary>
    public async Task<IReadOnlyList<FollowedLink>> FollowAsync(IReadOnlyList<string> addresses, CancellationToken cancellationToken = default)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(LongestWait);
        var followed = new FollowedLink[addresses.Count];
        for (var i = 0; i < followed.Length; i++)
            followed[i] = new FollowedLink(addresses[i], null, "There was no time left to follow it.");
        try
        {
            await Parallel.ForAsync(0, addresses.Count, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = limit.Token }, async (i, token) =>
                followed[i] = await FollowAsync(addresses[i], token));
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            // What was followed in time stands; the rest says that it was not.
        }

        return followed;
    }

    /// <summary>The edition with the links that could be followed in place of those that count clicks.</summary>
    public static RecognisedEdition Replace(RecognisedEdition edition, IEnumerable<FollowedLink> links)
    {
        // The longest first: one address can be the beginning of another.
        var known = links
            .Where(link => link.To is not null && IsOne(link.From) && MarkdownRenderer.IsWebLink(link.To))
            .DistinctBy(link => link.From)
            .OrderByDescending(link => link.From.Length)
            .Select(link => (link.From, To: LinkAddress.Of(link.To)!))
            .ToList();
        return edition with
        {
            Introduction = InText(edition.Introduction),
            News = [.. edition.News.Select(news => news with { Url = OfLink(news.Url), Body = InText(news.Body) })],
            Items = [.. edition.Items.Select(item => item with { Url = OfLink(item.Url), Summary = InText(item.Summary) })],
        };

        string? OfLink(string? url) => known.Where(link => link.From == url).Select(link => link.To).FirstOrDefault() ?? url;

        string InText(string text) => known.Aggregate(text, (current, link) => current.Replace(link.From, link.To, StringComparison.Ordinal));
    }

    private async Task<FollowedLink> FollowAsync(string address, CancellationToken cancellationToken)
    {
        try
        {
            var end = LinkAddress.Target(address) is { } written
                ? new Uri(written)
                : await web.FollowAsync(new Uri(address), at => LinkAddress.Tracker(at.AbsoluteUri) is null, cancellationToken);
            return LinkAddress.Tracker(end.AbsoluteUri) is null && end.Scheme is "http" or "https"
                ? new FollowedLink(address, LinkKey.WithoutTracking(end).AbsoluteUri, null)
                : new FollowedLink(address, null, "It does not lead on.");
        }
        catch (OutboundRefusedException e)
        {
            return new FollowedLink(address, null, e.Message);
        }
    }

    private static IEnumerable<string> Texts(RecognisedEdition edition)
        => edition.Items.Select(item => item.Summary).Concat(edition.News.Select(news => news.Body)).Append(edition.Introduction);
}
