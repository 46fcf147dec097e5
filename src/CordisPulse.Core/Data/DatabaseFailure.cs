using System.Data.Common;

namespace CordisPulse.Core.Data;

/// <summary>Tells a failure of the database, which may be back in a moment, from every other exception.</summary>
public static class DatabaseFailure
{
    /// <summary>Also where the provider has wrapped it: SQL Server's does so with whatever it takes for transient (deadlock 1205, a lost connection, a database that restarts).</summary>
    public static bool IsDatabaseFailure(this Exception exception)
    {
        for (var e = exception; e is not null; e = e.InnerException)
            if (e is DbException)
                return true;
        return false;
    }
}
