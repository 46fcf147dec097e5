using CordisPulse.Core.Catalogue;
using CordisPulse.Core.Editions;
using CordisPulse.Core.Feeds;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Tests.Areas.Editor.Intake;

/// <summary>Reads feeds and pages of this machine, where the sites of the tests are, and waits between no two of them.</summary>
public sealed class WatchingApp : PulseApp
{
    public WatchingApp() => With("Outbound:AllowPrivateAddresses", "true").With("Outbound:HostPause", "00:00:00").With("Outbound:Timeout", "00:00:05");

    public Task<int> AddSourceAsync(string name) => QueryAsync(async db =>
    {
        var source = new Source { Name = name, Slug = Slug.From(name) };
        db.Add(source);
        await db.SaveChangesAsync();
        return source.Id;
    });

    /// <summary>Watches a feed as an editor does, on the page of its source.</summary>
    /// <returns>The feed, once it was read.</returns>
    public async Task<SourceFeed> WatchAsync(Visitor editor, int sourceId, Uri address)
    {
        await editor.SubmitAsync(await editor.GetAsync($"/editor/settings/sources/{sourceId}"), new() { ["Form.Address"] = address.ToString() }, "#watch");
        var url = address.ToString();
        return await FeedAsync(await QueryAsync(db => db.SourceFeeds.Where(feed => feed.Address == url).Select(feed => feed.Id).SingleAsync()), feed => feed.LastReadUtc != null);
    }

    /// <summary>Presses "Read now".</summary>
    /// <returns>The feed, once it was read.</returns>
    public async Task<SourceFeed> ReadNowAsync(Visitor editor, SourceFeed feed)
    {
        await editor.SubmitAsync(await editor.GetAsync($"/editor/settings/sources/{feed.SourceId}"), form: $"form[action$='/feeds/{feed.Id}/read']");
        return await FeedAsync(feed.Id, now => now.LastReadUtc > feed.LastReadUtc);
    }

    /// <summary>The feed, once it is as it should become.</summary>
    public async Task<SourceFeed> FeedAsync(int id, Func<SourceFeed, bool> isReached)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (true)
        {
            var feed = await QueryAsync(db => db.SourceFeeds.AsNoTracking().SingleAsync(feed => feed.Id == id));
            if (isReached(feed))
                return feed;
            await Task.Delay(50, patience.Token);
        }
    }
}
