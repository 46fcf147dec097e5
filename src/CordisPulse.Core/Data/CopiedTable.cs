using System.Data.Common;
using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;

namespace CordisPulse.Core.Data;

/// <summary>What a table holds: how many rows, and a sum over all of them in which their order does not count.</summary>
/// <param name="Sum">Of the first half of each row's SHA-256, whatever database it lies in.</param>
public readonly record struct TableContent(long Rows, UInt128 Sum)
{
    internal TableContent With(object?[] row)
    {
        var text = new StringBuilder();
        foreach (var value in row)
        {
            // The length keeps two columns from being taken for one.
            var written = Write(value);
            text.Append(written?.Length ?? -1).Append(':').Append(written);
        }

        var hash = SHA256.HashData(MemoryMarshal.AsBytes(text.ToString().AsSpan()));
        return new TableContent(Rows + 1, unchecked(Sum + MemoryMarshal.Read<UInt128>(hash)));
    }

    private static string? Write(object? value) => value switch
    {
        null => null,
        byte[] bytes => Convert.ToHexString(bytes),
        DateTime time => time.Ticks.ToString(CultureInfo.InvariantCulture),
        DateTimeOffset time => string.Create(CultureInfo.InvariantCulture, $"{time.Ticks} {time.Offset.Ticks}"),
        Enum number => number.ToString("D"),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };
}

/// <summary>One table of the model on one database, read and written as values of the model, which are the same on both.</summary>
internal sealed class CopiedTable
{
    /// <summary>SQL Server takes 2,100 parameters in a statement and a thousand rows.</summary>
    private const int MostParameters = 1000;

    private readonly ISqlGenerationHelper _sql;
    private readonly ITable _table;
    private readonly List<(string Name, RelationalTypeMapping Mapping, MethodInfo Read)> _columns;

    /// <summary>Which columns point to rows of the same table.</summary>
    private readonly List<int> _pointing;

    private readonly List<int> _keys;

    public CopiedTable(DbContext db, string name)
    {
        _sql = db.GetService<ISqlGenerationHelper>();
        _table = db.Model.GetRelationalModel().FindTable(name, schema: null) ?? throw new InvalidOperationException($"There is no table {name}.");
        var columns = _table.Columns.OrderBy(column => column.Name, StringComparer.Ordinal).ToList();
        _columns = columns.ConvertAll(column => (column.Name, column.StoreTypeMapping, column.StoreTypeMapping.GetDataReaderMethod()));
        _pointing = [.. _table.ForeignKeyConstraints.Where(key => key.PrincipalTable == _table).SelectMany(key => key.Columns).Distinct().Select(column => columns.IndexOf(column))];
        _keys = [.. _table.PrimaryKey!.Columns.Select(column => columns.IndexOf(column))];
        NumbersItself = _table.PrimaryKey.Columns is [{ PropertyMappings: [{ Property: { ValueGenerated: ValueGenerated.OnAdd } key }, ..] }] && (key.ClrType == typeof(int) || key.ClrType == typeof(long));
    }

    /// <summary>All tables of the model, each after those that its rows point to.</summary>
    public static IReadOnlyList<string> InOrder(DbContext db)
    {
        var waiting = db.Model.GetRelationalModel().Tables.OrderBy(table => table.Name, StringComparer.Ordinal).ToList();
        var ordered = new List<string>();
        while (waiting.Count > 0)
        {
            var ready = waiting.FindAll(table => table.ForeignKeyConstraints.All(key => key.PrincipalTable == table || !waiting.Contains(key.PrincipalTable)));
            if (ready.Count == 0)
                throw new InvalidOperationException($"The tables {string.Join(", ", waiting.Select(table => table.Name))} point to each other.");
            ordered.AddRange(ready.Select(table => table.Name));
            waiting.RemoveAll(ready.Contains);
        }

        return ordered;
    }

    /// <summary>Whether the database numbers its rows.</summary>
    public bool NumbersItself { get; }

    public string Name => _table.Name;

    /// <summary>What is put to the database, with two rows where there are many.</summary>
    public IEnumerable<string> Texts => [SelectText, EmptyText, AnyText, InsertText(2), .. _pointing.Count > 0 ? [PointText] : Array.Empty<string>()];

    private string Delimited => _sql.DelimitIdentifier(Name);

    private string SelectText => $"SELECT {string.Join(", ", _columns.Select(column => _sql.DelimitIdentifier(column.Name)))} FROM {Delimited}";

    private string EmptyText => $"DELETE FROM {Delimited}";

    private string AnyText => $"SELECT CASE WHEN EXISTS (SELECT 1 FROM {Delimited}) THEN 1 ELSE 0 END";

    private string PointText
        => $"UPDATE {Delimited} SET {string.Join(", ", _pointing.Select((column, i) => Equal(column, i)))} WHERE {string.Join(" AND ", _keys.Select((column, i) => Equal(column, _pointing.Count + i)))}";

    private string InsertText(int rows)
    {
        var values = Enumerable.Range(0, rows).Select(row => $"({string.Join(", ", _columns.Select((_, column) => Parameter((row * _columns.Count) + column)))})");
        return $"INSERT INTO {Delimited} ({string.Join(", ", _columns.Select(column => _sql.DelimitIdentifier(column.Name)))}) VALUES {string.Join(", ", values)}";
    }

    /// <summary>Each row's values, in the order of the columns' names.</summary>
    public IEnumerable<object?[]> Read(DbConnection connection, DbTransaction transaction)
    {
        using var command = Command(connection, transaction, SelectText);
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            var row = new object?[_columns.Count];
            for (var i = 0; i < row.Length; i++)
                if (!reader.IsDBNull(i))
                {
                    var value = _columns[i].Read.Invoke(reader, [i]);
                    row[i] = _columns[i].Mapping.Converter is { } converter ? converter.ConvertFromProvider(value) : value;
                }

            yield return row;
        }
    }

    public void Empty(DbConnection connection, DbTransaction transaction)
    {
        using var command = Command(connection, transaction, EmptyText);
        command.ExecuteNonQuery();
    }

    public bool IsEmpty(DbConnection connection, DbTransaction transaction)
    {
        using var command = Command(connection, transaction, AnyText);
        return Convert.ToInt32(command.ExecuteScalar(), CultureInfo.InvariantCulture) == 0;
    }

    /// <summary>Writes rows as they are, with their numbers; what points to rows of the same table once all are there.</summary>
    public void Write(DbConnection connection, DbTransaction transaction, IEnumerable<object?[]> rows)
    {
        var pointing = new List<object?[]>();
        foreach (var some in rows.Chunk(MostParameters / _columns.Count))
        {
            using var command = Command(connection, transaction, InsertText(some.Length));
            foreach (var row in some)
                for (var column = 0; column < row.Length; column++)
                    Add(command, column, _pointing.Contains(column) ? null : row[column]);
            command.ExecuteNonQuery();
            pointing.AddRange(some.Where(row => _pointing.Exists(column => row[column] is not null)));
        }

        foreach (var row in pointing)
        {
            using var command = Command(connection, transaction, PointText);
            foreach (var column in _pointing.Concat(_keys))
                Add(command, column, row[column]);
            command.ExecuteNonQuery();
        }
    }

    private string Equal(int column, int parameter) => $"{_sql.DelimitIdentifier(_columns[column].Name)} = {Parameter(parameter)}";

    private static string Parameter(int number) => string.Create(CultureInfo.InvariantCulture, $"@p{number}");

    private void Add(DbCommand command, int column, object? value)
        => command.Parameters.Add(_columns[column].Mapping.CreateParameter(command, Parameter(command.Parameters.Count), value, nullable: true));

    private static DbCommand Command(DbConnection connection, DbTransaction transaction, string text)
    {
        var command = connection.CreateCommand();
        // A table of millions is read in one go.
        (command.Transaction, command.CommandText, command.CommandTimeout) = (transaction, text, 0);
        return command;
    }
}
