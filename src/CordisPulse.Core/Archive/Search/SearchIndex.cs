using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Threading.Channels;
using CordisPulse.Core.Data;
using CordisPulse.Core.Editions;
using CordisPulse.Core.Rendering;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace CordisPulse.Core.Archive.Search;

/// <summary>
/// The words of everything that is published, on this node, whatever the main database is. It follows the content's version: whoever
/// searches finds what readers can see at this moment, and nothing else. Missing or damaged, it is made anew.
/// </summary>
public sealed partial class SearchIndex : IDisposable
{
    private readonly IDbContextFactory<PulseDbContext> _contexts;
    private readonly ContentWatch _watch;
    private readonly SearchIndexFile _file;
    private readonly ILogger<SearchIndex> _log;
    private readonly SearchStems _stems = new();
    private readonly SemaphoreSlim _following = new(1, 1);
    private Shelf? _shelf;
    private Shelf? _warmed;
    private SearchCatalogue? _catalogue;
    private ContentState? _followed;
    private bool _isMade;
    private volatile bool _isDamaged;

    internal SearchIndex(IDbContextFactory<PulseDbContext> contexts, ContentWatch watch, SearchIndexFile file, ILogger<SearchIndex> log)
        => (_contexts, _watch, _file, _log) = (contexts, watch, file, log);

    /// <summary>Brings it up to what readers see now. The first time it may take seconds; whoever searches meanwhile waits for it.</summary>
    public async Task FollowAsync(CancellationToken cancellationToken = default)
    {
        var version = await _watch.CurrentAsync(cancellationToken);
        if (Volatile.Read(ref _followed) == version)
            return;
        await using var db = await _contexts.CreateDbContextAsync(cancellationToken);
        await _following.WaitAsync(cancellationToken);
        try
        {
            if (_followed == version)
                return;
            if (_isDamaged)
            {
                _file.Delete();
                (_isDamaged, _isMade) = (false, false);
            }

            try
            {
                await UpdateAsync(db, cancellationToken);
            }
            catch (SqliteException e) when (SearchIndexFile.IsDamage(e))
            {
                LogDamage(e.SqliteErrorCode);
                _file.Delete();
                _isMade = false;
                await UpdateAsync(db, cancellationToken);
            }
        }
        finally
        {
            _following.Release();
        }
    }

    /// <summary>Asks it as it is at this moment. What turns out to be damaged is made anew, and asked again.</summary>
    internal async Task<T> AskAsync<T>(Func<OpenIndex, Task<T>> ask, CancellationToken cancellationToken)
    {
        try
        {
            await FollowAsync(cancellationToken);
            return await AskOnceAsync(ask, cancellationToken);
        }
        catch (SqliteException e) when (SearchIndexFile.IsDamage(e))
        {
            LogDamage(e.SqliteErrorCode);
            _isDamaged = true;
            Volatile.Write(ref _followed, null);
            await FollowAsync(cancellationToken);
            return await AskOnceAsync(ask, cancellationToken);
        }
    }

    /// <summary>Finds what many will ask for, as long as nobody has published meanwhile.</summary>
    public async Task WarmAsync(CancellationToken cancellationToken = default)
    {
        if (Volatile.Read(ref _shelf) is { } warm && ReferenceEquals(warm, _warmed))
            return;
        _warmed = await AskAsync(
            async open =>
            {
                var vocabulary = await open.VocabularyAsync(cancellationToken);
                foreach (var words in vocabulary.Keys.Chunk(WordsAtOnce))
                    open.Stems.Know(words);
                await open.Shelf.Terms.WarmAsync(open.Connection, vocabulary, open.Shelf.PlaceOf, cancellationToken);
                return open.Shelf;
            },
            cancellationToken);
    }

    /// <summary>Whoever searches meanwhile waits no longer than for these.</summary>
    private const int WordsAtOnce = 500;

    private async Task<T> AskOnceAsync<T>(Func<OpenIndex, Task<T>> ask, CancellationToken cancellationToken)
    {
        await using var connection = await _file.OpenAsync(cancellationToken);
        // What is counted and what is found are of one state.
        await using var state = connection.BeginTransaction(deferred: true);
        var (_, serial) = await SearchIndexFile.StandAsync(connection, cancellationToken);
        var shelf = Volatile.Read(ref _shelf);
        if (shelf is null || shelf.Serial != serial)
        {
            shelf = new Shelf(serial, await SearchIndexFile.EntriesAsync(connection, cancellationToken));
            Volatile.Write(ref _shelf, shelf);
        }

        return await ask(new OpenIndex(connection, shelf, await CatalogueAsync(cancellationToken), _stems));
    }

    private async Task<SearchCatalogue> CatalogueAsync(CancellationToken cancellationToken)
    {
        var version = Volatile.Read(ref _followed);
        if (Volatile.Read(ref _catalogue) is { } known && known.Version == version)
            return known;
        await using var db = await _contexts.CreateDbContextAsync(cancellationToken);
        var read = await SearchCatalogue.ReadAsync(db, version, cancellationToken);
        Volatile.Write(ref _catalogue, read);
        return read;
    }

    public void Dispose()
    {
        _following.Dispose();
        _stems.Dispose();
    }

    private async Task UpdateAsync(PulseDbContext db, CancellationToken cancellationToken)
    {
        if (!_isMade)
        {
            await _file.CreateAsync(cancellationToken);
            _isMade = true;
        }

        await using var connection = await _file.OpenAsync(cancellationToken);
        await using var transaction = connection.BeginTransaction(deferred: false);
        // Read before what it is the version of: what is published meanwhile is looked at again.
        var version = await db.ContentVersions.Select(row => new ContentState(row.Number, row.ChangedUtc, row.Links)).SingleAsync(cancellationToken);
        var (known, _) = await SearchIndexFile.StandAsync(connection, cancellationToken);
        if (known != version.ToString())
        {
            await ChangeAsync(db, connection, cancellationToken);
            await SearchIndexFile.SetStandAsync(connection, version.ToString(), cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }

        Volatile.Write(ref _followed, version);
    }

    private static async Task ChangeAsync(PulseDbContext db, SqliteConnection connection, CancellationToken cancellationToken)
    {
        var current = (await db.PublishedEditions.AsNoTracking()
            .Where(row => row.Edition!.PublishedRevision == row.Revision)
            .Select(row => new { row.Id, row.Sha256, row.PublishedUtc })
            .ToListAsync(cancellationToken))
            .ToDictionary(row => row.Id, row => string.Create(CultureInfo.InvariantCulture, $"{row.Sha256}@{row.PublishedUtc.Ticks}"));
        var sources = await db.Sources.AsNoTracking().Select(row => new { row.Id, row.Name }).ToDictionaryAsync(row => row.Id, row => row.Name, cancellationToken);
        var present = await SearchIndexFile.PublicationsAsync(connection, cancellationToken);
        // An item is found by the name that its source has now.
        var renamed = (await SearchIndexFile.SourcesAsync(connection, cancellationToken))
            .Where(source => sources.GetValueOrDefault(source.Key) != source.Value)
            .Select(source => source.Key)
            .ToHashSet();
        if (renamed.Count > 0)
            foreach (var entry in await SearchIndexFile.EntriesAsync(connection, cancellationToken))
                if (renamed.Contains(entry.Source) && present.ContainsKey(entry.Publication))
                    present[entry.Publication] = "";
        foreach (var (publication, mark) in present)
            if (current.GetValueOrDefault(publication) != mark)
                await SearchIndexFile.RemoveAsync(connection, publication, cancellationToken);
        var missing = current.Where(publication => present.GetValueOrDefault(publication.Key) != publication.Value).Select(publication => publication.Key).ToList();
        if (missing.Count > AtOnce)
            await SearchIndexFile.ExpectMuchAsync(connection, cancellationToken);
        await AddAsync(db, connection, missing, cancellationToken);
        await SearchIndexFile.SetSourcesAsync(connection, sources, cancellationToken);
        await SearchIndexFile.SetPublicationsAsync(connection, current, cancellationToken);
        if (missing.Count > AtOnce)
            await SearchIndexFile.OptimizeAsync(connection, cancellationToken);
    }

    private const int AtOnce = 50;
    private const int TextsAhead = 1000;

    /// <summary>Reads and folds the texts on one processor while another puts in those before them.</summary>
    private static async Task AddAsync(PulseDbContext db, SqliteConnection connection, List<int> publications, CancellationToken cancellationToken)
    {
        var texts = Channel.CreateBounded<(SearchEntry Entry, SearchedText Text)>(TextsAhead);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var reading = Task.Run(() => ReadAsync(db, publications, texts.Writer, ending.Token), CancellationToken.None);
        try
        {
            await using var adding = new SearchIndexFile.Adding(connection);
            await foreach (var (entry, text) in texts.Reader.ReadAllAsync(cancellationToken))
                adding.Add(entry, text);
        }
        finally
        {
            await ending.CancelAsync();
            // The database is whoever asked for this's, who goes on with it.
            await reading;
        }
    }

    private static async Task ReadAsync(PulseDbContext db, List<int> publications, ChannelWriter<(SearchEntry Entry, SearchedText Text)> texts, CancellationToken cancellationToken)
    {
        Exception? fault = null;
        try
        {
            foreach (var some in publications.Chunk(AtOnce))
                await foreach (var text in ReadAsync(db, some, cancellationToken))
                    await texts.WriteAsync(text, cancellationToken);
        }
        catch (Exception e)
        {
            // Whoever takes the texts meets it.
            fault = e;
        }

        texts.Complete(fault);
    }

    private static async IAsyncEnumerable<(SearchEntry Entry, SearchedText Text)> ReadAsync(PulseDbContext db, int[] publications, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var editions = db.PublishedEditions.AsNoTracking()
            .Where(row => EF.Parameter(publications).Contains(row.Id))
            .Select(row => new { row.Id, row.Month, row.Document })
            .AsAsyncEnumerable();
        await foreach (var edition in editions.WithCancellation(cancellationToken))
        {
            var document = EditionDocument.FromJson(edition.Document);
            var month = MonthNumber(edition.Month);
            var introduction = MarkdownRenderer.ToPlainText(document.Introduction);
            if (introduction.Length > 0)
            {
                yield return (
                    new SearchEntry(0, SearchedKind.Introduction, edition.Id, 0, month, -document.News.Count - 1, 0, 0, 0),
                    new SearchedText("", "", SearchWords.WithCompounds(introduction)));
            }

            foreach (var (number, news) in document.News.Index())
            {
                yield return (
                    new SearchEntry(0, SearchedKind.News, edition.Id, number, month, number - document.News.Count, 0, 0, 0),
                    new SearchedText(SearchWords.WithCompounds(news.Title), "", SearchWords.WithCompounds(MarkdownRenderer.ToPlainText(news.Body))));
            }
        }

        var items = db.PublishedItems.AsNoTracking()
            .Where(item => EF.Parameter(publications).Contains(item.PublishedEditionId))
            .Select(item => new { item.Id, item.PublishedEditionId, item.Month, item.Position, item.SectorId, item.SectionId, item.SourceId, item.Title, Source = item.Source!.Name, item.SummaryText })
            .AsAsyncEnumerable();
        await foreach (var item in items.WithCancellation(cancellationToken))
        {
            yield return (
                new SearchEntry(0, SearchedKind.Item, item.PublishedEditionId, item.Id, MonthNumber(item.Month), item.Position, item.SectorId ?? 0, item.SectionId ?? 0, item.SourceId ?? 0),
                new SearchedText(SearchWords.WithCompounds(item.Title), SearchWords.Of(item.Source ?? ""), SearchWords.WithCompounds(item.SummaryText)));
        }
    }

    internal static int MonthNumber(EditionMonth month) => (month.FirstDay.Year * 12) + month.FirstDay.Month - 1;

    [LoggerMessage(LogLevel.Warning, "The search index can't be read (SQLite error {Code}) and is made anew.")]
    private partial void LogDamage(int code);

    /// <summary>What is counted and put in order, in memory: all entries, the newest first.</summary>
    internal sealed class Shelf
    {
        private readonly int[] _places;

        public Shelf(long serial, List<SearchEntry> entries)
        {
            (Serial, Entries) = (serial, entries);
            _places = new int[entries.Count == 0 ? 0 : entries.Max(entry => entry.Id) + 1];
            for (var i = 0; i < entries.Count; i++)
                _places[entries[i].Id] = i;
            Everything = new ScoredPlaces([.. Enumerable.Range(0, entries.Count)], new float[entries.Count]);
            Sectors = new KeysOfEntries([.. entries.Select(entry => entry.Sector)]);
            Sections = new KeysOfEntries([.. entries.Select(entry => entry.Section)]);
            Sources = new KeysOfEntries([.. entries.Select(entry => entry.Source)]);
            Years = new KeysOfEntries([.. entries.Select(entry => entry.Month / SearchCounting.MonthsOfAYear)]);
        }

        public long Serial { get; }

        public IReadOnlyList<SearchEntry> Entries { get; }

        public ScoredPlaces Everything { get; }

        public KeysOfEntries Sectors { get; }

        public KeysOfEntries Sections { get; }

        public KeysOfEntries Sources { get; }

        public KeysOfEntries Years { get; }

        public TermScores Terms { get; } = new();

        /// <summary>Where an entry stands among all.</summary>
        public int PlaceOf(long id) => _places[id];

        /// <summary>Every word that occurs, as it is written there, and how often; null until somebody needs it.</summary>
        public IReadOnlyDictionary<string, int>? Vocabulary { get; set; }
    }
}

/// <summary>The index at one moment.</summary>
internal sealed class OpenIndex(SqliteConnection connection, SearchIndex.Shelf shelf, SearchCatalogue catalogue, SearchStems stems)
{
    public SqliteConnection Connection => connection;

    public SearchIndex.Shelf Shelf => shelf;

    public SearchCatalogue Catalogue => catalogue;

    public SearchStems Stems => stems;

    /// <summary>Every word that occurs, and how often.</summary>
    public async Task<IReadOnlyDictionary<string, int>> VocabularyAsync(CancellationToken cancellationToken)
    {
        if (shelf.Vocabulary is { } known)
            return known;
        var words = new Dictionary<string, int>(StringComparer.Ordinal);
        await foreach (var text in SearchIndexFile.TextsAsync(connection, cancellationToken))
            foreach (var word in SearchWords.Split(text.Title).Concat(SearchWords.Split(text.Source)).Concat(SearchWords.Split(text.Summary)))
                CollectionsMarshal.GetValueRefOrAddDefault(words, word, out _)++;
        return shelf.Vocabulary = words;
    }
}
