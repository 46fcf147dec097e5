using CordisPulse.Core.Data;
using CordisPulse.Core.Mail;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Core.Accounts;

/// <summary>Those who may work at the desk now: with a role, and not disabled.</summary>
public static class ActiveStaff
{
    public static async Task<IReadOnlyList<StaffMember>> OfAsync(PulseDbContext db, CancellationToken cancellationToken = default)
    {
        var rows = await db.Users
            .OrderBy(account => account.Email)
            .Select(account => new
            {
                account.Id,
                account.Email,
                account.ChosenMail,
                account.LockoutEnd,
                Role = db.UserRoles.Where(held => held.UserId == account.Id).Join(db.Roles, held => held.RoleId, role => role.Id, (_, role) => role.Name).FirstOrDefault(),
            })
            .ToListAsync(cancellationToken);
        // Few rows, and the comparison of the lock-out's end is left to .NET: SQLite cannot order such times.
        return [.. rows.Where(row => row.Role is not null && row.LockoutEnd != Account.Never).Select(row => new StaffMember(row.Id, row.Email!, row.Role!, row.ChosenMail))];
    }
}

/// <param name="ChosenMail"><see cref="Account.ChosenMail"/>.</param>
public sealed record StaffMember(int Id, string Email, string Role, int? ChosenMail)
{
    public bool Publishes => Role is Roles.Publisher or Roles.Administrator;

    public bool Wants(QueuedMailKind kind) => StaffMailKinds.Wants(ChosenMail, kind);
}
