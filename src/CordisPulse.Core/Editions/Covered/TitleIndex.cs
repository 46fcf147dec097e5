using System.Runtime.InteropServices;

namespace CordisPulse.Core.Editions.Covered;

/// <summary>A title that is nearly the one asked for.</summary>
/// <param name="Likeness">1 for the same words; never below <see cref="TitleIndex.Nearly"/>.</param>
/// <param name="IsAnotherYear">The same words, and another year: the next report of a series.</param>
public sealed record NearTitle(int Id, double Likeness, bool IsAnotherYear);

/// <summary>
/// Finds titles that name nearly the same report among very many: they may differ by a subtitle, a year or a spelling. The
/// rarest three-letter pieces of a title lead to the few that share most of them; those are compared word by word. All members may
/// be used from any thread.
/// </summary>
public sealed class TitleIndex
{
    /// <summary>Share of the shorter title's words that the other must have.</summary>
    public const double Nearly = 0.9;

    private const int PiecesAsked = 24;
    private const double PiecesShared = 0.4;
    private const int MostCompared = 200;

    private readonly Lock _lock = new();
    private readonly Dictionary<int, int> _slots = [];
    private readonly List<Entry?> _entries = [];
    private readonly Dictionary<long, List<int>> _byPiece = [];
    private int[] _hits = [];

    public int Count
    {
        get
        {
            lock (_lock)
                return _slots.Count;
        }
    }

    /// <summary>Puts a title in, or in the place of the one that had this key.</summary>
    public void Set(int id, string title)
    {
        var words = TitleWords.Of(title);
        lock (_lock)
        {
            RemoveLocked(id);
            var slot = _entries.Count;
            _entries.Add(new Entry(id, words));
            _slots[id] = slot;
            foreach (var piece in words.Trigrams().Distinct())
                (CollectionsMarshal.GetValueRefOrAddDefault(_byPiece, piece, out _) ??= []).Add(slot);
        }
    }

    public void Remove(int id)
    {
        lock (_lock)
            RemoveLocked(id);
    }

    /// <summary>The titles most like this one, the likest first.</summary>
    public IReadOnlyList<NearTitle> Find(string title, int most)
    {
        var asked = TitleWords.Of(title);
        var found = new List<NearTitle>();
        lock (_lock)
        {
            foreach (var slot in Candidates(asked.Trigrams()).Union(Candidates(asked.MainTrigrams())))
                if (_entries[slot] is { } entry && asked.LikenessTo(entry.Words) is var likeness and >= Nearly)
                    found.Add(new NearTitle(entry.Id, likeness, asked.IsOfAnotherYear(entry.Words)));
        }

        return [.. found.OrderByDescending(near => near.Likeness).ThenBy(near => near.IsAnotherYear).ThenByDescending(near => near.Id).Take(most)];
    }

    private void RemoveLocked(int id)
    {
        // The pieces go on pointing at an empty place: titles change rarely, and a restart begins afresh.
        if (_slots.Remove(id, out var slot))
            _entries[slot] = null;
    }

    /// <summary>Those that share most of the title's rarest pieces.</summary>
    private List<int> Candidates(IEnumerable<long> pieces)
    {
        var lists = pieces.Distinct()
            .Select(piece => _byPiece.GetValueOrDefault(piece))
            .OrderBy(list => list?.Count ?? 0)
            .ToList();
        // Pieces that nobody has come of a spelling of their own; the known ones decide.
        var known = lists.OfType<List<int>>().Take(PiecesAsked).ToList();
        if (known.Count == 0)
            return [];
        if (_hits.Length < _entries.Count)
            _hits = new int[Math.Max(_entries.Count, _hits.Length * 2)];
        var touched = new List<int>();
        foreach (var list in known)
            foreach (var slot in list)
                if (_hits[slot]++ == 0)
                    touched.Add(slot);
        var enough = Math.Max(1, (int)Math.Ceiling(known.Count * PiecesShared));
        var candidates = touched.Where(slot => _hits[slot] >= enough).OrderByDescending(slot => _hits[slot]).Take(MostCompared).ToList();
        foreach (var slot in touched)
            _hits[slot] = 0;
        return candidates;
    }

    private sealed record Entry(int Id, TitleWords Words);
}
