using CordisPulse.Core.Mailings.Sending;

namespace CordisPulse.Tests.Mailings;

public sealed class ConnectionAllowanceTests
{
    private readonly SetClock _clock = new();

    [Fact]
    public void One_is_taken_away_at_a_time_never_the_last_and_they_come_back_minute_by_minute()
    {
        var allowance = new ConnectionAllowance(4, _clock);
        allowance.Lower();
        Assert.Equal((3, true, false), (allowance.Allowed, allowance.Includes(2), allowance.Includes(3)));
        for (var i = 0; i < 5; i++)
            allowance.Lower();
        Assert.Equal(1, allowance.Allowed);

        foreach (var expected in new[] { 2, 3, 4, 4 })
        {
            _clock.Now += ConnectionAllowance.Settling;
            Assert.Equal(expected, allowance.Allowed);
        }
    }

    [Fact]
    public void A_server_whose_answers_take_many_times_longer_gets_half_of_the_connections()
    {
        var allowance = new ConnectionAllowance(8, _clock);
        Answer(allowance, 100, milliseconds: 50);
        Answer(allowance, 100, milliseconds: 150);
        Assert.Equal(8, allowance.Allowed);

        Answer(allowance, 20, milliseconds: 3000);

        Assert.Equal(4, allowance.Allowed);
        Answer(allowance, 200, milliseconds: 20);
        _clock.Now += ConnectionAllowance.Settling;
        Assert.Equal(5, allowance.Allowed);
    }

    [Fact]
    public void A_server_that_was_always_slow_keeps_its_connections()
    {
        var allowance = new ConnectionAllowance(8, _clock);
        Answer(allowance, 500, milliseconds: 3000);
        Assert.Equal(8, allowance.Allowed);
    }

    private static void Answer(ConnectionAllowance allowance, int times, int milliseconds)
    {
        for (var i = 0; i < times; i++)
            allowance.Answered(TimeSpan.FromMilliseconds(milliseconds));
    }
}
