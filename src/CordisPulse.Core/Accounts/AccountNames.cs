using CordisPulse.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Core.Accounts;

/// <summary>Who did something, for pages that tell.</summary>
public sealed class AccountNames(PulseDbContext db)
{
    /// <summary>Addresses of those accounts that there are, by key.</summary>
    public async Task<IReadOnlyDictionary<int, string>> OfAsync(IReadOnlyCollection<int> ids, CancellationToken cancellationToken = default)
        => await db.Users.Where(account => ids.Contains(account.Id)).ToDictionaryAsync(account => account.Id, account => account.Email!, cancellationToken);

    /// <summary>Null for nobody, and for an account that is gone.</summary>
    public async Task<string?> OfAsync(int? id, CancellationToken cancellationToken = default)
        => id is null ? null : await db.Users.Where(account => account.Id == id).Select(account => account.Email).SingleOrDefaultAsync(cancellationToken);
}
