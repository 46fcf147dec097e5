using System.Text.Json;

namespace CordisPulse.Tests.Features;

/// <summary>What JSON Feed 1.1 asks of a feed.</summary>
internal static class JsonFeedRules
{
    /// <returns>The items' titles.</returns>
    public static IReadOnlyList<string> Check(string text, string address)
    {
        using var json = JsonDocument.Parse(text);
        var feed = json.RootElement;
        Assert.Equal("https://jsonfeed.org/version/1.1", feed.GetProperty("version").GetString());
        Assert.NotEqual("", feed.GetProperty("title").GetString());
        Assert.Equal(address, feed.GetProperty("feed_url").GetString());
        Absolute(feed.GetProperty("home_page_url").GetString()!);
        Assert.Equal("en-GB", feed.GetProperty("language").GetString());
        Assert.All(feed.GetProperty("authors").EnumerateArray(), author => Assert.NotEqual("", author.GetProperty("name").GetString()));
        var items = feed.GetProperty("items").EnumerateArray().ToList();
        var ids = items.Select(item => item.GetProperty("id").GetString()!).ToList();
        Assert.Equal(ids.Distinct(), ids);
        Assert.All(ids, Absolute);
        foreach (var item in items)
        {
            Absolute(item.GetProperty("url").GetString()!);
            Assert.True(item.TryGetProperty("content_html", out var content) || item.TryGetProperty("content_text", out content));
            Assert.Equal(JsonValueKind.String, content.ValueKind);
            Assert.True(Rfc3339.Read(item.GetProperty("date_published").GetString()!) <= Rfc3339.Read(item.GetProperty("date_modified").GetString()!));
            Assert.DoesNotContain(item.EnumerateObject(), field => field.Value.ValueKind == JsonValueKind.Null);
        }

        return [.. items.Select(item => item.GetProperty("title").GetString()!)];
    }

    private static void Absolute(string address) => Assert.True(Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http", address);
}
