using System.Data.Common;
using System.Text.Json;
using CordisPulse.Core.Subscriptions;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Core.Data;

/// <summary>How one of those who leave at once did so, as the consent record keeps it.</summary>
internal sealed record LeavingLine(int SubscriberId, string Way, string? Network, int? SecondsSinceMail);

/// <summary>
/// What is added when hundreds leave at once, each one statement for all of them, who are one parameter: row by row it takes ten times as
/// long, in which the last of them waits. They belong in the transaction of their context.
/// </summary>
public static class LeavingStatements
{
    /// <summary>The statements as a database reads them; the first parameter holds the people as JSON.</summary>
    public static (string Suppressions, string Records) Texts(bool isSqlite)
    {
        var source = isSqlite
            ? """
              (SELECT json_extract("value", '$[0]') AS "Id", json_extract("value", '$[1]') AS "Way", json_extract("value", '$[2]') AS "Network",
                json_extract("value", '$[3]') AS "SecondsSinceMail" FROM json_each({0})) AS p
              """
            : """OPENJSON({0}) WITH ("Id" int '$[0]', "Way" nvarchar(20) '$[1]', "Network" nvarchar(100) '$[2]', "SecondsSinceMail" int '$[3]') AS p""";
        return (
            $$"""
            INSERT INTO "Suppressions" ("NormalizedEmail", "Reason", "SinceUtc")
            SELECT s."NormalizedEmail", '{{SuppressionReason.Unsubscribed}}', {1}
            FROM {{source}}
            INNER JOIN "Subscribers" AS s ON s."Id" = p."Id"
            WHERE s."NormalizedEmail" IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "Suppressions" AS x WHERE x."NormalizedEmail" = s."NormalizedEmail")
            """,
            $$"""
            INSERT INTO "ConsentRecords" ("SubscriberId", "Event", "AtUtc", "Note", "Way", "Network", "SecondsSinceMail")
            SELECT s."Id", '{{ConsentEvent.Unsubscribed}}', {1}, {2}, p."Way", p."Network", p."SecondsSinceMail"
            FROM {{source}}
            INNER JOIN "Subscribers" AS s ON s."Id" = p."Id"
            """);
    }

    /// <summary>Keeps their addresses off the list and writes down how each of them left.</summary>
    /// <exception cref="DbUpdateException">Somebody among them left on another node at the same moment; or the database failed.</exception>
    internal static async Task AddLeavingAsync(this PulseDbContext db, IEnumerable<LeavingLine> people, string note, DateTime now, CancellationToken cancellationToken)
    {
        var (suppressions, records) = Texts(db.Database.IsSqlite());
        var json = JsonSerializer.Serialize(people.Select(one => new object?[] { one.SubscriberId, one.Way, one.Network, one.SecondsSinceMail }));
        try
        {
            await db.Database.ExecuteSqlRawAsync(suppressions, [json, now], cancellationToken);
            await db.Database.ExecuteSqlRawAsync(records, [json, now, note], cancellationToken);
        }
        catch (DbException e)
        {
            throw new DbUpdateException("That some people left was not written.", e);
        }
    }
}
