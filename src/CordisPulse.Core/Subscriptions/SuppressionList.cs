using CordisPulse.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Core.Subscriptions;

/// <summary>Looks an address up among those that must not be mailed, those of people who were erased among them.</summary>
public sealed class SuppressionList(PulseDbContext db, AddressHash hash)
{
    /// <summary>Where a restored backup brought the address back beside its hash, the hash is what counts.</summary>
    public Task<Suppression?> FindAsync(string normalizedEmail, CancellationToken cancellationToken)
    {
        var (hashed, former) = (hash.Of(normalizedEmail), FormerHashesOf(normalizedEmail).ToList());
        return db.Suppressions
            .Where(row => row.NormalizedEmail == normalizedEmail || row.EmailHash == hashed || (former.Contains(row.EmailHash!) && row.Reason != SuppressionReason.Moved))
            .OrderBy(row => row.EmailHash == null)
            .FirstOrDefaultAsync(cancellationToken);
    }

    /// <summary>Which of some hundred addresses must not be mailed, and why.</summary>
    public async Task<Dictionary<string, SuppressionReason>> AmongAsync(IReadOnlyCollection<string> normalizedEmails, CancellationToken cancellationToken)
    {
        var emails = normalizedEmails.Distinct().ToList();
        var hashes = emails.SelectMany(email => FormerHashesOf(email).Prepend(hash.Of(email)).Select(one => (Hash: one, Email: email))).DistinctBy(pair => pair.Hash).ToDictionary();
        var hashed = hashes.Keys.ToList();
        // One question each: of both at once a database may look through the whole table.
        var found = await db.Suppressions
            .Where(row => emails.Contains(row.NormalizedEmail!))
            .Select(row => new { Email = row.NormalizedEmail!, row.Reason })
            .ToDictionaryAsync(row => row.Email, row => row.Reason, cancellationToken);
        var erased = await db.Suppressions
            .Where(row => EF.Parameter(hashed).Contains(row.EmailHash!))
            .Select(row => new { Hash = row.EmailHash!, row.Reason })
            .ToListAsync(cancellationToken);
        // As in the other question, the hash is what counts.
        foreach (var one in erased.Where(one => one.Reason != SuppressionReason.Moved || one.Hash == hash.Of(hashes[one.Hash])))
            found[hashes[one.Hash]] = one.Reason;
        return found;
    }

    /// <summary>
    /// Of its former spellings: a hash can't be spelled anew. Where the reason is a move it is left alone, since whoever had mended the sign for
    /// the apostrophe themselves has moved to the address as it is spelled now.
    /// </summary>
    private IEnumerable<string> FormerHashesOf(string normalizedEmail) => EmailAddress.FormerSpellings(normalizedEmail).Select(hash.Of);

    /// <summary>Null where it is not known.</summary>
    /// <param name="among">What <see cref="AmongAsync"/> has found.</param>
    /// <param name="status">Of whoever has the address.</param>
    internal static SuppressionReason? ReasonOf(string normalizedEmail, Dictionary<string, SuppressionReason> among, SubscriberStatus? status)
        => among.TryGetValue(normalizedEmail, out var reason) ? reason : status == SubscriberStatus.Unsubscribed ? SuppressionReason.Unsubscribed : null;

    /// <summary>
    /// The entry of an address, which holds nothing but its hash from now on; made when there is none. The caller saves.
    /// </summary>
    internal async Task<Suppression> HashedAsync(string normalizedEmail, SuppressionReason whenNew, DateTime now)
        => (await HashedAsync([normalizedEmail], whenNew, now))[0];

    /// <summary>The same for some hundred addresses, in their order; each stands there once.</summary>
    internal async Task<IReadOnlyList<Suppression>> HashedAsync(IReadOnlyList<string> normalizedEmails, SuppressionReason whenNew, DateTime now)
    {
        var hashes = normalizedEmails.Select(hash.Of).ToList();
        // One question each: of both at once a database may look through the whole table.
        var hashed = await db.Suppressions.Where(row => EF.Parameter(hashes).Contains(row.EmailHash!)).ToDictionaryAsync(row => row.EmailHash!);
        // The address itself, where it stood beside its hash.
        var twice = normalizedEmails.Where((_, i) => hashed.ContainsKey(hashes[i])).ToList();
        if (twice.Count > 0)
            await db.Suppressions.Where(row => twice.Contains(row.NormalizedEmail!)).ExecuteDeleteAsync();
        var plain = await db.Suppressions.Where(row => normalizedEmails.Contains(row.NormalizedEmail!)).ToDictionaryAsync(row => row.NormalizedEmail!);
        return [.. normalizedEmails.Select((email, i) =>
        {
            var entry = hashed.GetValueOrDefault(hashes[i]) ?? plain.GetValueOrDefault(email) ?? db.Add(new Suppression { Reason = whenNew, SinceUtc = now }).Entity;
            (entry.NormalizedEmail, entry.EmailHash) = (null, hashes[i]);
            return entry;
        })];
    }

    /// <summary>The address must not be mailed, for this reason unless there is a graver one. The caller saves.</summary>
    internal async Task KeepAwayAsync(string normalizedEmail, SuppressionReason reason, DateTime now)
    {
        if (await FindAsync(normalizedEmail, CancellationToken.None) is not { } found)
            db.Add(new Suppression { NormalizedEmail = normalizedEmail, Reason = reason, SinceUtc = now });
        else if (found.Reason == SuppressionReason.Unsubscribed)
            found.Reason = reason;
    }

    /// <summary>Somebody has another address from now on. The one that they had stays away from lists, for when they leave. The caller saves.</summary>
    internal async Task KeepFormerAsync(Subscriber subscriber, string normalizedEmail, DateTime now)
        => (await HashedAsync(normalizedEmail, SuppressionReason.Moved, now)).SubscriberId = subscriber.Id;
}
