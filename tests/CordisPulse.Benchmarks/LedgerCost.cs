using System.Diagnostics;
using CordisPulse.Core.Mailings;
using CordisPulse.Core.Mailings.Sending;
using Microsoft.Extensions.DependencyInjection;

namespace CordisPulse.Benchmarks;

/// <summary>
/// What the ledger alone costs a message: the outcome of the last and the mark of the next in one commit, on disk. At 12 and at 2,400 past
/// editions, over one connection and over four, beside an fsync of a file in the same folder, which is the least that any such record costs.
/// </summary>
internal static class LedgerCost
{
    private const int Messages = 4_000;
    private const int PastReaders = 300;

    public static async Task RunAsync()
    {
        Console.WriteLine($"{"past editions",14} {"connections",12} {"µs a message",13} {"fsync, µs",10} {"ratio",6}");
        foreach (var past in (int[])[12, 2_400])
        {
            await using var lab = await LedgerLab.MakeAsync(Messages * 3, past, PastReaders);
            var mailing = (await lab.StartAsync()).MailingId;
            // The first compiles what the others use.
            await MeasureAsync(lab, mailing, connections: 1);
            foreach (var connections in (int[])[1, 4])
            {
                var sync = Sync();
                var cost = await MeasureAsync(lab, mailing, connections);
                Console.WriteLine($"{past,14:N0} {connections,12} {cost,13:0} {sync,10:0} {cost / sync,6:0.00}");
            }
        }
    }

    /// <returns>Microseconds a message, over all connections.</returns>
    private static async Task<double> MeasureAsync(LedgerLab lab, int mailing, int connections)
    {
        var queue = lab.Services.GetRequiredService<DeliveryQueue>();
        var rows = await queue.ClaimAsync(mailing, $"benchmark!{Guid.NewGuid():N}#1", Messages);
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, connections).Select(connection => Task.Run(async () =>
        {
            DeliveryOutcome? last = null;
            for (var i = connection; i < rows.Count; i += connections)
            {
                if (await queue.BeginAsync(rows[i], last) != BeginAnswer.Go)
                    throw new InvalidOperationException("A message could not be begun.");
                last = new DeliveryOutcome(rows[i], DeliveryAct.Accept, 250, "2.0.0 taken");
            }

            await queue.RecordAsync(last!);
        })));
        return watch.Elapsed.TotalMicroseconds / rows.Count;
    }

    private static double Sync()
    {
        const int times = 500;
        var file = Path.GetTempFileName();
        try
        {
            using var stream = new FileStream(file, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
            var page = new byte[4096];
            var watch = Stopwatch.StartNew();
            for (var i = 0; i < times; i++)
            {
                stream.Write(page);
                stream.Flush(flushToDisk: true);
            }

            return watch.Elapsed.TotalMicroseconds / times;
        }
        finally
        {
            File.Delete(file);
        }
    }
}
