using System.Data.Common;
using CordisPulse.Core.Hosting;
using Microsoft.EntityFrameworkCore;
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
        var pending = (await db.Database.GetPendingMigrationsAsync(cancellationToken)).Count();
        // Which would take the lock, and find out the whole model, for nothing.
        if (pending > 0)
            await db.Database.MigrateAsync(cancellationToken);
        return pending;
    });

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

    private async Task<bool> IsBehindAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return (await db.Database.GetPendingMigrationsAsync(cancellationToken)).Any();
    }

    private static async Task<T> OpenedAsync<T>(Func<Task<T>> act)
    {
        try
        {
            return await act();
        }
        catch (DbException e)
        {
            throw new InvalidSettingException(
                $"ConnectionStrings:{DatabaseOptions.ConnectionStringName}: the database cannot be opened or brought up to date ({e.Message.ReplaceLineEndings(" ").TrimEnd('.')}).");
        }
    }
}

public sealed class DatabaseBehindException()
    : Exception("The database is older than this program. Run the command 'migrate', or set Database:MigrateOnStart to true.");
