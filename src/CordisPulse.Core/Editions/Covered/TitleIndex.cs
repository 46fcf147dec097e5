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

    /// <summary>A subtitle may make a title longer, but one title inside a much longer one says nothing.</summary>
    private const double LongerAtMost = 2.6;

    /// <summary>Titles of fewer words say too little to be compared otherwise than as a whole.</summary>
    private const int FewWords = 4;

    private const int PiecesAsked = 24;
    private const double PiecesShared = 0.4;
    private const int MostCompared = 200;
    private const int LongestCompared = 300;

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
        var terms = TitleTerms.Of(title);
        lock (_lock)
        {
            RemoveLocked(id);
            var slot = _entries.Count;
            _entries.Add(new Entry(id, terms));
            _slots[id] = slot;
            foreach (var piece in terms.Trigrams().Distinct())
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
        var asked = TitleTerms.Of(title);
        var found = new List<NearTitle>();
        lock (_lock)
        {
            foreach (var slot in Candidates(asked))
                if (_entries[slot] is { } entry && Compare(asked, entry.Terms) is var likeness and >= Nearly)
                    found.Add(new NearTitle(entry.Id, likeness, IsAnotherYear(asked, entry.Terms)));
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
    private List<int> Candidates(TitleTerms asked)
    {
        var lists = asked.Trigrams().Distinct()
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

    private static double Compare(TitleTerms asked, TitleTerms other)
    {
        var (shorter, longer) = asked.Words.Length <= other.Words.Length ? (asked, other) : (other, asked);
        if (shorter.Words.Length == 0)
            return 0;
        if (shorter.Words.Length < FewWords)
            return shorter.Words.Length == longer.Words.Length && CountShared(shorter, longer) == shorter.Words.Length ? 1 : 0;
        if (longer.Words.Length > shorter.Words.Length * LongerAtMost)
            return 0;
        // A letter or a space that was lost, in whatever word.
        if (Distance(asked.Letters, other.Letters, 1) <= 1)
            return 1;
        return (double)CountShared(shorter, longer) / shorter.Words.Length;
    }

    /// <summary>Each word of the longer title answers for one of the shorter; the very same word before one that is a letter off.</summary>
    private static int CountShared(TitleTerms shorter, TitleTerms longer)
    {
        var free = longer.Words.ToList();
        var unlike = shorter.Words.Where(word => !free.Remove(word)).ToList();
        var shared = shorter.Words.Length - unlike.Count;
        foreach (var word in unlike)
            if (free.FindIndex(known => IsSameWord(word, known)) is >= 0 and var at)
            {
                free.RemoveAt(at);
                shared++;
            }

        return shared;
    }

    private static bool IsAnotherYear(TitleTerms asked, TitleTerms other)
        => asked.Years.Length > 0 && other.Years.Length > 0 && !asked.Years.Intersect(other.Years).Any();

    /// <summary>A letter off: one in a word of five letters, two in a word of eight (an ending, s for z, a slip).</summary>
    private static bool IsSameWord(string a, string b)
    {
        var length = Math.Min(a.Length, b.Length);
        var allowed = length >= 8 ? 2 : length >= 5 ? 1 : 0;
        return allowed > 0 && Distance(a, b, allowed) <= allowed;
    }

    /// <summary>Levenshtein's distance, given up beyond <paramref name="most"/>.</summary>
    private static int Distance(string a, string b, int most)
    {
        if (Math.Abs(a.Length - b.Length) > most || b.Length > LongestCompared)
            return most + 1;
        Span<int> row = stackalloc int[b.Length + 1];
        for (var j = 0; j <= b.Length; j++)
            row[j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            var (diagonal, least) = (row[0], i);
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var above = row[j];
                row[j] = Math.Min(Math.Min(row[j] + 1, row[j - 1] + 1), diagonal + (a[i - 1] == b[j - 1] ? 0 : 1));
                diagonal = above;
                least = Math.Min(least, row[j]);
            }

            if (least > most)
                return most + 1;
        }

        return row[b.Length];
    }

    private sealed record Entry(int Id, TitleTerms Terms);
}
