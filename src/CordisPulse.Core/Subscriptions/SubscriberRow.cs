using CordisPulse.Core.Data;
using CordisPulse.Core.Mail;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Core.Subscriptions;

/// <summary>How a subscriber's row begins, and how a write finds that another came first.</summary>
internal static class SubscriberRow
{
    public static Subscriber New(EmailAddress address, SubscriberStatus status, DateTime now)
    {
        var row = new Subscriber { Status = status, UnsubscribeToken = SecretToken.Create(), CreatedUtc = now };
        Address(row, address);
        return row;
    }

    public static void Address(Subscriber row, EmailAddress address)
    {
        row.Email = address.Address;
        row.NormalizedEmail = address.Normalized;
        Describe(row);
    }

    /// <summary>Off the list: whoever left may come back by their own link, nobody else. What keeps the address off it is the caller's.</summary>
    public static void TakeOff(Subscriber row, SuppressionReason reason, DateTime now)
    {
        if (row.Status is SubscriberStatus.Active or SubscriberStatus.Pending || row.LeftUtc is null)
            row.LeftUtc = now;
        row.Status = reason == SuppressionReason.Unsubscribed ? SubscriberStatus.Unsubscribed : SubscriberStatus.Suppressed;
        row.PausedUntilUtc = null;
    }

    /// <summary>To be called whenever address, name or organisation was set.</summary>
    public static void Describe(Subscriber row)
    {
        row.Domain = row.NormalizedEmail?[(row.NormalizedEmail.LastIndexOf('@') + 1)..];
        row.OrganisationKey = SubscriberSearch.OrganisationKey(row.Organisation);
        row.SearchText = row is { Email: { } email, NormalizedEmail: { } normalized }
            ? SubscriberSearch.TextOf(email, normalized, row.Name, row.Organisation)
            : null;
    }

    public static bool WasOvertaken(DbUpdateException e)
        => e is DbUpdateConcurrencyException
            || e.IsUniqueViolation("Subscribers", nameof(Subscriber.NormalizedEmail))
            || e.IsUniqueViolation("Suppressions", nameof(Suppression.NormalizedEmail))
            || e.IsUniqueViolation("Suppressions", nameof(Suppression.EmailHash))
            || e.IsUniqueViolation("PrivacyTexts", nameof(PrivacyText.Sha256));

    private const int MostTries = 10;

    /// <summary>Whose links hold this token; the row that goes on where two were merged.</summary>
    public static IQueryable<Subscriber> OwnerOf(PulseDbContext db, string token)
    {
        var owned = SecretToken.Normalize(token) ?? "";
        var erased = SecretToken.Erased(owned);
        return db.Subscribers
            .Where(holder => holder.UnsubscribeToken == owned || holder.UnsubscribeToken == erased)
            .Join(db.Subscribers, holder => holder.MergedIntoId ?? holder.Id, row => row.Id, (holder, row) => row);
    }

    /// <summary>The person's own number, and those of rows that they took over.</summary>
    public static Task<List<int>> NumbersAsync(PulseDbContext db, int id, CancellationToken cancellationToken = default)
        => db.Subscribers.Where(row => row.Id == id || row.MergedIntoId == id).Select(row => row.Id).ToListAsync(cancellationToken);

    /// <summary>Runs an act again, on what another has left, when that came first.</summary>
    public static async Task<T> FollowingOthersAsync<T>(PulseDbContext db, Func<Task<T>> act)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await act();
            }
            catch (DbUpdateException e) when (attempt < MostTries && WasOvertaken(e))
            {
                db.ChangeTracker.Clear();
            }
        }
    }

    public static ConsentRecord Record(PulseDbContext db, Subscriber subscriber, ConsentEvent what, string note, string way, DateTime now, int? accountId = null)
    {
        var record = db.Add(new ConsentRecord { Subscriber = subscriber, Event = what, AtUtc = now, Note = note, Way = way, AccountId = accountId }).Entity;
        // The person's version goes up with every record, so that two acts at once meet even where the row itself stays as it is.
        if (db.Entry(subscriber).State == EntityState.Unchanged)
            db.Entry(subscriber).Property(row => row.Status).IsModified = true;
        return record;
    }

    /// <summary>Links that were mailed to an address end with it: whoever reads it there is not the person any more.</summary>
    /// <param name="keepsOpenPage">The page on one's own data, where the person may be at this moment.</param>
    public static Task EndLinksAsync(PulseDbContext db, int id, bool keepsOpenPage, DateTime now)
        => db.OneTimeTokens
            .Where(row => row.SubscriberId == id && row.UsedUtc == null && row.EndsUtc > now && !(keepsOpenPage && row.Purpose == TokenPurpose.OwnDataPage))
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.EndsUtc, now));

    public static void Owe(PulseDbContext db, Subscriber subscriber, QueuedMailKind kind, DateTime now, int? aboutId = null)
        => db.Add(new QueuedMail { Kind = kind, Subscriber = subscriber, QueuedUtc = now, NextAttemptUtc = now, AboutId = aboutId });
}
