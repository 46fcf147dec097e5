using System.Data.Common;
using System.Globalization;
using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;

namespace CordisPulse.Core.Data;

/// <summary>Tells a failure of the database, which may be back in a moment, from every other exception.</summary>
public static class DatabaseFailure
{
    /// <summary>SQLite's primary result codes (sqlite.org/rescode.html) that speak of others or of the machine, not of the statement: busy, locked, out of memory, read-only, I/O, full, can't be opened, locking protocol.</summary>
    private static readonly int[] SqliteTransient = [5, 6, 7, 8, 10, 13, 14, 15];

    /// <summary>
    /// SQL Server (sys.messages): time-out, deadlock, lock time-out, snapshot conflict; a database that is offline, being restored, for one user, in recovery or
    /// not on this replica, or a server that stops, starts or is paused; a server that is throttled; and a sign-in that it refuses, as it does
    /// while a database starts or a password is being changed: an administrator's business, and never the statement's.
    /// </summary>
    private static readonly int[] SqlServerTransient =
    [
        -2, Deadlock, 1222, SnapshotConflict,
        911, 922, 924, 927, 942, 952, 976, 983, 4060, 6005, 17142, 18401,
        10928, 10929, 40197, 40501, 40613, 49918, 49919, 49920,
        4064, 18452, 18456, 18470, 18486, 18487, 18488,
    ];

    private const int Deadlock = 1205;
    private const int SnapshotConflict = 3960;
    private const int SqliteFull = 13;

    /// <summary>SQL Server: no room in a filegroup, or for the log.</summary>
    private static readonly int[] SqlServerFull = [1105, 9002];

    /// <summary>From this severity on SQL Server is out of something (17 to 19) or has cut the connection (20 and more); below, the statement itself is at fault.</summary>
    private const int SqlServerOutOfResources = 17;

    /// <summary>Also where the provider has wrapped it: SQL Server's does so with whatever it takes for transient (deadlock 1205, a lost connection, a database that restarts).</summary>
    public static bool IsDatabaseFailure(this Exception exception) => Any(exception, e => e is DbException);

    /// <summary>The same statement may go through in a moment: the database was away, full, locked, deadlocked or too slow. A constraint that was violated will be violated again.</summary>
    public static bool IsTransientDatabaseFailure(this Exception exception) => Any(exception, e => e switch
    {
        SqliteException sqlite => SqliteTransient.Contains(sqlite.SqliteErrorCode),
        SqlException sqlServer => sqlServer.Class >= SqlServerOutOfResources || SqlServerTransient.Contains(sqlServer.Number) || SqlServerFull.Contains(sqlServer.Number),
        DbException other => other.IsTransient,
        _ => false,
    });

    /// <summary>There is no room left where the database lies: what is there can be read.</summary>
    public static bool IsDatabaseFull(this Exception exception) => Any(exception, e => e switch
    {
        SqliteException sqlite => sqlite.SqliteErrorCode == SqliteFull,
        SqlException sqlServer => SqlServerFull.Contains(sqlServer.Number),
        _ => false,
    });

    /// <summary>The database's name and number of the failure, such as “SQL Server 1205”, for a log: the message can hold what a row holds.</summary>
    public static string DatabaseFailureCode(this Exception exception)
    {
        for (var e = exception; e is not null; e = e.InnerException)
            switch (e)
            {
                case SqliteException sqlite:
                    return string.Create(CultureInfo.InvariantCulture, $"SQLite {sqlite.SqliteExtendedErrorCode}");
                case SqlException sqlServer:
                    return string.Create(CultureInfo.InvariantCulture, $"SQL Server {sqlServer.Number}");
            }

        return exception.GetType().Name;
    }

    /// <summary>SQL Server has taken back the whole transaction in favour of another, so that nothing of it was done.</summary>
    public static bool IsTurnedBack(this Exception exception) => Any(exception, e => e is SqlException { Number: Deadlock or SnapshotConflict });

    private static bool Any(Exception exception, Func<Exception, bool> isIt)
    {
        for (var e = exception; e is not null; e = e.InnerException)
            if (isIt(e))
                return true;
        return false;
    }
}
