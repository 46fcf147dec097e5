using CordisPulse.Core.Audit;
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
    /// <exception cref="RefusedException">Something is wrong with the ground, or a sector is no more.</exception>
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
        var staged = await StageAsync(add, cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        db.AddRange(staged.Newcomers);
        // Twice, since the record of who added them has their numbers, which the database gives.
        await db.SaveChangesAsync(cancellationToken);
        db.AddRange(staged.People.Where(one => one.Outcome == AddOutcome.Added)
            .Select(one => new AuditEntry { AccountId = add.AccountId, Act = AuditedActs.AddPerson, SubscriberId = one.Subscriber!.Id }));
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return [.. staged.People.Select(one => one.Outcome)];
    }

    /// <summary>
    /// As <see cref="AddAsync"/>, with what changes of those who are known already in the unit of work; the caller saves it and adds the
    /// newcomers. Overtaken, all has to be done anew.
    /// </summary>
    internal async Task<StagedAdmission> StageAsync(AddSubscribers add, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var emails = add.People.Select(person => person.Address.Normalized).Distinct().ToList();
        var known = await db.Subscribers
            .Where(row => emails.Contains(row.NormalizedEmail!))
            .ToDictionaryAsync(row => row.NormalizedEmail!, cancellationToken);
        // After the rows: whoever is erased, or moves, between the two questions is in the answer to one of them.
        var suppressed = await suppressions.AmongAsync(emails, cancellationToken);
        var wanted = add.SectorIds.Count == 0 ? null : await WantedSectors.ChosenAsync(db, add.SectorIds, cancellationToken);
        var basis = await BasisAsync(add.Basis, add.AccountId, cancellationToken);
        var text = await privacy.CurrentAsync(cancellationToken);

        var outcomes = new List<Admitted>(add.People.Count);
        var newcomers = new List<Subscriber>();
        foreach (var person in add.People)
        {
            var email = person.Address.Normalized;
            var subscriber = known.GetValueOrDefault(email);
            if (suppressed.ContainsKey(email) || subscriber?.Status is SubscriberStatus.Unsubscribed or SubscriberStatus.Suppressed)
            {
                outcomes.Add(new Admitted(AddOutcome.Suppressed, subscriber, SuppressionList.ReasonOf(email, suppressed, subscriber?.Status)));
                continue;
            }

            if (subscriber?.Status == SubscriberStatus.Active)
            {
                outcomes.Add(new Admitted(AddOutcome.AlreadyThere, subscriber));
                continue;
            }

            if (subscriber is null)
                newcomers.Add(known[email] = subscriber = SubscriberRow.New(person.Address, SubscriberStatus.Active, now));
            // Somebody who had asked on the page and not confirmed yet has agreed by another way.
            subscriber.Status = SubscriberStatus.Active;
            subscriber.Name = person.Name ?? subscriber.Name;
            subscriber.Organisation = person.Organisation ?? subscriber.Organisation;
            subscriber.Sectors = person.Sectors ?? wanted ?? subscriber.Sectors;
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
            outcomes.Add(new Admitted(AddOutcome.Added, subscriber));
        }

        return new StagedAdmission(outcomes, newcomers, basis, text);
    }

    /// <summary>The same words make the same basis, so that people who were added one by one can share a mail.</summary>
    /// <exception cref="RefusedException">Something is wrong with it.</exception>
    internal async Task<ConsentBasis> BasisAsync(StatedBasis basis, int? byId, CancellationToken cancellationToken)
    {
        var stated = basis.ToRow(time.GetUtcNow().UtcDateTime, byId);
        return await db.ConsentBases.FirstOrDefaultAsync(
            row => row.Ground == stated.Ground && row.ObtainedFrom == stated.ObtainedFrom && row.ObtainedOn == stated.ObtainedOn && row.Told == stated.Told
                && row.Assessment == stated.Assessment,
            cancellationToken) ?? db.Add(stated).Entity;
    }
}

/// <param name="Subscriber">Null for an address that must not be mailed and is nobody's.</param>
/// <param name="Reason">Why it must not be mailed, where that is known.</param>
internal sealed record Admitted(AddOutcome Outcome, Subscriber? Subscriber, SuppressionReason? Reason = null);

/// <param name="People">One for each who was to be added, in their order.</param>
/// <param name="Newcomers">Not in the unit of work yet.</param>
internal sealed record StagedAdmission(IReadOnlyList<Admitted> People, IReadOnlyList<Subscriber> Newcomers, ConsentBasis Basis, PrivacyText PrivacyText);
