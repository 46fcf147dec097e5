using CordisPulse.Core.Import;

namespace CordisPulse.Tests.Import;

public sealed class TrackedLinksTests
{
    [Theory]
    [InlineData("https://firm.us1.list-manage.com/track/click?u=1", true)]
    [InlineData("https://firm.cmail20.com/t/t-l-abc-def-r/", true)]
    [InlineData("https://news.example.org/t/t-l-abcd-efgh-y/", true)]
    [InlineData("https://links.example.org/track/click/1/www.example.org?p=2", true)]
    [InlineData("https://www.google.com/url?q=https%3A%2F%2Fexample.org", true)]
    [InlineData("https://www.google.com/search?q=care", false)]
    [InlineData("https://example.org/t/report", false)]
    [InlineData("https://example.org/soundtrack/clicks", false)]
    [InlineData("mailto:team@example.org", false)]
    public void A_link_that_counts_clicks_is_told_by_its_host_or_its_path(string address, bool counts) => Assert.Equal(counts, TrackedLinks.IsOne(address));

    [Fact]
    public void Only_links_that_count_clicks_are_replaced_and_only_by_web_addresses()
    {
        const string tracked = "https://a.list-manage.com/track/click?id=1";
        var edition = new RecognisedEdition
        {
            Introduction = $"See [one]({tracked}) and [another]({tracked}0).",
            Items = [new RecognisedItem { Title = "A report", Url = "https://example.org/report", Summary = $"[Here]({tracked})" }],
        };

        var replaced = TrackedLinks.Replace(edition,
        [
            new FollowedLink("https://example.org/report", "https://example.org/other", null),
            new FollowedLink(tracked, "javascript:alert(1)", null),
            new FollowedLink($"{tracked}0", "https://example.org/ten", null),
        ]);

        Assert.Equal("https://example.org/report", replaced.Items[0].Url);
        Assert.Equal($"[Here]({tracked})", replaced.Items[0].Summary);
        Assert.Equal($"See [one]({tracked}) and [another](https://example.org/ten).", replaced.Introduction);
    }
}
