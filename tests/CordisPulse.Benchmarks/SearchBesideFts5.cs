using System.Diagnostics;
using System.Globalization;
using CordisPulse.Core.Archive.Search;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace CordisPulse.Benchmarks;

/// <summary>
/// The index made of editions whose words are as frequent as in real ones, and searches of one to three words, over HTTP as a reader asks,
/// each once. Beside each the same words put to FTS5 alone, for the twenty best. The limits are 10 s for making it, 5 ms for the slowest search
/// in a hundred, and twice FTS5.
/// </summary>
internal static class SearchBesideFts5
{
    private const int Searches = 1000;

    /// <summary>Other searches before those that are compared, while the program is still compiled as it runs.</summary>
    private const int Warming = 2000;

    public static async Task RunAsync(int editions)
    {
        var folder = Directory.CreateTempSubdirectory("cordispulse-benchmark-");
        try
        {
            await using var lab = await LedgerLab.MakeAsync(0, folder.FullName);
            var (titles, summaries) = await MadeArchive.FillAsync(lab, editions);
            var watch = Stopwatch.StartNew();
            await lab.Services.GetRequiredService<SearchIndex>().FollowAsync();
            Console.WriteLine($"{titles.Length:N0} items: index made in {watch.Elapsed.TotalSeconds:0.0} s, {new FileInfo(Directory.GetFiles(folder.FullName, "search-*.db")[0]).Length / 1e6:0} MB");
            watch.Restart();
            await lab.Services.GetRequiredService<SearchIndex>().WarmAsync();
            var warming = watch.Elapsed;
            Console.WriteLine($"the commonest words found beforehand in {warming.TotalSeconds:0.0} s");
            var all = MadeTitles.MakeQueries(Warming + Searches, titles, summaries);
            var queries = all.Skip(Warming).ToList();
            var alone = await AloneAsync(Directory.GetFiles(folder.FullName, "search-*.db")[0], queries);
            var address = new Uri($"http://127.0.0.1:{RunningProgram.FreePort()}");
            using var program = RunningProgram.Start(folder.FullName, address);
            using var client = new HttpClient { BaseAddress = address };
            await RunningProgram.WaitAsync(client);
            // As it is some seconds after a start or a publication.
            await Task.Delay(warming * 2);
            var first = await OursAsync(client, all.Take(Warming));
            var ours = await OursAsync(client, queries);
            program.Kill();
            await program.WaitForExitAsync();
            Write("FTS5 alone", alone);
            Write($"ours, the first {Warming}", first);
            Write("ours, those after", ours);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"sum of all: {ours.Sum() / alone.Sum():0.00} times FTS5"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<List<double>> OursAsync(HttpClient client, IEnumerable<string> queries)
    {
        var times = new List<double>();
        foreach (var query in queries)
        {
            var started = Stopwatch.GetTimestamp();
            using var answer = await client.GetAsync("/search?q=" + Uri.EscapeDataString(query));
            await answer.Content.LoadIntoBufferAsync();
            times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            answer.EnsureSuccessStatusCode();
        }

        return times;
    }

    private static async Task<List<double>> AloneAsync(string file, IReadOnlyList<string> queries)
    {
        await using var connection = new SqliteConnection($"Data Source={file}");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT rowid FROM words WHERE words MATCH $words ORDER BY bm25(words, 10.0, 4.0, 1.0) LIMIT 20";
        var words = command.Parameters.Add("$words", SqliteType.Text);
        var times = new List<double>();
        foreach (var query in queries)
        {
            words.Value = string.Join(' ', query.Split(' ').Select(word => $"\"{word}\""));
            var started = Stopwatch.GetTimestamp();
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
            {
            }

            times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        return times;
    }

    private static void Write(string name, List<double> times)
    {
        var sorted = times.Order().ToList();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-20} p50 {sorted[sorted.Count / 2],7:0.00} ms, p95 {sorted[(int)(sorted.Count * 0.95)],7:0.00} ms, p99 {sorted[(int)(sorted.Count * 0.99)],7:0.00} ms"));
    }
}
