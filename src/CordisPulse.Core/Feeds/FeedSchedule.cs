namespace CordisPulse.Core.Feeds;

/// <summary>When a feed is read again.</summary>
public static class FeedSchedule
{
    /// <summary>After a reading that brought entries, or the word that there are no new ones.</summary>
    public static readonly TimeSpan Usual = TimeSpan.FromHours(1);

    /// <summary>The longest that a site is heard when it asks to be left alone.</summary>
    public static readonly TimeSpan LongestAsked = TimeSpan.FromDays(7);

    /// <summary>After the first failure in a row, the second, …; the last one holds for all that follow.</summary>
    public static IReadOnlyList<TimeSpan> AfterFailures { get; } =
        [TimeSpan.FromHours(1), TimeSpan.FromHours(2), TimeSpan.FromHours(4), TimeSpan.FromHours(8), TimeSpan.FromHours(16), TimeSpan.FromDays(1)];

    /// <param name="failures">In a row, at least one.</param>
    /// <param name="asked">How long the site asks to be left alone.</param>
    public static TimeSpan After(int failures, TimeSpan? asked)
    {
        var own = AfterFailures[Math.Min(failures, AfterFailures.Count) - 1];
        return asked is not { } length || length <= own ? own : length < LongestAsked ? length : LongestAsked;
    }
}
