using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace CordisPulse.Tests.Outbound;

/// <summary>A feed on a <see cref="LoopbackSite"/> that knows whether it has changed.</summary>
public sealed class LoopbackFeed
{
    private readonly List<(string Id, string Link, string Title, DateTime Published)> _entries = [];

    /// <summary>What each question named of the answer before.</summary>
    public List<(string ETag, string Since)> Asked { get; } = [];

    public LoopbackFeed Entry(string id, Uri link, string title, DateTime? published = null)
    {
        _entries.Insert(0, (id, link.ToString(), title, published ?? DateTime.UtcNow.AddHours(-1)));
        return this;
    }

    public Task AnswerAsync(HttpContext context)
    {
        var (asked, answer) = (context.Request.Headers, context.Response);
        Asked.Add((asked.IfNoneMatch.ToString(), asked.IfModifiedSince.ToString()));
        var tag = $"\"{_entries.Count}\"";
        answer.Headers.ETag = tag;
        answer.Headers.LastModified = DateTime.UnixEpoch.AddDays(_entries.Count).ToString("R", CultureInfo.InvariantCulture);
        answer.ContentType = "application/rss+xml";
        if (asked.IfNoneMatch == tag)
        {
            answer.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }

        var feed = new StringBuilder("<rss version=\"2.0\"><channel><title>News of it</title>");
        foreach (var (id, link, title, published) in _entries)
            feed.Append(CultureInfo.InvariantCulture, $"<item><guid isPermaLink=\"false\">{id}</guid><link>{link}</link><title>{title}</title><pubDate>{published:R}</pubDate><description>About {title}.</description></item>");
        return answer.WriteAsync(feed.Append("</channel></rss>").ToString());
    }
}
