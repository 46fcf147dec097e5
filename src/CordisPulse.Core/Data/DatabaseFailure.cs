using System.Data.Common;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;

namespace CordisPulse.Core.Data;

/// <summary>Tells a failure of the database, which may be back in a moment, from every other exception.</summary>
public static class DatabaseFailure
{
    /// <summary>SQLite's primary result codes (sqlite.org/rescode.html) that speak of others or of the machine, not of the statement: busy, locked, out of memory, read-only, I/O, full, can't be opened, locking protocol.</summary>
    private static readonly int[] SqliteTransient = [5, 6, 7, 8, 10, 13, 14, 15];

    /// <summary>SQL Server: time-out, deadlock, lock time-out, snapshot conflict, a database that starts or moves, and a server that is throttled.</summary>
    private static readonly int[] SqlServerTransient = [-2, 1205, 1222, 3960, 4060, 18401, 40197, 40501, 40613, 10928, 10929, 49918, 49919, 49920];

    /// <summary>From this severity on SQL Server is out of something (17 to 19) or has cut the connection (20 and more); below, the statement itself is at fault.</summary>
    private const int SqlServerOutOfResources = 17;

    /// <summary>Also where the provider has wrapped it: SQL Server's does so with whatever it takes for transient (deadlock 1205, a lost connection, a database that restarts).</summary>
    public static bool IsDatabaseFailure(this Exception exception) => Any(exception, e => e is DbException);

    /// <summary>The same statement may go through in a moment: the database was away, full, locked, deadlocked or too slow. A constraint that was violated will be violated again.</summary>
    public static bool IsTransientDatabaseFailure(this Exception exception) => Any(exception, e => e switch
    {
        SqliteException sqlite => SqliteTransient.Contains(sqlite.SqliteErrorCode),
        SqlException sqlServer => sqlServer.Class >= SqlServerOutOfResources || SqlServerTransient.Contains(sqlServer.Number),
        DbException other => other.IsTransient,
        _ => false,
    });

    private static bool Any(Exception exception, Func<Exception, bool> isIt)
    {
        for (var e = exception; e is not null; e = e.InnerException)
            if (isIt(e))
                return true;
        return false;
    }
}
