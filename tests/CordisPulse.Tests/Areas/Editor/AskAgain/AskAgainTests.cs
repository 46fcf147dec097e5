using CordisPulse.Core;
using CordisPulse.Core.Accounts;
using CordisPulse.Core.Subscriptions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CordisPulse.Tests.Areas.Editor.AskAgain;

/// <summary>Those who agreed long ago are asked whether they still want it, and silence is settled as staff chose.</summary>
public sealed class AskAgainTests
{
    private const string Root = "/editor/subscribers";

    [Fact]
    public async Task Those_who_agreed_long_ago_are_asked_and_their_silence_is_settled_as_chosen()
    {
        await using var own = new PulseApp();
        using var publisher = await own.SignInAsync(Roles.Publisher);
        await own.QueryAsync(db =>
        {
            foreach (var (email, years) in new[] { ("silent@ask.example", 6), ("faithful@ask.example", 3), ("recent@ask.example", 0) })
                db.Add(new Subscriber
                {
                    Email = email,
                    NormalizedEmail = email,
                    Status = SubscriberStatus.Active,
                    UnsubscribeToken = SecretToken.Create(),
                    Consent = [new ConsentRecord { Event = ConsentEvent.Confirmed, AtUtc = DateTime.UtcNow.AddYears(-years), Note = "Confirmed", Way = Ways.Page }],
                });
            return db.SaveChangesAsync();
        });
        var page = await publisher.GetAsync($"{Root}/ask-again");
        Assert.Equal("2 people", page.One("#count").TextContent);
        // Who presses the button sees first how many it is for the months that they typed.
        page = await publisher.SubmitAsync(page, new() { ["Form.AgreedMonthsAgo"] = "60" }, "#ask");
        Assert.Equal("1 person", page.One("#count").TextContent);
        page = await publisher.SubmitAsync(page, new() { ["Form.AgreedMonthsAgo"] = "abc", ["Form.AnswerWithinDays"] = "3" }, "#ask");
        Assert.Contains("“abc” does not fit here", page.Text, StringComparison.Ordinal);
        page = await publisher.SubmitAsync(page, new() { ["Form.AgreedMonthsAgo"] = "12", ["Form.AnswerWithinDays"] = "3" }, "#ask");
        Assert.Contains("from 7 to 366", page.One("#Form_AnswerWithinDays-error").TextContent, StringComparison.Ordinal);
        page = await publisher.SubmitAsync(page, new() { ["Form.AnswerWithinDays"] = "28", ["count"] = "true" }, "#ask");
        var asked = await publisher.FollowAsync(await publisher.SubmitAsync(page, new() { ["Form.Silence"] = nameof(Silence.Leave) }, "#ask"));
        Assert.Contains("on its way to 2 people", asked.One("[role=status]").TextContent, StringComparison.Ordinal);
        Assert.Null(asked.Document.QuerySelector("#ask"));

        var mail = await own.MailToAsync("faithful@ask.example", "Do you still want");
        await own.MailToAsync("silent@ask.example", "Do you still want");
        Assert.Contains("If we hear nothing from you by", mail.TextBody, StringComparison.Ordinal);
        Assert.Contains("we take you off the list", mail.HtmlBody, StringComparison.Ordinal);
        Assert.Equal("List-Unsubscribe=One-Click", mail.Headers["List-Unsubscribe-Post"]);
        var token = await own.QueryAsync(db => db.Subscribers.Where(row => row.NormalizedEmail == "faithful@ask.example").Select(row => row.UnsubscribeToken).SingleAsync());
        using var reader = own.Visit();
        var kept = await reader.FollowAsync(await reader.SubmitAsync(await reader.GetAsync($"/preferences/{token}"), form: "#keep"));
        Assert.Contains("We go on sending it", kept.Text, StringComparison.Ordinal);
        Assert.Null(kept.Document.QuerySelector("#keep"));
        Assert.Equal(["2", "2", "1", "will be taken off"], (await publisher.GetAsync($"{Root}/ask-again")).Texts("#rounds tbody td").Skip(2).Select(text => text.Trim()));

        // What staff write down of somebody is no answer, and a link that waits is no way back onto the list.
        await own.QueryAsync(async db =>
        {
            var silent = await db.Subscribers.SingleAsync(row => row.NormalizedEmail == "silent@ask.example");
            db.Add(new ConsentRecord { Subscriber = silent, Event = ConsentEvent.NameChanged, AtUtc = DateTime.UtcNow, Note = "By letter", Way = Ways.Desk });
            db.Add(new OneTimeToken { Purpose = TokenPurpose.ConfirmAddress, Hash = "a", Subscriber = silent, EndsUtc = DateTime.UtcNow.AddDays(1) });
            return await db.SaveChangesAsync();
        });
        await own.QueryAsync(db => db.PermissionRounds.ExecuteUpdateAsync(set => set.SetProperty(round => round.AnswerByUtc, DateTime.UtcNow.AddMinutes(-1))));
        await own.InScopeAsync(async services =>
        {
            await services.GetRequiredService<SubscriptionUpkeep>().SettleSilenceAsync(default);
            return true;
        });

        Assert.Equal(
            [("faithful@ask.example", SubscriberStatus.Active), ("recent@ask.example", SubscriberStatus.Active), ("silent@ask.example", SubscriberStatus.Unsubscribed)],
            (await own.QueryAsync(db => db.Subscribers.OrderBy(row => row.NormalizedEmail).Select(row => new { row.NormalizedEmail, row.Status }).ToListAsync())).Select(row => (row.NormalizedEmail!, row.Status)));
        Assert.False(await own.QueryAsync(db => db.OneTimeTokens.AnyAsync(row => row.EndsUtc > DateTime.UtcNow && row.UsedUtc == null && row.SubscriberId != null)));
        Assert.Contains("1 taken off", (await publisher.GetAsync($"{Root}/ask-again")).One("#rounds").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Staff_can_stop_asking_and_nobody_is_taken_off_for_silence()
    {
        await using var own = new PulseApp();
        using var publisher = await own.SignInAsync(Roles.Publisher);
        await own.QueryAsync(db =>
        {
            db.Add(new Subscriber { Email = "silent@stop.example", NormalizedEmail = "silent@stop.example", Status = SubscriberStatus.Active, UnsubscribeToken = SecretToken.Create() });
            return db.SaveChangesAsync();
        });
        await publisher.SubmitAsync(await publisher.GetAsync($"{Root}/ask-again"), new() { ["Form.Silence"] = nameof(Silence.Leave) }, "#ask");
        await own.MailToAsync("silent@stop.example", "Do you still want");
        var second = await own.InScopeAsync(async services => await Assert.ThrowsAsync<RefusedException>(
            () => services.GetRequiredService<PermissionRounds>().AskAsync(new AskWhetherWanted { AgreedMonthsAgo = 12, AnswerWithinDays = 28, Silence = Silence.Keep, AccountId = 1 })));
        Assert.Contains("still awaited", second.Message, StringComparison.Ordinal);
        var open = await publisher.GetAsync($"{Root}/ask-again");
        var stopped = await publisher.FollowAsync(await publisher.SubmitAsync(open, form: "#stop"));
        Assert.Contains("nobody is taken off the list", stopped.One("[role=status]").TextContent, StringComparison.Ordinal);
        Assert.Contains("over already", (await publisher.FollowAsync(await publisher.SubmitAsync(open, form: "#stop"))).One("[role=status]").TextContent, StringComparison.Ordinal);
        await own.QueryAsync(db => db.PermissionRounds.ExecuteUpdateAsync(set => set.SetProperty(round => round.AnswerByUtc, DateTime.UtcNow.AddMinutes(-1))));
        await own.InScopeAsync(async services =>
        {
            await services.GetRequiredService<SubscriptionUpkeep>().SettleSilenceAsync(default);
            return true;
        });

        Assert.Equal(SubscriberStatus.Active, await own.QueryAsync(db => db.Subscribers.Select(row => row.Status).SingleAsync()));
        // Whoever was mailed the question is not mailed it again.
        var again = await publisher.GetAsync($"{Root}/ask-again");
        Assert.Equal("0 people", again.One("#count").TextContent);
        Assert.Contains("asked within the last half-year", (await publisher.SubmitAsync(again, form: "#ask")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_is_asked_and_saves_their_choice_as_it_was_has_answered()
    {
        await using var own = new PulseApp();
        using var publisher = await own.SignInAsync(Roles.Publisher);
        var token = SecretToken.Create();
        await own.QueryAsync(db =>
        {
            db.Add(new Subscriber { Email = "saves@ask.example", NormalizedEmail = "saves@ask.example", Status = SubscriberStatus.Active, UnsubscribeToken = token });
            return db.SaveChangesAsync();
        });
        await publisher.SubmitAsync(await publisher.GetAsync($"{Root}/ask-again"), new() { ["Form.Silence"] = nameof(Silence.Leave) }, "#ask");
        await own.MailToAsync("saves@ask.example", "Do you still want");
        using var reader = own.Visit();

        await reader.SubmitAsync(await reader.GetAsync($"/preferences/{token}"), form: "#sectors");
        await own.QueryAsync(db => db.PermissionRounds.ExecuteUpdateAsync(set => set.SetProperty(round => round.AnswerByUtc, DateTime.UtcNow.AddMinutes(-1))));
        await own.InScopeAsync(async services =>
        {
            await services.GetRequiredService<SubscriptionUpkeep>().SettleSilenceAsync(default);
            return true;
        });

        Assert.Equal(SubscriberStatus.Active, await own.QueryAsync(db => db.Subscribers.Select(row => row.Status).SingleAsync()));
    }
}
