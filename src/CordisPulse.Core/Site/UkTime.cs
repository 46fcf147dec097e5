using System.Globalization;

namespace CordisPulse.Core.Site;

/// <summary>Times as staff read them: by the clock in the United Kingdom, whatever that of the server says.</summary>
public static class UkTime
{
    /// <summary>Names of the two clocks, for the hour that occurs twice.</summary>
    public const string SummerClock = "BST";

    /// <inheritdoc cref="SummerClock"/>
    public const string WinterClock = "GMT";

    private const string FormFormat = "yyyy-MM-ddTHH:mm";

    // A machine without the time zone database shows UTC, and says so.
    private static readonly TimeZoneInfo? London = TimeZoneInfo.TryFindSystemTimeZoneById("Europe/London", out var zone) ? zone : null;

    /// <summary>Such as <c>7 March 2022, 09:00</c>.</summary>
    public static string Minute(DateTime utc) => Format(utc, "d MMMM yyyy, HH:mm");

    /// <inheritdoc cref="Minute(DateTime)"/>
    /// <returns>Empty for a time that has not come.</returns>
    public static string Minute(DateTime? utc) => utc is { } time ? Minute(time) : "";

    /// <summary>Such as <c>7 March 2022, 09:00:12</c>; empty for a time that has not come.</summary>
    public static string Second(DateTime? utc) => utc is { } time ? Format(time, "d MMMM yyyy, HH:mm:ss") : "";

    /// <summary>Such as <c>7 March 2022</c>.</summary>
    public static string Day(DateTime utc) => Format(utc, "d MMMM yyyy");

    /// <summary>The day that it is then in the United Kingdom.</summary>
    public static DateOnly DateOf(DateTime utc)
        => DateOnly.FromDateTime(London is null ? utc : TimeZoneInfo.ConvertTimeFromUtc(DateTime.SpecifyKind(utc, DateTimeKind.Utc), London));

    /// <summary>Such as <c>09:00</c>.</summary>
    public static string Clock(DateTime utc) => Format(utc, "HH:mm");

    /// <summary>A time as forms hold it: <c>2022-03-07T09:00</c> (RFC 3339 without a zone), by the same clock.</summary>
    public static string? Write(DateTime? utc) => utc is { } time
        ? (London is null ? time : TimeZoneInfo.ConvertTimeFromUtc(DateTime.SpecifyKind(time, DateTimeKind.Utc), London)).ToString(FormFormat, CultureInfo.InvariantCulture)
        : null;

    /// <summary>False for what is no time, and for the hour that the clock skips in spring; of one that it shows twice, the second is meant.</summary>
    public static bool TryParse(string text, out DateTime utc)
    {
        var read = Read(text, WinterClock).Utc;
        utc = read.GetValueOrDefault();
        return read is not null;
    }

    /// <summary>A time that somebody chose, by the clock in the United Kingdom, both hours of a change of it minded.</summary>
    /// <param name="text">Such as <c>2026-12-07 09:00</c>; may name its clock, such as <c>2026-10-25 01:30 GMT</c>.</param>
    /// <param name="clock">Which of the two is meant, where the time occurs twice; null when nobody has said.</param>
    public static ChosenTime Read(string? text, string? clock)
    {
        var typed = text?.Trim() ?? "";
        var named = new[] { SummerClock, WinterClock }.FirstOrDefault(name => typed.EndsWith(" " + name, StringComparison.OrdinalIgnoreCase));
        if (named is not null)
            typed = typed[..^(named.Length + 1)];
        if (!DateTime.TryParseExact(typed.Trim(), [FormFormat, "yyyy-MM-dd HH:mm", "yyyy-MM-ddTHH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var local))
            return new ChosenTime(null, "Enter a day and a time like 2026-12-07 09:00.");
        if (London is null)
            return new ChosenTime(DateTime.SpecifyKind(local, DateTimeKind.Utc), null);
        var (day, hour) = (local.ToString("d MMMM yyyy", CultureInfo.InvariantCulture), local.ToString("HH:mm", CultureInfo.InvariantCulture));
        if (London.IsInvalidTime(local))
            return new ChosenTime(null, $"On {day} the clock goes forward from 01:00 to 02:00, so {hour} does not exist that day. Choose another time.");
        if (!London.IsAmbiguousTime(local))
            return named is not null && (London.GetUtcOffset(local) > TimeSpan.Zero) != (named == SummerClock)
                ? new ChosenTime(null, $"On {day} the clock in the United Kingdom does not show {named}. Leave {named} out.")
                : new ChosenTime(TimeZoneInfo.ConvertTimeToUtc(local, London), null);
        var offsets = London.GetAmbiguousTimeOffsets(local);
        return (named ?? clock) switch
        {
            SummerClock => new ChosenTime(DateTime.SpecifyKind(local - offsets.Max(), DateTimeKind.Utc), null) { IsTwice = true },
            WinterClock => new ChosenTime(DateTime.SpecifyKind(local - offsets.Min(), DateTimeKind.Utc), null) { IsTwice = true },
            _ => new ChosenTime(null, $"On {day} the clock goes back, so {hour} occurs twice. Say which: {SummerClock}, the first, or {WinterClock}, the second.") { IsTwice = true },
        };
    }

    /// <summary>Which of the two clocks a time is by; null for a time that occurs once.</summary>
    public static string? ClockShown(DateTime utc)
    {
        if (London is null)
            return null;
        var time = DateTime.SpecifyKind(utc, DateTimeKind.Utc);
        return !London.IsAmbiguousTime(TimeZoneInfo.ConvertTimeFromUtc(time, London)) ? null : London.IsDaylightSavingTime(time) ? SummerClock : WinterClock;
    }

    private static string Format(DateTime utc, string format)
    {
        if (London is null)
            return utc.ToString(format, CultureInfo.InvariantCulture) + " UTC";
        var time = TimeZoneInfo.ConvertTimeFromUtc(DateTime.SpecifyKind(utc, DateTimeKind.Utc), London).ToString(format, CultureInfo.InvariantCulture);
        return format.Contains("HH", StringComparison.Ordinal) && ClockShown(utc) is { } clock ? $"{time} {clock}" : time;
    }
}

/// <param name="Utc">Null when <paramref name="Problem"/> says why.</param>
/// <param name="Problem">A sentence or two for whoever typed it.</param>
public sealed record ChosenTime(DateTime? Utc, string? Problem)
{
    /// <summary>The clock shows it twice that day.</summary>
    public bool IsTwice { get; init; }
}
