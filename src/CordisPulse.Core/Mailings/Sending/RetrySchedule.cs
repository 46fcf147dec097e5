using System.Globalization;
using CordisPulse.Core.Mail;

namespace CordisPulse.Core.Mailings.Sending;

/// <summary>
/// The pauses between the tries of one delivery: each three times the one before, from <c>Mail:Retry:FirstDelay</c> up to
/// <c>MaxDelay</c>, each by up to a fifth shorter or longer, so that what was put off together does not come back together. None ends
/// later than <c>GiveUpAfter</c> from the first try. With the defaults: 1, 3, 9, 27, 60, 60, … minutes.
/// </summary>
public sealed class RetrySchedule(MailRetryOptions options, Random? random = null)
{
    public const double Jitter = 0.2;

    private const int Growth = 3;

    /// <summary>A pause has long grown to the longest by then.</summary>
    private const int MostGrowth = 60;

    private readonly Random _random = random ?? Random.Shared;

    /// <summary>The pauses as they grow, up to the longest, which is repeated.</summary>
    public IReadOnlyList<TimeSpan> Delays { get; } = Grow(options);

    /// <param name="attempts">Messages begun so far, at least one.</param>
    /// <param name="since">From the first of them until now; null where nobody has kept it, for as long as the pauses before would have taken.</param>
    /// <returns>How long to wait before the next; null when it is time to give up.</returns>
    public TimeSpan? AfterAttempt(int attempts, TimeSpan? since = null)
    {
        var left = options.GiveUpAfter - (since ?? Before(attempts));
        var delay = DelayAfter(attempts);
        if (left < delay * (1 - Jitter))
            return null;
        var pause = delay * (1 - Jitter + (2 * Jitter * _random.NextDouble()));
        return pause < left ? pause : left;
    }

    /// <summary>Such as "after about 1, 3, 9, 27 and 60 minutes, then each 60 minutes, until 24 hours after the first try".</summary>
    public string Describe()
    {
        var within = Delays.TakeWhile(delay => delay <= options.GiveUpAfter).ToList();
        if (within.Count == 0)
            return "never";
        var (divisor, unit) = options.FirstDelay < TimeSpan.FromMinutes(1) ? (TimeSpan.FromSeconds(1), "second") : (TimeSpan.FromMinutes(1), "minute");
        var numbers = within.ConvertAll(delay => (delay / divisor).ToString("0.#", CultureInfo.InvariantCulture));
        var first = numbers.Count == 1 ? numbers[0] : $"{string.Join(", ", numbers[..^1])} and {numbers[^1]}";
        var repeated = within.Count == Delays.Count ? $", then every {numbers[^1]} {Unit(numbers[^1])}" : "";
        return $"after about {first} {Unit(numbers[^1])}{repeated}, until {Length(options.GiveUpAfter)} after the first try";

        string Unit(string number) => number == "1" ? unit : unit + "s";
    }

    private TimeSpan DelayAfter(int attempts) => Delays[Math.Clamp(attempts, 1, Delays.Count) - 1];

    private TimeSpan Before(int attempts)
    {
        var growing = Math.Min(attempts - 1, Delays.Count);
        var total = TimeSpan.Zero;
        for (var i = 0; i < growing; i++)
            total += Delays[i];
        return total + (Delays[^1] * Math.Max(0, attempts - 1 - growing));
    }

    private static List<TimeSpan> Grow(MailRetryOptions options)
    {
        var delays = new List<TimeSpan>();
        for (var next = options.FirstDelay; next < options.MaxDelay && delays.Count < MostGrowth; next *= Growth)
        {
            delays.Add(next);
            if (next > TimeSpan.MaxValue / Growth)
                break;
        }

        delays.Add(options.MaxDelay);
        return delays;
    }

    private static string Length(TimeSpan time) => time >= TimeSpan.FromHours(1)
        ? Counted(time.TotalHours, "hour")
        : time >= TimeSpan.FromMinutes(1) ? Counted(time.TotalMinutes, "minute") : Counted(time.TotalSeconds, "second");

    private static string Counted(double number, string unit)
    {
        var text = number.ToString("0.#", CultureInfo.InvariantCulture);
        return text == "1" ? $"1 {unit}" : $"{text} {unit}s";
    }
}
