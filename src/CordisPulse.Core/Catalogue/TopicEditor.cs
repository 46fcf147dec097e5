using System.Linq.Expressions;
using CordisPulse.Core.Data;
using CordisPulse.Core.Editions;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Core.Catalogue;

public sealed record MergeTopics
{
    /// <summary>The one that is no more afterwards.</summary>
    public required int Id { get; init; }

    /// <summary>The one that it becomes part of.</summary>
    public required int IntoId { get; init; }

    /// <summary>The version of the first that the person saw.</summary>
    public required int Version { get; init; }

    public required int ById { get; init; }
}

public sealed class TopicEditor(PulseDbContext db, TimeProvider time) : CatalogueEditor<Topic>(db, time)
{
    private const string Changed = "One of the two topics has changed since you opened this page. Look at it again.";

    protected override IQueryable<Topic> InOrder => Db.Topics.OrderBy(topic => topic.Name).ThenBy(topic => topic.Id);

    /// <summary>Items keep the slugs of topics that became part of another, so that one is used as long as it has any.</summary>
    protected override Expression<Func<Topic, CatalogueRow>> Row => topic => new CatalogueRow(
        topic.Id, topic.Name, topic.Slug, topic.OtherNames, null,
        Db.PublishedItemTopics.Any(row => row.TopicId == topic.Id)
            || Db.MergedTopics.Any(merged => merged.TopicId == topic.Id)
            || Db.EditionItems.Any(item => item.Topics.Contains(topic.Slug)),
        topic.Version);

    /// <summary>
    /// Items, names and addresses of the one become the other's. What is published keeps its words until it is published again; its links
    /// lead on.
    /// </summary>
    /// <returns>The name of the one that stays.</returns>
    /// <exception cref="RefusedException">One of them is gone or has changed; nothing was saved.</exception>
    public async Task<string> MergeAsync(MergeTopics merge, CancellationToken cancellationToken = default)
    {
        await using var transaction = await Db.Database.BeginTransactionAsync(cancellationToken);
        await Db.RaiseContentVersionAsync(Now, cancellationToken);
        var both = await Db.Topics.Where(topic => topic.Id == merge.Id || topic.Id == merge.IntoId).ToListAsync(cancellationToken);
        if (both.Find(topic => topic.Id == merge.Id && topic.Version == merge.Version) is not { } topic || both.Find(other => other.Id == merge.IntoId && other != topic) is not { } into)
            throw new RefusedException(Changed);
        await Db.PublishedItemTopics
            .Where(row => row.TopicId == merge.Id && Db.PublishedItemTopics.Any(other => other.PublishedItemId == row.PublishedItemId && other.TopicId == merge.IntoId))
            .ExecuteDeleteAsync(cancellationToken);
        await Db.PublishedItemTopics.Where(row => row.TopicId == merge.Id).ExecuteUpdateAsync(row => row.SetProperty(one => one.TopicId, merge.IntoId), cancellationToken);
        await Db.MergedTopics.Where(row => row.TopicId == merge.Id).ExecuteUpdateAsync(row => row.SetProperty(one => one.TopicId, merge.IntoId), cancellationToken);
        into.OtherNames = [.. into.OtherNames.Prepend(into.Name).Append(topic.Name).Concat(topic.OtherNames).DistinctBy(NameKey.Of).Skip(1)];
        Db.Entry(into).State = EntityState.Modified;
        Db.Add(Revisions.Of(into, into.Version + 1, merge.ById, Now));
        Db.Add(new MergedTopic { Slug = topic.Slug, TopicId = into.Id });
        Db.Remove(topic);
        try
        {
            await Db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException)
        {
            throw new RefusedException(Changed);
        }

        await transaction.CommitAsync(cancellationToken);
        return into.Name;
    }

    protected override Topic Make(string name, string slug, IReadOnlyList<Topic> all) => new() { Name = name, Slug = slug };

    /// <summary>Nor may it mean again what became part of another: items still have it.</summary>
    protected override async Task<Predicate<string>> TakenAsync(IReadOnlyList<Topic> all, CancellationToken cancellationToken)
    {
        var slugs = (await Db.MergedTopics.Select(merged => merged.Slug).ToListAsync(cancellationToken)).Concat(all.Select(topic => topic.Slug)).ToHashSet();
        return slugs.Contains;
    }
}
