using CordisPulse.Core.Mail;

namespace CordisPulse.Core.Mailings.Sending;

/// <summary>
/// The pauses between the tries of one delivery: each three times the one before, from <c>Mail:Retry:FirstDelay</c> up to
/// <c>MaxDelay</c>, as long as their sum stays within <c>GiveUpAfter</c>. With the defaults: 1, 3, 9, 27, 60, 60, … minutes.
/// </summary>
public sealed class RetrySchedule
{
    private const int Growth = 3;

    /// <summary>A setting of seconds over years would otherwise fill the memory.</summary>
    private const int MostTries = 1000;

    public RetrySchedule(MailRetryOptions options)
    {
        var delays = new List<TimeSpan>();
        var total = TimeSpan.Zero;
        for (var next = options.FirstDelay; total + next <= options.GiveUpAfter && delays.Count < MostTries; next = Min(next * Growth, options.MaxDelay))
        {
            delays.Add(next);
            total += next;
        }

        Delays = delays;
    }

    public IReadOnlyList<TimeSpan> Delays { get; }

    /// <param name="attempts">Messages begun so far, at least one.</param>
    /// <returns>How long to wait before the next; null when it is time to give up.</returns>
    public TimeSpan? AfterAttempt(int attempts) => attempts <= Delays.Count ? Delays[Math.Max(attempts, 1) - 1] : null;

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;
}
