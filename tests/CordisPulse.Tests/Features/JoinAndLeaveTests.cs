using System.Net;
using System.Text.RegularExpressions;
using CordisPulse.Core.Subscriptions;
using Microsoft.EntityFrameworkCore;
using MimeKit;

namespace CordisPulse.Tests.Features;

public sealed partial class JoinAndLeaveTests(PulseApp app) : IClassFixture<PulseApp>
{
    [Fact]
    public async Task Somebody_joins_by_the_mailed_link_leaves_in_one_click_and_comes_back()
    {
        using var visitor = app.Visit();
        var answer = await visitor.SubmitAsync(await visitor.GetAsync("/subscribe"), new() { ["Email"] = "Joiner@example.org", ["Name"] = "Jo\nBcc: x@example.org" });
        Assert.Equal("Look in your inbox", (await visitor.FollowAsync(answer)).One("h1").TextContent);
        var mail = await MailToAsync("Joiner@example.org");
        Assert.Equal("auto-generated", mail.Headers["Auto-Submitted"]);
        var confirm = new Uri(Link().Match(mail.TextBody!).Value).AbsolutePath;

        var page = await visitor.GetAsync(confirm);
        Assert.Equal("no-referrer", page.Headers["Referrer-Policy"]);
        Assert.Equal(SubscriberStatus.Pending, (await FindAsync()).Status);
        Assert.Equal(HttpStatusCode.Redirect, (await visitor.SubmitAsync(page)).Status);
        Assert.Equal(SubscriberStatus.Active, (await FindAsync()).Status);
        Assert.Equal(HttpStatusCode.Gone, (await visitor.GetAsync(confirm)).Status);

        var token = (await FindAsync()).UnsubscribeToken;
        var leave = await visitor.GetAsync($"/unsubscribe/{token}");
        Assert.Contains("J•••@example.org", leave.Text, StringComparison.Ordinal);
        using var head = await visitor.Http.SendAsync(new HttpRequestMessage(HttpMethod.Head, $"/unsubscribe/{token}"));
        Assert.Equal(HttpStatusCode.OK, head.StatusCode);
        Assert.Equal(SubscriberStatus.Active, (await FindAsync()).Status);
        for (var times = 0; times < 2; times++)
        {
            using var oneClick = new MultipartFormDataContent { { new StringContent("One-Click"), "List-Unsubscribe" } };
            using var left = await visitor.Http.PostAsync($"/unsubscribe/{token}", oneClick);
            Assert.Equal(HttpStatusCode.OK, left.StatusCode);
        }

        Assert.Equal(SubscriberStatus.Unsubscribed, (await FindAsync()).Status);
        var back = await visitor.FollowAsync(await visitor.SubmitAsync(await visitor.GetAsync($"/unsubscribe/{token}"), form: "form[action$=come-back]"));
        Assert.Equal("You are on the list again", back.One("h1").TextContent);
        Assert.Equal(SubscriberStatus.Active, (await FindAsync()).Status);
        Assert.Empty(visitor.Cookies);
        Assert.DoesNotContain("joiner@", app.Log, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(token, app.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Asking_again_and_again_fills_nobodys_inbox_and_the_answer_stays_the_same()
    {
        using var visitor = app.Visit();
        for (var i = 0; i < 4; i++)
        {
            var answer = await visitor.SubmitAsync(await visitor.GetAsync("/subscribe"), new() { ["Email"] = "victim@example.org" });
            Assert.Equal("Look in your inbox", (await visitor.FollowAsync(answer)).One("h1").TextContent);
            await MailToAsync("victim@example.org");
        }

        await app.SettledAsync();
        Assert.Equal(1, await app.QueryAsync(db => db.QueuedMails.CountAsync(mail => mail.Subscriber!.NormalizedEmail == "victim@example.org")));
    }

    [Fact]
    public async Task Whoever_left_a_moment_ago_can_ask_to_join_again()
    {
        using var visitor = app.Visit();
        await AskAsync();
        await app.QueryAsync(db => db.Subscribers.Where(row => row.NormalizedEmail == "again@example.org")
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.Status, SubscriberStatus.Active)));
        var token = await app.QueryAsync(db => db.Subscribers.Where(row => row.NormalizedEmail == "again@example.org").Select(row => row.UnsubscribeToken).SingleAsync());
        // Some mail programs hand an address on in capitals.
        await visitor.SubmitAsync(await visitor.GetAsync($"/unsubscribe/{token.ToUpperInvariant()}"));
        Assert.Equal(SubscriberStatus.Unsubscribed, await app.QueryAsync(db => db.Subscribers.Where(row => row.NormalizedEmail == "again@example.org").Select(row => row.Status).SingleAsync()));

        await AskAsync();

        Assert.Equal(2, await app.QueryAsync(db => db.QueuedMails.CountAsync(mail => mail.Subscriber!.NormalizedEmail == "again@example.org")));

        async Task AskAsync()
        {
            await visitor.SubmitAsync(await visitor.GetAsync("/subscribe"), new() { ["Email"] = "again@example.org" });
            await app.SettledAsync();
        }
    }

    [Fact]
    public async Task An_address_that_is_none_is_refused_at_the_field_and_kept()
    {
        using var visitor = app.Visit();
        var answer = await visitor.SubmitAsync(await visitor.GetAsync("/subscribe"), new() { ["Email"] = "nobody", ["Name"] = "Jo" });
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Contains("not an e-mail address", answer.One("#email-problem").TextContent, StringComparison.Ordinal);
        Assert.Equal("Jo", answer.One("[name=Name]").GetAttribute("value"));
    }

    [Theory]
    [InlineData("/unsubscribe/aaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("/unsubscribe/x")]
    [InlineData("/preferences/x")]
    public async Task An_unknown_link_is_no_page_and_says_where_to_get_help(string path)
    {
        using var visitor = app.Visit();
        var page = await visitor.GetAsync(path);
        Assert.Equal(HttpStatusCode.NotFound, page.Status);
        Assert.NotNull(page.One("main a[href='/unsubscribe']"));
    }

    private Task<Subscriber> FindAsync()
        => app.QueryAsync(db => db.Subscribers.AsNoTracking().SingleAsync(row => row.NormalizedEmail == "joiner@example.org"));

    private Task<MimeMessage> MailToAsync(string address) => app.MailToAsync(address);

    [GeneratedRegex(@"https?://\S+")]
    private static partial Regex Link();
}
