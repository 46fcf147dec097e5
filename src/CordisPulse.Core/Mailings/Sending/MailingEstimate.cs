using CordisPulse.Core.Mail;

namespace CordisPulse.Core.Mailings.Sending;

/// <summary>How long a mailing takes under the limits that are set.</summary>
public static class MailingEstimate
{
    /// <returns>Null where no limit is set, and the mail server's speed alone decides.</returns>
    public static TimeSpan? For(int recipients, MailOptions options)
    {
        var last = Math.Max(recipients - 1, 0);
        var times = new List<TimeSpan>();
        if (options.MaxPerSecond > 0)
            times.Add(TimeSpan.FromSeconds((double)last / options.MaxPerSecond));
        if (options.MaxPerMinute > 0)
            times.Add(TimeSpan.FromMinutes(last / options.MaxPerMinute));
        if (options.MaxPerDay > 0)
            times.Add(TimeSpan.FromDays(last / options.MaxPerDay));
        return times.Count == 0 ? null : times.Max();
    }
}
