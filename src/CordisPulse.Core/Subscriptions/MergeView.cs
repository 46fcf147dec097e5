using System.Globalization;
using CordisPulse.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Core.Subscriptions;

/// <summary>One of two rows, as staff compare them.</summary>
/// <param name="Sectors">As <see cref="Subscriber.Sectors"/> has it.</param>
/// <param name="Consent">How many records its story has; editions and mails are counted likewise.</param>
public sealed record MergeSide(
    int Id, string Email, string? Name, string? Organisation, RowStanding Standing, string Sectors, DateTime? PausedUntilUtc, ConsentGround? Ground, string? ObtainedFrom,
    DateTime CreatedUtc, DateTime? ConfirmedUtc, DateTime? LeftUtc, int Consent, int Editions, int Mails);

/// <summary>What becomes of the person if one of the two goes on.</summary>
public sealed record MergeOutcome(MergeSide Kept, MergeSide Gone)
{
    public MergedStanding Standing { get; } = MergedStanding.ByStaff(Kept.Standing, Gone.Standing);

    public string? Name => Kept.Name ?? Gone.Name;

    public string? Organisation => Kept.Organisation ?? Gone.Organisation;

    public string Sectors => Standing.TakesOver ? Gone.Sectors : Kept.Sectors;

    public DateTime? PausedUntilUtc => Standing.TakesOver ? Gone.PausedUntilUtc : Kept.PausedUntilUtc;

    /// <summary>Whether somebody who gets the digest now gets it no more.</summary>
    public bool EndsSubscription => Standing.Status != SubscriberStatus.Active && (Kept.Standing.Status == SubscriberStatus.Active || Gone.Standing.Status == SubscriberStatus.Active);
}

/// <summary>Two rows side by side, for staff who say that they are one person.</summary>
public sealed class MergeView(PulseDbContext db, RowMerger rows)
{
    /// <summary>Whom somebody means by an address or a number.</summary>
    /// <exception cref="RefusedException">There is nobody, or it is the person themselves; the message says which.</exception>
    public async Task<int> FindAsync(int id, string? text, CancellationToken cancellationToken = default)
    {
        var given = text?.Trim() ?? "";
        if (given.Length == 0)
            throw new RefusedException("Enter the address or the number of the other row.");
        var isNumber = int.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out var number);
        if (!isNumber && !EmailAddress.TryParse(given, out _, out _))
            throw new RefusedException("This is neither an e-mail address such as name@example.org nor a number.");
        var email = EmailAddress.TryParse(given, out var address, out _) ? address.Normalized : null;
        var found = await db.Subscribers
            .Where(row => isNumber ? row.Id == number : row.NormalizedEmail == email)
            .Select(row => new { row.Id, row.MergedIntoId, row.ErasedUtc })
            .SingleOrDefaultAsync(cancellationToken);
        return found switch
        {
            null => throw new RefusedException(isNumber ? $"There is no subscriber {number}." : "Nobody has this address. Look for the person in the list."),
            { MergedIntoId: { } goesOn } => throw new RefusedException(goesOn == id ? $"Subscriber {found.Id} is this person already." : $"Subscriber {found.Id} goes on as subscriber {goesOn}. Give that number."),
            { ErasedUtc: not null } => throw new RefusedException($"Subscriber {found.Id} was erased."),
            _ when found.Id == id => throw new RefusedException("That is this row itself."),
            _ => found.Id,
        };
    }

    /// <summary>Null unless both are people of their own.</summary>
    public async Task<(MergeSide One, MergeSide Other)?> ReadAsync(int id, int otherId, CancellationToken cancellationToken = default)
        => id != otherId && await SideAsync(id, cancellationToken) is { } one && await SideAsync(otherId, cancellationToken) is { } other ? (one, other) : null;

    private async Task<MergeSide?> SideAsync(int id, CancellationToken cancellationToken)
    {
        if (await db.Subscribers.AsNoTracking().Include(row => row.Basis).SingleOrDefaultAsync(row => row.Id == id && row.ErasedUtc == null, cancellationToken) is not { Email: { } email } row)
            return null;
        var ids = await SubscriberRow.NumbersAsync(db, id, cancellationToken);
        return new MergeSide(
            id, email, row.Name, row.Organisation, await rows.StandingAsync(row, cancellationToken), row.Sectors, row.PausedUntilUtc, row.Basis?.Ground, row.Basis?.ObtainedFrom,
            row.CreatedUtc, row.ConfirmedUtc, row.LeftUtc,
            await db.ConsentRecords.CountAsync(record => ids.Contains(record.SubscriberId), cancellationToken),
            await db.Deliveries.CountAsync(delivery => ids.Contains(delivery.SubscriberId), cancellationToken),
            await db.QueuedMails.CountAsync(mail => ids.Contains(mail.SubscriberId!.Value), cancellationToken));
    }
}
