using System.Diagnostics;
using CordisPulse.Core.Mailings;
using CordisPulse.Core.Mailings.Sending;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CordisPulse.Benchmarks;

/// <summary>Memory while a mailing goes to a million: enrolled, sent and completed by a node, ledger and all, with a mail server that takes everything.</summary>
internal static class SendingMemory
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(500);

    public static async Task RunAsync(int most)
    {
        Console.WriteLine($"{"recipients",12} {"seconds",9} {"a second",9} {"resident at most",17} {"heap at most",13}");
        for (var recipients = 1_000; recipients <= most; recipients *= 10)
            await SendAsync(recipients);
    }

    private static async Task SendAsync(int recipients)
    {
        await using var lab = await LedgerLab.MakeAsync(recipients);
        GC.Collect();
        await lab.StartAsync();
        using var stop = new CancellationTokenSource();
        var (resident, heap) = (0L, 0L);
        var watch = Stopwatch.StartNew();
        var sending = Task.Run(() => lab.Services.GetRequiredService<MailingLoop>().RunAsync(stop.Token));
        while (await lab.AskAsync(db => db.Mailings.AnyAsync(mailing => mailing.State == MailingState.Sending)))
        {
            (resident, heap) = (Math.Max(resident, Environment.WorkingSet), Math.Max(heap, GC.GetTotalMemory(forceFullCollection: false)));
            await Task.Delay(LookEvery);
        }

        var took = watch.Elapsed;
        await stop.CancelAsync();
        await sending;
        if (await lab.AskAsync(db => db.Deliveries.CountAsync(delivery => delivery.State == DeliveryState.Sent)) != recipients)
            throw new InvalidOperationException("Not everybody was sent to.");
        Console.WriteLine($"{recipients,12:N0} {took.TotalSeconds,9:0.0} {recipients / took.TotalSeconds,9:0} {Size(resident),17} {Size(heap),13}");
    }

    private static string Size(long bytes) => $"{bytes / 1024.0 / 1024.0:0} MB";
}
