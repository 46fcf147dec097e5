using System.Data;
using CordisPulse.Core.Audit;
using CordisPulse.Core.Data;
using CordisPulse.Core.Subscriptions;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Core.Accounts;

/// <summary>What somebody who is signed in proves with their password, and how they change it.</summary>
public sealed class OwnPassword(PulseDbContext db, UserManager<Account> users, OneTimeTokens tokens, AccountRules rules)
{
    /// <summary>Whoever guesses at somebody's open desk is locked out like whoever guesses at the door.</summary>
    /// <exception cref="RefusedException">It is another, or there were too many wrong tries.</exception>
    public async Task CheckAsync(Account account, string? password)
    {
        if (await users.IsLockedOutAsync(account))
            throw new AccountRefusedException("Password", "There were too many wrong tries. Try again in ten minutes.");
        if (await users.CheckPasswordAsync(account, password ?? ""))
        {
            AccountRules.Succeed(await users.ResetAccessFailedCountAsync(account));
            return;
        }

        AccountRules.Succeed(await users.AccessFailedAsync(account));
        throw new AccountRefusedException("Password", "That is not your password.");
    }

    /// <summary>Ends all sign-ins of the account, and links to choose another password by.</summary>
    /// <exception cref="RefusedException">The old one is another, or the new one is weak.</exception>
    public async Task ChangeAsync(int accountId, string? password, string newPassword, CancellationToken cancellationToken = default)
    {
        var account = await users.FindByIdAsync(AccountRules.Key(accountId)) ?? throw new RefusedException("This account is gone.");
        await CheckAsync(account, password);
        await rules.CheckPasswordAsync(account, newPassword, "NewPassword");
        await using var transaction = await db.Database.BeginTransactionAsync(IsolationLevel.Serializable, cancellationToken);
        await tokens.EndForAccountAsync(TokenPurpose.SetUpAccount, accountId, cancellationToken);
        account.PasswordHash = users.PasswordHasher.HashPassword(account, newPassword);
        db.Add(new AuditEntry { Act = AuditedActs.SetPassword, OfAccountId = accountId });
        AccountRules.Succeed(await users.UpdateSecurityStampAsync(account));
        await transaction.CommitAsync(cancellationToken);
    }
}
