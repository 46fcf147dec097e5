using CordisPulse.Core.Subscriptions;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Tests.Features;

/// <summary>The page that each mail leads to says what was done, as long as that is so.</summary>
public sealed class PreferencesTests(PulseApp app) : IClassFixture<PulseApp>
{
    [Fact]
    public async Task Each_choice_is_said_to_be_done_and_no_longer_than_it_is_true()
    {
        var (id, token) = await AddAsync(SubscriberStatus.Active);
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
        // Opened again from the history of a browser.
        Assert.Null(Said(await visitor.FollowAsync(paused)));
        var link = await visitor.SubmitAsync(page, form: "#your-data");
        Assert.Contains("on its way to the address below", Said(await visitor.FollowAsync(link)), StringComparison.Ordinal);

        await visitor.SubmitAsync(page, form: "#leave");
        Assert.Null(Said(await visitor.FollowAsync(sectors)));
        Assert.Null(Said(await visitor.FollowAsync(resumed)));
        Assert.Equal(SubscriberStatus.Unsubscribed, await app.QueryAsync(db => db.Subscribers.Where(row => row.Id == id).Select(row => row.Status).SingleAsync()));
    }

    [Theory]
    [InlineData(SubscriberStatus.Active, "Unsubscribe", "takes p•••@words.example off the list")]
    [InlineData(SubscriberStatus.Pending, "Unsubscribe", "is not on the list of our monthly digest")]
    [InlineData(SubscriberStatus.Unsubscribed, "You have left", "We send nothing more to p•••@words.example, and no e-mail to say goodbye either")]
    [InlineData(SubscriberStatus.Suppressed, "You are not on the list", "We send nothing more to p•••@words.example. The archive")]
    public async Task The_page_to_leave_on_says_how_things_stand(SubscriberStatus status, string heading, string says)
    {
        var (_, token) = await AddAsync(status);
        using var visitor = app.Visit();
        var page = await visitor.GetAsync($"/unsubscribe/{token}");

        Assert.Equal(heading, page.One("h1").TextContent);
        Assert.Contains(says, page.Text, StringComparison.Ordinal);
        Assert.Equal(status == SubscriberStatus.Unsubscribed, page.Document.QuerySelector("form[action$=come-back]") is not null);
    }

    private static string? Said(WebPage page) => page.Document.QuerySelector("[role=status]")?.TextContent;

    private Task<(int Id, string Token)> AddAsync(SubscriberStatus status) => app.QueryAsync(async db =>
    {
        var email = $"p{Guid.NewGuid():N}@words.example";
        var row = db.Add(new Subscriber { Email = email, NormalizedEmail = email, Status = status, UnsubscribeToken = SecretToken.Create(), CreatedUtc = DateTime.UtcNow }).Entity;
        await db.SaveChangesAsync();
        return (row.Id, row.UnsubscribeToken);
    });
}
