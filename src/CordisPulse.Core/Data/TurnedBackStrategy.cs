using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

namespace CordisPulse.Core.Data;

/// <summary>
/// Does again what SQL Server has turned back in favour of another (a deadlock's victim): a query, or a save that is a transaction of its own, of both of
/// which nothing was done. Within a transaction of ours it is not the statement that has to be done again but the whole, which only its writer can
/// tell to be right; and whether what broke off with the connection was done, nobody can, so that neither is tried here.
/// </summary>
public sealed class TurnedBackStrategy(ExecutionStrategyDependencies dependencies) : IExecutionStrategy
{
    private const int MostTries = 4;

    /// <summary>So that the two do not meet again at once.</summary>
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(100);

    /// <summary>False, since with true EF refuses transactions of ours and holds back every query's rows.</summary>
    public bool RetriesOnFailure => false;

    public TResult Execute<TState, TResult>(TState state, Func<DbContext, TState, TResult> operation, Func<DbContext, TState, ExecutionResult<TResult>>? verifySucceeded)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                return operation(dependencies.CurrentContext.Context, state);
            }
            catch (Exception e) when (MayTryAgain(e, tries))
            {
                Thread.Sleep(Pause(tries));
            }
        }
    }

    public async Task<TResult> ExecuteAsync<TState, TResult>(
        TState state, Func<DbContext, TState, CancellationToken, Task<TResult>> operation,
        Func<DbContext, TState, CancellationToken, Task<ExecutionResult<TResult>>>? verifySucceeded, CancellationToken cancellationToken = default)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                return await operation(dependencies.CurrentContext.Context, state, cancellationToken);
            }
            catch (Exception e) when (MayTryAgain(e, tries))
            {
                await Task.Delay(Pause(tries), cancellationToken);
            }
        }
    }

    private bool MayTryAgain(Exception failure, int tries)
        => tries < MostTries && failure.IsTurnedBack() && dependencies.CurrentContext.Context.Database.CurrentTransaction is null;

    private static TimeSpan Pause(int tries) => LongestPause * tries * Random.Shared.NextDouble();
}
