using System.Diagnostics;
using CordisPulse.Core.Editions.Covered;

namespace CordisPulse.Benchmarks;

/// <summary>"Covered before?" asked at 100,000 items, one question after the other, beside looking at every title. The limit is 20 ms at the 99th percentile.</summary>
internal static class CoveredBeforeLatency
{
    private const int Items = 100_000;
    private const int Questions = 2000;
    private const int Scans = 50;

    public static void Run()
    {
        var titles = MadeTitles.Make(Items);
        var index = new TitleIndex();
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < Items; i++)
            index.Set(i, titles[i]);
        Console.WriteLine($"Index of {Items:N0} titles built in {watch.Elapsed.TotalSeconds:0.0} s");
        var words = titles.Select(TitleWords.Of).ToArray();
        var asked = Enumerable.Range(0, Questions).Select(i => (Id: i * (Items / Questions), Title: MadeTitles.Vary(titles[i * (Items / Questions)], i))).ToList();

        var found = 0;
        Report("TitleIndex", asked, question => found += index.Find(question.Title, 5).Any(near => near.Id == question.Id) ? 1 : 0);
        Console.WriteLine($"  {found} of {Questions} found");
        Report("full scan", asked.Take(Scans), question =>
        {
            var one = TitleWords.Of(question.Title);
            _ = words.Count(other => one.LikenessTo(other) >= TitleIndex.Nearly);
        });
    }

    private static void Report(string name, IEnumerable<(int Id, string Title)> asked, Action<(int Id, string Title)> answer)
    {
        var times = new List<double>();
        foreach (var question in asked)
        {
            var begun = Stopwatch.GetTimestamp();
            answer(question);
            times.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
        }

        times.Sort();
        Console.WriteLine($"{name,-12} p50 {times[times.Count / 2]:0.00} ms, p99 {times[times.Count * 99 / 100]:0.00} ms, longest {times[^1]:0.00} ms");
    }
}
