using System.Diagnostics;

namespace CordisPulse.Benchmarks;

/// <summary>Starting a mailing to lists of growing length: the time for each recipient must not grow, nor the memory of the process.</summary>
internal static class EnrolmentScale
{
    private static readonly int[] Lists = [1_000, 100_000, 1_000_000];

    public static async Task RunAsync()
    {
        // The first start compiles what the others use.
        await MeasureAsync(1_000);
        Console.WriteLine($"{"recipients",12} {"seconds",9} {"µs each",9} {"allocated",12} {"resident",10}");
        foreach (var recipients in Lists)
        {
            var (took, allocated) = await MeasureAsync(recipients);
            Console.WriteLine($"{recipients,12:N0} {took.TotalSeconds,9:0.00} {took.TotalMicroseconds / recipients,9:0.00} {Size(allocated),12} {Size(Environment.WorkingSet),10}");
        }
    }

    private static async Task<(TimeSpan Took, long Allocated)> MeasureAsync(int recipients)
    {
        await using var lab = await LedgerLab.MakeAsync(recipients);
        var before = GC.GetTotalAllocatedBytes(precise: true);
        var watch = Stopwatch.StartNew();
        var started = await lab.StartAsync();
        return started.Recipients == recipients
            ? (watch.Elapsed, GC.GetTotalAllocatedBytes(precise: true) - before)
            : throw new InvalidOperationException($"{started.Recipients} of {recipients} were enrolled.");
    }

    private static string Size(long bytes) => $"{bytes / 1024.0 / 1024.0:0.0} MB";
}
