using CordisPulse.Core.Accounts;
using CordisPulse.Core.Data;
using CordisPulse.Core.Subscriptions;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CordisPulse.Tests.Data;

/// <summary>What holds for both databases without a server of either.</summary>
public sealed class SchemaTests
{
    private const string NoServer = "Server=nowhere.example.org;Database=CordisPulse";

    [Theory]
    [InlineData(DatabaseOptions.Sqlite, "Data Source=:memory:")]
    [InlineData(DatabaseOptions.SqlServer, NoServer)]
    public void The_migrations_say_all_that_the_model_says(string provider, string connectionString)
    {
        using var db = Context(provider, connectionString);

        Assert.False(db.Database.HasPendingModelChanges(), $"The model has changed: run src/add-migration (missing for {provider}).");
    }

    [Theory]
    [InlineData(DatabaseOptions.Sqlite, "Data Source=:memory:")]
    [InlineData(DatabaseOptions.SqlServer, NoServer)]
    public void The_compiled_model_says_all_that_the_model_says(string provider, string connectionString)
    {
        using var db = Context(provider, connectionString);
        var compiled = db.Model;
        // As it is found out from the configurations, but for what only migrations need.
        var found = db.GetService<IModelRuntimeInitializer>().Initialize(db.GetService<IModelSource>().GetModel(db, db.GetService<ModelCreationDependencies>(), designTime: false), designTime: false);

        Assert.NotSame(found, compiled);
        Assert.StartsWith("CordisPulse.Migrations.", compiled.GetType().Assembly.GetName().Name, StringComparison.Ordinal);
        var (wanted, written) = (Text(found), Text(compiled));
        Assert.True(wanted == written, $"The model has changed: run src/compile-model (for {provider}). {FirstDifference(wanted, written)}");

        static string Text(IModel model) => model.ToDebugString(MetadataDebugStringOptions.LongDefault);

        static string FirstDifference(string wanted, string written)
        {
            var (ours, theirs) = (wanted.Split('\n'), written.Split('\n'));
            var at = Enumerable.Range(0, Math.Min(ours.Length, theirs.Length)).FirstOrDefault(line => ours[line] != theirs[line]);
            return $"'{ours[at].Trim()}' is written down as '{theirs[at].Trim()}'.";
        }
    }

    [Fact]
    public void Both_databases_have_the_same_migrations()
    {
        using var sqlite = Context(DatabaseOptions.Sqlite, "Data Source=:memory:");
        using var sqlServer = Context(DatabaseOptions.SqlServer, NoServer);

        Assert.Equal(Names(sqlite), Names(sqlServer));

        static IEnumerable<string> Names(PulseDbContext db) => db.Database.GetMigrations().Select(id => id[(id.IndexOf('_') + 1)..]);
    }

    [Fact]
    public void Both_databases_have_the_same_tables_and_columns()
    {
        using var sqlServer = Context(DatabaseOptions.SqlServer, NoServer);
        using var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        using var sqlite = Context(DatabaseOptions.Sqlite, "Data Source=:memory:");
        using (var create = connection.CreateCommand())
        {
            create.CommandText = sqlite.Database.GenerateCreateScript();
            create.ExecuteNonQuery();
        }

        Assert.Equal(TransactSql.Columns(sqlServer.Database.GenerateCreateScript()), ColumnsOf(connection));
    }

    [Fact]
    public void The_scripts_for_SQL_Server_parse_and_make_the_model()
    {
        using var db = Context(DatabaseOptions.SqlServer, NoServer);
        var migrations = db.GetService<IMigrator>().GenerateScript();
        var idempotent = db.GetService<IMigrator>().GenerateScript(options: MigrationsSqlGenerationOptions.Idempotent);

        Assert.Empty(TransactSql.Errors(idempotent));
        var columns = TransactSql.Columns(migrations);
        columns.RemoveWhere(column => column.StartsWith("__EFMigrationsHistory", StringComparison.Ordinal));
        Assert.Equal(TransactSql.Columns(db.Database.GenerateCreateScript()), columns);
    }

    [Fact]
    public void SQL_Server_compares_every_address_by_character_whatever_its_own_order_is()
    {
        using var db = Context(DatabaseOptions.SqlServer, NoServer);
        var odd = db.GetService<IDesignTimeModel>().Model.GetEntityTypes()
            .Where(entity => entity.ClrType.Namespace!.StartsWith("CordisPulse.", StringComparison.Ordinal) && entity.ClrType != typeof(Account))
            .SelectMany(entity => entity.GetProperties())
            .Where(property => property.Name == nameof(Subscriber.NormalizedEmail) && property.GetCollation() != PulseDbContext.ByCharacter);

        Assert.Empty(odd.Select(property => property.DeclaringType.ClrType.Name));
    }

    [Fact]
    public void A_database_file_is_opened_as_a_servers_database()
    {
        var folder = Directory.CreateTempSubdirectory("cordispulse-").FullName;
        try
        {
            using var db = Context(DatabaseOptions.Sqlite, $"Data Source={Path.Combine(folder, "pragmas.db")};Pooling=False");

            Assert.Equal("wal", Pragma(db, "journal_mode"));
            Assert.Equal("2", Pragma(db, "synchronous"));
            Assert.Equal("1", Pragma(db, "foreign_keys"));
            Assert.NotEqual("0", Pragma(db, "busy_timeout"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task A_file_that_was_copied_and_is_not_in_WAL_mode_is_opened_like_any_other()
    {
        var folder = Directory.CreateTempSubdirectory("cordispulse-").FullName;
        try
        {
            var file = $"Data Source={Path.Combine(folder, "copied.db")};Pooling=False";
            await using (var made = Context(DatabaseOptions.Sqlite, file))
            {
                await made.Database.MigrateAsync();
                made.Database.ExecuteSqlRaw("PRAGMA journal_mode=DELETE");
            }

            await using var db = Context(DatabaseOptions.Sqlite, file);
            Assert.Empty(await db.Database.GetPendingMigrationsAsync());
            Assert.Equal("wal", Pragma(db, "journal_mode"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Pragma(PulseDbContext db, string name)
    {
        db.Database.OpenConnection();
        using var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = $"PRAGMA {name}";
        return command.ExecuteScalar()!.ToString()!;
    }

    private static SortedSet<string> ColumnsOf(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = """
            SELECT t.name || '.' || c.name FROM sqlite_master t JOIN pragma_table_info(t.name) c
            WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%'
            """;
        var columns = new SortedSet<string>(StringComparer.Ordinal);
        using var reader = command.ExecuteReader();
        while (reader.Read())
            columns.Add(reader.GetString(0));
        return columns;
    }

    internal static PulseDbContext Context(string provider, string connectionString)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?> { ["Database:Provider"] = provider, ["ConnectionStrings:CordisPulse"] = connectionString })
            .Build());
        services.AddPulseDatabase();
        return services.BuildServiceProvider().GetRequiredService<IDbContextFactory<PulseDbContext>>().CreateDbContext();
    }
}
