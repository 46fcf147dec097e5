using System.Security.Cryptography;
using System.Text;
using CordisPulse.Core.Catalogue;
using CordisPulse.Core.Feeds;
using CordisPulse.Tests.Hosting;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Tests.Feeds;

public sealed class StoredLinksTests(PulseApp app) : IClassFixture<PulseApp>
{
    [Fact]
    public async Task Links_that_were_stored_by_an_older_rule_are_known_after_the_next_start()
    {
        var source = new Source { Name = "Stored Links Society", Slug = "stored-links-society" };
        var feed = Feed(source, "https://example.org/feed?yclid=1", "older-1");
        await app.QueryAsync(async db =>
        {
            db.AddRange(
                feed, Feed(source, "https://example.org/news", HashOf("example.org/news")), Feed(source, "https://example.org/news?gad_source=1", "older-2"),
                Entry(feed, "https://example.org/report?gbraid=x", "older-3"), Entry(feed, "https://example.org/kept", HashOf("example.org/kept")));
            return await db.SaveChangesAsync();
        });

        using var program = RunningPulse.Start(app.Settings);
        await program.AddressAsync();
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (!await app.QueryAsync(db => db.SourceFeeds.AnyAsync(row => row.Id == feed.Id && row.AddressHash != "older-1")))
            await Task.Delay(50, patience.Token);

        var entries = await app.QueryAsync(db => db.FeedEntries.OrderBy(entry => entry.Id).Select(entry => entry.LinkHash).ToListAsync());
        var feeds = await app.QueryAsync(db => db.SourceFeeds.OrderBy(row => row.Address).Select(row => row.AddressHash).ToListAsync());
        Assert.Equal([HashOf("example.org/report"), HashOf("example.org/kept")], entries);
        // What is one by the new rule was added as two, and both are watched on.
        Assert.Equal([HashOf("example.org/feed"), HashOf("example.org/news"), "older-2"], feeds);
        Assert.Equal(0, (await program.EndAsync()).ExitCode);
    }

    private static SourceFeed Feed(Source source, string address, string hash) => new() { Source = source, Address = address, AddressHash = hash };

    private static FeedEntry Entry(SourceFeed feed, string url, string hash) => new() { Feed = feed, EntryHash = HashOf(url), LinkHash = hash, Url = url, Title = "A report", SeenUtc = DateTime.UtcNow };

    private static string HashOf(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
}
