using System.Collections.Concurrent;
using System.Linq.Expressions;
using CordisPulse.Core.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Query;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CordisPulse.Tests.Data;

/// <summary>
/// Has the SQL Server provider make every statement that the tests run on SQLite, and parses each. It needs no server: the
/// twin's connection never opens and its commands are seen and dropped. A query that cannot be translated, or a statement that
/// does not parse, fails the test that ran it and every app that is closed afterwards.
/// </summary>
public static class SqlServerTwin
{
    private static readonly ConcurrentDictionary<string, bool> Seen = new();
    private static readonly ConcurrentQueue<string> Wrong = new();

    private static readonly Lazy<ServiceProvider> Services = new(() =>
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder()
            .AddInMemoryCollection(new Dictionary<string, string?>
            {
                ["Database:Provider"] = DatabaseOptions.SqlServer,
                ["ConnectionStrings:CordisPulse"] = "Server=nowhere.example.org;Database=CordisPulse",
            })
            .Build());
        services.AddPulseDatabase();
        services.ConfigureDbContext<PulseDbContext>(builder => builder.AddInterceptors(new DroppedConnection(), new DroppedCommands()));
        return services.BuildServiceProvider();
    });

    /// <summary>All that the SQL Server provider could not say or the parser not read, so far.</summary>
    public static IReadOnlyCollection<string> Failures => Wrong;

    /// <summary>How many different statements have been made for SQL Server.</summary>
    public static int Count => Seen.Count;

    /// <summary>Watches every context of an app whose own database is SQLite.</summary>
    public static void Watch(IServiceCollection services)
        => services.ConfigureDbContext<PulseDbContext>(builder =>
        {
            WatchedQueryCompiler.Use(builder);
            builder.AddInterceptors(WatchedSaves.Instance, WatchedRawSql.Instance);
        });

    /// <summary>What the model is like on SQL Server.</summary>
    public static T Ask<T>(Func<PulseDbContext, T> ask)
    {
        using var scope = Services.Value.CreateScope();
        using var twin = scope.ServiceProvider.GetRequiredService<IDbContextFactory<PulseDbContext>>().CreateDbContext();
        return ask(twin);
    }

    /// <param name="key">The query as printed, for telling whether it is a new one.</param>
    internal static void Query<TResult>(string key, Expression query)
        => Make("query " + key, twin =>
        {
            // Its later statements are made only once the first has answered rows, which here it never does.
            if (key.Contains(nameof(RelationalQueryableExtensions.AsSplitQuery), StringComparison.Ordinal))
                throw new NotSupportedException("A split query hides its later statements; write a query for each.");
            var result = twin.GetService<IAsyncQueryProvider>().Execute<TResult>(new MovedToTwin(twin).Visit(query));
            if (result is System.Collections.IEnumerable rows)
                foreach (var _ in rows)
                    break;
        });

    internal static void Save(EntityEntry entry)
    {
        var changed = entry.State == EntityState.Modified
            ? entry.Properties.Where(property => property.IsModified).Select(property => property.Metadata.Name).ToList()
            : [];
        Make($"{entry.State} {entry.Metadata.Name} {string.Join(',', changed)}", twin =>
        {
            // Two at once, so that the statement for several rows (MERGE) is made too.
            for (var copies = entry.State == EntityState.Added ? 2 : 1; copies > 0; copies--)
            {
                var copy = twin.Entry(entry.CurrentValues.ToObject());
                if (entry.State == EntityState.Added && copy.Metadata.FindPrimaryKey()!.Properties is [{ ValueGenerated: not Microsoft.EntityFrameworkCore.Metadata.ValueGenerated.Never } key])
                    copy.Property(key.Name).CurrentValue = Convert.ChangeType(0, key.ClrType, null);
                else if (copies > 1)
                    continue;
                copy.State = entry.State == EntityState.Modified ? EntityState.Unchanged : entry.State;
                foreach (var name in changed)
                    copy.Property(name).IsModified = true;
            }

            twin.SaveChanges();
        });
    }

    internal static void Raw(string sql)
    {
        if (Seen.TryAdd("raw " + sql, true))
            Report(TransactSql.Errors(sql).Select(error => $"{error}\n{sql}"));
    }

    private static void Make(string key, Action<PulseDbContext> act)
    {
        if (!Seen.TryAdd(key, true))
            return;
        using var scope = Services.Value.CreateScope();
        using var twin = scope.ServiceProvider.GetRequiredService<IDbContextFactory<PulseDbContext>>().CreateDbContext();
        List<string> statements = [];
        DroppedCommands.Statements.Value = statements;
        try
        {
            act(twin);
        }
        // Dropped statements answer nothing, which upsets whoever reads the answer; only before the first statement is it the query's fault.
        catch (Exception e) when (statements.Count > 0 && e is InvalidOperationException or DbUpdateException or NullReferenceException or IndexOutOfRangeException or ArgumentOutOfRangeException)
        {
        }
        catch (Exception e)
        {
            Report([$"{key}\n{e.Message}"]);
            return;
        }
        finally
        {
            DroppedCommands.Statements.Value = null;
        }

        Report(statements.Count == 0
            ? [$"{key}\nmade no statement for SQL Server"]
            : statements.SelectMany(sql => TransactSql.Errors(sql).Select(error => $"{error}\n{sql}")));
    }

    private static void Report(IEnumerable<string> failures)
    {
        var messages = failures.ToList();
        foreach (var message in messages)
            Wrong.Enqueue(message);
        if (messages.Count > 0)
            throw new InvalidOperationException("Not fit for SQL Server: " + string.Join("\n", messages));
    }

    /// <summary>The same query on the twin's tables: every table, context and query that the expression holds is exchanged.</summary>
    private sealed class MovedToTwin(PulseDbContext twin) : ExpressionVisitor
    {
        protected override Expression VisitExtension(Expression node) => node switch
        {
            EntityQueryRootExpression root => new EntityQueryRootExpression(
                twin.GetService<IAsyncQueryProvider>(), twin.Model.FindEntityType(root.EntityType.Name)!),
            _ => base.VisitExtension(node),
        };

        protected override Expression VisitConstant(ConstantExpression node) => Move(node, node.Value);

        protected override Expression VisitMember(MemberExpression node)
            => typeof(PulseDbContext).IsAssignableFrom(node.Type) || typeof(IQueryable).IsAssignableFrom(node.Type)
                ? TryEvaluate(node, out var value) ? Move(node, value) : base.VisitMember(node)
                : base.VisitMember(node);

        private Expression Move(Expression node, object? value) => value switch
        {
            PulseDbContext => Expression.Constant(twin),
            IQueryable query when query.Expression != node => Visit(query.Expression),
            _ => node,
        };

        private static bool TryEvaluate(MemberExpression node, out object? value)
        {
            var root = (Expression)node;
            while (root is MemberExpression { Expression: { } inner })
                root = inner;
            value = root is ConstantExpression ? Expression.Lambda(node).Compile().DynamicInvoke() : null;
            return root is ConstantExpression;
        }
    }
}
