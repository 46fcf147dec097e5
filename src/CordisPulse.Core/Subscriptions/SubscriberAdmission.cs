using CordisPulse.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Core.Subscriptions;

/// <summary>
/// Puts people on the list whom there is a ground to mail. Whoever left, bounced, complained or was erased stays off it, whatever the list
/// says; whoever is on it already is left as they are.
/// </summary>
public sealed class SubscriberAdmission(PulseDbContext db, SuppressionList suppressions, PrivacyTexts privacy, TimeProvider time)
{
    /// <summary>So many at most in one call: their addresses are parameters of one query, of which SQL Server takes 2,100.</summary>
    public const int LargestBatch = 500;

    /// <summary>One outcome for each of <see cref="AddSubscribers.People"/>, in their order. All are saved, or none.</summary>
    public async Task<IReadOnlyList<AddOutcome>> AddAsync(AddSubscribers add, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(add.People.Count, LargestBatch);
        try
        {
            return await AddOnceAsync(add, cancellationToken);
        }
        catch (DbUpdateException e) when (SubscriberRow.WasOvertaken(e))
        {
            // Somebody among them joined or left meanwhile; the second look sees it.
            db.ChangeTracker.Clear();
            return await AddOnceAsync(add, cancellationToken);
        }
    }

    private async Task<IReadOnlyList<AddOutcome>> AddOnceAsync(AddSubscribers add, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var emails = add.People.Select(person => person.Address.Normalized).Distinct().ToList();
        var suppressed = await suppressions.AmongAsync(emails, cancellationToken);
        var known = await db.Subscribers
            .Where(row => emails.Contains(row.NormalizedEmail!))
            .ToDictionaryAsync(row => row.NormalizedEmail!, cancellationToken);
        var basis = await BasisAsync(add, now, cancellationToken);
        var text = await privacy.CurrentAsync(cancellationToken);

        var outcomes = new List<AddOutcome>(add.People.Count);
        foreach (var person in add.People)
        {
            var email = person.Address.Normalized;
            var subscriber = known.GetValueOrDefault(email);
            if (suppressed.Contains(email) || subscriber?.Status is SubscriberStatus.Unsubscribed or SubscriberStatus.Suppressed)
            {
                outcomes.Add(AddOutcome.Suppressed);
                continue;
            }

            if (subscriber?.Status == SubscriberStatus.Active)
            {
                outcomes.Add(AddOutcome.AlreadyThere);
                continue;
            }

            if (subscriber is null)
                known[email] = subscriber = db.Add(SubscriberRow.New(person.Address, SubscriberStatus.Active, now)).Entity;
            // Somebody who had asked on the page and not confirmed yet has agreed by another way.
            subscriber.Status = SubscriberStatus.Active;
            subscriber.Name = person.Name ?? subscriber.Name;
            subscriber.Organisation = person.Organisation ?? subscriber.Organisation;
            subscriber.Sectors = person.Sectors ?? subscriber.Sectors;
            SubscriberRow.Describe(subscriber);
            subscriber.Basis = basis;
            subscriber.NoticeBasis = basis;
            subscriber.Consent.Add(new ConsentRecord
            {
                Event = ConsentEvent.Imported,
                AtUtc = now,
                Note = basis.ObtainedFrom,
                Way = add.Way,
                AccountId = add.AccountId,
                Basis = basis,
                PrivacyText = text,
            });
            outcomes.Add(AddOutcome.Added);
        }

        await db.SaveChangesAsync(cancellationToken);
        return outcomes;
    }

    /// <summary>The same words make the same basis, so that people who were added one by one can share a mail.</summary>
    private async Task<ConsentBasis> BasisAsync(AddSubscribers add, DateTime now, CancellationToken cancellationToken)
    {
        var stated = add.Basis.ToRow(now, add.AccountId);
        return await db.ConsentBases.FirstOrDefaultAsync(
            row => row.Ground == stated.Ground && row.ObtainedFrom == stated.ObtainedFrom && row.ObtainedOn == stated.ObtainedOn && row.Told == stated.Told
                && row.Assessment == stated.Assessment,
            cancellationToken) ?? stated;
    }
}
