using System.Net;
using CordisPulse.Core.Subscriptions;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Tests.Features;

/// <summary>The page that each mail leads to says what was done, once.</summary>
public sealed class PreferencesTests(PulseApp app) : IClassFixture<PulseApp>
{
    [Fact]
    public async Task Each_choice_is_said_to_be_done_once_and_to_nobody_else()
    {
        var token = await AddAsync(SubscriberStatus.Active);
        using var visitor = app.Visit();
        var page = await visitor.GetAsync($"/preferences/{token}");
        Assert.Empty(page.Document.QuerySelectorAll("[role=status]"));

        var sectors = await visitor.SubmitAsync(page, form: "#sectors");
        Assert.Equal("Your choice is saved. It counts from the next edition on.", Said(await visitor.FollowAsync(sectors)));
        var paused = await visitor.SubmitAsync(page, new() { ["months"] = "6" }, "#pause");
        var pausedPage = await visitor.FollowAsync(paused);
        Assert.Equal("Your subscription is paused.", Said(pausedPage));
        var resumed = await visitor.SubmitAsync(pausedPage, form: "#resume");
        Assert.Equal("The pause is over. The next edition comes to you by e-mail.", Said(await visitor.FollowAsync(resumed)));
        var link = await visitor.SubmitAsync(page, form: "#your-data");
        Assert.Contains("on its way to the address below", Said(await visitor.FollowAsync(link)), StringComparison.Ordinal);
        // Loaded again, kept as a bookmark, or opened from the history of a browser.
        foreach (var earlier in new[] { sectors, paused, resumed, link })
            Assert.Null(Said(await visitor.FollowAsync(earlier)));
        // Nobody makes it up, and none of it is another person's.
        var other = await AddAsync(SubscriberStatus.Active);
        var again = await visitor.SubmitAsync(await visitor.GetAsync($"/preferences/{token}"), form: "#sectors");
        Assert.Null(Said(await visitor.GetAsync($"/preferences/{other}{again.Location!.ToString()[again.Location.ToString().IndexOf('?', StringComparison.Ordinal)..]}")));
        Assert.Null(Said(await visitor.GetAsync($"/preferences/{token}?done=Sectors&saved=Sectors")));
        Assert.Empty(visitor.Cookies);
    }

    [Fact]
    public async Task Whoever_asks_for_the_head_of_the_page_leaves_what_it_says_to_be_read()
    {
        var token = await AddAsync(SubscriberStatus.Active);
        using var visitor = app.Visit();
        var chosen = await visitor.SubmitAsync(await visitor.GetAsync($"/preferences/{token}"), form: "#sectors");
        using var head = new HttpRequestMessage(HttpMethod.Head, chosen.Location);
        using var answer = await visitor.Http.SendAsync(head);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.StartsWith("Your choice is saved.", Said(await visitor.FollowAsync(chosen)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("99")]
    [InlineData("three")]
    [InlineData("")]
    public async Task A_time_that_is_not_offered_is_refused_at_its_field(string months)
    {
        var token = await AddAsync(SubscriberStatus.Active);
        using var visitor = app.Visit();
        var refused = await visitor.SubmitAsync(await visitor.GetAsync($"/preferences/{token}"), new() { ["months"] = months }, "#pause");

        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.StartsWith("Choose one of the times", refused.One("#months-problem").TextContent, StringComparison.Ordinal);
        Assert.Equal("months-problem", refused.One("#months").GetAttribute("aria-describedby"));
        Assert.Null(await app.QueryAsync(db => db.Subscribers.Where(row => row.UnsubscribeToken == token).Select(row => row.PausedUntilUtc).SingleAsync()));
    }

    [Theory]
    [InlineData(SubscriberStatus.Active, "Unsubscribe", "takes p•••@words.example off the list")]
    [InlineData(SubscriberStatus.Pending, "Unsubscribe", "is not on the list of our monthly digest")]
    [InlineData(SubscriberStatus.Unsubscribed, "You have left", "We send nothing more to p•••@words.example, and no e-mail to say goodbye either")]
    [InlineData(SubscriberStatus.Suppressed, "You are not on the list", "We send nothing more to p•••@words.example. The archive")]
    public async Task The_page_to_leave_on_says_how_things_stand(SubscriberStatus status, string heading, string says)
    {
        var token = await AddAsync(status);
        using var visitor = app.Visit();
        var page = await visitor.GetAsync($"/unsubscribe/{token}");

        Assert.Equal(heading, page.One("h1").TextContent);
        Assert.Contains(says, page.Text, StringComparison.Ordinal);
        Assert.Equal(status == SubscriberStatus.Unsubscribed, page.Document.QuerySelector("form[action$=come-back]") is not null);
    }

    private static string? Said(WebPage page) => page.Document.QuerySelector("[role=status]")?.TextContent;

    private Task<string> AddAsync(SubscriberStatus status) => app.QueryAsync(async db =>
    {
        var email = $"p{Guid.NewGuid():N}@words.example";
        var row = db.Add(new Subscriber { Email = email, NormalizedEmail = email, Status = status, UnsubscribeToken = SecretToken.Create(), CreatedUtc = DateTime.UtcNow }).Entity;
        await db.SaveChangesAsync();
        return row.UnsubscribeToken;
    });
}
