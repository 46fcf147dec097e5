using CordisPulse.Core.Editions.Links;

namespace CordisPulse.Tests.Editions.Links;

/// <summary>When a published link is looked at, and when it counts as gone.</summary>
public sealed class WatchScheduleTests
{
    private const string Url = "https://www.example.org/reports/lampposts";
    private static readonly DateTime Begin = new(2022, 3, 7, 9, 0, 0, DateTimeKind.Utc);

    [Theory]
    [InlineData(LinkState.Gone, new[] { 1, 4, 11 }, 11)]
    [InlineData(LinkState.Unanswered, new[] { 1, 4, 11, 18 }, 18)]
    public void What_has_no_page_is_looked_at_again_soon_and_then_slowly_until_it_counts_as_gone(LinkState state, int[] days, int goneAfter)
    {
        var (standing, now, looked) = (New, Begin, new List<int>());
        while (true)
        {
            standing = standing.After(new SeenLink { State = state }, Url, now);
            if (standing.GoneUtc is not null)
                break;
            now += WatchSchedule.PauseAfter(new ProbedLink(new SeenLink { State = state }, MayPass: true, null), standing);
            looked.Add((now - Begin).Days);
        }

        Assert.Equal(days, looked);
        Assert.Equal(Begin.AddDays(goneAfter), standing.GoneUtc);
        Assert.Equal(WatchSchedule.Steady, WatchSchedule.PauseAfter(new ProbedLink(new SeenLink { State = state }, MayPass: true, null), standing));
    }

    [Fact]
    public void However_often_it_is_looked_at_within_a_day_nothing_is_gone()
    {
        var standing = New;
        for (var i = 0; i < 20; i++)
            standing = standing.After(new SeenLink { State = LinkState.Gone }, Url, Begin.AddHours(i));

        Assert.Null(standing.GoneUtc);
    }

    [Fact]
    public void What_could_not_be_told_changes_nothing_and_a_page_ends_all_failures()
    {
        var failed = New.After(new SeenLink { State = LinkState.Gone }, Url, Begin);

        Assert.Equal(failed, failed.After(new SeenLink { State = LinkState.Unknown }, Url, Begin.AddDays(30)));
        Assert.Equal(
            New with { LastAnsweredUtc = Begin.AddDays(40) },
            failed.After(new SeenLink { State = LinkState.Answers }, Url, Begin.AddDays(40)));
    }

    [Theory]
    [InlineData("https://example.org/reports/lampposts/", null)]
    [InlineData("https://www.example.org/", null)]
    [InlineData("https://www.example.org/library/lampposts", "https://www.example.org/library/lampposts")]
    public void Only_another_page_is_a_new_address(string movedTo, string? kept)
        => Assert.Equal(kept, New.After(new SeenLink { State = LinkState.Answers, MovedTo = movedTo }, Url, Begin).MovedTo);

    [Fact]
    public void An_address_that_was_once_told_stays_known_when_the_old_one_is_gone()
        => Assert.Equal(
            "https://www.example.org/library/lampposts",
            New.After(new SeenLink { State = LinkState.Answers, MovedTo = "https://www.example.org/library/lampposts" }, Url, Begin)
                .After(new SeenLink { State = LinkState.Gone }, Url, Begin.AddDays(30)).MovedTo);

    [Theory]
    [InlineData(1, 3)]
    [InlineData(20, 20)]
    [InlineData(400, 30)]
    public void A_site_that_asks_to_be_left_alone_is_heard_within_reason(int asked, int days)
        => Assert.Equal(
            TimeSpan.FromDays(days),
            WatchSchedule.PauseAfter(new ProbedLink(new SeenLink { State = LinkState.Unknown }, MayPass: true, TimeSpan.FromDays(asked)), New));

    [Fact]
    public void First_looks_are_spread_over_the_month()
    {
        Assert.Equal(TimeSpan.Zero, WatchSchedule.PauseBeforeFirst("00000000ab"));
        Assert.Equal(WatchSchedule.Steady, WatchSchedule.PauseBeforeFirst("ffffffffab"));
        Assert.InRange(WatchSchedule.PauseBeforeFirst("80000000ab").TotalDays, 14.9, 15.1);
    }

    private static LinkStanding New => new(0, null, null, null, null);
}
