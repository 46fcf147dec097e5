using System.Data;
using CordisPulse.Core.Audit;
using CordisPulse.Core.Data;
using CordisPulse.Core.Subscriptions;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Core.Accounts;

/// <summary>Who may work at the desk, and as what.</summary>
public sealed class StaffAccounts(
    PulseDbContext db, UserManager<Account> users, OneTimeTokens tokens, RoleRows roles, AccountRules rules, TimeProvider time)
{
    public static readonly TimeSpan LinkLifetime = TimeSpan.FromDays(3);

    public async Task<IReadOnlyList<AccountRow>> ListAsync(CancellationToken cancellationToken = default)
        => await Rows(db.Users.OrderBy(account => account.Email)).ToListAsync(cancellationToken);

    /// <summary>Null when there is no such account.</summary>
    public async Task<AccountRow?> FindAsync(int id, CancellationToken cancellationToken = default)
        => await Rows(db.Users.Where(account => account.Id == id)).SingleOrDefaultAsync(cancellationToken);

    /// <summary>The number of the account of this address.</summary>
    /// <exception cref="RefusedException">There is none.</exception>
    public async Task<int> NumberOfAsync(string email)
        => (await users.FindByEmailAsync(email.Trim()))?.Id ?? throw new RefusedException($"There is no account for {email}.");

    /// <exception cref="RefusedException">The address is none or is taken, the role unknown, or the password weak.</exception>
    public async Task<AddedAccount> AddAsync(AddAccount add, CancellationToken cancellationToken = default)
    {
        var email = AccountRules.Email(add.Email);
        var role = AccountRules.Role(add.Role);
        var account = new Account { UserName = email, Email = email, EmailConfirmed = true, CreatedUtc = time.GetUtcNow().UtcDateTime };
        if (add.Password is not null)
            await rules.CheckPasswordAsync(account, add.Password);
        await roles.EnsureAsync(cancellationToken);

        await using var transaction = await db.Database.BeginTransactionAsync(IsolationLevel.Serializable, cancellationToken);
        if (await users.FindByEmailAsync(email) is not null)
            throw new AccountRefusedException(nameof(add.Email), $"There is an account for {email} already.");
        AccountRules.Succeed(add.Password is null ? await users.CreateAsync(account) : await users.CreateAsync(account, add.Password));
        AccountRules.Succeed(await users.AddToRoleAsync(account, role));
        // Whoever holds the first administrator's link must not get in beside this account.
        await tokens.EndForAccountAsync(TokenPurpose.SetUpAccount, null, cancellationToken);
        var token = add.Password is null ? tokens.ForAccount(TokenPurpose.SetUpAccount, account.Id, LinkLifetime) : null;
        Keep(AuditedActs.AddAccount, account, role);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new AddedAccount(account.Id, email, token);
    }

    /// <summary>A new link to choose a password by; earlier ones end. The present password works until the link is used.</summary>
    /// <exception cref="RefusedException">The account is disabled or gone.</exception>
    public async Task<AddedAccount> RenewLinkAsync(int id, CancellationToken cancellationToken = default)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(IsolationLevel.Serializable, cancellationToken);
        var account = await GetAsync(id);
        if (account.IsDisabled)
            throw new RefusedException($"{account.Email} is disabled. Enable the account before making a link for it.");
        await tokens.EndForAccountAsync(TokenPurpose.SetUpAccount, id, cancellationToken);
        var token = tokens.ForAccount(TokenPurpose.SetUpAccount, id, LinkLifetime);
        Keep(AuditedActs.MakeSetUpLink, account);
        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return new AddedAccount(id, account.Email!, token);
    }

    /// <returns>The account's address.</returns>
    /// <exception cref="RefusedException">Nobody would be left to administer, or the account is gone.</exception>
    public async Task<string> ChangeRoleAsync(int id, string role, CancellationToken cancellationToken = default)
    {
        var wanted = AccountRules.Role(role);
        await using var transaction = await db.Database.BeginTransactionAsync(IsolationLevel.Serializable, cancellationToken);
        var account = await GetAsync(id);
        if (wanted != Roles.Administrator)
            await RefuseToLoseLastAdministratorAsync(account, cancellationToken);
        var before = await users.GetRolesAsync(account);
        Keep(AuditedActs.ChangeRole, account, $"from {string.Join(", ", before)} to {wanted}");
        AccountRules.Succeed(await users.RemoveFromRolesAsync(account, before));
        AccountRules.Succeed(await users.AddToRoleAsync(account, wanted));
        AccountRules.Succeed(await users.UpdateSecurityStampAsync(account));
        await transaction.CommitAsync(cancellationToken);
        return account.Email!;
    }

    /// <summary>Ends its sign-ins within a minute, and its links at once.</summary>
    /// <returns>The account's address.</returns>
    /// <exception cref="RefusedException">Nobody would be left to administer, or the account is gone.</exception>
    public async Task<string> DisableAsync(int id, CancellationToken cancellationToken = default)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(IsolationLevel.Serializable, cancellationToken);
        var account = await GetAsync(id);
        await RefuseToLoseLastAdministratorAsync(account, cancellationToken);
        await tokens.EndForAccountAsync(TokenPurpose.SetUpAccount, id, cancellationToken);
        account.LockoutEnabled = true;
        account.LockoutEnd = Account.Never;
        Keep(AuditedActs.DisableAccount, account);
        AccountRules.Succeed(await users.UpdateSecurityStampAsync(account));
        await transaction.CommitAsync(cancellationToken);
        return account.Email!;
    }

    /// <returns>The account's address.</returns>
    /// <exception cref="RefusedException">The account is gone.</exception>
    public async Task<string> EnableAsync(int id)
    {
        var account = await GetAsync(id);
        account.LockoutEnd = null;
        account.AccessFailedCount = 0;
        Keep(AuditedActs.EnableAccount, account);
        AccountRules.Succeed(await users.UpdateAsync(account));
        return account.Email!;
    }

    private void Keep(string act, Account account, string? detail = null) => db.Add(new AuditEntry { Act = act, OfAccountId = account.Id, Detail = detail });

    private IQueryable<AccountRow> Rows(IQueryable<Account> accounts) => accounts.Select(account => new AccountRow(
        account.Id,
        account.Email!,
        db.UserRoles.Where(held => held.UserId == account.Id).Join(db.Roles, held => held.RoleId, role => role.Id, (_, role) => role.Name).FirstOrDefault(),
        account.PasswordHash != null,
        account.TwoFactorEnabled,
        account.LockoutEnd));

    private async Task<Account> GetAsync(int id)
        => await users.FindByIdAsync(AccountRules.Key(id)) ?? throw new RefusedException("This account is gone.");

    private async Task RefuseToLoseLastAdministratorAsync(Account account, CancellationToken cancellationToken)
    {
        // Few rows, and the comparison of the lock-out's end is left to .NET: SQLite cannot order such times.
        var administrators = (await ListAsync(cancellationToken))
            .Where(row => row is { Role: Roles.Administrator, IsDisabled: false, HasPassword: true })
            .ToList();
        if (administrators is [var only] && only.Id == account.Id)
            throw new RefusedException($"{account.Email} is the only administrator. Make somebody else an administrator first.");
    }
}
