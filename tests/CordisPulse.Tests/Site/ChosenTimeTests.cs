using System.Globalization;
using CordisPulse.Core.Site;

namespace CordisPulse.Tests.Site;

public sealed class ChosenTimeTests
{
    [Theory]
    [InlineData("2026-12-07 09:00", null, "2026-12-07T09:00:00")]
    [InlineData("2026-07-07T09:00", null, "2026-07-07T08:00:00")]
    [InlineData("2026-10-25 01:30 BST", null, "2026-10-25T00:30:00")]
    [InlineData("2026-10-25 01:30", "BST", "2026-10-25T00:30:00")]
    [InlineData("2026-10-25 01:30 gmt", null, "2026-10-25T01:30:00")]
    [InlineData("2026-10-25T01:30", "GMT", "2026-10-25T01:30:00")]
    // Left from a time that was chosen before, which it told apart.
    [InlineData("2026-07-07T09:00", "GMT", "2026-07-07T08:00:00")]
    public void It_is_read_by_the_clock_in_the_United_Kingdom(string typed, string? clock, string utc)
        => Assert.Equal(DateTime.Parse(utc + "Z", CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal), UkTime.Read(typed, clock).Utc);

    [Theory]
    [InlineData("2026-03-29 01:30", "does not exist")]
    [InlineData("2026-10-25 01:30", "occurs twice")]
    [InlineData("2026-07-07 09:00 GMT", "does not show GMT")]
    [InlineData("2026-12-07 09:00 BST", "does not show BST")]
    [InlineData("7 December", "Enter a day and a time")]
    [InlineData(null, "Enter a day and a time")]
    public void What_is_no_hour_of_that_clock_is_refused_with_the_reason(string? typed, string reason)
    {
        var read = UkTime.Read(typed, clock: null);

        Assert.Null(read.Utc);
        Assert.Contains(reason, read.Problem, StringComparison.Ordinal);
    }
}
