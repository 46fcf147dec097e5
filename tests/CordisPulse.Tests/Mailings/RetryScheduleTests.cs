using CordisPulse.Core.Mail;
using CordisPulse.Core.Mailings.Sending;
using FsCheck.Xunit;

namespace CordisPulse.Tests.Mailings;

public sealed class RetryScheduleTests
{
    [Fact]
    public void The_table_grows_to_the_longest_pause_and_is_told_in_words()
    {
        var schedule = new RetrySchedule(new MailRetryOptions());
        Assert.Equal([1, 3, 9, 27, 60], schedule.Delays.Select(delay => delay.TotalMinutes));
        Assert.Equal("after about 1, 3, 9, 27 and 60 minutes, then every 60 minutes, until 24 hours after the first try", schedule.Describe());
    }

    [Fact]
    public void Without_time_to_try_again_there_is_no_second_try()
    {
        var schedule = new RetrySchedule(new MailRetryOptions { GiveUpAfter = TimeSpan.Zero });
        Assert.Null(schedule.AfterAttempt(1));
        Assert.Equal("never", schedule.Describe());
    }

    [Theory]
    [InlineData(1, 60, 5, "after about 1 and 3 minutes, until 5 minutes after the first try")]
    [InlineData(1, 1, 60, "after about 1 minute, then every 1 minute, until 1 hour after the first try")]
    public void Only_the_pauses_that_end_in_time_are_told(int first, int longest, int giveUp, string words)
        => Assert.Equal(words, new RetrySchedule(new MailRetryOptions
        {
            FirstDelay = TimeSpan.FromMinutes(first),
            MaxDelay = TimeSpan.FromMinutes(longest),
            GiveUpAfter = TimeSpan.FromMinutes(giveUp),
        }).Describe());

    [Property(MaxTest = 300)]
    public void No_try_comes_later_than_the_time_to_give_up_and_every_pause_is_near_its_place_in_the_table(ushort first, ushort longest, uint giveUp, int seed)
    {
        var options = new MailRetryOptions
        {
            FirstDelay = TimeSpan.FromSeconds(1 + first),
            MaxDelay = TimeSpan.FromSeconds(1 + first + longest),
            GiveUpAfter = TimeSpan.FromSeconds(giveUp % 1_000_000),
        };
        var schedule = new RetrySchedule(options, new Random(seed));
        var since = TimeSpan.Zero;
        var attempts = 1;
        while (attempts < 200 && schedule.AfterAttempt(attempts, since) is { } pause)
        {
            var place = Math.Min(options.FirstDelay.TotalSeconds * Math.Pow(3, Math.Min(attempts - 1, 30)), options.MaxDelay.TotalSeconds);
            Assert.InRange(pause.TotalSeconds, (place * (1 - RetrySchedule.Jitter)) - 0.001, (place * (1 + RetrySchedule.Jitter)) + 0.001);
            since += pause;
            Assert.True(since <= options.GiveUpAfter, $"Try {attempts + 1} comes {since} after the first, later than {options.GiveUpAfter}.");
            attempts++;
        }
    }

    [Fact]
    public void What_was_put_off_together_does_not_come_back_together()
    {
        var schedule = new RetrySchedule(new MailRetryOptions(), new Random(1));
        Assert.True(Enumerable.Range(0, 20).Select(_ => schedule.AfterAttempt(1)).Distinct().Count() > 10);
    }
}
