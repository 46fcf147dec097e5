using System.Data;
using CordisPulse.Core.Audit;
using CordisPulse.Core.Data;
using CordisPulse.Core.Subscriptions;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Core.Accounts;

/// <summary>What a set-up link asks for.</summary>
/// <param name="Email">Null for the first administrator, who is asked for it.</param>
public sealed record SetUpLink(TokenState State, string? Email);

public sealed record ChoosePassword
{
    public required string Token { get; init; }

    /// <summary>The first administrator's address; not looked at for an account that exists.</summary>
    public string? Email { get; init; }

    public required string Password { get; init; }
}

/// <summary>Uses a set-up link: makes the first administrator, or gives an account its password.</summary>
public sealed class AccountSetUp(PulseDbContext db, UserManager<Account> users, OneTimeTokens tokens, AccountRules rules, TimeProvider time)
{
    /// <summary>Null for a link that was never made.</summary>
    public async Task<SetUpLink?> FindAsync(string token, CancellationToken cancellationToken = default)
    {
        if (await tokens.FindAsync(TokenPurpose.SetUpAccount, token, cancellationToken) is not { } owner)
            return null;
        var email = owner.AccountId is null
            ? null
            : await db.Users.Where(account => account.Id == owner.AccountId).Select(account => account.Email).SingleOrDefaultAsync(cancellationToken);
        return new SetUpLink(owner.State, email);
    }

    /// <summary>The link is used up only when the password was taken.</summary>
    /// <exception cref="RefusedException">The password is weak, or the link stopped working.</exception>
    public async Task SetAsync(ChoosePassword choice, CancellationToken cancellationToken = default)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(IsolationLevel.Serializable, cancellationToken);
        var owner = await tokens.FindAsync(TokenPurpose.SetUpAccount, choice.Token, cancellationToken);
        if (owner is null || !await tokens.ConsumeAsync(TokenPurpose.SetUpAccount, choice.Token, cancellationToken))
            throw new RefusedException("This link has been used or has ended.");
        if (owner.AccountId is { } id)
            await SetPasswordAsync(id, choice.Password);
        else
            await MakeAdministratorAsync(choice, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private async Task MakeAdministratorAsync(ChoosePassword choice, CancellationToken cancellationToken)
    {
        if (await db.Users.AnyAsync(cancellationToken))
            throw new RefusedException("There is an administrator already.");
        var email = AccountRules.Email(choice.Email);
        var account = new Account { UserName = email, Email = email, EmailConfirmed = true, CreatedUtc = time.GetUtcNow().UtcDateTime };
        await rules.CheckPasswordAsync(account, choice.Password);
        AccountRules.Succeed(await users.CreateAsync(account, choice.Password));
        AccountRules.Succeed(await users.AddToRoleAsync(account, Roles.Administrator));
        db.Add(new AuditEntry { Act = AuditedActs.AddAccount, OfAccountId = account.Id, Detail = Roles.Administrator });
        await db.SaveChangesAsync(cancellationToken);
    }

    private async Task SetPasswordAsync(int accountId, string password)
    {
        var account = await users.FindByIdAsync(AccountRules.Key(accountId)) ?? throw new RefusedException("This account is gone.");
        await rules.CheckPasswordAsync(account, password);
        account.PasswordHash = users.PasswordHasher.HashPassword(account, password);
        account.LockoutEnd = null;
        account.AccessFailedCount = 0;
        db.Add(new AuditEntry { AccountId = accountId, Act = AuditedActs.SetPassword, OfAccountId = accountId });
        // Whoever had signed in with the old password is signed out.
        AccountRules.Succeed(await users.UpdateSecurityStampAsync(account));
    }
}
