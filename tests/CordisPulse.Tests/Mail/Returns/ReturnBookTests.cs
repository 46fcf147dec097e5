using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using CordisPulse.Core.Data;
using CordisPulse.Core.Mail;
using CordisPulse.Core.Mail.Returns;
using CordisPulse.Core.Mailings;
using CordisPulse.Core.Subscriptions;
using CordisPulse.Tests.Mailings;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CordisPulse.Tests.Mail.Returns;

/// <summary>What is written down of what came back, and whom it takes off the list.</summary>
public sealed class ReturnBookTests(PulseApp app) : IClassFixture<PulseApp>
{
    private static int _lastMonth;

    [Fact]
    public async Task Three_mailings_in_a_row_that_came_back_softly_take_somebody_off_and_one_that_arrived_begins_anew()
    {
        var person = await PersonAsync();
        var first = await SentAsync(person);
        await TakeAsync(Soft(first));
        await TakeAsync(Soft(first));
        await TakeAsync(Soft(first));
        Assert.Equal(SubscriberStatus.Active, await StatusAsync(person));
        await TakeAsync(Soft(await SentAsync(person)));
        await SentAsync(person);
        await TakeAsync(Soft(await SentAsync(person)));
        Assert.Equal(SubscriberStatus.Active, await StatusAsync(person));
        await TakeAsync(Soft(await SentAsync(person)));
        await TakeAsync(Bounce(await SentAsync(person), BounceVerdict.Unknown));
        Assert.Equal(SubscriberStatus.Active, await StatusAsync(person));

        await TakeAsync(Soft(await SentAsync(person)));

        Assert.Equal(SubscriberStatus.Suppressed, await StatusAsync(person));
        var record = await app.QueryAsync(db => db.ConsentRecords.SingleAsync(row => row.SubscriberId == person));
        Assert.Equal((ConsentEvent.Suppressed, "The mails of 3 mailings in a row came back, the last (5.2.2).", Ways.Returned), (record.Event, record.Note, record.Way));
        Assert.Equal(SuppressionReason.Bounced, await app.QueryAsync(db => db.Suppressions.Where(row => row.NormalizedEmail == Email(person)).Select(row => row.Reason).SingleAsync()));
    }

    [Fact]
    public async Task The_same_message_found_twice_counts_once_and_goes_to_the_same_place()
    {
        var person = await PersonAsync();
        var take = Take(Bounce(await SentAsync(person), BounceVerdict.Hard));

        Assert.Equal(ReturnPlace.Done, await TakeAsync(take));
        Assert.Equal(ReturnPlace.Done, await TakeAsync(take));
        Assert.Equal(ReturnPlace.Done, await TakeAsync(take with { Source = Random() }));
        var together = Take(Bounce(await SentAsync(person), BounceVerdict.Hard));
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => TakeAsync(together)));

        Assert.Equal(2, await app.QueryAsync(db => db.ReturnReports.CountAsync(row => row.SubscriberId == person)));
        Assert.Equal(1, await app.QueryAsync(db => db.ConsentRecords.CountAsync(row => row.SubscriberId == person)));
    }

    [Fact]
    public async Task A_bounce_of_an_address_that_the_person_no_longer_has_takes_nobody_off()
    {
        var person = await PersonAsync();
        var delivery = await SentAsync(person);
        await app.QueryAsync(db => db.Deliveries.Where(row => row.Id == delivery).ExecuteUpdateAsync(set => set.SetProperty(row => row.Address, "before@reader.example")));

        Assert.Equal(ReturnPlace.Done, await TakeAsync(Bounce(delivery, BounceVerdict.Hard)));

        Assert.Equal(SubscriberStatus.Active, await StatusAsync(person));
    }

    [Fact]
    public async Task A_complaint_about_a_mail_to_a_row_that_was_merged_is_the_persons_and_a_bounce_of_it_is_not()
    {
        var (gone, kept) = (await PersonAsync(), await PersonAsync());
        var delivery = await SentAsync(gone);
        await app.InScopeAsync(async services =>
        {
            await services.GetRequiredService<SubscriberMerger>().MergeAsync(new MergeSubscribers { KeptId = kept, GoneId = gone, AccountId = 1 });
            return true;
        });

        await TakeAsync(Bounce(delivery, BounceVerdict.Hard));
        Assert.Equal(SubscriberStatus.Active, await StatusAsync(kept));
        await TakeAsync(new ReturnedMail(ReturnKind.Complaint, new ReturnedOrigin(new BouncedMail(BouncedKind.Delivery, delivery), null, null)));
        Assert.Equal(SubscriberStatus.Suppressed, await StatusAsync(kept));
    }

    [Fact]
    public async Task Somebody_behind_the_address_who_is_gone_takes_it_off_only_when_it_lasts()
    {
        var person = await PersonAsync();
        for (var mailing = 1; mailing <= 3; mailing++)
        {
            Assert.Equal(SubscriberStatus.Active, await StatusAsync(person));
            await TakeAsync(Bounce(await SentAsync(person), BounceVerdict.Hard) with { Recipients = ["member@reader.example"] });
        }

        Assert.Equal(SubscriberStatus.Suppressed, await StatusAsync(person));
        var other = await PersonAsync();
        await TakeAsync(Bounce(await SentAsync(other), BounceVerdict.Hard) with { Recipients = ["elsewhere@reader.example", Email(other).ToUpperInvariant()] });
        Assert.Equal(SubscriberStatus.Suppressed, await StatusAsync(other));
    }

    [Fact]
    public async Task A_Message_ID_leads_to_a_delivery_only_with_the_token_of_the_same_person_which_counts_as_what_may_pass()
    {
        var person = await PersonAsync();
        var other = await PersonAsync();
        var delivery = await SentAsync(person);
        var (id, token, foreign) = (await MessageIdAsync(delivery), await TokenAsync(person), await TokenAsync(other));

        Assert.Equal(ReturnPlace.NotUnderstood, await TakeAsync(Hard(new ReturnedOrigin(null, null, id))));
        Assert.Equal(ReturnPlace.NotUnderstood, await TakeAsync(Hard(new ReturnedOrigin(null, SecretToken.Create(), id))));
        await TakeAsync(Hard(new ReturnedOrigin(null, foreign, id)));
        Assert.Equal(ReturnPlace.Done, await TakeAsync(Hard(new ReturnedOrigin(null, token, id))));

        // Whoever was forwarded a digest has its token: it takes nobody off for good.
        Assert.Equal((SubscriberStatus.Active, SubscriberStatus.Active), (await StatusAsync(person), await StatusAsync(other)));
        var report = await app.QueryAsync(db => db.ReturnReports.SingleAsync(row => row.SubscriberId == person));
        Assert.Equal((delivery, BounceVerdict.Soft), (report.DeliveryId, report.Verdict));
    }

    [Fact]
    public async Task A_complaint_that_only_the_token_proves_does_what_the_token_can_do()
    {
        var person = await PersonAsync();
        var token = await TokenAsync(person);

        Assert.Equal(ReturnPlace.Done, await TakeAsync(new ReturnedMail(ReturnKind.Complaint, new ReturnedOrigin(null, token, null))));

        Assert.Equal(SubscriberStatus.Unsubscribed, await StatusAsync(person));
        Assert.Equal(1, await app.QueryAsync(db => db.ReturnReports.CountAsync(row => row.SubscriberId == person && row.Kind == ReturnKind.Complaint)));
        using var reader = app.Visit();
        var back = await reader.FollowAsync(await reader.SubmitAsync(await reader.GetAsync($"/unsubscribe/{token}"), form: "form[action$='come-back']"));
        Assert.Equal(HttpStatusCode.OK, back.Status);
        Assert.Equal(SubscriberStatus.Active, await StatusAsync(person));
    }

    [Fact]
    public async Task A_single_mail_that_came_back_is_placed_on_its_person_and_only_for_good_and_on_the_address_it_went_to_takes_them_off()
    {
        var (asked, moved, confirming) = (await PersonAsync(), await PersonAsync(), await PersonAsync());

        await TakeAsync(Bounce(await QueuedAsync(asked, QueuedMailKind.StillWanted), BounceVerdict.Soft));
        await TakeAsync(Hard(await QueuedAsync(confirming, QueuedMailKind.ConfirmAddress)));
        var toFormerAddress = await QueuedAsync(moved, QueuedMailKind.StillWanted);
        await app.QueryAsync(db =>
        {
            db.Add(new ConsentRecord { SubscriberId = moved, Event = ConsentEvent.AddressChanged, AtUtc = DateTime.UtcNow, Note = "Another address.", Way = Ways.OwnData });
            return db.SaveChangesAsync();
        });
        await TakeAsync(Hard(toFormerAddress));
        foreach (var person in (int[])[asked, moved, confirming])
            Assert.Equal((SubscriberStatus.Active, 1), (await StatusAsync(person), await app.QueryAsync(db => db.ReturnReports.CountAsync(row => row.SubscriberId == person))));

        Assert.Equal(ReturnPlace.Done, await TakeAsync(Hard(await QueuedAsync(asked, QueuedMailKind.StillWanted))));
        Assert.Equal(SubscriberStatus.Suppressed, await StatusAsync(asked));
        Assert.Equal(ReturnPlace.NotUnderstood, await TakeAsync(Hard(new ReturnedOrigin(new BouncedMail(BouncedKind.SingleMail, long.MaxValue), null, null))));

        async Task<ReturnedOrigin> QueuedAsync(int person, QueuedMailKind kind)
        {
            var mail = new QueuedMail { Kind = kind, SubscriberId = person, QueuedUtc = DateTime.UtcNow, SentUtc = DateTime.UtcNow };
            await app.QueryAsync(db => { db.Add(mail); return db.SaveChangesAsync(); });
            return new ReturnedOrigin(new BouncedMail(BouncedKind.SingleMail, mail.Id), null, null);
        }
    }

    [Fact]
    public async Task Whoever_left_stays_as_they_are_and_a_wish_with_a_token_of_nobody_waits_for_a_person()
    {
        var person = await PersonAsync();
        var token = await TokenAsync(person);
        var words = new PersonWords(Email(person), "unsubscribe");
        await TakeAsync(new ReturnedMail(ReturnKind.Leave, ReturnedOrigin.Nowhere) { Token = token, Words = words });
        await TakeAsync(new ReturnedMail(ReturnKind.Complaint, new ReturnedOrigin(null, token, null)));
        Assert.Equal(SubscriberStatus.Unsubscribed, await StatusAsync(person));
        Assert.Equal(1, await app.QueryAsync(db => db.ConsentRecords.CountAsync(row => row.SubscriberId == person)));

        Assert.Equal(ReturnPlace.Replies, await TakeAsync(new ReturnedMail(ReturnKind.Leave, ReturnedOrigin.Nowhere) { Token = SecretToken.Create(), Words = words }));
        Assert.Equal(ReturnPlace.NotUnderstood, await TakeAsync(new ReturnedMail(ReturnKind.Leave, ReturnedOrigin.Nowhere) { Token = SecretToken.Create() }));

        var reply = await app.QueryAsync(db => db.PersonReplies.SingleAsync(row => row.From == words.From));
        Assert.True(reply.AsksToLeave);
        Assert.True(await app.InScopeAsync(services => services.GetRequiredService<PersonErasure>().EraseAsync(new ErasePerson { SubscriberId = person, Way = Ways.Desk })));
        reply = await app.QueryAsync(db => db.PersonReplies.AsNoTracking().SingleAsync(row => row.Id == reply.Id));
        Assert.Equal((null, null), (reply.From, reply.Subject));
        Assert.NotNull(reply.HandledUtc);
    }

    private static ReturnedMail Soft(long delivery) => Bounce(delivery, BounceVerdict.Soft);

    private static ReturnedMail Bounce(long delivery, BounceVerdict verdict) => Bounce(new ReturnedOrigin(new BouncedMail(BouncedKind.Delivery, delivery), null, null), verdict);

    private static ReturnedMail Bounce(ReturnedOrigin origin, BounceVerdict verdict) => new(ReturnKind.Bounce, origin) { Reason = new BounceReason(verdict, "5.2.2", 552, "full") };

    private static ReturnedMail Hard(ReturnedOrigin origin) => new(ReturnKind.Bounce, origin) { Reason = new BounceReason(BounceVerdict.Hard, "5.1.1", 550, "no") };

    private static TakeIn Take(ReturnedMail mail) => new() { Mail = mail, ReceivedUtc = DateTime.UtcNow, Source = Random(), Content = Random() };

    private static string Random() => RandomNumberGenerator.GetHexString(64, lowercase: true);

    private Task<ReturnPlace> TakeAsync(ReturnedMail mail) => TakeAsync(Take(mail));

    private Task<ReturnPlace> TakeAsync(TakeIn take)
    {
        _ = app.Address;
        return app.Services.GetRequiredService<ReturnBook>().TakeInAsync(take, CancellationToken.None);
    }

    private Task<SubscriberStatus> StatusAsync(int person) => app.QueryAsync(db => db.Subscribers.Where(row => row.Id == person).Select(row => row.Status).SingleAsync());

    private Task<string> TokenAsync(int person) => app.QueryAsync(db => db.Subscribers.Where(row => row.Id == person).Select(row => row.UnsubscribeToken).SingleAsync());

    private Task<string> MessageIdAsync(long delivery) => app.InScopeAsync(async services =>
    {
        var db = services.GetRequiredService<PulseDbContext>();
        var row = await db.Deliveries.Where(d => d.Id == delivery).Select(d => new { d.MailingId, d.Address }).SingleAsync();
        return (await services.GetRequiredService<MailingReports>().FindAsync(row.MailingId, row.Address))!.MessageId;
    });

    private static string Email(int person) => string.Create(CultureInfo.InvariantCulture, $"person.{person}@reader.example");

    private Task<int> PersonAsync() => app.QueryAsync(async db =>
    {
        var row = new Subscriber { Email = "x", NormalizedEmail = Guid.NewGuid().ToString(), Status = SubscriberStatus.Active, UnsubscribeToken = SecretToken.Create(), CreatedUtc = DateTime.UtcNow };
        db.Add(row);
        await db.SaveChangesAsync();
        row.Email = row.NormalizedEmail = Email(row.Id);
        await db.SaveChangesAsync();
        return row.Id;
    });

    /// <summary>One more mailing, whose mail to this person the server has taken.</summary>
    private Task<long> SentAsync(int person) => app.QueryAsync(async db =>
    {
        var number = Interlocked.Increment(ref _lastMonth);
        var edition = await PublishedMonth.AddAsync(db, PublishedMonth.Document(new CordisPulse.Core.Editions.EditionMonth(2040 + (number / 12), 1 + (number % 12))));
        var published = await db.PublishedEditions.SingleAsync(row => row.EditionId == edition);
        var mailing = new Mailing
        {
            EditionId = edition,
            PublishedEditionId = published.Id,
            Kind = MailingKind.Edition,
            Number = 1,
            State = MailingState.Completed,
            PublicUrl = "https://pulse.example.org/",
            Transport = "Smtp nowhere",
            StartedUtc = DateTime.UtcNow,
            EndedUtc = DateTime.UtcNow,
        };
        var delivery = new Delivery
        {
            Mailing = mailing,
            SubscriberId = person,
            Address = Email(person),
            State = DeliveryState.Sent,
            SettledUtc = DateTime.UtcNow,
            Variant = new MailingVariant { Mailing = mailing, Subject = "s", Html = "h", Text = "t", Sha256 = new string('0', 64) },
        };
        db.Add(delivery);
        await db.SaveChangesAsync();
        return delivery.Id;
    });
}
