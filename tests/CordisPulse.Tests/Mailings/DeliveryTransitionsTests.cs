using CordisPulse.Core.Mail;
using CordisPulse.Core.Mailings;
using CordisPulse.Core.Mailings.Sending;

namespace CordisPulse.Tests.Mailings;

public sealed class DeliveryTransitionsTests
{
    [Fact]
    public void Every_act_is_in_the_table_once_and_leads_somewhere_else()
    {
        Assert.Equal(Enum.GetValues<DeliveryAct>().Order(), DeliveryTransitions.All.Select(t => t.Act).Order());
        Assert.All(DeliveryTransitions.All, t => Assert.DoesNotContain(t.To, t.From));
    }

    [Fact]
    public void Nothing_leads_out_of_a_final_state()
        => Assert.All(DeliveryTransitions.All, t => Assert.Empty(t.From.Intersect(DeliveryTransitions.Final)));

    [Fact]
    public void Every_state_can_be_reached_and_settled()
    {
        var reached = new HashSet<DeliveryState> { DeliveryState.Pending };
        while (DeliveryTransitions.All.Where(t => t.From.Any(reached.Contains)).Any(t => reached.Add(t.To)))
        {
        }

        Assert.Equal(Enum.GetValues<DeliveryState>().Order(), reached.Order());
        Assert.All(DeliveryTransitions.Open, state => Assert.Contains(DeliveryTransitions.All, t => t.From.Contains(state)));
    }

    [Fact]
    public void Pauses_grow_to_the_longest_and_end_when_it_is_time_to_give_up()
    {
        var schedule = new RetrySchedule(new MailRetryOptions());

        Assert.Equal([1, 3, 9, 27, 60], schedule.Delays.Select(delay => (int)delay.TotalMinutes));
        Assert.NotNull(schedule.AfterAttempt(9, TimeSpan.FromHours(23)));
        Assert.Null(schedule.AfterAttempt(9, TimeSpan.FromHours(24)));
        Assert.Null(new RetrySchedule(new MailRetryOptions { GiveUpAfter = TimeSpan.Zero }).AfterAttempt(1));
    }
}
