using System.Collections.Concurrent;
using CordisPulse.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Core.Subscriptions;

/// <summary>
/// What was counted of a list that stands still. Whatever changes for anybody is one more line in a story, and who is removed takes theirs
/// along: as long as the lines are as many, and the last of them the same, what was counted holds.
/// </summary>
public sealed class CountedList
{
    private const int Most = 500;

    private readonly ConcurrentDictionary<string, Count> _counts = new();

    /// <summary>Read before anything is counted: what comes in between makes the next one count anew.</summary>
    /// <param name="db">Whose list it is.</param>
    /// <param name="today">What is counted by months is counted anew each day.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async Task<ListStand> StandAsync(PulseDbContext db, DateOnly today, CancellationToken cancellationToken)
        => new(
            today, await db.ConsentRecords.MaxAsync(row => (long?)row.Id, cancellationToken), await db.ConsentRecords.CountAsync(cancellationToken),
            await db.ContentVersions.Select(row => row.Number).SingleAsync(cancellationToken));

    /// <param name="stand">The list's, now.</param>
    /// <param name="question">The answer is kept until the next, unless very many other questions come in between.</param>
    /// <param name="count">Counts when it must.</param>
    public async Task<T> AskAsync<T>(ListStand stand, string question, Func<Task<T>> count)
        where T : class
    {
        if (_counts.TryGetValue(question, out var before) && before.Stand == stand)
            return (T)before.Answer;
        var answer = await count();
        if (_counts.Count >= Most)
            _counts.Clear();
        _counts[question] = new Count(stand, answer);
        return answer;
    }

    private sealed record Count(ListStand Stand, object Answer);
}

/// <param name="LastLine">Of all stories; null when there is none.</param>
/// <param name="Content">The content's version: raised, among others, when a backup is restored, whose next lines get numbers that were given before.</param>
public sealed record ListStand(DateOnly Day, long? LastLine, int Lines, long Content);
