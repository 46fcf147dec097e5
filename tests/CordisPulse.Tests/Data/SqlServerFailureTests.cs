using CordisPulse.Core.Data;
using CordisPulse.Core.Subscriptions;
using CordisPulse.Tests.Commands;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CordisPulse.Tests.Data;

/// <summary>What SQL Server refuses, as its client tells it from the wire.</summary>
public sealed class SqlServerFailureTests : IDisposable
{
    private readonly LoopbackTdsServer _server = new();

    public void Dispose() => _server.Dispose();

    [Theory]
    [InlineData(1205, true)]
    [InlineData(3960, true)]
    [InlineData(942, true)]
    [InlineData(6005, true)]
    [InlineData(1105, true)]
    [InlineData(2601, false)]
    [InlineData(2627, false)]
    [InlineData(547, false)]
    [InlineData(208, false)]
    public async Task A_statement_that_is_refused_may_go_through_later_or_never(int number, bool isTransient)
    {
        _server.Answer = _ => number;

        var failure = await Assert.ThrowsAnyAsync<Exception>(() => OnAsync(db => db.Database.ExecuteSqlAsync($"DELETE FROM \"Sources\" WHERE 1 = 0")));

        Assert.True(failure.IsDatabaseFailure());
        Assert.Equal(isTransient, failure.IsTransientDatabaseFailure());
        Assert.Equal($"SQL Server {number}", failure.DatabaseFailureCode());
        Assert.Equal(number == 1105, failure.IsDatabaseFull());
    }

    [Theory]
    [InlineData(18456)]
    [InlineData(4060)]
    [InlineData(18401)]
    public async Task Who_is_not_let_in_may_be_later(int number)
    {
        _server.LoginError = number;

        var failure = await Assert.ThrowsAnyAsync<Exception>(() => OnAsync(db => db.Subscribers.AnyAsync()));

        Assert.True(failure.IsTransientDatabaseFailure());
        Assert.DoesNotContain("not-in-any-message", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_does_not_answer_or_is_not_there_may_be_later()
    {
        _server.Answer = _ => null;
        var slow = await Assert.ThrowsAnyAsync<Exception>(() => OnAsync(db =>
        {
            db.Database.SetCommandTimeout(1);
            return db.Subscribers.AnyAsync();
        }));
        Assert.True(slow.IsTransientDatabaseFailure());
        Assert.Equal("SQL Server -2", slow.DatabaseFailureCode());

        _server.Dispose();
        var gone = await Assert.ThrowsAnyAsync<Exception>(() => OnAsync(db => db.Subscribers.AnyAsync()));
        Assert.True(gone.IsTransientDatabaseFailure());
    }

    [Fact]
    public async Task What_was_turned_back_is_done_again_and_nothing_else()
    {
        _server.Answer = number => number <= 2 ? 1205 : 0;
        // The third time nothing is refused, and there are no rows.
        await Assert.ThrowsAnyAsync<InvalidOperationException>(() => OnAsync(db => db.Subscribers.CountAsync()));
        Assert.Equal(3, _server.Statements);

        // However often, it ends.
        var before = _server.Statements;
        _server.Answer = _ => 1205;
        Assert.Equal("SQL Server 1205", (await Assert.ThrowsAnyAsync<Exception>(() => OnAsync(db => db.Subscribers.CountAsync()))).DatabaseFailureCode());
        Assert.Equal(4, _server.Statements - before);

        // A time-out, or a value that is there already: once.
        foreach (var number in (int[])[1222, 2601])
        {
            before = _server.Statements;
            _server.Answer = _ => number;
            await Assert.ThrowsAnyAsync<Exception>(() => OnAsync(db => db.Subscribers.CountAsync()));
            Assert.Equal(1, _server.Statements - before);
        }
    }

    [Fact]
    public async Task Within_a_transaction_of_ours_nothing_is_done_again_by_itself()
    {
        _server.Answer = _ => 1205;

        var failure = await Assert.ThrowsAnyAsync<Exception>(() => OnAsync(async db =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            return await db.Subscribers.CountAsync();
        }));

        Assert.Equal(1, _server.Statements);
        Assert.True(failure.IsTransientDatabaseFailure());
    }

    [Theory]
    [InlineData(18456, "18456")]
    [InlineData(942, "942")]
    public async Task A_start_or_a_command_says_in_a_line_why_it_was_refused(int number, string said)
    {
        (_server.LoginError, _server.Answer) = number == 18456 ? ((int?)number, _server.Answer) : (null, _ => number);
        var folder = Directory.CreateTempSubdirectory("cordispulse-").FullName;
        try
        {
            var settings = new Dictionary<string, string>
            {
                ["Data:Directory"] = folder,
                ["Database:Provider"] = DatabaseOptions.SqlServer,
                ["ConnectionStrings:CordisPulse"] = _server.ConnectionString,
                ["urls"] = "http://127.0.0.1:0",
            };
            foreach (string[] arguments in new[] { ["migrate"], ["subscriber", "export"], Array.Empty<string>() })
            {
                var before = _server.Logins;
                var refused = await PulseCommand.RunProcessAsync(settings, arguments);
                Assert.Equal((1, ""), (refused.ExitCode, arguments.Length == 0 ? "" : refused.Output));
                Assert.Single(refused.Error.Trim().Split('\n'));
                Assert.StartsWith("ConnectionStrings:CordisPulse: the database cannot be opened", refused.Error, StringComparison.Ordinal);
                Assert.Contains(said, refused.Error, StringComparison.Ordinal);
                Assert.DoesNotContain("not-in-any-message", refused.Error + refused.Output, StringComparison.Ordinal);
                // Whoever is turned away is told so, and does not go on knocking.
                Assert.Equal(1, _server.Logins - before);
            }
        }
        finally
        {
            TemporaryFolder.Delete(folder);
        }
    }

    /// <summary>By the words of the server's messages 2601 and 2627.</summary>
    [Fact]
    public async Task A_value_that_is_there_already_is_told_by_the_index_that_refused_it()
    {
        _server.Answer = number => number % 2 == 0 ? 2601 : 2627;
        var indexes = SqlServerTwin.Ask(db => db.Model.GetRelationalModel().Tables
            .SelectMany(table => table.Indexes.Where(index => index.IsUnique).Select(index => (Table: table.Name, index.Name, Columns: index.Columns.Select(column => column.Name).ToList()))
                .Append((table.Name, table.PrimaryKey!.Name, table.PrimaryKey.Columns.Select(column => column.Name).ToList())))
            // Identity's own, whose violations it tells apart itself before it saves.
            .Where(index => !index.Item1.StartsWith("AspNet", StringComparison.Ordinal))
            .ToList());
        Assert.True(indexes.Count > 80);
        foreach (var (table, index, columns) in indexes)
        {
            _server.Message = number => number == 2601
                ? $"Cannot insert duplicate key row in object 'dbo.{table}' with unique index '{index}'. The duplicate key value is (x)."
                : $"Violation of UNIQUE KEY constraint '{index}'. Cannot insert duplicate key in object 'dbo.{table}'. The duplicate key value is (x).";
            var failure = await Assert.ThrowsAsync<DbUpdateException>(() => OnAsync(db =>
            {
                db.Add(new Subscriber { Email = "reader@example.org", NormalizedEmail = "reader@example.org", Status = SubscriberStatus.Active, UnsubscribeToken = SecretToken.Create() });
                return db.SaveChangesAsync();
            }));
            Assert.All(columns, column => Assert.True(failure.IsUniqueViolation(table, column), $"{index} of {table} is not known by {column}: {failure.InnerException}"));
            Assert.False(failure.IsUniqueViolation("Other", columns[0]));
            Assert.False(failure.IsTransientDatabaseFailure());
        }
    }

    private async Task<T> OnAsync<T>(Func<PulseDbContext, Task<T>> work)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?> { ["Database:Provider"] = DatabaseOptions.SqlServer, ["ConnectionStrings:CordisPulse"] = _server.ConnectionString })
            .Build());
        services.AddPulseDatabase();
        await using var provider = services.BuildServiceProvider();
        await using var db = await provider.GetRequiredService<IDbContextFactory<PulseDbContext>>().CreateDbContextAsync();
        return await work(db);
    }
}
