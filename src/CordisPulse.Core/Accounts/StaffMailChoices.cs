using CordisPulse.Core.Data;
using CordisPulse.Core.Mail;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Core.Accounts;

/// <summary>Which kinds of mail a member of staff wants.</summary>
public sealed class StaffMailChoices(PulseDbContext db)
{
    /// <summary>Null when there is no such account.</summary>
    public async Task<IReadOnlyList<StaffMailChoice>?> ReadAsync(int accountId, CancellationToken cancellationToken = default)
        => (await ActiveStaff.OfAsync(db, cancellationToken)).FirstOrDefault(member => member.Id == accountId) is { } staff
            ? [.. KindsFor(staff).Select(kind => new StaffMailChoice(kind, staff.Wants(kind)))]
            : null;

    /// <summary>A kind that is not offered to the account's role stays as it was.</summary>
    /// <returns>False when there is no such account.</returns>
    public async Task<bool> SaveAsync(int accountId, IReadOnlyCollection<QueuedMailKind> wanted, CancellationToken cancellationToken = default)
    {
        if ((await ActiveStaff.OfAsync(db, cancellationToken)).FirstOrDefault(member => member.Id == accountId) is not { } staff)
            return false;
        var offered = KindsFor(staff).ToList();
        var chosen = StaffMailKinds.Choice(StaffMailKinds.All.Where(kind => offered.Contains(kind) ? wanted.Contains(kind) : staff.Wants(kind)));
        return await db.Users.Where(account => account.Id == accountId).ExecuteUpdateAsync(row => row.SetProperty(account => account.ChosenMail, chosen), cancellationToken) == 1;
    }

    private static IEnumerable<QueuedMailKind> KindsFor(StaffMember staff)
        => StaffMailKinds.All.Where(kind => staff.Publishes || kind is QueuedMailKind.Assigned or QueuedMailKind.Commented);
}

public sealed record StaffMailChoice(QueuedMailKind Kind, bool IsWanted);
