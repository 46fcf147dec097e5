using System.Net;
using System.Text.RegularExpressions;
using CordisPulse.Core.Mail;
using CordisPulse.Core.Subscriptions;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Tests.Features;

/// <summary>The link to what is held, for whoever kept no e-mail of ours: it goes to the address that is held, and the page says nothing of it.</summary>
public sealed partial class DataLinkTests
{
    [Fact]
    public async Task Whoever_is_known_gets_the_link_at_their_address_and_the_answer_is_the_same_for_all()
    {
        await using var app = new PulseApp().With("Publisher:Email", "privacy@publisher.example").With("Joining:RequestsPerNetworkPerMinute", "100");
        (string Name, SubscriberStatus Status, SuppressionReason? Reason)[] people =
        [
            ("active", SubscriberStatus.Active, null), ("pending", SubscriberStatus.Pending, null), ("left", SubscriberStatus.Unsubscribed, SuppressionReason.Unsubscribed),
            ("taken-off", SubscriberStatus.Suppressed, SuppressionReason.Unsubscribed), ("bounced", SubscriberStatus.Suppressed, SuppressionReason.Bounced),
            ("odd", SubscriberStatus.Suppressed, null), ("complained", SubscriberStatus.Suppressed, SuppressionReason.Complained), ("erased-before", SubscriberStatus.Pending, SuppressionReason.Erased),
        ];
        await app.QueryAsync(db =>
        {
            foreach (var (name, status, reason) in people)
            {
                var email = $"{name}@link.example";
                db.Add(new Subscriber { Email = email, NormalizedEmail = email, Status = status, UnsubscribeToken = SecretToken.Create(), CreatedUtc = DateTime.UtcNow, LeftUtc = status >= SubscriberStatus.Unsubscribed ? DateTime.UtcNow : null });
                if (reason is { } why)
                    db.Add(new Suppression { NormalizedEmail = email, Reason = why, SinceUtc = DateTime.UtcNow });
            }

            return db.SaveChangesAsync();
        });
        using var visitor = app.Visit();
        var page = await visitor.GetAsync("/your-data");
        Assert.Equal("mailto:privacy@publisher.example", page.One("#contact a").GetAttribute("href"));

        var answers = new List<WebPage>();
        foreach (var name in people.Select(one => one.Name).Append("nobody"))
            answers.Add(await visitor.SubmitAsync(page, new() { ["Email"] = $"{name}@LINK.example" }, "#ask"));
        await app.SettledAsync();

        Assert.Single(answers.Select(answer => (answer.Status, answer.Location!.ToString(), answer.Html)).Distinct());
        Assert.Contains("privacy@publisher.example", (await visitor.FollowAsync(answers[0])).One("#contact").TextContent, StringComparison.Ordinal);
        var mailed = await app.QueryAsync(db => db.QueuedMails.Where(mail => mail.Kind == QueuedMailKind.OwnDataLink).Select(mail => mail.Subscriber!.Email).ToListAsync());
        Assert.Equal(["active@link.example", "left@link.example", "pending@link.example", "taken-off@link.example"], mailed.Order());
        Assert.Equal(0, await app.QueryAsync(db => db.AddressRequests.CountAsync()));
        Assert.Equal(4, await app.QueryAsync(db => db.ConsentRecords.CountAsync(row => row.Event == ConsentEvent.DataAsked && row.Network != null)));

        // Asking again at once sends no second.
        await visitor.SubmitAsync(page, new() { ["Email"] = "left@link.example" }, "#ask");
        await app.SettledAsync();
        Assert.Equal(4, await app.QueryAsync(db => db.QueuedMails.CountAsync(mail => mail.Kind == QueuedMailKind.OwnDataLink)));

        // Whoever left sees it, and whom to write to.
        var link = new Uri(Link().Match((await app.MailToAsync("left@link.example", "holds about you")).TextBody!).Value).AbsolutePath;
        var open = await visitor.SubmitAsync(await visitor.GetAsync(link), form: "#open");
        Assert.Contains("left@link.example", open.One(".held").TextContent, StringComparison.Ordinal);
        Assert.Contains("privacy@publisher.example", open.One("#contact").TextContent, StringComparison.Ordinal);
        Assert.Contains("privacy@publisher.example", (await visitor.GetAsync(link)).One("#contact").TextContent, StringComparison.Ordinal);
        // Once it is used up, asking sends another.
        await app.MailedAsync();
        await visitor.SubmitAsync(page, new() { ["Email"] = "left@link.example" }, "#ask");
        await app.SettledAsync();
        Assert.Equal(5, await app.QueryAsync(db => db.QueuedMails.CountAsync(mail => mail.Kind == QueuedMailKind.OwnDataLink)));
    }

    [Fact]
    public async Task What_is_no_address_is_told_at_the_field_and_asking_is_limited_apart_from_joining_and_leaving()
    {
        await using var app = new PulseApp().With("Joining:RequestsPerNetworkPerMinute", "2").With("Publisher:PostalAddress", "1 High Street\nLondon");
        using var visitor = app.Visit();
        var page = await visitor.GetAsync("/your-data");
        Assert.Contains("1 High Street, London", page.One("#contact").TextContent, StringComparison.Ordinal);

        var wrong = await visitor.SubmitAsync(page, new() { ["Email"] = "no address" }, "#ask");
        Assert.Equal(HttpStatusCode.BadRequest, wrong.Status);
        Assert.Equal("#Email", wrong.One(".error-summary a").GetAttribute("href"));
        Assert.Equal("no address", wrong.One("#Email").GetAttribute("value"));
        Assert.NotEqual("", wrong.One("#email-problem").TextContent);
        await visitor.SubmitAsync(page, new() { ["Email"] = "a@limit.example" }, "#ask");
        Assert.Equal(HttpStatusCode.TooManyRequests, (await visitor.SubmitAsync(page, new() { ["Email"] = "b@limit.example" }, "#ask")).Status);
        Assert.Equal(HttpStatusCode.Redirect, (await visitor.SubmitAsync(await visitor.GetAsync("/unsubscribe"), new() { ["Email"] = "b@limit.example" })).Status);
    }

    [GeneratedRegex(@"https?://\S+")]
    private static partial Regex Link();
}
