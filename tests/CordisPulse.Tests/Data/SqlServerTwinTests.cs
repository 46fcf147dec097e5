using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Tests.Data;

/// <summary>The guard itself: that it sees statements of every kind, and that it bites.</summary>
public sealed class SqlServerTwinTests(PulseApp app) : IClassFixture<PulseApp>
{
    [SqliteFact]
    public async Task Queries_counts_updates_and_saves_are_made_for_SQL_Server()
    {
        var before = SqlServerTwin.Count;

        await app.QueryAsync(async db =>
        {
            var marker = $"twin {Guid.NewGuid()}";
            _ = await db.Sources.CountAsync(source => source.Name != marker && db.Editions.Any(edition => edition.Introduction == source.Slug));
            _ = await db.Sources.Where(source => source.Name == marker && source.Slug != "x").ExecuteUpdateAsync(row => row.SetProperty(source => source.Slug, "y"));
            db.Add(new CordisPulse.Core.Catalogue.Source { Name = marker, Slug = marker });
            return await db.SaveChangesAsync();
        });

        Assert.InRange(SqlServerTwin.Count - before, 2, int.MaxValue);
        Assert.Empty(SqlServerTwin.Failures);
    }

    [Fact]
    public void A_statement_that_SQL_Server_cannot_read_is_an_error()
    {
        Assert.NotEmpty(TransactSql.Errors("SELECT * FROM t LIMIT 1 OFFSET 2"));
        Assert.Empty(TransactSql.Errors("SELECT \"a\" FROM \"t\" ORDER BY 1 OFFSET 2 ROWS FETCH NEXT 1 ROWS ONLY"));
    }
}
