using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace CordisPulse.Core.Data;

/// <summary>The schema of the database: brought up to date, or found to be so.</summary>
public sealed class Database(IDbContextFactory<PulseDbContext> contexts, IOptions<DatabaseOptions> options)
{
    /// <summary>Brings the schema up to date and fills in what every installation starts with.</summary>
    /// <returns>How many migrations were applied.</returns>
    public async Task<int> MigrateAsync(CancellationToken cancellationToken = default)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var pending = (await db.Database.GetPendingMigrationsAsync(cancellationToken)).Count();
        await db.Database.MigrateAsync(cancellationToken);
        return pending;
    }

    /// <summary>Migrates when <c>Database:MigrateOnStart</c> says so; otherwise refuses a database that is behind.</summary>
    /// <exception cref="DatabaseBehindException">The schema is older than this program.</exception>
    public async Task PrepareAsync(CancellationToken cancellationToken = default)
    {
        if (options.Value.MigratesOnStart)
        {
            await MigrateAsync(cancellationToken);
            return;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if ((await db.Database.GetPendingMigrationsAsync(cancellationToken)).Any())
            throw new DatabaseBehindException();
    }
}

public sealed class DatabaseBehindException()
    : Exception("The database is older than this program. Run the command 'migrate', or set Database:MigrateOnStart to true.");
