using System.Net;
using CordisPulse.Core.Mailings;
using CordisPulse.Core.Subscriptions;
using CordisPulse.Tests.Data;
using CordisPulse.Tests.Mailings;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CordisPulse.Tests.Features;

/// <summary>Leaving: for good, whoever sends the request and however many come at once.</summary>
public sealed class LeavingTests
{
    [Fact]
    public async Task Hundreds_who_leave_at_once_while_a_mailing_runs_are_gone_and_mailed_no_more()
    {
        await using var lab = new MailingLab().With("Mail:MaxPerSecond", "20").With("Mail:MaxConnections", "1");
        var node = lab.StartNode();
        await MailingLab.SeedAsync(node, 400);
        await MailingLab.StartAsync(node);
        await lab.Server.WaitForMessagesAsync(3, MailingLab.Soon);
        // Those at the end of the list have not been mailed yet.
        var leaving = await node.QueryAsync(db => db.Subscribers.OrderByDescending(row => row.Id).Take(300).Select(row => new { row.Id, row.UnsubscribeToken }).ToListAsync());
        using var visitor = node.Visit();

        var answers = await Task.WhenAll(leaving.Select(async person =>
        {
            using var form = new FormUrlEncodedContent([new("List-Unsubscribe", "One-Click")]);
            using var answer = await visitor.Http.PostAsync($"/unsubscribe/{person.UnsubscribeToken}", form);
            return (answer.StatusCode, answer.Headers.Location, Cookies: answer.Headers.Contains("Set-Cookie"));
        }));
        var given = await node.QueryAsync(db => db.Deliveries.CountAsync(row => row.State == DeliveryState.Sent || row.State == DeliveryState.Attempting));
        await MailingLab.ControlAsync(node, control => control.CancelAsync(MailingLab.Month));

        Assert.All(answers, answer => Assert.Equal((HttpStatusCode.OK, null, false), answer));
        var ids = leaving.ConvertAll(person => person.Id);
        Assert.Equal(300, await node.QueryAsync(db => db.Subscribers.CountAsync(row => ids.Contains(row.Id) && row.Status == SubscriberStatus.Unsubscribed)));
        Assert.Equal(300, await node.QueryAsync(db => db.Suppressions.CountAsync(row => row.Reason == SuppressionReason.Unsubscribed)));
        Assert.Equal(300, await node.QueryAsync(db => db.ConsentRecords.CountAsync(row => row.Event == ConsentEvent.Unsubscribed && row.Way == Ways.OneClick && row.Network == "127.0.0.1")));
        Assert.Equal(0, await node.QueryAsync(db => db.Deliveries.CountAsync(row => ids.Contains(row.SubscriberId) && row.AttemptedUtc > row.Subscriber!.LeftUtc)));
        Assert.InRange(given, 3, 100);
    }

    [Fact]
    public async Task A_link_is_answered_with_any_body_and_by_its_method_alone()
    {
        await using var app = new PulseApp();
        var (id, token) = await AddAsync(app, "reader@example.org");
        using var visitor = app.Visit();
        foreach (var method in new[] { "GET", "HEAD" })
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), $"/unsubscribe/{token}");
            request.Headers.Add("Sec-Purpose", "prefetch");
            using var answer = await visitor.Http.SendAsync(request);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }

        using var put = await visitor.Http.PutAsync($"/unsubscribe/{token}", null);
        Assert.Equal(HttpStatusCode.NotFound, put.StatusCode);
        Assert.Equal(SubscriberStatus.Active, await StatusAsync(app, id));
        using var cut = await visitor.Http.PostAsync($"/unsubscribe/{token[..25]}", null);
        using var altered = await visitor.Http.PostAsync($"/unsubscribe/{(token[0] == 'a' ? 'b' : 'a')}{token[1..]}", null);
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (cut.StatusCode, altered.StatusCode));
        Assert.Equal(SubscriberStatus.Active, await StatusAsync(app, id));

        // No body at all, or one that is broken: they want to be gone.
        using var broken = new ByteArrayContent([0xff, 0x00, 0x26]);
        broken.Headers.TryAddWithoutValidation("Content-Type", "multipart/form-data; boundary=none");
        using var left = await visitor.Http.PostAsync($"/unsubscribe/{token}", broken);
        Assert.Equal(HttpStatusCode.OK, left.StatusCode);
        Assert.Equal(SubscriberStatus.Unsubscribed, await StatusAsync(app, id));

        var page = await visitor.GetAsync($"/unsubscribe/{token}");
        var thanked = await visitor.FollowAsync(await visitor.SubmitAsync(page, new() { ["Reason"] = nameof(LeavingReason.ChangedJob) }, "#why"));
        Assert.Contains("Thank you for telling us why", thanked.Text, StringComparison.Ordinal);
        Assert.Equal("I have changed jobs", await app.QueryAsync(db => db.ConsentRecords.Where(row => row.Event == ConsentEvent.GaveReason).Select(row => row.Note).SingleAsync()));
        // Opened again from the history of a browser, each address says how things stand.
        Assert.Equal($"/unsubscribe/{token}", (await visitor.GetAsync($"/unsubscribe/{token}/why")).Location?.ToString());
        Assert.Equal("You have left", (await visitor.GetAsync($"/unsubscribe/{token}/come-back")).One("h1").TextContent);
    }

    [Theory]
    [InlineData("One-Click")]
    [InlineData("one-click")]
    // With the end of a line that a program let stand behind it, or sent twice.
    [InlineData("One-Click\r\n")]
    [InlineData("One-Click", "One-Click")]
    public async Task A_program_that_leaves_by_itself_is_known_for_one_and_shown_no_page(params string[] values)
    {
        await using var app = new PulseApp();
        var (id, token) = await AddAsync(app, "reader@example.org");
        using var visitor = app.Visit();
        using var form = new FormUrlEncodedContent(values.Select(value => KeyValuePair.Create("List-Unsubscribe", value)));
        using var answer = await visitor.Http.PostAsync($"/unsubscribe/{token}", form);

        Assert.Equal((HttpStatusCode.OK, "text/plain"), (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
        Assert.True(answer.Headers.CacheControl!.NoStore);
        Assert.Equal(SubscriberStatus.Unsubscribed, await StatusAsync(app, id));
        Assert.Equal(Ways.OneClick, await app.QueryAsync(db => db.ConsentRecords.Where(row => row.Event == ConsentEvent.Unsubscribed).Select(row => row.Way).SingleAsync()));
    }

    [Theory]
    [InlineData("", Ways.OneClick)]
    [InlineData("?from=page", Ways.Page)]
    public async Task A_form_that_cannot_be_read_is_a_programs_unless_it_is_that_of_the_page(string query, string way)
    {
        await using var app = new PulseApp();
        using var visitor = app.Visit();
        using var many = new FormUrlEncodedContent([.. Enumerable.Range(0, 3_000).Select(i => KeyValuePair.Create($"field{i}", "")), new("List-Unsubscribe", "One-Click")]);
        using var utf7 = new FormUrlEncodedContent([new("List-Unsubscribe", "One-Click")]);
        utf7.Headers.ContentType!.CharSet = "utf-7";
        foreach (var form in new[] { many, utf7 })
        {
            var (_, token) = await AddAsync(app, $"{(form == many ? "many" : "utf7")}@example.org");
            using var answer = await visitor.Http.PostAsync($"/unsubscribe/{token}{query}", form);
        }

        Assert.Equal([way, way], await app.QueryAsync(db => db.ConsentRecords.Where(row => row.Event == ConsentEvent.Unsubscribed).Select(row => row.Way).ToListAsync()));
    }

    [Fact]
    public async Task Staff_are_told_when_several_of_one_domain_leave_within_minutes()
    {
        await using var app = new PulseApp();
        using var visitor = app.Visit();
        for (var i = 0; i < SubscriptionUpkeep.FewestOfADomain; i++)
        {
            var (_, token) = await AddAsync(app, $"person{i}@scanned.example");
            using var answer = await visitor.Http.PostAsync($"/unsubscribe/{token}", null);
        }

        await app.InScopeAsync(async services =>
        {
            await services.GetRequiredService<SubscriptionUpkeep>().NoticeDomainsAsync(default);
            await services.GetRequiredService<SubscriptionUpkeep>().NoticeDomainsAsync(default);
            return true;
        });

        using var publisher = await app.SignInAsync(Core.Accounts.Roles.Publisher);
        var page = await publisher.GetAsync("/editor/subscribers");
        Assert.Contains("5 people at scanned.example left", page.One("#notices").TextContent, StringComparison.Ordinal);
        var seen = await publisher.FollowAsync(await publisher.SubmitAsync(page, form: "[id^=notice-] form"));
        Assert.Null(seen.Document.QuerySelector("#notices"));
    }

    [Fact]
    public async Task Many_domains_at_once_leave_room_for_the_list_and_those_that_were_shown_are_settled_together()
    {
        await using var app = new PulseApp();
        using var publisher = await app.SignInAsync(Core.Accounts.Roles.Publisher);
        await app.QueryAsync(db =>
        {
            db.AddRange(Enumerable.Range(1, DomainNotices.MostShown + 2).Select(i => Notice($"domain{i}.example")));
            return db.SaveChangesAsync();
        });

        var page = await publisher.GetAsync("/editor/subscribers");
        Assert.Equal(["domain52.example", "domain51.example", "domain50.example"], page.Texts("#notices > ul a"));
        Assert.Equal(("and 49 more", 47), (page.One("#more-notices summary").TextContent, page.Texts("#more-notices li").Count()));
        // What comes while the page is read has not been seen.
        await app.QueryAsync(db =>
        {
            db.Add(Notice("late.example"));
            return db.SaveChangesAsync();
        });
        var settled = await publisher.FollowAsync(await publisher.SubmitAsync(page, form: "#settle-notices"));

        Assert.Contains("50 notices settled", settled.One("[role=status]").TextContent, StringComparison.Ordinal);
        Assert.Equal(["late.example", "domain2.example", "domain1.example"], settled.Texts("#notices a"));
        Assert.Null(settled.Document.QuerySelector("#more-notices"));
        var odd = await publisher.SubmitAsync(settled, new() { ["ids"] = "all" }, "#settle-notices");
        Assert.Equal(HttpStatusCode.BadRequest, odd.Status);
        Assert.Equal(3, await app.QueryAsync(db => db.DomainNotices.CountAsync(row => row.SeenUtc == null)));
    }

    [SqliteFact]
    public async Task A_kind_of_upkeep_that_fails_stops_none_of_the_others()
    {
        await using var lab = new MailingLab();
        var node = lab.StartNode();
        await node.QueryAsync(async db =>
        {
            for (var i = 0; i < SubscriptionUpkeep.FewestOfADomain; i++)
                db.Add(new Subscriber
                {
                    Email = $"person{i}@scanned.example",
                    NormalizedEmail = $"person{i}@scanned.example",
                    Domain = "scanned.example",
                    Status = SubscriberStatus.Active,
                    PausedUntilUtc = DateTime.UtcNow.AddDays(-1),
                    UnsubscribeToken = SecretToken.Create(),
                    Consent = [new ConsentRecord { Event = ConsentEvent.Confirmed, AtUtc = DateTime.UtcNow, Note = "Confirmed.", Way = Ways.Page }],
                });
            db.Add(new RetentionReport { Day = DateOnly.FromDateTime(DateTime.UtcNow.AddDays(-1)), AtUtc = DateTime.UtcNow });
            await db.SaveChangesAsync();
            return await db.RetentionReports.Where(row => row.Day >= DateOnly.FromDateTime(DateTime.UtcNow)).ExecuteDeleteAsync();
        });
        await node.OnSqliteAsync("CREATE TRIGGER KeepsPauses BEFORE UPDATE OF PausedUntilUtc ON Subscribers BEGIN SELECT RAISE(ABORT, 'The database takes no such row'); END");

        // One that starts does all that is due.
        var second = lab.StartNode();
        using var limit = new CancellationTokenSource(MailingLab.Soon);
        while (!await second.QueryAsync(db => db.RetentionReports.AnyAsync(row => row.Day >= DateOnly.FromDateTime(DateTime.UtcNow))))
            await Task.Delay(50, limit.Token);

        Assert.Equal("scanned.example", await second.QueryAsync(db => db.DomainNotices.Select(row => row.Domain).SingleAsync()));
        Assert.Contains("ending pauses does not work at the moment", MailingLab.Log(second), StringComparison.Ordinal);
        Assert.DoesNotContain("person0", MailingLab.Log(second), StringComparison.Ordinal);
        Assert.DoesNotContain("takes no such row", MailingLab.Log(second), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Staff_are_told_of_a_fifth_of_a_domain_or_of_twenty_people()
    {
        await using var app = new PulseApp();
        await app.QueryAsync(db =>
        {
            foreach (var (domain, left, all) in new[] { ("fifth.example", 5, 25), ("fewer.example", 5, 26), ("many.example", 20, 150), ("four.example", 4, 4) })
                for (var i = 0; i < all; i++)
                    db.Add(new Subscriber
                    {
                        Email = $"person{i}@{domain}",
                        NormalizedEmail = $"person{i}@{domain}",
                        Domain = domain,
                        Status = i < left ? SubscriberStatus.Unsubscribed : SubscriberStatus.Active,
                        LeftUtc = i < left ? DateTime.UtcNow : null,
                        UnsubscribeToken = SecretToken.Create(),
                        Consent = i < left ? [new ConsentRecord { Event = ConsentEvent.Unsubscribed, AtUtc = DateTime.UtcNow, Note = "Left.", Way = Ways.OneClick }] : [],
                    });
            return db.SaveChangesAsync();
        });

        await app.InScopeAsync(async services =>
        {
            await services.GetRequiredService<SubscriptionUpkeep>().NoticeDomainsAsync(default);
            return true;
        });

        Assert.Equal(["fifth.example", "many.example"], await app.QueryAsync(db => db.DomainNotices.OrderBy(row => row.Domain).Select(row => row.Domain).ToListAsync()));
    }

    private static DomainNotice Notice(string domain)
        => new() { Domain = domain, Event = ConsentEvent.Unsubscribed, FirstUtc = DateTime.UtcNow, LastUtc = DateTime.UtcNow, People = 5 };

    private static Task<(int Id, string Token)> AddAsync(PulseApp app, string email) => app.QueryAsync(async db =>
    {
        var row = db.Add(new Subscriber
        {
            Email = email,
            NormalizedEmail = email,
            Domain = email[(email.IndexOf('@', StringComparison.Ordinal) + 1)..],
            Status = SubscriberStatus.Active,
            UnsubscribeToken = SecretToken.Create(),
        }).Entity;
        await db.SaveChangesAsync();
        return (row.Id, row.UnsubscribeToken);
    });

    private static Task<SubscriberStatus> StatusAsync(PulseApp app, int id) => app.QueryAsync(db => db.Subscribers.Where(row => row.Id == id).Select(row => row.Status).SingleAsync());
}
