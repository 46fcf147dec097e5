using System.Globalization;

namespace CordisPulse.Web.Areas.Editor.Compose;

/// <summary>Days as forms hold them.</summary>
internal static class Day
{
    public const string Wanted = "Enter a day like 2022-03-07.";

    public static bool IsOne(string? text) => Blank.ToNull(text) is not { } day || DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    public static DateOnly? Read(string? text)
        => Blank.ToNull(text) is { } day ? DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture) : null;

    public static string? Write(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
