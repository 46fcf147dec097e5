using System.Diagnostics;
using System.Globalization;
using System.Text;
using CordisPulse.Core.Subscriptions;
using CordisPulse.Core.Subscriptions.Lists;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CordisPulse.Benchmarks;

/// <summary>
/// Importing lists of growing length while somebody else writes: the time for each person and the memory must not grow, and nobody who leaves
/// meanwhile may wait. Beside it the same rows by prepared statements in one transaction, which is what the database itself takes and
/// lets nobody else write.
/// </summary>
internal static class ImportScale
{
    private static readonly TimeSpan WriteEvery = TimeSpan.FromMilliseconds(10);

    public static async Task RunAsync(params int[] lists)
    {
        await MeasureAsync(1_000);
        Console.WriteLine($"{"people",10} {"kept, s",8} {"looked, s",10} {"added, s",9} {"µs each",8} {"raw, µs",8} {"ratio",6} {"waits p50",10} {"p99",8} {"longest",8} {"undone, s",10} {"resident",10}");
        foreach (var people in lists)
        {
            var one = await MeasureAsync(people);
            var each = one.Added.TotalMicroseconds / people;
            var raw = one.Raw.TotalMicroseconds / people;
            Console.WriteLine(
                $"{people,10:N0} {one.Kept.TotalSeconds,8:0.00} {one.Looked.TotalSeconds,10:0.00} {one.Added.TotalSeconds,9:0.0} {each,8:0.0} {raw,8:0.0} {each / raw,6:0.0} {At(one.Waits, 0.5),7:0.0} ms {At(one.Waits, 0.99),5:0.0} ms {At(one.Waits, 1),5:0.0} ms {one.Undone.TotalSeconds,10:0.0} {one.Resident / 1024.0 / 1024.0,7:0} MB");
        }
    }

    private static double At(List<double> sorted, double share) => sorted.Count == 0 ? 0 : sorted[Math.Min(sorted.Count - 1, (int)(sorted.Count * share))];

    private static async Task<Measured> MeasureAsync(int people)
    {
        await using var lab = await MakeLabAsync();
        await using var file = Csv(people);
        var runner = lab.Services.GetRequiredService<ListImportRunner>();
        int id;
        var watch = Stopwatch.StartNew();
        await using (var scope = lab.Services.CreateAsyncScope())
            id = await scope.ServiceProvider.GetRequiredService<ListImports>().KeepAsync(new KeepList { File = file, FileName = "list.csv" });
        var kept = watch.Elapsed;
        watch.Restart();
        await runner.RunAsync((await runner.ClaimAsync(id, default))!, null, default);
        var looked = watch.Elapsed;
        await using (var scope = lab.Services.CreateAsyncScope())
            await scope.ServiceProvider.GetRequiredService<ListImports>().ConfirmAsync(
                new ConfirmList { ImportId = id, Basis = new StatedBasis { Ground = ConsentGround.Consent, ObtainedFrom = "Cards at our stand" } });
        using var done = new CancellationTokenSource();
        var writing = Task.Run(() => WriteAsync(lab, done.Token));
        watch.Restart();
        await runner.RunAsync((await runner.ClaimAsync(id, default))!, null, default);
        var added = watch.Elapsed;
        await done.CancelAsync();
        var waits = await writing;
        var resident = Environment.WorkingSet;
        if (await lab.AskAsync(db => db.Subscribers.CountAsync()) != people + 1)
            throw new InvalidOperationException("Not everybody was added.");
        await using (var scope = lab.Services.CreateAsyncScope())
            await scope.ServiceProvider.GetRequiredService<ListImports>().UndoAsync(new UndoImport { ImportId = id, AccountId = null });
        watch.Restart();
        await runner.RunAsync((await runner.ClaimAsync(id, default))!, null, default);
        var undone = watch.Elapsed;
        if (await lab.AskAsync(db => db.Subscribers.CountAsync()) != 1)
            throw new InvalidOperationException("Not everybody was taken back.");
        return new Measured(kept, looked, added, undone, await RawAsync(people), waits, resident);
    }

    /// <summary>Without the lab's statistics of a list of one, for which the database would look through the whole table each time; the program gathers none.</summary>
    private static async Task<LedgerLab> MakeLabAsync()
    {
        var lab = await LedgerLab.MakeAsync(1);
        await lab.AskAsync(db => db.Database.ExecuteSqlRawAsync("DELETE FROM sqlite_stat1; ANALYZE sqlite_master"));
        SqliteConnection.ClearAllPools();
        return lab;
    }

    /// <summary>What somebody who leaves writes, again and again.</summary>
    private static async Task<List<double>> WriteAsync(LedgerLab lab, CancellationToken stop)
    {
        var waits = new List<double>();
        while (!stop.IsCancellationRequested)
        {
            var began = Stopwatch.GetTimestamp();
            await lab.AskAsync(db => db.Subscribers.Where(row => row.Id == 1).ExecuteUpdateAsync(row => row.SetProperty(one => one.Version, one => one.Version + 1), CancellationToken.None));
            waits.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            await Task.Delay(WriteEvery, CancellationToken.None);
        }

        waits.Sort();
        return waits;
    }

    private static async Task<TimeSpan> RawAsync(int people)
    {
        await using var lab = await MakeLabAsync();
        return await lab.AskAsync(async db =>
        {
            db.Add(new ListImport { FileName = "raw", Separator = ",", Columns = "" });
            await db.SaveChangesAsync();
            var connection = (SqliteConnection)db.Database.GetDbConnection();
            await connection.OpenAsync();
            var watch = Stopwatch.StartNew();
            await using (var transaction = connection.BeginTransaction())
            {
                using var subscriber = Command(connection, transaction, """
                    INSERT INTO "Subscribers" ("Id", "Email", "NormalizedEmail", "Domain", "Name", "SearchText", "Status", "Sectors", "UnsubscribeToken", "CreatedUtc", "Version")
                    VALUES ($id, $email, $email, 'example.org', $name, $search, 'Active', '', $token, '2030-01-01 00:00:00', 1)
                    """, "$id", "$email", "$name", "$search", "$token");
                using var record = Command(connection, transaction, """
                    INSERT INTO "ConsentRecords" ("SubscriberId", "Event", "AtUtc", "Note", "Way") VALUES ($id, 'Imported', '2030-01-01 00:00:00', 'Cards at our stand', 'csv')
                    """, "$id");
                using var line = Command(connection, transaction, """
                    INSERT INTO "ListImportLines" ("ImportId", "Line", "Outcome", "SubscriberId") VALUES (1, $id, 'Added', $id)
                    """, "$id");
                for (var i = 2; i < people + 2; i++)
                {
                    subscriber.Parameters[0].Value = record.Parameters[0].Value = line.Parameters[0].Value = i;
                    subscriber.Parameters[1].Value = $"person.{i}@example.org";
                    subscriber.Parameters[2].Value = $"Person {i}";
                    subscriber.Parameters[3].Value = $"person.{i}@example.org\nperson {i}";
                    subscriber.Parameters[4].Value = SecretToken.Create();
                    await subscriber.ExecuteNonQueryAsync();
                    await record.ExecuteNonQueryAsync();
                    await line.ExecuteNonQueryAsync();
                }

                await transaction.CommitAsync();
            }

            return watch.Elapsed;
        });
    }

    private static SqliteCommand Command(SqliteConnection connection, SqliteTransaction transaction, string text, params string[] names)
    {
        var command = connection.CreateCommand();
        (command.CommandText, command.Transaction) = (text, transaction);
        foreach (var name in names)
            command.Parameters.AddWithValue(name, DBNull.Value);
        command.Prepare();
        return command;
    }

    private static FileStream Csv(int people)
    {
        var file = new FileStream(Path.GetTempFileName(), new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.ReadWrite, Options = FileOptions.DeleteOnClose });
        using var text = new StreamWriter(file, Encoding.UTF8, leaveOpen: true);
        text.WriteLine("email,name,organisation");
        for (var i = 0; i < people; i++)
            text.WriteLine(string.Create(CultureInfo.InvariantCulture, $"person.{i}@org{i % 2000}.example,Person {i},Organisation {i % 2000}"));
        return file;
    }

    private sealed record Measured(TimeSpan Kept, TimeSpan Looked, TimeSpan Added, TimeSpan Undone, TimeSpan Raw, List<double> Waits, long Resident);
}
