using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Core.Data;

/// <summary>Tells a write that a unique index refused from every other failure, on both databases.</summary>
public static class UniqueViolation
{
    private const int SqliteConstraintUnique = 2067;
    private const int SqliteConstraintPrimaryKey = 1555;
    private const int SqlServerUniqueIndex = 2601;
    private const int SqlServerUniqueConstraint = 2627;

    /// <summary>True when the index over <paramref name="column"/> of <paramref name="table"/>, as the database calls them, refused the write.</summary>
    public static bool IsUniqueViolation(this DbUpdateException exception, string table, string column) => exception.InnerException switch
    {
        // SQLite names the columns ("Subscribers.NormalizedEmail"), SQL Server the index ("IX_Subscribers_NormalizedEmail").
        SqliteException { SqliteExtendedErrorCode: SqliteConstraintUnique or SqliteConstraintPrimaryKey } e
            => e.Message.Contains($"{table}.{column}", StringComparison.Ordinal),
        SqlException { Number: SqlServerUniqueIndex or SqlServerUniqueConstraint } e
            => (e.Message.Contains($"'IX_{table}_", StringComparison.Ordinal) && e.Message.Contains($"_{column}", StringComparison.Ordinal))
                // A key's name tells no columns.
                || e.Message.Contains($"'PK_{table}'", StringComparison.Ordinal),
        _ => false,
    };
}
