using CordisPulse.Core.Data;
using CordisPulse.Core.Editions.Checks;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Core.Archive;

/// <summary>A link that readers are told of.</summary>
/// <param name="LastAnsweredUtc">When there was last a page; null when none was ever seen.</param>
public sealed record GoneLink(string Url, DateTime SinceUtc, DateTime? LastAnsweredUtc);

/// <summary>A link within a text, by its words.</summary>
public sealed record GoneLinkInText(string Words, GoneLink Link);

/// <summary>The links that no longer answer, of all that is published.</summary>
public sealed class MarkedLinks(IReadOnlyDictionary<string, GoneLink> links)
{
    public static MarkedLinks None { get; } = new(new Dictionary<string, GoneLink>());

    /// <summary>Null for a link that answers, as far as is known.</summary>
    public GoneLink? Find(string? url) => url is null ? null : links.GetValueOrDefault(url);

    /// <summary>Those that a text leads to, each once.</summary>
    public IEnumerable<GoneLinkInText> In(string markdown)
        // Most texts lead nowhere, and are not read for it.
        => links.Count == 0 || !markdown.Contains("://", StringComparison.Ordinal)
            ? []
            : MarkdownLinks.In(markdown)
                .DistinctBy(link => link.Url)
                .Select(link => Find(link.Url) is { } gone ? new GoneLinkInText(link.Text, gone) : null)
                .OfType<GoneLinkInText>();
}

/// <summary>Keeps the marked links in memory, so that no page asks for them. It reads them again when other links are marked, and for nothing else that is published.</summary>
public sealed class GoneLinks(IDbContextFactory<PulseDbContext> contexts, ContentWatch watch)
{
    private Read _read = new(Guid.Empty, MarkedLinks.None);

    public async ValueTask<MarkedLinks> ReadAsync(CancellationToken cancellationToken = default)
    {
        var state = await watch.CurrentAsync(cancellationToken);
        if (Volatile.Read(ref _read) is var known && known.State == state.Links)
            return known.Links;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var links = await db.PublishedLinks.AsNoTracking()
            .Where(link => link.IsMarked && link.GoneUtc != null)
            .Select(link => new GoneLink(link.Url, link.GoneUtc!.Value, link.LastAnsweredUtc))
            .ToDictionaryAsync(link => link.Url, StringComparer.Ordinal, cancellationToken);
        var read = new Read(state.Links, new MarkedLinks(links));
        Volatile.Write(ref _read, read);
        return read.Links;
    }

    private sealed record Read(Guid State, MarkedLinks Links);
}
