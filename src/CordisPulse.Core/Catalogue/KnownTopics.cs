using CordisPulse.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Core.Catalogue;

/// <param name="Merged">Slugs of topics that became part of it.</param>
public sealed record KnownTopic(int Id, string Name, string Slug, IReadOnlyList<string> OtherNames, IReadOnlyList<string> Merged);

/// <summary>The vocabulary at one moment, from A to Z.</summary>
public sealed class KnownTopics
{
    private readonly Dictionary<string, KnownTopic> _bySlug;

    private KnownTopics(IReadOnlyList<KnownTopic> all)
    {
        All = [.. all.OrderBy(topic => NameKey.Of(topic.Name), StringComparer.Ordinal)];
        _bySlug = all.SelectMany(topic => topic.Merged, (topic, slug) => (topic, slug)).ToDictionary(merged => merged.slug, merged => merged.topic);
        foreach (var topic in all)
            _bySlug[topic.Slug] = topic;
    }

    public IReadOnlyList<KnownTopic> All { get; }

    public static async Task<KnownTopics> ReadAsync(PulseDbContext db, CancellationToken cancellationToken = default)
        => new(await db.Topics.AsNoTracking()
            .Select(topic => new KnownTopic(topic.Id, topic.Name, topic.Slug, topic.OtherNames, db.MergedTopics.Where(merged => merged.TopicId == topic.Id).Select(merged => merged.Slug).ToList()))
            .ToListAsync(cancellationToken));

    /// <summary>The topics that these slugs mean now, each once; what is no topic any more is left out.</summary>
    public IReadOnlyList<KnownTopic> Of(IEnumerable<string> slugs)
    {
        var meant = slugs.Select(slug => _bySlug.GetValueOrDefault(slug)).OfType<KnownTopic>().ToHashSet();
        return meant.Count == 0 ? [] : [.. All.Where(meant.Contains)];
    }

    /// <summary>By a name or another name of it; null when none has it.</summary>
    public KnownTopic? ByName(string name)
    {
        var key = NameKey.Of(name);
        return All.FirstOrDefault(topic => topic.OtherNames.Prepend(topic.Name).Any(other => NameKey.Of(other) == key));
    }
}
