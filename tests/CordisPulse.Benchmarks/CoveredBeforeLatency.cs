using System.Diagnostics;
using CordisPulse.Core;
using CordisPulse.Core.Data;
using CordisPulse.Core.Editions;
using CordisPulse.Core.Editions.Covered;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CordisPulse.Benchmarks;

/// <summary>
/// "Covered before?" asked at 100,000 items in a database, one question after the other and each as a form asks it: by link, DOI and
/// title, with all that it asks the database. Beside it a scan of every title. The limit is 20 ms at the 99th percentile.
/// </summary>
internal static class CoveredBeforeLatency
{
    private const int Items = 100_000;
    private const int Questions = 400;
    private const int Scans = 50;
    private const int AtOnce = 5000;

    public static async Task RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("cordispulse-benchmark-");
        try
        {
            var settings = new ConfigurationBuilder().AddInMemoryCollection([new("Data:Directory", folder.FullName)]).Build();
            await using var services = new ServiceCollection().AddSingleton<IConfiguration>(settings).AddLogging().AddPulseCore(settings, folder.FullName).BuildServiceProvider();
            await services.GetRequiredService<Database>().MigrateAsync();
            var titles = MadeTitles.Make(Items);
            await FillAsync(services.GetRequiredService<IDbContextFactory<PulseDbContext>>(), titles);
            await AskAsync(services.GetRequiredService<CoveredBefore>(), titles);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task FillAsync(IDbContextFactory<PulseDbContext> contexts, string[] titles)
    {
        foreach (var numbers in Enumerable.Range(0, titles.Length).Chunk(AtOnce))
        {
            await using var db = await contexts.CreateDbContextAsync();
            db.AddRange(numbers.Select(i => new EditionItem { Title = titles[i], Slug = $"item-{i}", Url = Url(i), Doi = Doi(i), Position = i }));
            await db.SaveChangesAsync();
        }
    }

    private static async Task AskAsync(CoveredBefore covered, string[] titles)
    {
        var watch = Stopwatch.StartNew();
        await covered.LoadAsync(CancellationToken.None);
        Console.WriteLine($"{titles.Length:N0} items loaded in {watch.Elapsed.TotalSeconds:0.0} s");
        var words = titles.Select(TitleWords.Of).ToArray();
        var asked = Enumerable.Range(0, Questions).Select(i => i * (Items / Questions)).SelectMany(i => MadeTitles.Vary(titles[i]).Select(varied => new Asked(i, varied.Kind, varied.Title))).ToList();

        var found = 0;
        await ReportAsync("whole", asked, async one =>
            found += (await covered.FindAsync(new CoveredQuestion { Title = one.Title, Url = Url(one.Number) + "?utm_source=mail", Doi = Doi(one.Number) })).Count > 0 ? 1 : 0);
        Console.WriteLine($"  {found} of {asked.Count} found");
        foreach (var kind in asked.GroupBy(one => one.Kind))
        {
            var (right, others) = (0, 0);
            await ReportAsync(kind.Key, kind, async one =>
            {
                var answer = await covered.FindAsync(new CoveredQuestion { Title = one.Title });
                right += answer.Any(item => item.Url == Url(one.Number)) ? 1 : 0;
                others += answer.Count(item => item.Url != Url(one.Number));
            });
            Console.WriteLine($"  {right} of {kind.Count()} found, {others} others told");
        }

        foreach (var kind in MadeTitles.Unknown(Questions).Select(unknown => new Asked(0, unknown.Kind, unknown.Title)).GroupBy(one => one.Kind))
        {
            var told = 0;
            await ReportAsync(kind.Key, kind, async one => told += (await covered.FindAsync(new CoveredQuestion { Title = one.Title })).Count > 0 ? 1 : 0);
            Console.WriteLine($"  {told} of {kind.Count()} told, that are not there");
        }

        await ReportAsync("30 at once", asked.Take(Scans), async one =>
            await covered.FindAllAsync([.. Enumerable.Range(0, 30).Select(i => new CoveredQuestion { Title = titles[(one.Number + (i * 997)) % Items], Url = Url(one.Number + i), Doi = Doi(one.Number) })]));
        await ReportAsync("full scan", asked.Take(Scans), one =>
        {
            var asks = TitleWords.Of(one.Title);
            _ = words.Count(other => asks.LikenessTo(other) >= TitleIndex.Nearly);
            return Task.CompletedTask;
        });
    }

    private static string Url(int number) => $"https://example.org/reports/{number}";

    private static string Doi(int number) => $"10.1234/report.{number}";

    private static async Task ReportAsync(string name, IEnumerable<Asked> asked, Func<Asked, Task> answer)
    {
        var times = new List<double>();
        foreach (var question in asked)
        {
            var begun = Stopwatch.GetTimestamp();
            await answer(question);
            times.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
        }

        times.Sort();
        Console.WriteLine($"{name,-20} p50 {times[times.Count / 2]:0.00} ms, p99 {times[times.Count * 99 / 100]:0.00} ms, longest {times[^1]:0.00} ms");
    }
    private sealed record Asked(int Number, string Kind, string Title);
}
