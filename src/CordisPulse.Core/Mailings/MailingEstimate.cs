using System.Globalization;
using CordisPulse.Core.Mail;

namespace CordisPulse.Core.Mailings;

/// <summary>How long a mailing takes under the limits of the settings alone; the mail server may take longer.</summary>
public static class MailingEstimate
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <returns>Zero where no limit holds it up.</returns>
    public static TimeSpan For(int recipients, MailOptions options)
    {
        if (recipients <= 1)
            return TimeSpan.Zero;
        // The last ones wait for whole days and then whole minutes; what is left is spread over the seconds.
        var days = options.MaxPerDay == 0 ? 0 : (recipients - 1) / options.MaxPerDay;
        var ofLastDay = recipients - (days * options.MaxPerDay);
        var minutes = options.MaxPerMinute == 0 ? 0 : (ofLastDay - 1) / options.MaxPerMinute;
        var ofLastMinute = ofLastDay - (minutes * options.MaxPerMinute);
        return (days * Day) + Max((minutes * Minute) + Spread(ofLastMinute, options), Spread(ofLastDay, options));
    }

    /// <summary>A sentence for whoever is about to start.</summary>
    public static string Describe(int recipients, MailOptions options)
    {
        var time = For(recipients, options);
        if (time > TimeSpan.Zero)
            return $"Under the limits of the settings this takes {About(time)}.";
        return options is { MaxPerSecond: 0, MaxPerMinute: 0, MaxPerDay: 0 }
            ? "No limit is set: it takes as long as the mail server does."
            : "The limits of the settings do not hold it up: it takes as long as the mail server does.";
    }

    private static TimeSpan Spread(int messages, MailOptions options)
        => options.MaxPerSecond == 0 ? TimeSpan.Zero : TimeSpan.FromSeconds((messages - 1) / (double)options.MaxPerSecond);

    private static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;

    private static string About(TimeSpan time) => time switch
    {
        { TotalSeconds: < 60 } => "less than a minute",
        { TotalMinutes: < 59.5 } => "about " + Counted(Math.Round(time.TotalMinutes), "minute"),
        { TotalHours: < 24 } => "about " + With(Math.Floor(Math.Round(time.TotalMinutes) / 60), "hour", Math.Round(time.TotalMinutes) % 60, "minute"),
        _ => "about " + With(Math.Floor(Math.Round(time.TotalHours) / 24), "day", Math.Round(time.TotalHours) % 24, "hour"),
    };

    private static string With(double large, string largeUnit, double small, string smallUnit)
        => small == 0 ? Counted(large, largeUnit) : $"{Counted(large, largeUnit)} and {Counted(small, smallUnit)}";

    private static string Counted(double number, string unit)
        => string.Create(CultureInfo.InvariantCulture, $"{number:0} {unit}{(number == 1 ? "" : "s")}");
}
