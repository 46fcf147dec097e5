using CordisPulse.Core.Data;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CordisPulse.Tests;

/// <summary>
/// An empty database of the current schema for one app: a SQLite file, or a database on the server that
/// <c>CORDISPULSE_TEST_SQLSERVER</c> names (a connection string without a database).
/// </summary>
internal sealed class TestDatabase
{
    public const string SqlServerVariable = "CORDISPULSE_TEST_SQLSERVER";

    private static readonly string? SqlServer = Environment.GetEnvironmentVariable(SqlServerVariable);

    public static bool IsSqlite => string.IsNullOrEmpty(SqlServer);

    // Migrating takes half a second, copying a file none: every SQLite database starts as a copy of this one.
    private static readonly Lazy<string> Template = new(MakeTemplate);

    private readonly Action _drop;

    private TestDatabase(Dictionary<string, string> settings, Action drop) => (Settings, _drop) = (settings, drop);

    public Dictionary<string, string> Settings { get; }

    public static TestDatabase Create(string directory)
    {
        if (IsSqlite)
        {
            var file = Path.Combine(directory, "cordispulse.db");
            File.Copy(Template.Value, file);
            return new TestDatabase(new() { ["ConnectionStrings:CordisPulse"] = $"Data Source={file}" }, () =>
            {
                using var connection = new SqliteConnection($"Data Source={file};Foreign Keys=True");
                SqliteConnection.ClearPool(connection);
            });
        }

        var name = $"CordisPulseTest_{Guid.NewGuid():N}";
        var connectionString = new SqlConnectionStringBuilder(SqlServer) { InitialCatalog = name }.ToString();
        return new TestDatabase(
            new()
            {
                ["Database:Provider"] = DatabaseOptions.SqlServer,
                ["Database:MigrateOnStart"] = "true",
                ["ConnectionStrings:CordisPulse"] = connectionString,
            },
            () =>
            {
                using var connection = new SqlConnection(SqlServer);
                connection.Open();
                using var command = connection.CreateCommand();
                command.CommandText = $"IF DB_ID('{name}') IS NOT NULL BEGIN ALTER DATABASE [{name}] SET SINGLE_USER WITH ROLLBACK IMMEDIATE; DROP DATABASE [{name}]; END";
                command.ExecuteNonQuery();
            });
    }

    public void Drop() => _drop();

    private static string MakeTemplate()
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("cordispulse-template-").FullName, "template.db");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
        using var services = new ServiceCollection()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder()
                .AddInMemoryCollection(new Dictionary<string, string?> { ["ConnectionStrings:CordisPulse"] = $"Data Source={file};Pooling=False" })
                .Build())
            .AddPulseDatabase()
            .BuildServiceProvider();
        services.GetRequiredService<Database>().MigrateAsync().GetAwaiter().GetResult();
        return file;
    }
}
