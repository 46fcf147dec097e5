using System.Runtime.CompilerServices;
using CordisPulse.Core.Hosting;
using Microsoft.Data.Sqlite;

namespace CordisPulse.Core.Data;

/// <summary>What kind of text an entry of the search index is.</summary>
public enum SearchedKind
{
    Item,
    News,
    Introduction,
}

/// <summary>One text of the search index.</summary>
/// <param name="Publication">Key of the published edition that it is of.</param>
/// <param name="Number">Key of the published item; place among the edition's news, from 0; 0 for an introduction.</param>
/// <param name="Month">The edition's, as months since the year 0.</param>
/// <param name="Position">In the edition as it reads; news and introduction stand before the items.</param>
/// <param name="Sector">0 for none; likewise <paramref name="Section"/> and <paramref name="Source"/>.</param>
internal readonly record struct SearchEntry(long Id, SearchedKind Kind, int Publication, int Number, int Month, int Position, int Sector, int Section, int Source);

/// <summary>The words of an entry, as the index is to hold them.</summary>
internal readonly record struct SearchedText(string Title, string Source, string Summary);

/// <summary>
/// The file of the search index: SQLite with FTS5, beside whatever the main database is, and nothing in it that could not be made again.
/// Processes with one data directory share it.
/// </summary>
internal sealed class SearchIndexFile(DataDirectory directory)
{
    /// <summary>Its number is part of the file's name: another shape is another file.</summary>
    private const string Name = "search-2.db";

    private const string FormerName = "search-1.db";

    /// <summary>English words by their stems (Porter), without accents.</summary>
    public const string Tokenizer = "porter unicode61 remove_diacritics 2";

    private const string Schema =
        $"""
        CREATE TABLE IF NOT EXISTS stand (id INTEGER PRIMARY KEY CHECK (id = 1), version TEXT NOT NULL, serial INTEGER NOT NULL);
        -- From a number of its own, so that a file which takes the place of another is not taken for it.
        INSERT OR IGNORE INTO stand (id, version, serial) VALUES (1, '', abs(random()) >> 8);
        CREATE TABLE IF NOT EXISTS publication (id INTEGER PRIMARY KEY, mark TEXT NOT NULL) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS source (id INTEGER PRIMARY KEY, name TEXT NOT NULL) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS entry (
          id INTEGER PRIMARY KEY, kind INTEGER NOT NULL, publication INTEGER NOT NULL, number INTEGER NOT NULL, month INTEGER NOT NULL, position INTEGER NOT NULL,
          sector INTEGER NOT NULL, section INTEGER NOT NULL, source INTEGER NOT NULL);
        CREATE INDEX IF NOT EXISTS entry_publication ON entry (publication);
        CREATE VIRTUAL TABLE IF NOT EXISTS words USING fts5(title, source, summary, tokenize = '{Tokenizer}');
        """;

    private readonly string _path = directory.File(Name);

    public async Task<SqliteConnection> OpenAsync(CancellationToken cancellationToken)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = _path }.ToString());
        await connection.OpenAsync(cancellationToken);
        return connection;
    }

    /// <summary>Makes what is missing of it.</summary>
    public async Task CreateAsync(CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken);
        // What a crash loses of it is made again; a crash must not leave half of it.
        await ExecuteAsync(connection, "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;", cancellationToken);
        await ExecuteAsync(connection, Schema, cancellationToken);
        foreach (var file in Files(directory.File(FormerName)))
            File.Delete(file);
    }

    /// <summary>Takes a damaged file away.</summary>
    public void Delete()
    {
        SqliteConnection.ClearAllPools();
        foreach (var file in Files(_path))
            File.Delete(file);
    }

    private static string[] Files(string path) => [path, $"{path}-wal", $"{path}-shm"];

    /// <summary>Also that somebody has taken it away, so that an empty one is opened in its place.</summary>
    public static bool IsDamage(SqliteException e) => e.SqliteErrorCode is SqliteCorrupt or SqliteNotADatabase or SqliteCantOpen or SqliteReadOnly or SqliteIoError
        || (e.SqliteErrorCode == SqliteError && e.Message.Contains("no such table", StringComparison.Ordinal));

    /// <summary>What making it anew may take for what is not written yet.</summary>
    private const int KibibytesWhileMaking = 65_536;

    /// <summary>FTS5's own, in bytes (SQLite, FTS5 section 6.7).</summary>
    private const int UsualHashSize = 1_048_576;

    /// <summary>FTS5's own: how many parts of a size are joined (section 6.1).</summary>
    private const int UsualAutomerge = 4;

    private const int SqliteError = 1;
    private const int SqliteReadOnly = 8;
    private const int SqliteIoError = 10;
    private const int SqliteCorrupt = 11;
    private const int SqliteCantOpen = 14;
    private const int SqliteNotADatabase = 26;

    /// <param name="connection">Within whose transaction it is read.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>Which content it is made of, and how often it was changed.</returns>
    public static async Task<(string Version, long Serial)> StandAsync(SqliteConnection connection, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT version, serial FROM stand";
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? (reader.GetString(0), reader.GetInt64(1)) : ("", 0);
    }

    public static async Task SetStandAsync(SqliteConnection connection, string version, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = "UPDATE stand SET version = $version, serial = serial + 1";
        command.Parameters.AddWithValue("$version", version);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>What the sources were called when their items were put in.</summary>
    public static Task<Dictionary<int, string>> SourcesAsync(SqliteConnection connection, CancellationToken cancellationToken)
        => PairsAsync(connection, "SELECT id, name FROM source", cancellationToken);

    public static Task SetSourcesAsync(SqliteConnection connection, IReadOnlyDictionary<int, string> names, CancellationToken cancellationToken)
        => SetPairsAsync(connection, "DELETE FROM source", "INSERT INTO source (id, name) VALUES ($id, $text)", names, cancellationToken);

    /// <summary>The published editions whose texts are in it, each with what tells it from any other of the same number.</summary>
    public static Task<Dictionary<int, string>> PublicationsAsync(SqliteConnection connection, CancellationToken cancellationToken)
        => PairsAsync(connection, "SELECT id, mark FROM publication", cancellationToken);

    public static Task SetPublicationsAsync(SqliteConnection connection, IReadOnlyDictionary<int, string> marks, CancellationToken cancellationToken)
        => SetPairsAsync(connection, "DELETE FROM publication", "INSERT INTO publication (id, mark) VALUES ($id, $text)", marks, cancellationToken);

    private static async Task<Dictionary<int, string>> PairsAsync(SqliteConnection connection, string statement, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = statement;
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var pairs = new Dictionary<int, string>();
        while (await reader.ReadAsync(cancellationToken))
            pairs[reader.GetInt32(0)] = reader.GetString(1);
        return pairs;
    }

    private static async Task SetPairsAsync(
        SqliteConnection connection, string empty, string insert, IReadOnlyDictionary<int, string> pairs, CancellationToken cancellationToken)
    {
        await ExecuteAsync(connection, empty, cancellationToken);
        await using var command = connection.CreateCommand();
        command.CommandText = insert;
        var (id, text) = (command.Parameters.Add("$id", SqliteType.Integer), command.Parameters.Add("$text", SqliteType.Text));
        foreach (var pair in pairs)
        {
            (id.Value, text.Value) = (pair.Key, pair.Value);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    /// <summary>All entries, the newest edition first and each in its order.</summary>
    public static async Task<List<SearchEntry>> EntriesAsync(SqliteConnection connection, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT id, kind, publication, number, month, position, sector, section, source FROM entry ORDER BY month DESC, position";
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var entries = new List<SearchEntry>();
        while (await reader.ReadAsync(cancellationToken))
        {
            entries.Add(new SearchEntry(
                reader.GetInt64(0), (SearchedKind)reader.GetInt32(1), reader.GetInt32(2), reader.GetInt32(3), reader.GetInt32(4), reader.GetInt32(5), reader.GetInt32(6),
                reader.GetInt32(7), reader.GetInt32(8)));
        }

        return entries;
    }

    public static async Task RemoveAsync(SqliteConnection connection, int publication, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = "DELETE FROM words WHERE rowid IN (SELECT id FROM entry WHERE publication = $publication); DELETE FROM entry WHERE publication = $publication";
        command.Parameters.AddWithValue("$publication", publication);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>The words of all entries, in the form that the index holds them in.</summary>
    public static async IAsyncEnumerable<SearchedText> TextsAsync(SqliteConnection connection, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT title, source, summary FROM words";
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            yield return new SearchedText(reader.GetString(0), reader.GetString(1), reader.GetString(2));
    }

    public static async Task<bool> AnyAsync(SqliteConnection connection, string expression, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT EXISTS (SELECT 1 FROM words WHERE words MATCH $expression)";
        command.Parameters.AddWithValue("$expression", expression);
        return (long)(await command.ExecuteScalarAsync(cancellationToken))! == 1;
    }

    /// <summary>Goes through all entries that an expression finds, in no order.</summary>
    /// <param name="connection">Of the index.</param>
    /// <param name="expression">FTS5 full-text query syntax.</param>
    /// <param name="found">Told of each entry and how well it answers: the lower, the better (BM25, a title ten times a summary, a source four times).</param>
    /// <param name="cancellationToken">Ends the search.</param>
    public static async Task MatchAsync(SqliteConnection connection, string expression, Action<long, double> found, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT rowid, bm25(words, 10.0, 4.0, 1.0) FROM words WHERE words MATCH $expression";
        command.Parameters.AddWithValue("$expression", expression);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (reader.Read())
            found(reader.GetInt64(0), reader.GetDouble(1));
    }

    /// <summary>Until <see cref="OptimizeAsync"/>: writes few large parts, and does not join them as they come.</summary>
    public static Task ExpectMuchAsync(SqliteConnection connection, CancellationToken cancellationToken)
        => ExecuteAsync(
            connection,
            $"""
            PRAGMA cache_size = -{KibibytesWhileMaking};
            INSERT INTO words (words, rank) VALUES ('hashsize', {KibibytesWhileMaking * 1024 / 2}), ('automerge', 0);
            """,
            cancellationToken);

    /// <summary>Joins the parts that the index was written in, and is as it was for the few texts of an edition.</summary>
    public static Task OptimizeAsync(SqliteConnection connection, CancellationToken cancellationToken)
        => ExecuteAsync(
            connection,
            $"""
            INSERT INTO words (words) VALUES ('optimize');
            INSERT INTO words (words, rank) VALUES ('hashsize', {UsualHashSize}), ('automerge', {UsualAutomerge});
            """,
            cancellationToken);

    public static async Task ExecuteAsync(SqliteConnection connection, string statement, CancellationToken cancellationToken)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = statement;
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Adds entries one after the other by prepared statements.</summary>
    internal sealed class Adding : IAsyncDisposable
    {
        private readonly SqliteCommand _entry;
        private readonly SqliteCommand _words;
        private long _last;

        public Adding(SqliteConnection connection)
        {
            using (var last = connection.CreateCommand())
            {
                last.CommandText = "SELECT ifnull(max(id), 0) FROM entry";
                _last = (long)last.ExecuteScalar()!;
            }

            _entry = connection.CreateCommand();
            _entry.CommandText =
                """
                INSERT INTO entry (id, kind, publication, number, month, position, sector, section, source)
                VALUES ($id, $kind, $publication, $number, $month, $position, $sector, $section, $source)
                """;
            foreach (var name in (string[])["$id", "$kind", "$publication", "$number", "$month", "$position", "$sector", "$section", "$source"])
                _entry.Parameters.Add(name, SqliteType.Integer);
            _words = connection.CreateCommand();
            _words.CommandText = "INSERT INTO words (rowid, title, source, summary) VALUES ($id, $title, $source, $summary)";
            _words.Parameters.Add("$id", SqliteType.Integer);
            foreach (var name in (string[])["$title", "$source", "$summary"])
                _words.Parameters.Add(name, SqliteType.Text);
        }

        /// <param name="entry">Its key is given to it.</param>
        /// <param name="text">Its words.</param>
        public void Add(SearchEntry entry, SearchedText text)
        {
            _last++;
            Set(_entry, _last, (int)entry.Kind, entry.Publication, entry.Number, entry.Month, entry.Position, entry.Sector, entry.Section, entry.Source);
            Set(_words, _last, text.Title, text.Source, text.Summary);
            _entry.ExecuteNonQuery();
            _words.ExecuteNonQuery();
        }

        public async ValueTask DisposeAsync()
        {
            await _entry.DisposeAsync();
            await _words.DisposeAsync();
        }

        private static void Set(SqliteCommand command, params ReadOnlySpan<object> values)
        {
            for (var i = 0; i < values.Length; i++)
                command.Parameters[i].Value = values[i];
        }
    }
}
