using CordisPulse.Core.Data;
using CordisPulse.Tests.Data;
using Microsoft.Data.Sqlite;

namespace CordisPulse.Tests.Commands;

/// <summary>The schema is changed by one at a time, and by nobody who has died.</summary>
public sealed class MigrateCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("cordispulse-").FullName;

    public void Dispose() => TemporaryFolder.Delete(_folder);

    [SqliteFact]
    public async Task Two_that_migrate_at_once_both_end_well_and_one_that_died_holds_nobody_up()
    {
        var file = Path.Combine(_folder, "cordispulse.db");
        var settings = new Dictionary<string, string> { ["Data:Directory"] = _folder };
        var both = await Task.WhenAll(PulseCommand.RunProcessAsync(settings, "migrate"), PulseCommand.RunProcessAsync(settings, "migrate"));
        Assert.All(both, one => Assert.Equal((0, ""), (one.ExitCode, one.Error)));
        Assert.Contains(both, one => one.Output.Contains("applied", StringComparison.Ordinal));

        // As a process leaves it that dies in the midst of the last migration.
        await using (var connection = new SqliteConnection($"Data Source={file};Pooling=False"))
        {
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText =
                """
                DROP TABLE PublishedLinkPlaces; DROP TABLE PublishedLinks; ALTER TABLE ContentVersions DROP COLUMN Links;
                DELETE FROM __EFMigrationsHistory WHERE MigrationId LIKE '%_PublishedLinks';
                INSERT INTO __EFMigrationsLock (Id, Timestamp) VALUES (1, '2026-11-30 12:00:00');
                """;
            await command.ExecuteNonQueryAsync();
        }

        var after = await PulseCommand.RunAsync(settings, "migrate");
        Assert.Equal((0, "", "1 migration applied."), (after.ExitCode, after.Error, after.Output.Trim()));
    }

    [Fact]
    public async Task The_script_for_SQL_Server_is_written_without_a_server_and_does_no_harm_twice()
    {
        var settings = new Dictionary<string, string>
        {
            ["Data:Directory"] = _folder,
            ["Database:Provider"] = DatabaseOptions.SqlServer,
            ["ConnectionStrings:CordisPulse"] = "Server=nowhere.example.org;Database=CordisPulse",
        };
        var script = await PulseCommand.RunAsync(settings, "migrate", "--script");

        Assert.Equal((0, ""), (script.ExitCode, script.Error));
        Assert.Empty(TransactSql.Errors(script.Output));
        Assert.Contains("IF NOT EXISTS", script.Output, StringComparison.Ordinal);
        Assert.Contains("CREATE TABLE [Subscribers]", script.Output, StringComparison.Ordinal);

        var embedded = await PulseCommand.RunAsync(new Dictionary<string, string> { ["Data:Directory"] = _folder }, "migrate", "--script");
        Assert.Equal((1, ""), (embedded.ExitCode, embedded.Output));
        Assert.Contains("SQL Server alone", embedded.Error, StringComparison.Ordinal);
    }
}
