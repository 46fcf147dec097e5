using System.Diagnostics;
using CordisPulse.Core.Mailings;
using CordisPulse.Core.Mailings.Sending;
using CordisPulse.Tests.Data;
using CordisPulse.Tests.Mail;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CordisPulse.Tests.Mailings;

/// <summary>The database fails in mid-send: what was not recorded is not sent on, and nobody gets it twice.</summary>
public sealed class DatabaseTroubleTests
{
    private const int Readers = 120;
    private const int Connections = 4;
    private const string NotWritten = "could not be written";

    [SqliteFact]
    public async Task A_database_that_another_program_has_locked_makes_the_mailing_wait()
    {
        await using var lab = new MailingLab();
        var (node, gate) = await BeginAsync(lab);
        await using var other = new SqliteConnection(lab.Settings["ConnectionStrings:CordisPulse"]);
        await other.OpenAsync();
        await using (var begin = other.CreateCommand())
        {
            begin.CommandText = "BEGIN IMMEDIATE";
            await begin.ExecuteNonQueryAsync();
        }

        var before = lab.Server.MessageCount;
        gate.SetResult();
        await lab.Server.WaitForMessagesAsync(before + Connections, MailingLab.Soon);
        // Longer than a writer waits for its turn, so that writes fail and are tried again.
        if (LongRun.IsAsked)
            await WaitForLogAsync(node, TimeSpan.FromMinutes(1));
        Assert.Equal(before + Connections, lab.Server.MessageCount);

        await using (var end = other.CreateCommand())
        {
            end.CommandText = "ROLLBACK";
            await end.ExecuteNonQueryAsync();
        }

        await ExpectAllOnceAsync(lab, node);
    }

    [SqliteFact]
    public async Task What_one_cannot_write_takes_nothing_from_the_others()
    {
        await using var lab = new MailingLab();
        var node = lab.StartNode();

        await node.InScopeAsync(async services =>
        {
            var ledger = services.GetRequiredService<LedgerWriter>();
            var first = new TaskCompletionSource();
            // The others come while this one is being written, and so share the next commit.
            var holding = ledger.WriteAsync(async (db, _) => { await first.Task; return 0; });
            var good = ledger.WriteAsync((db, token) => db.Database.ExecuteSqlAsync($"UPDATE \"Mailings\" SET \"Version\" = \"Version\"", token));
            var bad = ledger.WriteAsync<int>((_, _) => throw new InvalidOperationException("Nothing that a database says."));
            first.SetResult();

            await holding;
            await good;
            await Assert.ThrowsAsync<InvalidOperationException>(() => bad);
            return 0;
        });
    }

    [SmallDiskFact]
    public async Task A_full_disk_makes_the_mailing_wait_until_there_is_room()
    {
        await using var lab = new MailingLab();
        using var disk = SmallDisk.Mount(megabytes: 24);
        var database = Path.Combine(disk.Folder, "pulse.db");
        File.Copy(new SqliteConnectionStringBuilder(lab.Settings["ConnectionStrings:CordisPulse"]).DataSource, database);
        lab.With("ConnectionStrings:CordisPulse", $"Data Source={database};Pooling=False");
        var (node, gate) = await BeginAsync(lab);

        disk.Fill();
        gate.SetResult();
        await WaitForLogAsync(node, MailingLab.Soon);
        Assert.InRange(lab.Server.MessageCount, 1, Readers - 1);
        disk.MakeRoom();

        await ExpectAllOnceAsync(lab, node);
        await lab.StopAsync(node);
    }

    /// <summary>Starts a mailing and holds it in mid-send, with a message under way on each connection.</summary>
    private static async Task<(PulseApp Node, TaskCompletionSource Gate)> BeginAsync(MailingLab lab)
    {
        var gate = new TaskCompletionSource();
        lab.Server.On(SmtpStage.EndOfData, SmtpReaction.HoldUntil(gate.Task), moment => moment.MessageOnConnection == 3, times: Connections);
        var node = lab.StartNode();
        await MailingLab.SeedAsync(node, Readers);
        await MailingLab.StartAsync(node);
        await MailingLab.WaitAsync(node, status => status.Deliveries is { Attempting: Connections, Sent: Connections * 2 });
        return (node, gate);
    }

    private static async Task ExpectAllOnceAsync(MailingLab lab, PulseApp node)
    {
        var end = await MailingLab.WaitForEndAsync(node);
        Assert.Equal(new DeliveryCounts { Sent = Readers }, end.Deliveries);
        Assert.Equal(Readers, lab.Server.MessageCount);
        Assert.Equal(Readers, lab.Server.Messages.Select(message => message.Recipient).Distinct().Count());
    }

    private static async Task WaitForLogAsync(PulseApp node, TimeSpan longest)
    {
        for (var watch = Stopwatch.StartNew(); !MailingLab.Log(node).Contains(NotWritten, StringComparison.Ordinal); await Task.Delay(50))
            Assert.True(watch.Elapsed < longest, "Nothing was logged of a ledger that can't be written.");
    }
}
