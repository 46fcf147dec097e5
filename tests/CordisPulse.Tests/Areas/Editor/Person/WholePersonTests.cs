using System.Text.Json;
using CordisPulse.Core.Accounts;
using CordisPulse.Core.Mail;
using CordisPulse.Core.Mail.Returns;
using CordisPulse.Core.Mailings;
using CordisPulse.Core.Subscriptions;
using CordisPulse.Tests.Mailings.Ledger;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CordisPulse.Tests.Areas.Editor.Person;

/// <summary>Somebody who was on the list twice is one person: what happened under either number is theirs, and what is held in other tables too.</summary>
public sealed class WholePersonTests
{
    private static readonly DateTime Known = new(2020, 3, 2, 9, 0, 0, DateTimeKind.Utc);

    [Fact]
    public async Task Page_and_exports_hold_what_happened_under_both_numbers_and_what_the_person_wrote_and_asked()
    {
        await using var app = new PulseApp();
        using var publisher = await app.SignInAsync(Roles.Publisher);
        var (kept, gone) = await MergedAsync(app);

        var page = await publisher.GetAsync($"/editor/subscribers/{kept}");

        Assert.Contains("Agreed at the fair", page.One("#consent").TextContent, StringComparison.Ordinal);
        Assert.Contains($"as subscriber {gone}", page.One("#consent").TextContent, StringComparison.Ordinal);
        Assert.Equal(2, page.Texts("#deliveries tbody tr").Count());
        Assert.Equal(["Link to leave by"], page.Texts("#mails tbody th"));
        Assert.Contains("5.2.2", page.One("#returns").TextContent, StringComparison.Ordinal);
        Assert.Contains("2 March 2020", page.Text, StringComparison.Ordinal);
        // The edition that the other row got is no news to them.
        Assert.Null(page.Document.QuerySelector("#late"));

        var held = JsonDocument.Parse((await publisher.SubmitAsync(page, form: "#export")).Html).RootElement;
        Assert.Equal([gone], held.GetProperty("takenOver").EnumerateArray().Select(number => number.GetInt32()));
        Assert.Equal(Known, held.GetProperty("knownSince").GetDateTime());
        Assert.Contains(held.GetProperty("consent").EnumerateArray(), record => record.GetProperty("number").GetInt32() == gone && record.GetProperty("words").GetString() == "Agreed at the fair");
        Assert.Equal(2, held.GetProperty("editions").GetArrayLength());
        Assert.Equal(1, held.GetProperty("otherMails").GetArrayLength());
        Assert.Equal("552 5.2.2 The mailbox is full", held.GetProperty("cameBack")[0].GetProperty("text").GetString());
        Assert.Equal("Please send it to my new office", held.GetProperty("replies")[0].GetProperty("subject").GetString());
        var request = held.GetProperty("requests")[0];
        Assert.Equal(("changeAddress", "next@whole.example", "192.0.2.17"), (request.GetProperty("kind").GetString(), request.GetProperty("email").GetString(), request.GetProperty("network").GetString()));
        // Somebody else would be written to at this address: that is held of it, and the network is theirs.
        Assert.Equal(JsonValueKind.Null, held.GetProperty("requests")[1].GetProperty("network").ValueKind);
        // A colleague's answer to a mail that was passed on is not the person's.
        Assert.DoesNotContain("Thanks for passing it on", held.ToString(), StringComparison.Ordinal);

        var own = await app.InScopeAsync(async services => PersonalData.ToJson((await services.GetRequiredService<PersonalData>().ReadAsync(kept))!));
        Assert.Contains("Agreed at the fair", own, StringComparison.Ordinal);
        Assert.Contains("2020-03-02", (await publisher.GetAsync("/editor/subscribers/export")).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Requests_by_address_are_told_of_and_their_networks_shortened_in_time()
    {
        await using var app = new PulseApp();
        using var publisher = await app.SignInAsync(Roles.Publisher);
        var (kept, _) = await MergedAsync(app);
        while (!await app.QueryAsync(db => db.RetentionReports.AnyAsync()))
            await Task.Delay(50);
        await app.QueryAsync(async db =>
        {
            await db.AddressRequests.Where(row => row.SubscriberId == kept).ExecuteUpdateAsync(set => set.SetProperty(row => row.AskedUtc, DateTime.UtcNow.AddDays(-31)));
            return await db.RetentionReports.ExecuteDeleteAsync();
        });

        var held = (await publisher.GetAsync("/editor/data-protection")).One("#held");
        var report = await app.InScopeAsync(services => services.GetRequiredService<Retention>().CleanAsync());

        var line = Assert.Single(held.QuerySelectorAll("tbody tr"), row => row.TextContent.Contains("naming an address", StringComparison.Ordinal));
        Assert.Equal("2", line.QuerySelector(".number")!.TextContent);
        Assert.Equal(1, report!.Networks);
        Assert.Equal(["192.0.2.0/24", "198.51.100.9"], await app.QueryAsync(db => db.AddressRequests.OrderBy(row => row.Id).Select(row => row.Network).ToListAsync()));
    }

    /// <summary>Two readers whom staff have found to be one, with something of every kind that is held.</summary>
    private static async Task<(int Kept, int Gone)> MergedAsync(PulseApp app)
    {
        var (_, deliveries) = await LedgerMailing.AddAsync(app, 2);
        var ids = await app.QueryAsync(db => db.Deliveries.OrderBy(row => row.Id).Select(row => row.SubscriberId).ToListAsync());
        var (kept, gone) = (ids[0], ids[1]);
        await app.QueryAsync(async db =>
        {
            var now = DateTime.UtcNow;
            await db.Mailings.ExecuteUpdateAsync(set => set.SetProperty(row => row.State, MailingState.Completed).SetProperty(row => row.EndedUtc, now));
            // The row that goes on was left out.
            await db.Deliveries.Where(row => row.SubscriberId == kept).ExecuteUpdateAsync(set => set.SetProperty(row => row.State, DeliveryState.Failed).SetProperty(row => row.SettledUtc, now));
            await db.Deliveries.Where(row => row.SubscriberId == gone).ExecuteUpdateAsync(set => set.SetProperty(row => row.State, DeliveryState.Sent).SetProperty(row => row.SettledUtc, now));
            await db.Subscribers.Where(row => row.Id == gone).ExecuteUpdateAsync(set => set.SetProperty(row => row.CreatedUtc, Known));
            var stranger = db.Add(new Subscriber { Email = "stranger@whole.example", NormalizedEmail = "stranger@whole.example", Status = SubscriberStatus.Active, UnsubscribeToken = SecretToken.Create(), CreatedUtc = now }).Entity;
            var address = await db.Subscribers.Where(row => row.Id == kept).Select(row => row.NormalizedEmail!).SingleAsync();
            db.Add(new ConsentRecord { SubscriberId = gone, Event = ConsentEvent.Imported, AtUtc = Known, Note = "Agreed at the fair", Way = Ways.Csv });
            db.Add(new QueuedMail { SubscriberId = gone, Kind = QueuedMailKind.UnsubscribeLink, QueuedUtc = Known, SentUtc = Known });
            db.Add(Report(ReturnKind.Bounce, gone, "5.2.2", "552 5.2.2 The mailbox is full"));
            db.Add(new PersonReply { Report = Report(ReturnKind.Reply, kept), From = address, Subject = "Please send it to my new office", ReceivedUtc = now });
            db.Add(new PersonReply { Report = Report(ReturnKind.Reply, gone), From = "colleague@whole.example", Subject = "Thanks for passing it on", ReceivedUtc = now });
            db.Add(Asked("next@whole.example", now, "192.0.2.17", request => request.SubscriberId = kept));
            db.Add(Asked(address, now, "198.51.100.9", request => request.Subscriber = stranger));
            return await db.SaveChangesAsync();
        });
        Assert.Equal(2, deliveries.Length);
        await app.InScopeAsync(async services =>
        {
            await services.GetRequiredService<SubscriberMerger>().MergeAsync(new MergeSubscribers { KeptId = kept, GoneId = gone, AccountId = 1 });
            return true;
        });
        return (kept, gone);
    }

    private static ReturnReport Report(ReturnKind kind, int about, string? status = null, string? text = null)
        => new() { Kind = kind, SubscriberId = about, Status = status, Text = text, ReceivedUtc = DateTime.UtcNow, TakenUtc = DateTime.UtcNow, Source = $"{Guid.NewGuid():N}", Content = $"{Guid.NewGuid():N}" };

    private static AddressRequest Asked(string address, DateTime at, string network, Action<AddressRequest> by)
    {
        var request = new AddressRequest { Kind = AddressRequestKind.ChangeAddress, Email = address, NormalizedEmail = address, AskedUtc = at, SettledUtc = at, Network = network };
        by(request);
        return request;
    }
}
