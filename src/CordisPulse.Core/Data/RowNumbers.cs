using System.Data.Common;
using System.Globalization;

namespace CordisPulse.Core.Data;

/// <summary>
/// The numbers that a database gives to its rows. Both remember the last, so that the number of a row which is gone is not given again
/// (SQLite: AUTOINCREMENT, sqlite.org/autoinc.html; SQL Server: IDENTITY).
/// </summary>
public static class RowNumbers
{
    /// <summary>The statements, for a test that they are what each database reads.</summary>
    public static IEnumerable<string> Texts(bool isSqlServer, string table)
        => [.. isSqlServer ? [GivingText(table, true), GivingText(table, false)] : Array.Empty<string>(), LastText(isSqlServer, table), SetLastText(isSqlServer, table, 1)];

    /// <summary>Lets rows be written with numbers of their own, which SQL Server otherwise refuses, for one table at a time.</summary>
    internal static void Give(bool isSqlServer, DbConnection connection, DbTransaction transaction, string table, bool isGiven)
    {
        if (!isSqlServer)
            return;
        using var command = Command(connection, transaction, GivingText(table, isGiven));
        command.ExecuteNonQuery();
    }

    /// <summary>The last number that was given; 0 for none.</summary>
    internal static long Last(bool isSqlServer, DbConnection connection, DbTransaction transaction, string table)
    {
        using var command = Command(connection, transaction, LastText(isSqlServer, table));
        return command.ExecuteScalar() is { } last and not DBNull ? Convert.ToInt64(last, CultureInfo.InvariantCulture) : 0;
    }

    /// <summary>Goes on after it.</summary>
    internal static void SetLast(bool isSqlServer, DbConnection connection, DbTransaction transaction, string table, long last)
    {
        if (last == 0)
            return;
        using var command = Command(connection, transaction, SetLastText(isSqlServer, table, last));
        command.ExecuteNonQuery();
    }

    private static string GivingText(string table, bool isGiven) => $"SET IDENTITY_INSERT [{table}] {(isGiven ? "ON" : "OFF")}";

    private static string LastText(bool isSqlServer, string table)
        => isSqlServer ? $"SELECT CAST(IDENT_CURRENT(N'[{table}]') AS bigint)" : $"SELECT seq FROM sqlite_sequence WHERE name = '{table}'";

    /// <summary>On SQL Server one further, since a table that never had a row begins with the number itself.</summary>
    private static string SetLastText(bool isSqlServer, string table, long last) => isSqlServer
        ? string.Create(CultureInfo.InvariantCulture, $"DBCC CHECKIDENT (N'[{table}]', RESEED, {last + 1}) WITH NO_INFOMSGS")
        : string.Create(CultureInfo.InvariantCulture, $"DELETE FROM sqlite_sequence WHERE name = '{table}'; INSERT INTO sqlite_sequence (name, seq) VALUES ('{table}', {last})");

    private static DbCommand Command(DbConnection connection, DbTransaction transaction, string text)
    {
        var command = connection.CreateCommand();
        (command.Transaction, command.CommandText) = (transaction, text);
        return command;
    }
}
