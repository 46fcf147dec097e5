using System.Net;
using System.Text.RegularExpressions;
using CordisPulse.Core.Accounts;
using CordisPulse.Core.Data;
using CordisPulse.Core.Subscriptions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CordisPulse.Tests.Features;

/// <summary>What the subscribe form does with what is sent to it.</summary>
public sealed partial class SubscribeTests(PulseApp app) : IClassFixture<PulseApp>
{
    [Fact]
    public async Task Only_what_leads_to_a_mail_counts_for_a_network_and_what_was_typed_is_kept()
    {
        await using var own = new PulseApp().With("Joining:RequestsPerNetworkPerMinute", "2");
        using var visitor = own.Visit();
        var page = await visitor.GetAsync("/subscribe");
        for (var slips = 0; slips < 3; slips++)
            Assert.Equal(HttpStatusCode.BadRequest, (await visitor.SubmitAsync(page, new() { ["Email"] = "no address" })).Status);
        foreach (var email in new[] { "one@limit.example", "two@limit.example" })
            Assert.Equal(HttpStatusCode.Redirect, (await visitor.SubmitAsync(page, new() { ["Email"] = email })).Status);

        var third = await visitor.SubmitAsync(page, new() { ["Email"] = "three@limit.example", ["Organisation"] = "Limit House" });

        Assert.Equal(HttpStatusCode.TooManyRequests, third.Status);
        Assert.InRange(int.Parse(third.Headers["Retry-After"], System.Globalization.CultureInfo.InvariantCulture), 1, 60);
        Assert.Contains("wait a minute", third.One(".error-summary").TextContent, StringComparison.Ordinal);
        Assert.Equal(("three@limit.example", "Limit House"), (third.One("#Email").GetAttribute("value"), third.One("#Organisation").GetAttribute("value")));
        Assert.Equal(2, await own.QueryAsync(db => db.AddressRequests.CountAsync()));
        Assert.Equal(HttpStatusCode.Redirect, (await visitor.SubmitAsync(await visitor.GetAsync("/unsubscribe"), new() { ["Email"] = "one@limit.example" })).Status);
    }

    [Fact]
    public async Task What_was_agreed_is_kept_with_the_words_the_privacy_page_and_the_network()
    {
        using var visitor = app.Visit();
        var form = await visitor.GetAsync("/subscribe");
        var sector = form.One("input[name=Sectors]").GetAttribute("value")!;
        await visitor.SubmitAsync(form, new() { ["Email"] = "keeper@example.org", ["Name"] = "Kay Keeper", ["Organisation"] = "Keepers", ["Sectors"] = sector });
        await visitor.SubmitAsync(await visitor.GetAsync(await LinkAsync("keeper@example.org")));

        var person = await app.QueryAsync(db => db.Subscribers.AsNoTracking().Include(row => row.Consent).ThenInclude(record => record.PrivacyText).SingleAsync(row => row.NormalizedEmail == "keeper@example.org"));
        Assert.Equal(("Kay Keeper", "Keepers", sector, "example.org"), (person.Name, person.Organisation, person.Sectors, person.Domain));
        Assert.Equal([ConsentEvent.Requested, ConsentEvent.Confirmed], person.Consent.Select(record => record.Event));
        Assert.All(person.Consent, record => Assert.Equal("127.0.0.1", record.Network));
        Assert.All(person.Consent, record => Assert.Contains("We do not watch you read", record.PrivacyText!.Body, StringComparison.Ordinal));
        Assert.Equal(ConsentWords.Joining, person.Consent[0].Note);
        Assert.InRange(person.Consent[1].SecondsSinceMail!.Value, 0, 60);
        // What was asked for has served.
        Assert.Equal(0, await app.QueryAsync(db => db.AddressRequests.CountAsync(row => row.NormalizedEmail == "keeper@example.org")));
    }

    [Fact]
    public async Task Whoever_asks_again_while_they_have_paused_is_told_of_the_pause()
    {
        await AddAsync("paused@example.org", SubscriberStatus.Active);
        await app.QueryAsync(db => db.Subscribers.Where(row => row.Email == "paused@example.org").ExecuteUpdateAsync(set => set.SetProperty(row => row.PausedUntilUtc, new DateTime(2099, 11, 30, 0, 0, 0, DateTimeKind.Utc))));
        using var visitor = app.Visit();
        await visitor.SubmitAsync(await visitor.GetAsync("/subscribe"), new() { ["Email"] = "paused@example.org" });

        var mail = await app.MailToAsync("paused@example.org");
        Assert.Contains("paused until 30 November 2099", mail.TextBody, StringComparison.Ordinal);
        Assert.Contains("paused until 30 November 2099", mail.HtmlBody, StringComparison.Ordinal);
        Assert.DoesNotContain("nothing to do", mail.TextBody + mail.HtmlBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_answer_and_what_is_written_are_the_same_for_an_address_that_is_new_known_or_suppressed()
    {
        await AddAsync("known@example.org", SubscriberStatus.Active);
        await AddAsync("bounced@example.org", SubscriberStatus.Suppressed, SuppressionReason.Bounced);
        using var visitor = app.Visit();
        var answers = new List<(HttpStatusCode, string, string)>();
        foreach (var email in new[] { "new@example.org", "known@example.org", "bounced@example.org" })
        {
            var answer = await visitor.SubmitAsync(await visitor.GetAsync("/subscribe"), new() { ["Email"] = email });
            answers.Add((answer.Status, answer.Location!.ToString(), answer.Html));
        }

        Assert.Single(answers.Distinct());
        Assert.Equal("You are subscribed to CordisPulse already", (await app.MailToAsync("known@example.org")).Subject);
        // Whoever bounced is asked, since coming back is their own choice; until they confirm they stay away.
        await app.MailToAsync("bounced@example.org");
        Assert.Equal(SubscriberStatus.Suppressed, await StatusAsync("bounced@example.org"));
        await visitor.SubmitAsync(await visitor.GetAsync("/subscribe"), new() { ["Email"] = "bounced@example.org" });
        await app.SettledAsync();
        Assert.Equal(1, await app.QueryAsync(db => db.QueuedMails.CountAsync(mail => mail.Subscriber!.NormalizedEmail == "bounced@example.org")));
        await visitor.SubmitAsync(await visitor.GetAsync(await LinkAsync("bounced@example.org")));
        Assert.Equal(SubscriberStatus.Active, await StatusAsync("bounced@example.org"));
        Assert.False(await app.QueryAsync(db => db.Suppressions.AnyAsync(row => row.NormalizedEmail == "bounced@example.org")));
    }

    [Fact]
    public async Task An_address_that_was_erased_is_asked_to_confirm_once_in_a_week_at_most_and_stays_off_the_list()
    {
        await using var own = new PulseApp();
        await own.InScopeAsync(async services =>
        {
            var (db, hash) = (services.GetRequiredService<PulseDbContext>(), services.GetRequiredService<AddressHash>());
            db.Add(new Suppression { EmailHash = hash.Of("erased@example.org"), Reason = SuppressionReason.Erased, SinceUtc = DateTime.UtcNow });
            return await db.SaveChangesAsync();
        });
        using var visitor = own.Visit();
        var mails = new List<int>();
        foreach (var days in new[] { 0, 6, 8 })
        {
            var before = DateTime.UtcNow.AddDays(-days);
            await own.QueryAsync(db => db.QueuedMails.ExecuteUpdateAsync(set => set.SetProperty(mail => mail.QueuedUtc, before)));
            await visitor.SubmitAsync(await visitor.GetAsync("/subscribe"), new() { ["Email"] = "erased@example.org" });
            await own.SettledAsync();
            await own.MailedAsync();
            mails.Add(await own.QueryAsync(db => db.QueuedMails.CountAsync()));
        }

        Assert.Equal([1, 1, 2], mails);
        Assert.Equal(SubscriberStatus.Pending, await own.QueryAsync(db => db.Subscribers.Select(row => row.Status).SingleAsync()));
        Assert.True(await own.QueryAsync(db => db.Suppressions.AnyAsync(row => row.Reason == SuppressionReason.Erased)));
    }

    [Fact]
    public async Task What_is_typed_into_a_second_form_is_what_the_one_mail_confirms()
    {
        await using var own = new PulseApp();
        using var visitor = own.Visit();
        var form = await visitor.GetAsync("/subscribe");
        var sector = form.One("input[name=Sectors]").GetAttribute("value")!;
        await visitor.SubmitAsync(form, new() { ["Email"] = "twice@example.org", ["Name"] = "Twyce", ["Organisation"] = "Twos" });
        await own.SettledAsync();
        await visitor.SubmitAsync(await visitor.GetAsync("/subscribe"), new() { ["Email"] = "twice@example.org", ["Name"] = "Twice", ["Sectors"] = sector });
        await own.SettledAsync();
        Assert.Equal(1, await own.QueryAsync(db => db.QueuedMails.CountAsync(mail => mail.Subscriber!.NormalizedEmail == "twice@example.org")));

        await visitor.SubmitAsync(await visitor.GetAsync(await LinkAsync("twice@example.org", own)));

        var person = await own.QueryAsync(db => db.Subscribers.AsNoTracking().SingleAsync(row => row.NormalizedEmail == "twice@example.org"));
        Assert.Equal((SubscriberStatus.Active, "Twice", null, sector), (person.Status, person.Name, person.Organisation, person.Sectors));
    }

    [Fact]
    public async Task Fifty_at_once_for_one_address_make_one_person_and_one_mail()
    {
        await using var own = new PulseApp().With("Joining:RequestsPerNetworkPerMinute", "1000");
        using var visitor = own.Visit();
        var page = await visitor.GetAsync("/subscribe");

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(async _ =>
        {
            var answer = await visitor.SubmitAsync(page, new() { ["Email"] = "Many@example.org" });
            return answer.Status;
        }));

        Assert.All(answers, status => Assert.Equal(HttpStatusCode.Redirect, status));
        await own.SettledAsync();
        Assert.Equal(1, await own.QueryAsync(db => db.Subscribers.CountAsync(row => row.NormalizedEmail == "many@example.org")));
        Assert.Equal(1, await own.QueryAsync(db => db.QueuedMails.CountAsync()));
    }

    [Fact]
    public async Task A_program_is_told_that_all_went_well_and_a_quick_form_to_look_again()
    {
        await using var own = new PulseApp().With("Joining:MinimumTime", "00:00:30");
        using var visitor = own.Visit();
        var form = await visitor.GetAsync("/subscribe");
        var trapped = await visitor.SubmitAsync(form, new() { ["Email"] = "trapped@example.org", ["Website"] = "https://spam.example" });
        var quick = await visitor.SubmitAsync(form, new() { ["Email"] = "quick@example.org", ["Name"] = "Quick" });
        var forged = await visitor.SubmitAsync(form, new() { ["Email"] = "quick@example.org", ["Started"] = "1000.0123456789abcdef" });
        Assert.Equal(HttpStatusCode.Redirect, trapped.Status);
        Assert.Equal(HttpStatusCode.BadRequest, quick.Status);
        Assert.Contains("press Subscribe once more", quick.One("[role=alert]").TextContent, StringComparison.Ordinal);
        Assert.Equal(("quick@example.org", "Quick"), (quick.One("#Email").GetAttribute("value"), quick.One("#Name").GetAttribute("value")));
        Assert.Equal(form.One("[name=Started]").GetAttribute("value"), quick.One("[name=Started]").GetAttribute("value"));
        Assert.Equal(HttpStatusCode.OK, forged.Status);
        Assert.Contains("One more step", forged.Text, StringComparison.Ordinal);
        await own.SettledAsync();
        Assert.Equal(0, await own.QueryAsync(db => db.Subscribers.CountAsync()));
    }

    /// <summary>It has neither stamp nor cookie, and nobody has seen there what they agree to.</summary>
    [Fact]
    public async Task A_form_on_another_site_or_on_the_front_page_opens_ours_with_what_was_typed()
    {
        await using var own = new PulseApp();
        using var visitor = own.Visit();
        using var foreign = new FormUrlEncodedContent([new("Email", "elsewhere@example.org"), new("Name", "Else Where")]);
        using var fromElsewhere = new HttpRequestMessage(HttpMethod.Post, "/subscribe") { Content = foreign };
        fromElsewhere.Headers.Add("Origin", "https://www.elsewhere.example");
        using var answer = await visitor.Http.SendAsync(fromElsewhere);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.False(answer.Headers.Contains("Access-Control-Allow-Origin"));
        var next = await WebPage.ReadAsync(answer);
        Assert.Equal(("elsewhere@example.org", "Else Where"), (next.One("#Email").GetAttribute("value"), next.One("#Name").GetAttribute("value")));
        Assert.Equal(0, await own.QueryAsync(db => db.AddressRequests.CountAsync()));

        Assert.Equal(HttpStatusCode.Redirect, (await visitor.SubmitAsync(next)).Status);
        await own.SettledAsync();
        Assert.Equal(["elsewhere@example.org"], await own.QueryAsync(db => db.Subscribers.Select(row => row.NormalizedEmail).ToListAsync()));
    }

    [Fact]
    public async Task The_record_names_the_privacy_text_that_was_shown_though_it_was_changed_before_the_form_came_back()
    {
        await using var own = new PulseApp();
        using var visitor = own.Visit();
        using var administrator = await own.SignInAsync(Roles.Administrator);
        var form = await visitor.GetAsync("/subscribe");
        var shown = await own.QueryAsync(db => db.PrivacyTexts.Select(text => text.Id).SingleAsync());
        await administrator.SubmitAsync(await administrator.GetAsync("/editor/settings/pages/privacy"), new() { ["Form.Body"] = "Another text altogether." }, "form:has([name='Form.Body'])");
        await visitor.SubmitAsync(form, new() { ["Email"] = "shown@example.org" });
        await own.SettledAsync();
        Assert.Equal([shown], await own.QueryAsync(db => db.ConsentRecords.Where(row => row.Event == ConsentEvent.Requested).Select(row => row.PrivacyTextId).ToListAsync()));

        await visitor.SubmitAsync(await visitor.GetAsync(await LinkAsync("shown@example.org", own)));
        var token = await own.QueryAsync(db => db.Subscribers.Select(row => row.UnsubscribeToken).SingleAsync());
        await visitor.SubmitAsync(await visitor.GetAsync($"/unsubscribe/{token}"));
        await visitor.SubmitAsync(await visitor.GetAsync($"/preferences/{token}"), form: "#come-back");
        var records = await own.QueryAsync(db => db.ConsentRecords.Where(row => row.PrivacyTextId != null).OrderBy(row => row.Id).Select(row => new { row.Event, row.PrivacyText!.Body }).ToListAsync());
        Assert.Equal([ConsentEvent.Requested, ConsentEvent.Confirmed, ConsentEvent.CameBack], records.Select(row => row.Event));
        Assert.Equal("Another text altogether.", records[2].Body);
    }

    [Fact]
    public async Task Somebody_whom_staff_put_on_the_list_is_asked_to_confirm_and_stays_by_their_own_word()
    {
        Assert.True(EmailAddress.TryParse("added@example.org", out var added, out _));
        await app.InScopeAsync(services => services.GetRequiredService<SubscriberAdmission>().AddAsync(new AddSubscribers
        {
            People = [new NewSubscriber(added, "Added", null)],
            Basis = new StatedBasis { Ground = ConsentGround.Consent, ObtainedFrom = "The spring conference" },
            Way = Ways.Csv,
        }));
        using var visitor = app.Visit();
        await visitor.SubmitAsync(await visitor.GetAsync("/subscribe"), new() { ["Email"] = "added@example.org" });
        await visitor.SubmitAsync(await visitor.GetAsync(await LinkAsync("added@example.org", app)));

        var person = await app.QueryAsync(db => db.Subscribers.Include(row => row.Consent).SingleAsync(row => row.NormalizedEmail == "added@example.org"));
        Assert.Equal((SubscriberStatus.Active, null, null, "Added"), (person.Status, person.BasisId, person.NoticeBasisId, person.Name));
        Assert.Equal([ConsentEvent.Imported, ConsentEvent.Requested, ConsentEvent.Confirmed], person.Consent.OrderBy(row => row.Id).Select(row => row.Event));
    }

    [Theory]
    [InlineData("a@example.org\r\nBcc: b@example.org", "one line")]
    [InlineData("a@b@example.org", "not an e-mail address")]
    [InlineData("a(comment)@example.org", "not an e-mail address")]
    [InlineData("300", "part before the @ is too long")]
    public async Task A_hostile_address_is_refused_at_its_field(string typed, string message)
    {
        var email = typed == "300" ? new string('x', 288) + "@example.org" : typed;
        using var visitor = app.Visit();
        var answer = await visitor.SubmitAsync(await visitor.GetAsync("/subscribe"), new() { ["Email"] = email });
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Contains(message, answer.One("#email-problem").TextContent, StringComparison.Ordinal);
    }

    private Task<int> AddAsync(string email, SubscriberStatus status, SuppressionReason? reason = null) => app.QueryAsync(db =>
    {
        db.Add(new Subscriber { Email = email, NormalizedEmail = email, Status = status, UnsubscribeToken = SecretToken.Create() });
        if (reason is { } why)
            db.Add(new Suppression { NormalizedEmail = email, Reason = why, SinceUtc = DateTime.UtcNow });
        return db.SaveChangesAsync();
    });

    private Task<SubscriberStatus> StatusAsync(string email) => app.QueryAsync(db => db.Subscribers.Where(row => row.NormalizedEmail == email).Select(row => row.Status).SingleAsync());

    private async Task<string> LinkAsync(string email, PulseApp? own = null) => new Uri(Link().Match((await (own ?? app).MailToAsync(email)).TextBody!).Value).AbsolutePath;

    [GeneratedRegex(@"https?://\S+")]
    private static partial Regex Link();
}
