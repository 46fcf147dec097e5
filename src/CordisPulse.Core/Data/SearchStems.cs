using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;

namespace CordisPulse.Core.Data;

/// <summary>
/// The stems that the index knows words by. They are asked of FTS5 itself, so that what is marked in a text is what the index has found in it,
/// and remembered, since marking twenty texts by the index takes longer than finding them.
/// </summary>
internal sealed class SearchStems : IDisposable
{
    /// <summary>More different words than ten years of editions have.</summary>
    private const int MostKnown = 500_000;

    private readonly ConcurrentDictionary<string, string> _known = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> _bySpan;
    private readonly Lock _asking = new();
    private SqliteConnection? _words;

    public SearchStems() => _bySpan = _known.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Null for a word that nobody has made known.</summary>
    public string? Find(ReadOnlySpan<char> word) => _bySpan.TryGetValue(word, out var stem) ? stem : null;

    /// <summary>Finds the stems of words. What the index takes for several words, or for none, is its own.</summary>
    /// <param name="words">In the form of <see cref="Archive.Search.SearchWords"/>.</param>
    public void Know(IReadOnlyCollection<string> words)
    {
        if (words.Count == 0)
            return;
        lock (_asking)
        {
            if (_known.Count + words.Count > MostKnown)
                _known.Clear();
            _words ??= Open();
            using var transaction = _words.BeginTransaction();
            var asked = words.ToList();
            using (var adding = _words.CreateCommand())
            {
                adding.CommandText = "INSERT INTO words (rowid, word) VALUES ($id, $word)";
                var (id, word) = (adding.Parameters.Add("$id", SqliteType.Integer), adding.Parameters.Add("$word", SqliteType.Text));
                foreach (var (number, text) in asked.Index())
                {
                    (id.Value, word.Value) = (number, text);
                    adding.ExecuteNonQuery();
                }
            }

            var stems = new string?[asked.Count];
            using (var reading = _words.CreateCommand())
            {
                reading.CommandText = "SELECT doc, term FROM stem";
                using var reader = reading.ExecuteReader();
                while (reader.Read())
                {
                    var number = reader.GetInt32(0);
                    stems[number] = stems[number] is null ? reader.GetString(1) : asked[number];
                }
            }

            // Nothing of it is written.
            transaction.Rollback();
            foreach (var (number, text) in asked.Index())
                _known[text] = stems[number] ?? text;
        }
    }

    public void Dispose() => _words?.Dispose();

    private static SqliteConnection Open()
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = ":memory:", Pooling = false }.ToString());
        connection.Open();
        using var making = connection.CreateCommand();
        making.CommandText =
            $"""
            CREATE VIRTUAL TABLE words USING fts5(word, content = '', tokenize = '{SearchIndexFile.Tokenizer}');
            CREATE VIRTUAL TABLE stem USING fts5vocab(words, instance);
            """;
        making.ExecuteNonQuery();
        return connection;
    }
}
