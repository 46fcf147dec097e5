using CordisPulse.Core.Audit;
using CordisPulse.Core.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace CordisPulse.Core.Data;

/// <summary>The one place that knows which database is behind the model.</summary>
public static class DatabaseRegistration
{
    private const string SqliteMigrations = "CordisPulse.Migrations.Sqlite";
    private const string SqlServerMigrations = "CordisPulse.Migrations.SqlServer";

    public static IServiceCollection AddPulseDatabase(this IServiceCollection services)
    {
        services.AddSettings<DatabaseOptions>(DatabaseOptions.Section);
        services.AddSingleton<IValidateOptions<DatabaseOptions>, DatabaseOptionsValidator>();
        // The passkey table is in the model only when Identity is asked for its third schema, so every way to a model must ask.
        services.Configure<IdentityOptions>(identity => identity.Stores.SchemaVersion = IdentitySchemaVersions.Version3);
        services.AddDbContextFactory<PulseDbContext>(Configure);
        services.AddSingleton<ContentChanges>();
        services.AddLogging();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(new Acting(() => new Actor(AuditWay.Program)));
        services.AddSingleton<AuditGuard>();
        services.AddSingleton<Database>();
        services.AddSingleton<DatabaseBackup>();
        services.AddSingleton<DatabaseCopy>();
        services.AddSingleton<ScheduledBackups>();
        services.AddSingleton<FormerKeyFiles>();
        return services;
    }

    private static void Configure(IServiceProvider services, DbContextOptionsBuilder builder)
    {
        var options = services.GetRequiredService<IOptions<DatabaseOptions>>().Value;
        var configuration = services.GetRequiredService<IConfiguration>();
        var connectionString = configuration.GetConnectionString(DatabaseOptions.ConnectionStringName);
        if (options.Provider == DatabaseOptions.SqlServer)
            UseSqlServer(builder, connectionString, options);
        else
            UseSqlite(builder, SqliteConnectionString(connectionString, services), options);

        builder.AddInterceptors(VersionInterceptor.Instance, services.GetRequiredService<ContentChanges>(), services.GetRequiredService<AuditGuard>(), AuditStatements.Instance);
    }

    /// <summary>A context on a database in a file of its own, such as a backup.</summary>
    internal static PulseDbContext OpenFile(string file, IServiceProvider services) => Open(new DatabasePlace(DatabaseOptions.Sqlite, file), services);

    /// <summary>A context on a database that need not be that of the settings.</summary>
    internal static PulseDbContext Open(DatabasePlace place, IServiceProvider services)
    {
        // Whose settings the model asks for.
        var builder = new DbContextOptionsBuilder<PulseDbContext>().UseApplicationServiceProvider(services);
        var options = services.GetRequiredService<IOptions<DatabaseOptions>>().Value;
        if (place.IsFile)
            // Without a pool: the file is moved or deleted afterwards.
            UseSqlite(builder, new SqliteConnectionStringBuilder { DataSource = place.Address, ForeignKeys = true, Pooling = false }.ToString(), options);
        else
            UseSqlServer(builder, place.Address, options);
        builder.AddInterceptors(VersionInterceptor.Instance);
        return new PulseDbContext(builder.Options);
    }

    /// <summary>Where the embedded database lies.</summary>
    internal static string FileOf(string? connectionString, IServiceProvider services) => new SqliteConnectionStringBuilder(SqliteConnectionString(connectionString, services)).DataSource;

    private static void UseSqlServer(DbContextOptionsBuilder builder, string? connectionString, DatabaseOptions options) => builder
        .UseSqlServer(connectionString, sqlServer =>
        {
            sqlServer.MigrationsAssembly(SqlServerMigrations);
            sqlServer.ExecutionStrategy(dependencies => new TurnedBackStrategy(dependencies));
            if (options.MaxBatchSize is { } size)
                sqlServer.MaxBatchSize(size);
        })
        .UseCompiledModel(SqlServerMigrations);

    private static void UseSqlite(DbContextOptionsBuilder builder, string connectionString, DatabaseOptions options) => builder
        .UseSqlite(connectionString, sqlite =>
        {
            sqlite.MigrationsAssembly(SqliteMigrations);
            if (options.MaxBatchSize is { } size)
                sqlite.MaxBatchSize(size);
        })
        .UseCompiledModel(SqliteMigrations)
        // SQLite changes a column by making its table anew, for which foreign keys are off outside any transaction; who starts
        // the program can do nothing about that.
        .ConfigureWarnings(warnings => warnings.Ignore(RelationalEventId.NonTransactionalMigrationOperationWarning))
        .AddInterceptors(SqlitePragmas.Instance);

    /// <summary>
    /// The model as <c>src/compile-model</c> wrote it down beside the migrations, which takes a start half as long as finding it out.
    /// While it is being written there is none, and migrations are always made from the configurations.
    /// </summary>
    private static DbContextOptionsBuilder UseCompiledModel(this DbContextOptionsBuilder builder, string migrations)
        => Type.GetType($"{migrations}.Model.{nameof(PulseDbContext)}Model, {migrations}")?.GetProperty("Instance")?.GetValue(null) is IModel model
            ? builder.UseModel(model)
            : builder;

    private static string SqliteConnectionString(string? configured, IServiceProvider services)
    {
        var builder = new SqliteConnectionStringBuilder(configured);
        if (builder.DataSource.Length == 0)
            builder.DataSource = services.GetRequiredService<DataDirectory>().File("cordispulse.db");
        builder.ForeignKeys = true;
        return builder.ToString();
    }
}
