using System.Data.Common;
using System.Text.Json;
using CordisPulse.Core.Subscriptions;
using CordisPulse.Core.Subscriptions.Lists;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Core.Data;

/// <summary>One row of a list that is written down: what became of it, and of whom.</summary>
/// <param name="NewcomerEmail">As <see cref="Subscriber.NormalizedEmail"/> has it, of somebody whose number is known only once they are added.</param>
internal sealed record WrittenLine(int Line, ListLineOutcome Outcome, string? NewcomerEmail, int? SubscriberId, string? Reason, string? Written = null);

/// <summary>
/// The writes of a batch of an import, each one statement for all its people, who are one parameter: row by row they take five times as long, in
/// which nobody else can write. They belong in the transaction of their context.
/// </summary>
public static class ImportStatements
{
    /// <summary>The statements as a database reads them; the first parameter holds the rows as JSON.</summary>
    public static (string People, string Records, string Lines) Texts(bool isSqlite)
    {
        string[] people = ["Email", "NormalizedEmail", "Domain", "Name", "Organisation", "OrganisationKey", "SearchText", "Sectors", "UnsubscribeToken"];
        var names = string.Join(", ", people.Select(name => $"\"{name}\""));
        var source = isSqlite
            ? $"(SELECT {string.Join(", ", people.Select((name, i) => $"json_extract(\"value\", '$[{i}]') AS \"{name}\""))} FROM json_each({{0}})) AS p"
            : $"OPENJSON({{0}}) WITH ({string.Join(", ", people.Select((name, i) => $"\"{name}\" nvarchar(1000) '$[{i}]'"))}) AS p";
        var lines = isSqlite
            ? """
              (SELECT json_extract("value", '$[0]') AS "Line", json_extract("value", '$[1]') AS "Outcome", json_extract("value", '$[2]') AS "Email",
                json_extract("value", '$[3]') AS "SubscriberId", json_extract("value", '$[4]') AS "Reason", json_extract("value", '$[5]') AS "Written" FROM json_each({0})) AS l
              """
            : """OPENJSON({0}) WITH ("Line" int '$[0]', "Outcome" nvarchar(20) '$[1]', "Email" nvarchar(320) '$[2]', "SubscriberId" int '$[3]', "Reason" nvarchar(1000) '$[4]', "Written" nvarchar(300) '$[5]') AS l""";
        // What comes as JSON has the database's order, and an address has its own.
        var collation = isSqlite ? "" : $" COLLATE {PulseDbContext.ByCharacter}";
        return (
            $$"""
            INSERT INTO "Subscribers" ({{names}}, "Status", "BasisId", "NoticeBasisId", "CreatedUtc", "Version")
            SELECT {{names}}, '{{SubscriberStatus.Active}}', {1}, {1}, {2}, 1
            FROM {{source}}
            """,
            $$"""
            INSERT INTO "ConsentRecords" ("SubscriberId", "Event", "AtUtc", "Note", "Way", "AccountId", "PrivacyTextId", "BasisId")
            SELECT s."Id", '{{ConsentEvent.Imported}}', {1}, {2}, {3}, {4}, {5}, {6}
            FROM {{source}}
            INNER JOIN "Subscribers" AS s ON s."NormalizedEmail" = p."NormalizedEmail"{{collation}}
            """,
            $$"""
            INSERT INTO "ListImportLines" ("ImportId", "Line", "Outcome", "SubscriberId", "Reason", "Written")
            SELECT {1}, l."Line", l."Outcome", COALESCE(l."SubscriberId", s."Id"), l."Reason", l."Written"
            FROM {{lines}}
            LEFT JOIN "Subscribers" AS s ON s."NormalizedEmail" = l."Email"{{collation}}
            """);
    }

    /// <summary>Adds those whom the admission found to be new, each with a record of how they came, and writes down every line.</summary>
    /// <exception cref="DbUpdateException">Somebody among them was added meanwhile; or the database failed.</exception>
    internal static async Task AddImportedAsync(this PulseDbContext db, int importId, StagedAdmission staged, IEnumerable<WrittenLine> lines, CancellationToken cancellationToken)
    {
        var (people, records, written) = Texts(db.Database.IsSqlite());
        try
        {
            if (staged.Newcomers is [{ Consent: [var record] } first, ..])
            {
                var json = JsonSerializer.Serialize(staged.Newcomers.Select(one => new[]
                {
                    one.Email, one.NormalizedEmail, one.Domain, one.Name, one.Organisation, one.OrganisationKey, one.SearchText, one.Sectors, one.UnsubscribeToken,
                }));
                await db.Database.ExecuteSqlRawAsync(people, [json, staged.Basis.Id, first.CreatedUtc], cancellationToken);
                await db.Database.ExecuteSqlRawAsync(
                    records, [json, record.AtUtc, record.Note, record.Way, record.AccountId!, staged.PrivacyText.Id, staged.Basis.Id], cancellationToken);
            }

            await db.Database.ExecuteSqlRawAsync(
                written, [JsonSerializer.Serialize(lines.Select(line => new object?[] { line.Line, line.Outcome.ToString(), line.NewcomerEmail, line.SubscriberId, line.Reason, line.Written })), importId], cancellationToken);
        }
        catch (DbException e)
        {
            throw new DbUpdateException("A batch of an import was not written.", e);
        }
    }
}
