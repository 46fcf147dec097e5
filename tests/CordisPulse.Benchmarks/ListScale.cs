using System.Diagnostics;
using CordisPulse.Core.Data;
using CordisPulse.Core.Subscriptions;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CordisPulse.Benchmarks;

/// <summary>
/// What staff wait for at lists of growing length: the first page, searches that find few and many, a narrowed list, and the figures. The
/// limit is 50 ms for the slowest in a hundred at 100,000. Beside the searches, the same question put to the database alone.
/// </summary>
internal static class ListScale
{
    private const int Rounds = 100;
    private const int Organisations = 2000;

    public static async Task RunAsync(params int[] lists)
    {
        Console.WriteLine($"{"people",10}  {"asked for",-28} {"p50, ms",8} {"p99, ms",8}");
        foreach (var people in lists)
        {
            await using var lab = await LedgerLab.MakeAsync(people);
            await lab.AskAsync(FillAsync);
            var sector = await lab.AskAsync(db => db.Sectors.OrderBy(row => row.Id).Select(row => row.Id).FirstAsync());
            await TimeAsync(lab, people, "first page", d => d.ListAsync(new SubscriberQuery()));
            await TimeAsync(lab, people, "search, one found", d => d.ListAsync(new SubscriberQuery { Search = $"reader.{people / 2}@" }));
            await TimeAsync(lab, people, "search, 1 in 2,000 found", d => d.ListAsync(new SubscriberQuery { Search = "council 77\n"[..10] }));
            await TimeAsync(lab, people, "search, 1 in 20 found", d => d.ListAsync(new SubscriberQuery { Search = "council 7" }));
            await TimeAsync(lab, people, "search, the first 3,000", d => d.ListAsync(new SubscriberQuery { Search = "early" }));
            await TimeAsync(lab, people, "search, all found", d => d.ListAsync(new SubscriberQuery { Search = "example" }));
            await TimeAsync(lab, people, "search, nobody found", d => d.ListAsync(new SubscriberQuery { Search = "zzyzx" }));
            await TimeAsync(lab, people, "narrowed to an organisation", d => d.ListAsync(new SubscriberQuery { Organisation = "Council 77" }));
            await TimeAsync(lab, people, "narrowed to a status", d => d.ListAsync(new SubscriberQuery { Status = SubscriberStatus.Unsubscribed }));
            await TimeAsync(lab, people, "figures", (SubscriberFigures figures) => figures.ReadAsync(null, null));
            await TimeAsync(lab, people, "figures, list just changed", (PulseDbContext db) => Counting(db).ReadAsync(null, null));
            await TimeAsync(lab, people, "- of an organisation", (PulseDbContext db) => Counting(db).ReadAsync(null, "Council 77"));
            await TimeAsync(lab, people, "- of a sector", (PulseDbContext db) => Counting(db).ReadAsync(sector, null));
            await TimeRawAsync(lab, people);
        }
    }

    private static Task TimeAsync(LedgerLab lab, int people, string name, Func<SubscriberDirectory, Task> ask) => TimeAsync<SubscriberDirectory>(lab, people, name, ask);

    private static async Task TimeAsync<T>(LedgerLab lab, int people, string name, Func<T, Task> ask)
        where T : notnull
    {
        var times = new List<double>();
        for (var i = -3; i < Rounds; i++)
        {
            await using var scope = lab.Services.CreateAsyncScope();
            var asked = scope.ServiceProvider.GetRequiredService<T>();
            var started = Stopwatch.GetTimestamp();
            await ask(asked);
            if (i >= 0)
                times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        Write(people, name, times);
    }

    /// <summary>With nothing counted before.</summary>
    private static SubscriberFigures Counting(PulseDbContext db) => new(db, new CountedList(), TimeProvider.System);

    private static async Task TimeRawAsync(LedgerLab lab, int people)
    {
        var times = new List<double>();
        await using var db = await lab.Services.GetRequiredService<IDbContextFactory<PulseDbContext>>().CreateDbContextAsync();
        await db.Database.OpenConnectionAsync();
        await using var command = (SqliteCommand)db.Database.GetDbConnection().CreateCommand();
        command.CommandText = "SELECT count(*) FROM \"Subscribers\" WHERE instr(\"SearchText\", 'zzyzx') > 0";
        for (var i = 0; i < Rounds; i++)
        {
            var started = Stopwatch.GetTimestamp();
            await command.ExecuteScalarAsync();
            times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        Write(people, "the same by the database alone", times);
    }

    private static void Write(int people, string name, List<double> times)
    {
        times.Sort();
        Console.WriteLine($"{people,10:N0}  {name,-28} {times[times.Count / 2],8:0.0} {times[(int)(times.Count * 0.99)],8:0.0}");
    }

    private static async Task<int> FillAsync(PulseDbContext db)
    {
        var rows = await db.Database.ExecuteSqlAsync(
            $"""
            UPDATE "Subscribers" SET "Organisation" = 'Council ' || ("Id" % {Organisations}), "OrganisationKey" = 'council ' || ("Id" % {Organisations}), "Domain" = 'example.org',
              "Status" = CASE WHEN "Id" % 10 = 0 THEN 'Unsubscribed' ELSE 'Active' END,
              "SearchText" = "NormalizedEmail" || char(10) || lower("Name") || char(10) || 'council ' || ("Id" % {Organisations}) || CASE WHEN "Id" <= 3000 THEN ' early' ELSE '' END
            """);
        await db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO "ConsentRecords" ("SubscriberId", "Event", "AtUtc", "Note", "Way")
            SELECT "Id", 'Confirmed', datetime('now', '-' || ("Id" % 700) || ' days'), 'Confirmed', 'page' FROM "Subscribers"
            """);
        return rows;
    }
}
