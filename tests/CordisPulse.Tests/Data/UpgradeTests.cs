using System.IO.Compression;
using System.Net;
using System.Text.Json;
using CordisPulse.Core.Data;
using CordisPulse.Core.Editions;
using CordisPulse.Tests.Commands;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations.Operations;

namespace CordisPulse.Tests.Data;

/// <summary>
/// A database that an earlier version left is brought to this one with all that is in it. Beside this file lies one for each former schema, made by the
/// program of that day: a published edition of three items, three subscribers, a mailing that was completed, an account.
/// Who adds a migration keeps one of the schema before it (docs/contributing.md).
/// </summary>
public sealed class UpgradeTests
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Data", "Schemas");

    public static TheoryData<string> FormerSchemas => [.. Files()];

    [SqliteTheory]
    [MemberData(nameof(FormerSchemas))]
    public async Task What_a_former_version_left_is_all_there(string migration)
    {
        await using var app = new PulseApp();
        var file = new SqliteConnectionStringBuilder(app.Settings["ConnectionStrings:CordisPulse"]).DataSource;
        Unpack(migration, file);
        Assert.Equal(migration, await ScalarAsync(file, "SELECT max(MigrationId) FROM __EFMigrationsHistory"));
        var token = (string)(await ScalarAsync(file, "SELECT UnsubscribeToken FROM Subscribers WHERE NormalizedEmail LIKE '%nn@example.org'"))!;
        var was = (string)(await ScalarAsync(file, "SELECT Sha256 FROM PublishedEditions WHERE Revision = 1"))!;

        using var reader = app.Visit();
        var page = await reader.GetAsync("/editions/2025-05");
        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Equal(["A day on commissioning", "Social care in a nutshell", "Waiting for care", "Effective practice"], page.Document.QuerySelectorAll("article.item h4, article.item h3").Select(title => title.TextContent.Trim()));
        Assert.Equal(was, await ScalarAsync(file, "SELECT Sha256 FROM PublishedEditions WHERE Revision = 1"));

        var status = await PulseCommand.RunAsync(app.Settings, "mailing", "status", "2025-05", "--json");
        using var json = JsonDocument.Parse(status.Output);
        Assert.Equal(("Completed", 3), (json.RootElement.GetProperty("state").GetString(), json.RootElement.GetProperty("deliveries").GetProperty("sent").GetInt32()));

        var leaving = await reader.GetAsync($"/unsubscribe/{token}");
        Assert.Equal(HttpStatusCode.OK, leaving.Status);
        _ = await reader.SubmitAsync(leaving);
        Assert.Equal(1L, await ScalarAsync(file, "SELECT count(*) FROM Suppressions"));
        Assert.Equal(1, await app.QueryAsync(db => db.UserRoles.CountAsync()));

        using var staff = await app.SignInAsync();
        var board = await staff.GetAsync("/editor/editions/2025-05");
        Assert.Equal(HttpStatusCode.OK, board.Status);
        Assert.Contains("Waiting for care", board.Html, StringComparison.Ordinal);
        Assert.Contains("Numbers of people who wait, by council.", await app.EditionJsonAsync(new EditionMonth(2025, 5)), StringComparison.Ordinal);

        Assert.Equal(0L, await ScalarAsync(file, "SELECT count(*) FROM pragma_foreign_key_check"));
        await using var today = new PulseApp();
        _ = today.Address;
        Assert.Equal(await SchemaAsync(new SqliteConnectionStringBuilder(today.Settings["ConnectionStrings:CordisPulse"]).DataSource), await SchemaAsync(file));
    }

    [Fact]
    public void Every_schema_before_this_one_has_a_file()
    {
        var migrations = Migrations();

        Assert.Equal([], migrations.SkipLast(1).Select(migration => migration.Id).Except(Files()));
    }

    /// <summary>
    /// While nodes are brought to a new version one after the other, both versions run on the new schema: a version adds what it needs and takes away only what
    /// the version before it no longer reads. So nothing is dropped, renamed or made narrower, save by name here, with the reason.
    /// </summary>
    [Fact]
    public void A_migration_takes_nothing_from_the_version_that_still_runs()
    {
        // Of the days before the first release, when one node was stopped before the next was started.
        const string lastBeforeRelease = "PublishedLinks";
        var migrations = Migrations();
        Assert.Contains(migrations.SkipLast(1), migration => migration.Id.EndsWith($"_{lastBeforeRelease}", StringComparison.Ordinal));
        var harmful = migrations
            .SkipWhile(migration => !migration.Id.EndsWith($"_{lastBeforeRelease}", StringComparison.Ordinal)).Skip(1)
            .SelectMany(migration => migration.Operations.Where(operation => IsHarmful(operation, NewTables(migration.Operations))).Select(operation => $"{migration.Id}: {operation.GetType().Name}"));

        Assert.Empty(harmful);

        static HashSet<string> NewTables(IEnumerable<MigrationOperation> operations) => [.. operations.OfType<CreateTableOperation>().Select(table => table.Name)];

        static bool IsHarmful(MigrationOperation operation, HashSet<string> newTables) => operation switch
        {
            // Whoever writes a row without it must still be able to.
            AddColumnOperation column => !column.IsNullable && column.DefaultValue is null && column.DefaultValueSql is null,
            AlterColumnOperation column => column.OldColumn.IsNullable && !column.IsNullable,
            CreateIndexOperation index => index.IsUnique && !newTables.Contains(index.Table),
            _ => operation.IsDestructiveChange || operation is RenameColumnOperation or RenameTableOperation or DropColumnOperation or DropTableOperation,
        };
    }

    private static List<(string Id, IReadOnlyList<MigrationOperation> Operations)> Migrations()
    {
        using var db = SchemaTests.Context(DatabaseOptions.Sqlite, "Data Source=:memory:");
        var assembly = db.GetService<IMigrationsAssembly>();
        return [.. assembly.Migrations.Select(migration => (migration.Key, assembly.CreateMigration(migration.Value, db.Database.ProviderName!).UpOperations))];
    }

    private static IEnumerable<string> Files() => Directory.GetFiles(Folder).Select(file => Path.GetFileName(file)[..^".db.gz".Length]).Order();

    private static void Unpack(string migration, string file)
    {
        using var packed = new GZipStream(File.OpenRead(Path.Combine(Folder, $"{migration}.db.gz")), CompressionMode.Decompress);
        using var unpacked = File.Create(file);
        packed.CopyTo(unpacked);
    }

    private static async Task<object?> ScalarAsync(string file, string query)
    {
        await using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = query;
        return await command.ExecuteScalarAsync();
    }

    /// <summary>Each table's columns and indexes, whatever their order.</summary>
    private static async Task<object?> SchemaAsync(string file) => await ScalarAsync(file,
        """
        SELECT group_concat(line, char(10)) FROM (
            SELECT t.name || '.' || c.name || ' ' || c.type || ' ' || c."notnull" || ' ' || c.pk AS line FROM sqlite_master t, pragma_table_info(t.name) c WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite%' AND t.name NOT LIKE '\_\_%' ESCAPE '\'
            UNION ALL SELECT name || ' ' || replace(sql, char(10), ' ') FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL
            ORDER BY 1)
        """);
}
