using CordisPulse.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Core.Subscriptions;

/// <summary>
/// Puts people on the list who agreed elsewhere. Whoever left, bounced, complained or was erased stays off it, whatever the list
/// says; whoever is on it already is left as they are.
/// </summary>
public sealed class SubscriberAdmission(PulseDbContext db, TimeProvider time)
{
    /// <summary>So many at most in one call: their addresses are parameters of one query, of which SQL Server takes 2,100.</summary>
    public const int LargestBatch = 500;

    /// <summary>One outcome for each of <see cref="AddSubscribers.People"/>, in their order. All are saved, or none.</summary>
    public async Task<IReadOnlyList<AddOutcome>> AddAsync(AddSubscribers add, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(add.People.Count, LargestBatch);
        var note = ConsentNote.Checked(add.Note);
        try
        {
            return await AddOnceAsync(add, note, cancellationToken);
        }
        catch (DbUpdateException e) when (SubscriberRow.WasOvertaken(e))
        {
            // Somebody among them joined or left meanwhile; the second look sees it.
            db.ChangeTracker.Clear();
            return await AddOnceAsync(add, note, cancellationToken);
        }
    }

    private async Task<IReadOnlyList<AddOutcome>> AddOnceAsync(AddSubscribers add, string note, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var emails = add.People.Select(person => person.Address.Normalized).Distinct().ToList();
        var suppressed = (await db.Suppressions
            .Where(row => emails.Contains(row.NormalizedEmail))
            .Select(row => row.NormalizedEmail)
            .ToListAsync(cancellationToken)).ToHashSet();
        var known = await db.Subscribers
            .Where(row => emails.Contains(row.NormalizedEmail))
            .ToDictionaryAsync(row => row.NormalizedEmail, cancellationToken);

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
            subscriber.Consent.Add(new ConsentRecord { Event = ConsentEvent.Imported, AtUtc = now, Note = note, Way = add.Way, AccountId = add.AccountId });
            outcomes.Add(AddOutcome.Added);
        }

        await db.SaveChangesAsync(cancellationToken);
        return outcomes;
    }
}
