using System.Text.Json;
using System.Text.Json.Nodes;
using CordisPulse.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Core.Editions;

/// <summary>
/// What was removed and put back is a new row with a key of its own. The revision that brought it back says which key it had, so that
/// whoever has that one, in an open form or a link, is led to the row that stands for it now.
/// </summary>
public sealed class FormerKeys
{
    private const string Name = "wasId";

    private readonly Dictionary<int, int> _wasOf;
    private readonly Dictionary<int, int> _nowOf = [];

    private FormerKeys(Dictionary<int, int> wasOf)
    {
        _wasOf = wasOf;
        foreach (var (now, was) in wasOf)
            _nowOf[was] = now;
    }

    /// <param name="db">The database.</param>
    /// <param name="editionId">The edition.</param>
    /// <param name="text">Of its items or of its news; nothing else is ever put back.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async Task<FormerKeys> ReadAsync(PulseDbContext db, int editionId, RevisedText text, CancellationToken cancellationToken = default)
    {
        if (text is not (RevisedText.Item or RevisedText.News))
            return new FormerKeys([]);
        // In what people write a quotation mark is always escaped.
        const string named = $"\"{Name}\":";
        var rows = await db.Revisions
            .Where(revision => revision.EditionId == editionId && revision.Text == text && revision.Content.Contains(named))
            .Select(revision => new { revision.TextId, revision.Content })
            .ToListAsync(cancellationToken);
        return new FormerKeys(rows.ToDictionary(row => row.TextId, row => WasIdIn(row.Content)!.Value));
    }

    /// <summary>Of the items of an edition, be there one or not.</summary>
    public static Task<FormerKeys> ReadAsync(PulseDbContext db, EditionMonth month, CancellationToken cancellationToken = default)
        => ReadAsync(db, month, RevisedText.Item, cancellationToken);

    /// <summary>The key under which an item or a news item of an edition stands now, or stood last.</summary>
    public static async Task<int> NowAsync(PulseDbContext db, EditionMonth month, RevisedText text, int key, CancellationToken cancellationToken = default)
        => (await ReadAsync(db, month, text, cancellationToken)).NowOf(key);

    private static async Task<FormerKeys> ReadAsync(PulseDbContext db, EditionMonth month, RevisedText text, CancellationToken cancellationToken)
        => await db.Editions.Where(edition => edition.Month == month).Select(edition => (int?)edition.Id).SingleOrDefaultAsync(cancellationToken) is { } editionId
            ? await ReadAsync(db, editionId, text, cancellationToken)
            : new FormerKeys([]);

    /// <summary>The key that it has now, or had last; its own when it was never put back.</summary>
    public int NowOf(int key) => _nowOf.TryGetValue(key, out var now) ? NowOf(now) : key;

    /// <summary>All that it has had, the last first.</summary>
    public IReadOnlyList<int> AllOf(int key)
    {
        List<int> all = [NowOf(key)];
        while (_wasOf.TryGetValue(all[^1], out var was))
            all.Add(was);
        return all;
    }

    /// <summary>The key that the text of a revision had before, where it brought it back; else null.</summary>
    public static int? WasIdIn(string content)
    {
        using var json = JsonDocument.Parse(content);
        return json.RootElement.TryGetProperty(Name, out var was) ? was.GetInt32() : null;
    }

    /// <summary>Notes in a revision of a row that it is one with another that was removed.</summary>
    /// <param name="revision">The first of the new row.</param>
    /// <param name="wasId">The key that it had.</param>
    /// <param name="version">Of the last save of its words: nobody has changed them by bringing them back.</param>
    internal static Revision Note(Revision revision, int wasId, int version)
    {
        var content = JsonNode.Parse(revision.Content)!.AsObject();
        content[Name] = wasId;
        (revision.Content, revision.Version) = (content.ToJsonString(), version);
        return revision;
    }
}
