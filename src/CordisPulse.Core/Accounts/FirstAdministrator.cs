using CordisPulse.Core.Data;
using CordisPulse.Core.Subscriptions;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Core.Accounts;

/// <summary>The way in for the first administrator: a link that works once, in place of a default password.</summary>
public sealed class FirstAdministrator(PulseDbContext db, OneTimeTokens tokens)
{
    // The link is made anew at every start, so it need not outlive a working day.
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(12);

    /// <summary>Ends every earlier link and makes a new one.</summary>
    /// <returns>The token of the link; null when there is an account already.</returns>
    public async Task<string?> RenewAsync(CancellationToken cancellationToken = default)
    {
        if (await db.Users.AnyAsync(cancellationToken))
            return null;
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await tokens.EndForAccountAsync(TokenPurpose.SetUpAccount, null, cancellationToken);
        var token = tokens.ForAccount(TokenPurpose.SetUpAccount, null, Lifetime);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return token;
    }
}
