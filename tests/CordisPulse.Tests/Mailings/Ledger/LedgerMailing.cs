using CordisPulse.Core.Data;
using CordisPulse.Core.Editions;
using CordisPulse.Core.Mailings;
using CordisPulse.Core.Subscriptions;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Tests.Mailings.Ledger;

/// <summary>Mailings that a test moves by hand. The app's own node leaves them alone: they go by another server.</summary>
internal static class LedgerMailing
{
    private const string Server = "Smtp model.example:25";

    /// <returns>Its key and those of its deliveries, one for each of so many readers, in order.</returns>
    public static Task<(int Mailing, long[] Deliveries)> AddAsync(PulseApp app, int readers) => app.QueryAsync(async db =>
    {
        var published = await db.PublishedEditions.SingleOrDefaultAsync() ?? await AddEditionAsync(db);
        var mailing = new Mailing
        {
            EditionId = published.EditionId,
            PublishedEditionId = published.Id,
            Number = await db.Mailings.CountAsync() + 1,
            State = MailingState.Sending,
            PublicUrl = "https://pulse.example.org/",
            Transport = Server,
            CreatedUtc = DateTime.UtcNow,
            StartedUtc = DateTime.UtcNow,
        };
        var variant = new MailingVariant { Mailing = mailing, Subject = "March", Html = "<p>March</p>", Text = "March", Sha256 = new string('0', 64) };
        var deliveries = Enumerable.Range(0, readers).Select(_ => Guid.NewGuid().ToString("N")).Select(name => new Delivery
        {
            Mailing = mailing,
            Variant = variant,
            Address = $"{name}@reader.example",
            Subscriber = new Subscriber
            {
                Email = $"{name}@reader.example",
                NormalizedEmail = $"{name}@reader.example",
                Status = SubscriberStatus.Active,
                UnsubscribeToken = name[..26],
                CreatedUtc = DateTime.UtcNow,
            },
        }).ToList();
        db.AddRange(deliveries);
        await db.SaveChangesAsync();
        return (mailing.Id, deliveries.Select(delivery => delivery.Id).Order().ToArray());
    });

    private static async Task<PublishedEdition> AddEditionAsync(PulseDbContext db)
    {
        await PublishedMonth.AddAsync(db, PublishedMonth.Document(MailingLab.Month));
        return await db.PublishedEditions.SingleAsync();
    }
}
