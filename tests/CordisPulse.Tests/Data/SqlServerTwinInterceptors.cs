using System.Data;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Query;
using Microsoft.EntityFrameworkCore.Query.Internal;
using Microsoft.EntityFrameworkCore.Storage;

namespace CordisPulse.Tests.Data;

/// <summary>The query compiler of a watched context: what it compiles for SQLite, the twin makes for SQL Server.</summary>
[SuppressMessage("Usage", "EF1001", Justification = "Only the compiler sees a query with its parameters before it becomes SQL, ExecuteUpdate and Count included.")]
internal sealed class WatchedQueryCompiler(
    IQueryContextFactory queryContextFactory,
    ICompiledQueryCache compiledQueryCache,
    ICompiledQueryCacheKeyGenerator compiledQueryCacheKeyGenerator,
    IDatabase database,
    IDiagnosticsLogger<DbLoggerCategory.Query> logger,
    ICurrentDbContext currentContext,
    IEvaluatableExpressionFilter evaluatableExpressionFilter,
    IModel model)
    : QueryCompiler(queryContextFactory, compiledQueryCache, compiledQueryCacheKeyGenerator, database, logger, currentContext, evaluatableExpressionFilter, model)
{
    private string? _compiled;

    public static void Use(DbContextOptionsBuilder builder) => builder.ReplaceService<IQueryCompiler, WatchedQueryCompiler>();

    public override TResult Execute<TResult>(Expression query)
    {
        _compiled = null;
        var result = base.Execute<TResult>(query);
        if (_compiled is { } key)
            SqlServerTwin.Query<TResult>(key, query);
        return result;
    }

    public override TResult ExecuteAsync<TResult>(Expression query, CancellationToken cancellationToken)
    {
        _compiled = null;
        var result = base.ExecuteAsync<TResult>(query, cancellationToken);
        if (_compiled is { } key)
            MakeSynchronously<TResult>(key, query);
        return result;
    }

    public override Func<QueryContext, TResult> CompileQueryCore<TResult>(IDatabase database, Expression query, IModel model, bool async)
    {
        _compiled = ExpressionPrinter.Print(query);
        return base.CompileQueryCore<TResult>(database, query, model, async);
    }

    /// <summary>Task of T becomes T, and an asynchronous sequence a sequence, so that the twin is done before the query returns.</summary>
    private static void MakeSynchronously<TResult>(string key, Expression query)
    {
        var element = typeof(TResult).GetGenericArguments()[0];
        var result = typeof(TResult).GetGenericTypeDefinition() == typeof(Task<>) ? element : typeof(IEnumerable<>).MakeGenericType(element);
        typeof(SqlServerTwin).GetMethod(nameof(SqlServerTwin.Query), System.Reflection.BindingFlags.Static | System.Reflection.BindingFlags.NonPublic)!
            .MakeGenericMethod(result)
            .Invoke(null, System.Reflection.BindingFlags.DoNotWrapExceptions, null, [key, query], null);
    }
}

internal sealed class WatchedSaves : SaveChangesInterceptor
{
    public static readonly WatchedSaves Instance = new();

    public override InterceptionResult<int> SavingChanges(DbContextEventData eventData, InterceptionResult<int> result)
    {
        Watch(eventData.Context!);
        return result;
    }

    public override ValueTask<InterceptionResult<int>> SavingChangesAsync(DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        Watch(eventData.Context!);
        return ValueTask.FromResult(result);
    }

    private static void Watch(DbContext db)
    {
        foreach (var entry in db.ChangeTracker.Entries().ToList())
            if (entry.State is EntityState.Added or EntityState.Modified or EntityState.Deleted && !entry.Metadata.IsOwned())
                SqlServerTwin.Save(entry);
    }
}

/// <summary>Statements written by hand are the same for both databases; they are parsed as they are.</summary>
internal sealed class WatchedRawSql : DbCommandInterceptor
{
    public static readonly WatchedRawSql Instance = new();

    public override InterceptionResult<int> NonQueryExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<int> result)
    {
        Watch(command, eventData);
        return result;
    }

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        Watch(command, eventData);
        return ValueTask.FromResult(result);
    }

    private static void Watch(DbCommand command, CommandEventData eventData)
    {
        if (eventData.CommandSource == CommandSource.ExecuteSqlRaw)
            SqlServerTwin.Raw(command.CommandText);
    }
}

/// <summary>A connection that says it is open and never was.</summary>
internal sealed class DroppedConnection : DbConnectionInterceptor
{
    public override InterceptionResult ConnectionOpening(DbConnection connection, ConnectionEventData eventData, InterceptionResult result)
        => InterceptionResult.Suppress();

    public override InterceptionResult ConnectionClosing(DbConnection connection, ConnectionEventData eventData, InterceptionResult result)
        => InterceptionResult.Suppress();
}

internal sealed class DroppedCommands : DbCommandInterceptor, IDbTransactionInterceptor
{
    /// <summary>Where the statements of the present act are noted.</summary>
    public static readonly AsyncLocal<List<string>?> Statements = new();

    public override InterceptionResult<DbDataReader> ReaderExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result)
    {
        Note(command);
        return InterceptionResult<DbDataReader>.SuppressWithResult(new DataTable().CreateDataReader());
    }

    public override InterceptionResult<int> NonQueryExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<int> result)
    {
        Note(command);
        return InterceptionResult<int>.SuppressWithResult(0);
    }

    public override InterceptionResult<object> ScalarExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<object> result)
    {
        Note(command);
        return InterceptionResult<object>.SuppressWithResult(0);
    }

    public InterceptionResult<DbTransaction> TransactionStarting(DbConnection connection, TransactionStartingEventData eventData, InterceptionResult<DbTransaction> result)
        => InterceptionResult<DbTransaction>.SuppressWithResult(new NoTransaction(connection));

    private static void Note(DbCommand command) => Statements.Value?.Add(command.CommandText);

    private sealed class NoTransaction(DbConnection connection) : DbTransaction
    {
        public override IsolationLevel IsolationLevel => IsolationLevel.Unspecified;

        protected override DbConnection DbConnection => connection;

        public override void Commit()
        {
        }

        public override void Rollback()
        {
        }
    }
}
