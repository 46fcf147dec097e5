using System.Globalization;

namespace CordisPulse.Web.Commands;

/// <summary>Numbers of things as people read them.</summary>
internal static class Counted
{
    /// <summary>Such as <c>1 word</c> and <c>2 words</c>.</summary>
    public static string Of(int count, string one, string? many = null)
        => string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? one : many ?? one + "s")}");
}
