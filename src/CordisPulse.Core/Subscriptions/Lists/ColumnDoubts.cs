namespace CordisPulse.Core.Subscriptions.Lists;

/// <summary>A column that is left out, and may tell who is not to be mailed.</summary>
/// <param name="Column">Its place, from 0.</param>
/// <param name="Heading">Cut short; empty for none.</param>
/// <param name="Says">The words of a yes or no that it holds; none where its heading alone tells.</param>
public sealed record DoubtfulColumn(int Column, string Heading, IReadOnlyList<string> Says)
{
    public string InWords
        => $"{(Heading.Length > 0 ? $"The column “{Heading}”" : $"Column {Column + 1}")} is left out{(Says.Count > 0 ? $" and says {string.Join(" and ", Says)}" : "")}.";
}

/// <summary>
/// Watches the rows of a list for columns that nobody reads and that may tell who is not to be mailed: no list of names for them is ever
/// complete, and whoever is missed is mailed against their will.
/// </summary>
internal sealed class ColumnDoubts
{
    private const int LongestHeading = 60;

    private const int MostSaid = 2;

    /// <summary>One cell in so many may say something else.</summary>
    private const int OddOneIn = 10;

    private static readonly HashSet<string> YesOrNo = new(
        ["yes", "no", "y", "n", "true", "false", "t", "f", "1", "0", "x", "on", "off", "in", "out", "ja", "nein", "oui", "non"], StringComparer.OrdinalIgnoreCase);

    private static readonly string[] Smells =
    [
        "consent", "permission", "optin", "optout", "optedin", "optedout", "subscri", "unsub", "bounce", "status", "suppress", "complain", "gdpr", "blacklist", "blocklist", "spam", "marketing", "contact",
    ];

    private static readonly string[] SmellsAtItsBeginning = ["donot", "dont"];

    /// <summary>What such words stand before where they mean something else: "Contact owner", "Opt-in IP".</summary>
    private static readonly string[] Ends = ["id", "ip", "owner", "name", "names", "number", "phone", "telephone", "mobile", "title", "role", "details", "person", "address", "url", "link", "country"];

    private readonly int _headingLine;
    private readonly List<Watched> _columns;

    /// <param name="columns">As they are read.</param>
    /// <param name="first">The first rows, up to <see cref="ListColumns.RowsLookedAt"/>.</param>
    public ColumnDoubts(ListColumns columns, IReadOnlyList<ListRow> first)
    {
        var heading = columns.HasHeader ? first.ElementAtOrDefault(ListColumns.HeadingRow(first)) : null;
        _headingLine = heading?.Line ?? 0;
        _columns = [.. columns.IndexesOf(ColumnUse.LeftOut).Select(column => new Watched(column, heading?.Fields.ElementAtOrDefault(column) ?? ""))];
    }

    public IEnumerable<ListRow> Watch(IEnumerable<ListRow> rows)
    {
        foreach (var row in rows)
        {
            if (row.Line > _headingLine)
                foreach (var column in _columns)
                    if (column.Place < row.Fields.Count)
                        column.Count(row.Fields[column.Place].AsSpan().Trim());
            yield return row;
        }
    }

    /// <summary>Once all rows have passed.</summary>
    public IReadOnlyList<DoubtfulColumn> Found()
        => [.. _columns.Where(column => column.IsDoubtful)
            .Select(column => new DoubtfulColumn(column.Place, PersonText.Clean(column.Heading) is { } text ? ShortText.Of(text, LongestHeading) : "", column.IsYesOrNo ? column.Said : []))
            .Take(ListPreview.MostListed)];

    private static bool Smell(string heading)
    {
        var key = ListColumns.KeyOf(heading);
        return !Ends.Any(end => key.EndsWith(end, StringComparison.Ordinal))
            && (Smells.Any(word => key.Contains(word, StringComparison.Ordinal)) || SmellsAtItsBeginning.Any(word => key.StartsWith(word, StringComparison.Ordinal)));
    }

    private sealed class Watched(int place, string heading)
    {
        private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _yesOrNo = YesOrNo.GetAlternateLookup<ReadOnlySpan<char>>();
        private int _filled;
        private int _odd;

        public int Place { get; } = place;

        public string Heading { get; } = heading;

        public List<string> Said { get; } = [];

        public bool IsYesOrNo => _filled > _odd && _odd <= _filled / OddOneIn;

        public bool IsDoubtful => _filled > 0 && (IsYesOrNo || Smell(Heading));

        public void Count(ReadOnlySpan<char> cell)
        {
            if (cell.IsEmpty || cell is "-")
                return;
            _filled++;
            if (!_yesOrNo.TryGetValue(cell, out var word))
                _odd++;
            else if (Said.Count < MostSaid && !Said.Contains(word))
                Said.Add(word);
        }
    }
}
