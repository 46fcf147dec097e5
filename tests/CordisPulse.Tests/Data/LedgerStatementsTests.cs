using System.Text.RegularExpressions;
using CordisPulse.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Tests.Data;

/// <summary>The statements that no provider makes: what the tests run on SQLite must be fit for SQL Server too.</summary>
public sealed partial class LedgerStatementsTests
{
    [Fact]
    public void The_statements_for_SQL_Server_parse_and_name_what_is_there()
    {
        var names = SqlServerTwin.Ask(db => db.Model.GetEntityTypes()
            .SelectMany(type => type.GetTableMappings().SelectMany(mapping => mapping.Table.Columns.Select(column => column.Name).Append(mapping.Table.Name)))
            .ToHashSet());
        var (mark, markAgain, record) = LedgerStatements.Texts(isSqlite: false);
        foreach (var text in new[] { mark, markAgain, record })
        {
            Assert.Empty(TransactSql.Errors(text));
            Assert.NotEmpty(Names().Matches(text));
            Assert.All(Names().Matches(text), name => Assert.Contains(name.Groups[1].Value, names));
        }
    }

    [Fact]
    public void The_statements_of_an_import_and_of_leaving_parse_for_SQL_Server_and_name_what_is_there()
    {
        var names = SqlServerTwin.Ask(db => db.Model.GetEntityTypes()
            .SelectMany(type => type.GetTableMappings().SelectMany(mapping => mapping.Table.Columns.Select(column => column.Name).Append(mapping.Table.Name)))
            .ToHashSet());
        var (people, records, lines) = ImportStatements.Texts(isSqlite: false);
        var (suppressions, left) = LeavingStatements.Texts(isSqlite: false);
        foreach (var text in new[] { people, records, lines, suppressions, left })
        {
            Assert.Empty(TransactSql.Errors(Parameter().Replace(text, "@p$1")));
            Assert.All(Names().Matches(text), name => Assert.Contains(name.Groups[1].Value, names));
        }
    }

    [Fact]
    public void Both_databases_are_told_the_same_but_for_the_time()
    {
        foreach (var (one, other) in All(isSqlite: true).Zip(All(isSqlite: false)))
            Assert.Equal(Clock().Replace(one, "T"), Clock().Replace(other, "T"));

        static IEnumerable<string> All(bool isSqlite)
        {
            var (mark, markAgain, record) = LedgerStatements.Texts(isSqlite);
            return [mark, markAgain, record];
        }
    }

    [GeneratedRegex(@"\{(\d)\}")]
    private static partial Regex Parameter();

    [GeneratedRegex("\"([A-Za-z]+)\"")]
    private static partial Regex Names();

    [GeneratedRegex(@"rtrim\(rtrim\(strftime\('[^']*', 'now'(, @seconds \|\| ' seconds')?\), '0'\), '\.'\)|DATEADD\(second, @seconds, SYSUTCDATETIME\(\)\)|SYSUTCDATETIME\(\)")]
    private static partial Regex Clock();
}
