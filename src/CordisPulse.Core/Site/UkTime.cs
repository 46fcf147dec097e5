using System.Globalization;

namespace CordisPulse.Core.Site;

/// <summary>Times as staff read them: by the clock in the United Kingdom, whatever that of the server says.</summary>
public static class UkTime
{
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

    /// <summary>False for what is no time, and for the hour that the clock skips in spring.</summary>
    public static bool TryParse(string text, out DateTime utc)
    {
        utc = default;
        if (!DateTime.TryParseExact(text.Trim(), [FormFormat, "yyyy-MM-dd HH:mm", "yyyy-MM-ddTHH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var local)
            || London?.IsInvalidTime(local) == true)
            return false;
        utc = London is null ? DateTime.SpecifyKind(local, DateTimeKind.Utc) : TimeZoneInfo.ConvertTimeToUtc(local, London);
        return true;
    }

    private static string Format(DateTime utc, string format) => London is null
        ? utc.ToString(format, CultureInfo.InvariantCulture) + " UTC"
        : TimeZoneInfo.ConvertTimeFromUtc(DateTime.SpecifyKind(utc, DateTimeKind.Utc), London).ToString(format, CultureInfo.InvariantCulture);
}
