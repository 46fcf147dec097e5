using System.Net;
using CordisPulse.Core;
using CordisPulse.Core.Accounts;
using CordisPulse.Core.Subscriptions;
using CordisPulse.Tests.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CordisPulse.Tests.Areas.Editor.Person;

/// <summary>One person's page, and what staff do there.</summary>
public sealed class PersonTests(PulseApp app) : IClassFixture<PulseApp>
{
    private const string Root = "/editor/subscribers";

    [Fact]
    public async Task What_is_changed_stands_in_the_story_with_who_asked_and_each_look_is_kept()
    {
        using var publisher = await app.SignInAsync(Roles.Publisher);
        var id = await AddAsync(publisher, "Edith.Old@edit.example");
        var form = await publisher.GetAsync($"{Root}/{id}/edit");
        var sector = form.One("[name='Form.Sectors']").GetAttribute("value")!;
        var missing = await publisher.SubmitAsync(form, new() { ["Form.Name"] = "Edith New" }, "#edit");
        Assert.Equal(HttpStatusCode.BadRequest, missing.Status);
        Assert.Contains("Say who asked", missing.One("#Form_Note-error").TextContent, StringComparison.Ordinal);
        Assert.Equal("Edith New", missing.One("#Form_Name").GetAttribute("value"));

        var page = await publisher.FollowAsync(await publisher.SubmitAsync(
            missing, new() { ["Form.Email"] = "edith.new@edit.example", ["Form.Sectors"] = sector, ["Form.Note"] = "Her letter of 3 March" }, "#edit"));

        Assert.Equal("edith.new@edit.example", page.One("h1").TextContent);
        Assert.Equal(["Chose sectors", "Changed name or organisation", "Changed address", "Put on the list"], page.Texts("#consent tbody th"));
        Assert.Contains("Her letter of 3 March", page.One("#consent").TextContent, StringComparison.Ordinal);
        Assert.Contains("the spring conference", page.One("#basis").TextContent, StringComparison.Ordinal);
        // Found by any part, whatever its accents and letter case.
        Assert.Equal("1", (await publisher.FollowAsync(await publisher.GetAsync($"{Root}?Search=ITH.new@ed"))).One("#found").TextContent);
        Assert.Equal("1", (await publisher.GetAsync($"{Root}?Domain=edit.example&Sector={sector}&Ground=Consent")).One("#found").TextContent);
        Assert.Equal(HttpStatusCode.OK, (await publisher.GetAsync(page.One("#consent a").GetAttribute("href")!)).Status);
        // The form, the form again with what was wrong, and the page; saving shows nothing.
        Assert.Equal(3, await app.QueryAsync(db => db.AuditEntries.CountAsync(entry => entry.SubscriberId == id && entry.Act == AuditedActs.ReadPerson)));
        var readings = (await publisher.GetAsync("/editor/data-protection")).One("#readings").TextContent;
        Assert.Contains($"subscriber {id}", readings, StringComparison.Ordinal);

        var other = await AddAsync(publisher, "other@edit.example");
        var taken = await publisher.SubmitAsync(
            await publisher.GetAsync($"{Root}/{other}/edit"), new() { ["Form.Email"] = "EDITH.new@edit.example", ["Form.Note"] = "A slip" }, "#edit");
        Assert.Equal(2, await app.QueryAsync(db => db.AuditEntries.CountAsync(entry => entry.SubscriberId == other && entry.Act == AuditedActs.ReadPerson)));
        Assert.Equal("other@edit.example", await app.QueryAsync(db => db.Subscribers.Where(row => row.Id == other).Select(row => row.NormalizedEmail).SingleAsync()));
        Assert.Contains($"subscriber {id}", taken.One("#Form_Email-error").TextContent, StringComparison.Ordinal);
        var file = await publisher.SubmitAsync(page, form: "#export");
        Assert.Contains("edith.new@edit.example", file.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_has_seen_a_person_is_found_by_person_account_and_act_page_by_page()
    {
        using var publisher = await app.SignInAsync(Roles.Publisher, "first@looks.example");
        using var colleague = await app.SignInAsync(Roles.Publisher, "second@looks.example");
        var (seen, other) = (await AddAsync(publisher, "seen@looks.example"), await AddAsync(publisher, "unseen@looks.example"));
        var page = await publisher.GetAsync($"{Root}/{seen}");
        Assert.Null(page.Document.QuerySelector("#looks"));
        await publisher.SubmitAsync(page, form: "#export");
        await colleague.GetAsync($"{Root}/{seen}");

        page = await publisher.GetAsync($"{Root}/{seen}");
        Assert.Equal(["opened the page", "exported all we hold", "opened the page"], page.Texts("#looks td[data-label=What]"));
        Assert.Equal(["second@looks.example", "first@looks.example", "first@looks.example"], page.Texts("#looks td[data-label=Who]"));
        var all = await publisher.GetAsync(page.One("#all-looks").GetAttribute("href")!.Split('#')[0]);
        Assert.Equal(4, all.Texts("#readings tbody th").Count());
        Assert.All(all.Texts("#readings td[data-label=Whose]"), whose => Assert.Equal($"subscriber {seen}", whose));
        Assert.Contains("is kept: for 730 days", all.One("main").TextContent, StringComparison.Ordinal);

        var account = await app.QueryAsync(db => db.Users.Where(user => user.Email == "second@looks.example").Select(user => user.Id).SingleAsync());
        var narrowed = await publisher.SubmitAsync(all, new() { ["Account"] = $"{account}", ["Act"] = AuditedActs.ReadPerson }, "#find");
        Assert.Equal(["second@looks.example"], narrowed.Texts("#readings td[data-label=Who]"));
        Assert.Equal($"{seen}", narrowed.One("#Person").GetAttribute("value"));
        Assert.Contains("Nothing matches.", (await publisher.SubmitAsync(narrowed, new() { ["Person"] = $"{other}" }, "#find")).One("main").TextContent, StringComparison.Ordinal);
        var odd = await publisher.SubmitAsync(narrowed, new() { ["Person"] = "Ann" }, "#find");
        Assert.Equal(HttpStatusCode.BadRequest, odd.Status);
        Assert.Contains("Give the person’s number", odd.One("#Person-error").TextContent, StringComparison.Ordinal);
        Assert.Equal("Ann", odd.One("#Person").GetAttribute("value"));

        await app.QueryAsync(db =>
        {
            for (var i = 0; i < 60; i++)
                db.Add(new AuditEntry { AtUtc = DateTime.UtcNow, AccountId = account, Act = AuditedActs.ExportPerson, SubscriberId = other });
            return db.SaveChangesAsync();
        });
        var newest = await publisher.GetAsync($"/editor/data-protection?Person={other}");
        var older = await publisher.GetAsync(newest.One("a[rel=next]").GetAttribute("href")!.Split('#')[0]);
        Assert.Equal((50, 10), (newest.Texts("#readings tbody th").Count(), older.Texts("#readings tbody th").Count()));
        Assert.Null(older.Document.QuerySelector("a[rel=next]"));
    }

    [Fact]
    public async Task Each_kind_of_look_is_removed_when_its_time_is_over()
    {
        await using var own = await CleanedAsync();
        await own.QueryAsync(db =>
        {
            foreach (var act in AuditedActs.All)
            {
                db.Add(new AuditEntry { AtUtc = DateTime.UtcNow.AddDays(-731), Act = act });
                db.Add(new AuditEntry { AtUtc = DateTime.UtcNow.AddDays(-729), Act = act });
            }

            return db.SaveChangesAsync();
        });

        var report = await own.InScopeAsync(services => services.GetRequiredService<Retention>().CleanAsync());

        Assert.Equal(4, report!.Reads);
        Assert.Equal(4, await own.QueryAsync(db => db.AuditEntries.CountAsync()));
    }

    [Fact]
    public async Task Who_left_stays_away_through_a_merge_and_old_links_lead_to_who_goes_on()
    {
        using var publisher = await app.SignInAsync(Roles.Publisher);
        var kept = await AddAsync(publisher, "kept@merge.example");
        var gone = await AddAsync(publisher, "gone@merge.example");
        var token = await TokenAsync(gone);
        await MergeAsync(publisher, kept, gone);

        Assert.Equal(SubscriberStatus.Active, await StatusAsync(kept));
        Assert.Contains($"subscriber {kept}", (await publisher.GetAsync($"{Root}/{gone}")).One(".notice:not(.flash)").TextContent, StringComparison.Ordinal);
        using var reader = app.Visit();
        await reader.SubmitAsync(await reader.GetAsync($"/unsubscribe/{token}"), form: "#leave");
        Assert.Equal(SubscriberStatus.Unsubscribed, await StatusAsync(kept));

        var third = await AddAsync(publisher, "third@merge.example");
        await MergeAsync(publisher, third, kept);
        Assert.Equal(SubscriberStatus.Unsubscribed, await StatusAsync(third));
        Assert.True(await app.QueryAsync(db => db.Suppressions.AnyAsync(row => row.NormalizedEmail == "third@merge.example")));
    }

    [Fact]
    public async Task A_suppressed_or_erased_person_comes_back_by_no_act_of_staff()
    {
        using var publisher = await app.SignInAsync(Roles.Publisher);
        var complained = await AddAsync(publisher, "complained@away.example");
        await publisher.SubmitAsync(
            await publisher.GetAsync($"{Root}/{complained}/suppress"), new() { ["Form.Reason"] = nameof(SuppressionReason.Complained), ["Form.Note"] = "Wrote to us" }, "#suppress");
        var erased = await AddAsync(publisher, "erased@away.example");
        var unsure = await publisher.SubmitAsync(await publisher.GetAsync($"{Root}/{erased}/erase"), form: "#erase");
        Assert.Equal(HttpStatusCode.BadRequest, unsure.Status);
        var page = await publisher.FollowAsync(await publisher.SubmitAsync(unsure, new() { ["Form.Sure"] = "true" }, "#erase"));

        Assert.Equal($"Subscriber {erased}", page.One("h1").TextContent);
        Assert.DoesNotContain("conference", page.One("#consent").TextContent, StringComparison.Ordinal);
        foreach (var email in new[] { "Complained@away.example", "ERASED@away.example" })
        {
            var refused = await publisher.SubmitAsync(await publisher.GetAsync($"{Root}/add"), new() { ["Email"] = email, ["Ground"] = nameof(ConsentGround.Consent), ["ObtainedFrom"] = "Another list" }, "#add");
            Assert.Contains("stays off the list", refused.One("#Email-error").TextContent, StringComparison.Ordinal);
            var third = await AddAsync(publisher, $"{Guid.NewGuid():N}@away.example");
            var moved = await publisher.SubmitAsync(await publisher.GetAsync($"{Root}/{third}/edit"), new() { ["Form.Email"] = email, ["Form.Note"] = "A try" }, "#edit");
            Assert.Equal(HttpStatusCode.BadRequest, moved.Status);
            Assert.NotEmpty(moved.One("#Form_Email-error").TextContent);
        }

        // Asking on the page alone brings nobody back; confirming, which only the person can, does.
        using var reader = app.Visit();
        await reader.SubmitAsync(await reader.GetAsync("/subscribe"), new() { ["Email"] = "erased@away.example" });
        await app.SettledAsync();
        Assert.Equal(SubscriberStatus.Pending, await app.QueryAsync(db => db.Subscribers.Where(row => row.NormalizedEmail == "erased@away.example").Select(row => row.Status).SingleAsync()));
        var outcome = await app.InScopeAsync(services => services.GetRequiredService<SubscriberAdmission>().AddAsync(new AddSubscribers
        {
            People = [new NewSubscriber(Parsed("erased@away.example"), null, null)],
            Basis = new StatedBasis { Ground = ConsentGround.Consent, ObtainedFrom = "A list" },
            Way = Ways.Csv,
        }));
        Assert.Equal([AddOutcome.Suppressed], outcome);
    }

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
        Assert.NotNull((await publisher.GetAsync($"{Root}/ask-again")).Document.QuerySelector("#ask"));
    }

    [Fact]
    public async Task What_was_held_for_long_enough_is_cleaned_once_a_day_and_reported()
    {
        await using var own = await CleanedAsync();
        var old = DateTime.UtcNow.AddDays(-200);
        await own.QueryAsync(db =>
        {
            db.Add(new Subscriber { Email = "asked@old.example", NormalizedEmail = "asked@old.example", Status = SubscriberStatus.Pending, UnsubscribeToken = SecretToken.Create(), CreatedUtc = old });
            db.Add(new Subscriber
            {
                Email = "left@old.example",
                NormalizedEmail = "left@old.example",
                Name = "Lefty",
                Status = SubscriberStatus.Unsubscribed,
                UnsubscribeToken = SecretToken.Create(),
                CreatedUtc = old,
                LeftUtc = old,
                Consent = [new ConsentRecord { Event = ConsentEvent.Unsubscribed, AtUtc = old, Note = "Left.", Way = Ways.Page, Network = "192.0.2.17" }],
            });
            db.Add(new Subscriber
            {
                Email = "here@old.example",
                NormalizedEmail = "here@old.example",
                Status = SubscriberStatus.Active,
                UnsubscribeToken = SecretToken.Create(),
                CreatedUtc = old,
                Consent = [new ConsentRecord { Event = ConsentEvent.Confirmed, AtUtc = old, Note = "Confirmed", Way = Ways.Page, Network = "2001:db8:1:2:3:4:5:6" }],
            });
            db.Add(new Suppression { NormalizedEmail = "left@old.example", Reason = SuppressionReason.Unsubscribed, SinceUtc = old });
            return db.SaveChangesAsync();
        });

        var report = await own.InScopeAsync(services => services.GetRequiredService<Retention>().CleanAsync());
        var again = await own.InScopeAsync(services => services.GetRequiredService<Retention>().CleanAsync());

        Assert.NotNull(report);
        Assert.Equal((1, 1, 2), (report.Unconfirmed, report.Left, report.Networks));
        Assert.Null(again);
        Assert.Equal([null, "here@old.example"], await own.QueryAsync(db => db.Subscribers.OrderBy(row => row.Id).Select(row => row.NormalizedEmail).ToListAsync()));
        Assert.Equal("2001:db8:1::/48", await own.QueryAsync(db => db.ConsentRecords.Where(row => row.Event == ConsentEvent.Confirmed).Select(row => row.Network).SingleAsync()));
        // They left of their own, and that is still the reason; only the address is gone.
        var suppression = await own.QueryAsync(db => db.Suppressions.SingleAsync());
        Assert.Equal((null, SuppressionReason.Unsubscribed), (suppression.NormalizedEmail, suppression.Reason));
        using var publisher = await own.SignInAsync(Roles.Publisher);
        Assert.Single((await publisher.GetAsync("/editor/data-protection")).Texts("#reports tbody tr"));
    }

    [Fact]
    public async Task Many_who_left_are_erased_together_each_with_what_was_theirs_alone()
    {
        await using var own = await CleanedAsync();
        var old = DateTime.UtcNow.AddDays(-200);
        ConsentBasis Basis(string from) => new() { Ground = ConsentGround.Consent, ObtainedFrom = from };
        await own.QueryAsync(db =>
        {
            var shared = Basis("A list of two");
            foreach (var (email, basis) in new[] { ("one@many.example", Basis("Ann’s own card")), ("two@many.example", shared), ("three@many.example", shared), ("here@many.example", Basis("A card of hers")) })
            {
                var row = db.Add(new Subscriber
                {
                    Email = email,
                    NormalizedEmail = email,
                    Domain = "many.example",
                    Status = email == "here@many.example" ? SubscriberStatus.Active : SubscriberStatus.Unsubscribed,
                    UnsubscribeToken = SecretToken.Create(),
                    CreatedUtc = old,
                    LeftUtc = email == "here@many.example" ? null : old,
                    Consent = [new ConsentRecord { Event = ConsentEvent.Imported, AtUtc = old, Note = "Came by a list.", Way = Ways.Csv, Basis = basis }],
                }).Entity;
                db.Add(new OneTimeToken { Purpose = TokenPurpose.OwnData, Hash = email, Subscriber = row, EndsUtc = DateTime.UtcNow.AddDays(1) });
            }

            // Asked for by somebody who stays, at the address of one who goes.
            var request = new AddressRequest { Kind = AddressRequestKind.LeaveLink, Email = "two@many.example", NormalizedEmail = "two@many.example", AskedUtc = DateTime.UtcNow, SettledUtc = DateTime.UtcNow };
            db.Add(new OneTimeToken { Purpose = TokenPurpose.ConfirmAddress, Hash = "request", Request = request, EndsUtc = DateTime.UtcNow.AddDays(1) });
            db.Add(new Suppression { NormalizedEmail = "one@many.example", Reason = SuppressionReason.Complained, SinceUtc = old });
            db.Add(new DomainNotice { Domain = "many.example", Event = ConsentEvent.Unsubscribed, FirstUtc = old, LastUtc = old, People = 5 });
            return db.SaveChangesAsync();
        });
        System.IO.Directory.CreateDirectory(own.Outbox);
        foreach (var name in new[] { "one", "THREE", "here" })
            await File.WriteAllTextAsync(Path.Combine(own.Outbox, $"{name}.eml"), $"To: <{name}@many.example>\r\nSubject: March\r\n\r\nHello\r\n");

        var report = await own.InScopeAsync(services => services.GetRequiredService<Retention>().CleanAsync());

        Assert.Equal(3, report!.Left);
        Assert.Equal(["here@many.example"], await own.QueryAsync(db => db.Subscribers.Where(row => row.Email != null).Select(row => row.Email).ToListAsync()));
        Assert.Equal(["A card of hers", "A list of two", "Erased."], await own.QueryAsync(db => db.ConsentBases.Select(row => row.ObtainedFrom).Distinct().OrderBy(text => text).ToListAsync()));
        Assert.Equal(["here@many.example"], await own.QueryAsync(db => db.OneTimeTokens.Where(row => row.SubscriberId != null || row.RequestId != null).Select(row => row.Hash).ToListAsync()));
        Assert.Equal(0, await own.QueryAsync(db => db.AddressRequests.CountAsync()));
        Assert.Equal((3, 1, 3), (
            await own.QueryAsync(db => db.Suppressions.CountAsync(row => row.NormalizedEmail == null && row.EmailHash != null)),
            await own.QueryAsync(db => db.Suppressions.CountAsync(row => row.Reason == SuppressionReason.Complained)),
            await own.QueryAsync(db => db.AuditEntries.CountAsync(row => row.Act == AuditedActs.ErasePerson))));
        Assert.Equal(1, await own.QueryAsync(db => db.DomainNotices.CountAsync()));
        Assert.Equal(["here.eml"], System.IO.Directory.GetFiles(own.Outbox).Select(file => Path.GetFileName(file)));
    }

    [Fact]
    public async Task Those_who_never_confirmed_and_whose_number_is_needed_are_erased_and_the_rest_removed()
    {
        await using var own = await CleanedAsync();
        var old = DateTime.UtcNow.AddDays(-200);
        await own.QueryAsync(db =>
        {
            db.Add(Waiting("removed@old.example", old));
            var kept = db.Add(Waiting("kept@old.example", old)).Entity;
            db.Add(new Subscriber { Status = SubscriberStatus.Suppressed, UnsubscribeToken = SecretToken.Create(), CreatedUtc = old, MergedInto = kept });
            var back = db.Add(Waiting("taken-back@old.example", old)).Entity;
            back.ConfirmedUtc = old;
            var lately = db.Add(Waiting("lately@old.example", old)).Entity;
            lately.ConfirmedUtc = old;
            lately.Consent.Add(new ConsentRecord { Event = ConsentEvent.ImportUndone, AtUtc = DateTime.UtcNow, Note = "Taken back.", Way = Ways.Desk });
            return db.SaveChangesAsync();
        });

        var report = await own.InScopeAsync(services => services.GetRequiredService<Retention>().CleanAsync());

        Assert.Equal(3, report!.Unconfirmed);
        Assert.Equal(["lately@old.example"], await own.QueryAsync(db => db.Subscribers.Where(row => row.Email != null).Select(row => row.Email).ToListAsync()));
        Assert.Equal(4, await own.QueryAsync(db => db.Subscribers.CountAsync()));
    }

    [Fact]
    public async Task Every_network_that_was_kept_for_long_enough_is_shortened_and_no_younger_one()
    {
        const int Old = 1_203;
        const int Requests = 507;
        await using var own = await CleanedAsync();
        await own.QueryAsync(db =>
        {
            var person = db.Add(Waiting("many@old.example", DateTime.UtcNow)).Entity;
            for (var i = 0; i < Old + 3; i++)
                person.Consent.Add(new ConsentRecord
                {
                    Event = ConsentEvent.Requested,
                    AtUtc = DateTime.UtcNow.AddDays(i < Old ? -200 : 0),
                    Note = "Asked",
                    Way = Ways.Page,
                    Network = i % 2 == 0 ? $"192.0.2.{i % 250}" : $"2001:db8:{i % 7}::{i:x}",
                });
            for (var i = 0; i < Requests; i++)
                db.Add(new AddressRequest { Kind = AddressRequestKind.Join, Email = "asks@old.example", NormalizedEmail = "asks@old.example", Network = "198.51.100.7", AskedUtc = DateTime.UtcNow.AddDays(-200), SettledUtc = DateTime.UtcNow });
            return db.SaveChangesAsync();
        });

        var report = await own.InScopeAsync(services => services.GetRequiredService<Retention>().CleanAsync());

        var networks = await own.QueryAsync(db => db.ConsentRecords.OrderBy(row => row.Id).Select(row => row.Network!).ToListAsync());
        Assert.Equal(Old + Requests, report!.Networks);
        Assert.Equal(["198.51.100.0/24"], await own.QueryAsync(db => db.AddressRequests.Select(row => row.Network).Distinct().ToListAsync()));
        Assert.Equal(8, networks.Take(Old).Distinct().Count());
        Assert.All(networks.Take(Old), network => Assert.True(NetworkAddress.IsShortened(network)));
        Assert.All(networks.Skip(Old), network => Assert.False(NetworkAddress.IsShortened(network)));
    }

    [SqliteFact]
    public async Task A_kind_of_cleaning_that_fails_stops_no_other_and_is_done_in_a_later_run_of_the_day()
    {
        await using var own = await CleanedAsync();
        var old = DateTime.UtcNow.AddDays(-200);
        await own.QueryAsync(db =>
        {
            db.Add(Waiting("asked@old.example", old));
            db.Add(new AuditEntry { AtUtc = old.AddYears(-3), Act = AuditedActs.ReadPerson });
            return db.SaveChangesAsync();
        });
        await own.OnSqliteAsync("CREATE TRIGGER Refuses BEFORE DELETE ON Subscribers BEGIN SELECT RAISE(ABORT, 'The database keeps it'); END");
        Task<RetentionReport?> CleanAsync() => own.InScopeAsync(services => services.GetRequiredService<Retention>().CleanAsync());

        var first = await CleanAsync();
        var second = await CleanAsync();
        await own.OnSqliteAsync("DROP TRIGGER Refuses");
        await CleanAsync();

        Assert.Equal((0, 1), (first!.Unconfirmed, first.Reads));
        Assert.Null(second);
        var report = await own.QueryAsync(db => db.RetentionReports.AsNoTracking().SingleAsync());
        Assert.Equal((1, 1), (report.Unconfirmed, report.Reads));
        Assert.Equal(0, await own.QueryAsync(db => db.Subscribers.CountAsync()));
        Assert.Null(await CleanAsync());
        Assert.Contains("the cleaning of unconfirmed addresses failed", own.Log, StringComparison.Ordinal);
    }

    /// <summary>A program that has cleaned by itself, as it does once it has started, and has forgotten it.</summary>
    private static async Task<PulseApp> CleanedAsync()
    {
        var own = new PulseApp().With("Retention:LeftDays", "100");
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!await own.QueryAsync(db => db.RetentionReports.AnyAsync()))
            await Task.Delay(50, limit.Token);
        await own.QueryAsync(db => db.RetentionReports.ExecuteDeleteAsync());
        return own;
    }

    private static Subscriber Waiting(string email, DateTime since)
        => new() { Email = email, NormalizedEmail = email, Status = SubscriberStatus.Pending, UnsubscribeToken = SecretToken.Create(), CreatedUtc = since };

    private static EmailAddress Parsed(string email) => EmailAddress.TryParse(email, out var address, out var problem) ? address : throw new InvalidOperationException(problem);

    private static async Task MergeAsync(Visitor publisher, int kept, int gone)
        => await publisher.SubmitAsync(await publisher.GetAsync($"{Root}/{kept}/merge/{gone}"), new() { ["Form.Kept"] = $"{kept}" }, "#merge");

    private Task<SubscriberStatus> StatusAsync(int id) => app.QueryAsync(db => db.Subscribers.Where(row => row.Id == id).Select(row => row.Status).SingleAsync());

    private Task<string> TokenAsync(int id) => app.QueryAsync(db => db.Subscribers.Where(row => row.Id == id).Select(row => row.UnsubscribeToken).SingleAsync());

    private async Task<int> AddAsync(Visitor publisher, string email)
    {
        var added = await publisher.SubmitAsync(await publisher.GetAsync($"{Root}/add"), new() { ["Email"] = email, ["Ground"] = nameof(ConsentGround.Consent), ["ObtainedFrom"] = "Asked at the spring conference" }, "#add");
        Assert.Equal(HttpStatusCode.Redirect, added.Status);
        return await app.QueryAsync(db => db.Subscribers.Where(row => row.Email == email).Select(row => row.Id).SingleAsync());
    }
}
