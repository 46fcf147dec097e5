using System.Text.RegularExpressions;
using Microsoft.SqlServer.TransactSql.ScriptDom;

namespace CordisPulse.Tests.Data;

/// <summary>Reads T-SQL with Microsoft's own parser.</summary>
internal static partial class TransactSql
{
    public static IEnumerable<string> Errors(string sql)
    {
        using var reader = new StringReader(sql);
        new TSql160Parser(initialQuotedIdentifiers: true).Parse(reader, out var errors);
        return errors.Select(error => $"line {error.Line}: {error.Message}")
            // What comes as JSON has the order of the database, and the server refuses to compare two orders.
            .Concat(AddressAmongJson().IsMatch(sql) ? ["addresses, which have an order of their own, are compared with values of JSON"] : []);
    }

    [GeneratedRegex(@"\[NormalizedEmail\] IN \(\s*SELECT [^)]*OPENJSON")]
    private static partial Regex AddressAmongJson();

    /// <summary>"Table.Column" of every table that a script creates or adds to, without what it drops again.</summary>
    public static SortedSet<string> Columns(string sql)
    {
        using var reader = new StringReader(sql);
        var script = new TSql160Parser(initialQuotedIdentifiers: true).Parse(reader, out var errors);
        Assert.Empty(errors);
        var created = new CreatedTables();
        script.Accept(created);
        return created.Columns;
    }

    private sealed class CreatedTables : TSqlFragmentVisitor
    {
        public SortedSet<string> Columns { get; } = new(StringComparer.Ordinal);

        public override void Visit(CreateTableStatement node)
        {
            foreach (var column in node.Definition.ColumnDefinitions)
                Columns.Add($"{node.SchemaObjectName.BaseIdentifier.Value}.{column.ColumnIdentifier.Value}");
        }

        public override void Visit(AlterTableAddTableElementStatement node)
        {
            foreach (var column in node.Definition.ColumnDefinitions)
                Columns.Add($"{node.SchemaObjectName.BaseIdentifier.Value}.{column.ColumnIdentifier.Value}");
        }

        public override void Visit(AlterTableDropTableElementStatement node)
        {
            foreach (var column in node.AlterTableDropTableElements.Where(element => element.TableElementType == TableElementType.Column))
                Columns.Remove($"{node.SchemaObjectName.BaseIdentifier.Value}.{column.Name.Value}");
        }
    }
}
