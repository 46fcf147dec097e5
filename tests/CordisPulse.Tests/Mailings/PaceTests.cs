using CordisPulse.Core.Mailings.Sending;

namespace CordisPulse.Tests.Mailings;

public sealed class PaceTests
{
    [Fact]
    public void Turns_are_spread_evenly_over_the_second_and_time_that_passed_is_not_saved_up()
    {
        var clock = new SetClock();
        var pace = new Pace(5, clock);

        Assert.Equal([0, 200, 400, 600, 800, 1000], Enumerable.Range(0, 6).Select(_ => pace.Take().TotalMilliseconds));
        clock.Now += TimeSpan.FromMinutes(1);
        Assert.Equal([0, 200], Enumerable.Range(0, 2).Select(_ => pace.Take().TotalMilliseconds));
    }

    [Fact]
    public void Without_a_limit_nobody_waits()
        => Assert.All(Enumerable.Range(0, 10), _ => Assert.Equal(TimeSpan.Zero, new Pace(0, new SetClock()).Take()));
}
