using CordisPulse.Core.Mail;
using CordisPulse.Core.Mailings;

namespace CordisPulse.Tests.Mailings;

public sealed class MailingEstimateTests
{
    [Theory]
    [InlineData(1, 1, 1, 1, 0)]
    [InlineData(1000, 0, 0, 0, 0)]
    [InlineData(101, 10, 0, 0, 10)]
    [InlineData(30, 0, 30, 0, 0)]
    [InlineData(31, 0, 30, 0, 60)]
    [InlineData(300, 0, 30, 0, 540)]
    [InlineData(10_001, 0, 0, 10_000, 86_400)]
    [InlineData(10_031, 0, 30, 10_000, 86_460)]
    [InlineData(61, 1, 60, 0, 60)]
    public void Each_limit_adds_its_waiting(int recipients, int perSecond, int perMinute, int perDay, int seconds)
        => Assert.Equal(TimeSpan.FromSeconds(seconds), MailingEstimate.For(recipients, Options(perSecond, perMinute, perDay)));

    [Theory]
    [InlineData(3000, 0, 0, "No limit is set: it takes as long as the mail server does.")]
    [InlineData(3000, 0, 4000, "The limits of the settings do not hold it up: it takes as long as the mail server does.")]
    [InlineData(3000, 30, 0, "Under the limits of the settings this takes about 1 hour and 39 minutes.")]
    [InlineData(61, 30, 0, "Under the limits of the settings this takes about 2 minutes.")]
    [InlineData(25_000, 0, 10_000, "Under the limits of the settings this takes about 2 days.")]
    public void It_is_told_in_one_sentence(int recipients, int perMinute, int perDay, string sentence)
        => Assert.Equal(sentence, MailingEstimate.Describe(recipients, Options(0, perMinute, perDay)));

    private static MailOptions Options(int perSecond, int perMinute, int perDay) => new() { MaxPerSecond = perSecond, MaxPerMinute = perMinute, MaxPerDay = perDay };
}
