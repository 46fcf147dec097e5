using System.Data.Common;
using CordisPulse.Core.Hosting;
using Microsoft.Data.SqlClient;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.Options;

namespace CordisPulse.Core.Data;

/// <summary>The schema of the database: brought up to date, or found to be so.</summary>
public sealed class Database(IDbContextFactory<PulseDbContext> contexts, IOptions<DatabaseOptions> options)
{
    /// <summary>Brings the schema up to date and fills in what every installation starts with.</summary>
    /// <returns>How many migrations were applied.</returns>
    /// <exception cref="InvalidSettingException">The connection string leads to no database that can be opened.</exception>
    public Task<int> MigrateAsync(CancellationToken cancellationToken = default) => OpenedAsync(async () =>
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await KnockAsync(db, mayBeMissing: true, cancellationToken);
        var pending = (await db.Database.GetPendingMigrationsAsync(cancellationToken)).Count();
        // Which would take the lock, and find out the whole model, for nothing.
        if (pending > 0)
            await MigrateAsync(db, cancellationToken);
        return pending;
    });

    /// <summary>
    /// All that brings a database on SQL Server from whatever version to this one, in T-SQL that does no harm when it is run twice, for
    /// administrators who change schemas themselves.
    /// </summary>
    /// <exception cref="RefusedException">The database is embedded: SQLite has no such script.</exception>
    public async Task<string> ScriptAsync(CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return db.Database.IsSqlServer()
            ? db.GetService<IMigrator>().GenerateScript(options: MigrationsSqlGenerationOptions.Idempotent)
            : throw new RefusedException("There is a script for SQL Server alone. Set Database:Provider to SqlServer; no server is asked.");
    }

    /// <summary>Whether readers of a database on SQL Server wait for those who write, since it was not told to show them what was there before.</summary>
    public async Task<bool> HasReadersWaitAsync(CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (!db.Database.IsSqlServer())
            return false;
        try
        {
            await db.Database.OpenConnectionAsync(cancellationToken);
            await using var asking = db.Database.GetDbConnection().CreateCommand();
            asking.CommandText = SnapshotText;
            return await asking.ExecuteScalarAsync(cancellationToken) is false;
        }
        catch (DbException)
        {
            // An account that may not see it, or a server that does not know it.
            return false;
        }
    }

    /// <summary>SQL Server: whether reading committed rows takes no locks (sys.databases).</summary>
    public const string SnapshotText = "SELECT is_read_committed_snapshot_on FROM sys.databases WHERE database_id = DB_ID()";

    /// <summary>What turns it on.</summary>
    public const string SnapshotOnText = "ALTER DATABASE CURRENT SET READ_COMMITTED_SNAPSHOT ON WITH ROLLBACK IMMEDIATE";

    /// <summary>
    /// One process at a time. On SQL Server, EF's lock is the session's and ends with it; on SQLite it is a row, which a process that dies in the midst
    /// leaves behind for ever, so that ours is a file's, and the row of a process that is gone is taken away.
    /// </summary>
    private static async Task MigrateAsync(PulseDbContext db, CancellationToken cancellationToken)
    {
        var file = db.Database.GetDbConnection().DataSource;
        if (!db.Database.IsSqlite() || file is "" or InMemory)
        {
            await db.Database.MigrateAsync(cancellationToken);
            return;
        }

        await using var turn = await FileTurn.WaitAsync(Path.GetFullPath(file) + ".migrating", cancellationToken);
        await db.Database.OpenConnectionAsync(cancellationToken);
        await using (var freeing = db.Database.GetDbConnection().CreateCommand())
        {
            freeing.CommandText = "SELECT count(*) FROM sqlite_master WHERE name = '__EFMigrationsLock'";
            if (await freeing.ExecuteScalarAsync(cancellationToken) is > 0L)
            {
                freeing.CommandText = "DELETE FROM __EFMigrationsLock";
                await freeing.ExecuteNonQueryAsync(cancellationToken);
            }
        }

        await db.Database.MigrateAsync(cancellationToken);
    }

    /// <summary>Migrates when <c>Database:MigrateOnStart</c> says so; otherwise refuses a database that is behind.</summary>
    /// <exception cref="DatabaseBehindException">The schema is older than this program.</exception>
    /// <exception cref="InvalidSettingException">The connection string leads to no database that can be opened.</exception>
    public async Task PrepareAsync(CancellationToken cancellationToken = default)
    {
        if (options.Value.MigratesOnStart)
        {
            await MigrateAsync(cancellationToken);
            return;
        }

        if (await OpenedAsync(() => IsBehindAsync(cancellationToken)))
            throw new DatabaseBehindException();
    }

    /// <summary>
    /// Sees to it that what was deleted or overwritten does not lie in the files of an embedded database either. On a server that is for
    /// its administrators, whose log backups hold the past.
    /// </summary>
    public async Task ForgetAsync(CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (!db.Database.IsSqlite())
            return;
        await db.Database.OpenConnectionAsync(cancellationToken);
        await using var checkpoint = db.Database.GetDbConnection().CreateCommand();
        // Waits for readers as long as any statement does, and is no harm when one of them stays: the next one to ask gets it done.
        checkpoint.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
        await checkpoint.ExecuteNonQueryAsync(cancellationToken);
    }

    private const string InMemory = ":memory:";

    /// <summary>EF goes on for a minute trying to sign in where it was refused; whoever has mistyped a password is told at once.</summary>
    private static async Task KnockAsync(PulseDbContext db, bool mayBeMissing, CancellationToken cancellationToken)
    {
        if (!db.Database.IsSqlServer())
            return;
        try
        {
            await db.Database.OpenConnectionAsync(cancellationToken);
        }
        catch (SqlException e) when (mayBeMissing && e.Number == SqlServerNoSuchDatabase)
        {
            // It is made with the schema.
        }
    }

    private const int SqlServerNoSuchDatabase = 4060;

    private async Task<bool> IsBehindAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await KnockAsync(db, mayBeMissing: false, cancellationToken);
        return (await db.Database.GetPendingMigrationsAsync(cancellationToken)).Any();
    }

    private static async Task<T> OpenedAsync<T>(Func<Task<T>> act)
    {
        try
        {
            return await act();
        }
        catch (Exception e) when (e is DbException or IOException or UnauthorizedAccessException)
        {
            throw new InvalidSettingException(
                $"ConnectionStrings:{DatabaseOptions.ConnectionStringName}: the database cannot be opened or brought up to date ({e.Message.ReplaceLineEndings(" ").TrimEnd('.')}).");
        }
    }
}

public sealed class DatabaseBehindException()
    : Exception("The database is older than this program. Run the command 'migrate', or set Database:MigrateOnStart to true.");
