using CordisPulse.Core.Mail;
using CordisPulse.Core.Mailings.Sending;

namespace CordisPulse.Tests.Mailings;

public sealed class MailingEstimateTests
{
    [Theory]
    [InlineData(0, 0, 0, null)]
    [InlineData(10, 0, 0, "00:04:59.9000000")]
    [InlineData(10, 30, 0, "01:39:00")]
    [InlineData(0, 0, 1000, "2.00:00:00")]
    [InlineData(0, 30, 10_000, "01:39:00")]
    public void The_strictest_limit_decides(int perSecond, int perMinute, int perDay, string? takes)
        => Assert.Equal(
            takes is null ? null : TimeSpan.Parse(takes, System.Globalization.CultureInfo.InvariantCulture),
            MailingEstimate.For(3000, new MailOptions { MaxPerSecond = perSecond, MaxPerMinute = perMinute, MaxPerDay = perDay }));
}
