using System.Globalization;

namespace CordisPulse.Core.Editions.Links;

/// <summary>Where the Internet Archive has a page as it was, if it has it: the address follows a rule, and leads to the copy nearest to the day.</summary>
public static class ArchivedCopy
{
    public static string AddressOf(string url, DateOnly day)
        => string.Create(CultureInfo.InvariantCulture, $"https://web.archive.org/web/{day:yyyyMMdd}/{url}");
}
