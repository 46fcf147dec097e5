using System.Globalization;

namespace CordisPulse.Web.Areas.Editor;

/// <summary>A number and what it counts.</summary>
internal static class Counted
{
    public static string Of(int number) => number.ToString("N0", CultureInfo.InvariantCulture);

    public static string Of(int number, string one) => Of(number, one, one + "s");

    public static string Of(int number, string one, string many) => $"{Of(number)} {(number == 1 ? one : many)}";
}
