using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace CordisPulse.Core.Data;

/// <summary>
/// Opens SQLite as a server's database: readers never wait for the writer (WAL), a writer waits for its turn, and a commit
/// that was reported is on disk (<c>synchronous=FULL</c>), which the delivery ledger relies on after a power cut. What is deleted is overwritten, since people are erased from it.
/// </summary>
internal sealed class SqlitePragmas : DbConnectionInterceptor
{
    public static readonly SqlitePragmas Instance = new();

    private const string Pragmas = "PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA busy_timeout=15000; PRAGMA secure_delete=ON;";

    private const string ToWriteToo = "PRAGMA journal_mode=WAL; " + Pragmas;

    /// <summary>A file that was copied is not in WAL mode yet, and who only looks whether it is there can't bring it there.</summary>
    private static string Of(DbConnection connection)
        => connection.ConnectionString.Contains($"Mode={nameof(SqliteOpenMode.ReadOnly)}", StringComparison.OrdinalIgnoreCase) ? Pragmas : ToWriteToo;

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Of(connection);
        command.ExecuteNonQuery();
    }

    public override async Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = Of(connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
