using System.Data;
using CordisPulse.Core.Audit;
using CordisPulse.Core.Data;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Core.Accounts;

/// <param name="RecoveryCodes">How many have not been used.</param>
public sealed record SecondFactor(bool IsOn, int RecoveryCodes);

/// <summary>Codes of an authenticator app beside the password, and what to sign in with when the app is lost.</summary>
public sealed class SecondFactors(PulseDbContext db, UserManager<Account> users, IUserStore<Account> store, OwnPassword own, TimeProvider time)
{
    private const int CodesAtOnce = 10;

    public async Task<SecondFactor> ReadAsync(int accountId)
    {
        var account = await GetAsync(accountId);
        return new SecondFactor(account.TwoFactorEnabled, await users.CountRecoveryCodesAsync(account));
    }

    /// <summary>Signs the account out wherever it is signed in.</summary>
    /// <param name="key">As <see cref="AuthenticatorCodes.NewKey"/> made it.</param>
    /// <returns>Recovery codes, to be shown this once.</returns>
    /// <exception cref="RefusedException">The password or the code is wrong.</exception>
    public async Task<IReadOnlyList<string>> TurnOnAsync(int accountId, string key, string? code, string? password, CancellationToken cancellationToken = default)
    {
        var account = await GetAsync(accountId);
        await own.CheckAsync(account, password);
        if (AuthenticatorCodes.StepOf(key, code, time.GetUtcNow().UtcDateTime) is not { } step)
            throw new AccountRefusedException("Code", "That is not the code that the app shows now. Look at it again; if it goes on, set the clock of the telephone by the network.");
        await using var transaction = await db.Database.BeginTransactionAsync(IsolationLevel.Serializable, cancellationToken);
        await ((IUserAuthenticatorKeyStore<Account>)store).SetAuthenticatorKeyAsync(account, key, cancellationToken);
        AccountRules.Succeed(await users.SetTwoFactorEnabledAsync(account, true));
        // What proved the key must not sign anybody in as well.
        await AuthenticatorCodes.UseAsync(users, account, step);
        var codes = await NewCodesAsync(account, AuditedActs.SecondFactorOn);
        await transaction.CommitAsync(cancellationToken);
        return codes;
    }

    /// <summary>Those before end.</summary>
    /// <inheritdoc cref="TurnOnAsync"/>
    public async Task<IReadOnlyList<string>> RenewCodesAsync(int accountId, string? password, CancellationToken cancellationToken = default)
    {
        var account = await GetAsync(accountId);
        await own.CheckAsync(account, password);
        if (!account.TwoFactorEnabled)
            throw new RefusedException("There is no second factor to have codes for.");
        await using var transaction = await db.Database.BeginTransactionAsync(IsolationLevel.Serializable, cancellationToken);
        var codes = await NewCodesAsync(account, AuditedActs.RecoveryCodes);
        await transaction.CommitAsync(cancellationToken);
        return codes;
    }

    /// <exception cref="RefusedException">The password is wrong.</exception>
    public async Task TurnOffAsync(int accountId, string? password, CancellationToken cancellationToken = default)
    {
        await own.CheckAsync(await GetAsync(accountId), password);
        await ResetAsync(accountId, cancellationToken);
    }

    /// <summary>For whoever has lost both the app and the codes: the password alone signs in until they turn it on anew. Ends the account's sign-ins.</summary>
    /// <returns>The account's address.</returns>
    /// <exception cref="RefusedException">The account is gone.</exception>
    public async Task<string> ResetAsync(int accountId, CancellationToken cancellationToken = default)
    {
        var account = await GetAsync(accountId);
        await using var transaction = await db.Database.BeginTransactionAsync(IsolationLevel.Serializable, cancellationToken);
        db.Add(new AuditEntry { Act = AuditedActs.SecondFactorOff, OfAccountId = accountId });
        AccountRules.Succeed(await users.SetTwoFactorEnabledAsync(account, false));
        await ((IUserTwoFactorRecoveryCodeStore<Account>)store).ReplaceCodesAsync(account, [], cancellationToken);
        await ((IUserAuthenticatorKeyStore<Account>)store).SetAuthenticatorKeyAsync(account, AuthenticatorCodes.NewKey(), cancellationToken);
        AccountRules.Succeed(await users.UpdateSecurityStampAsync(account));
        await transaction.CommitAsync(cancellationToken);
        return account.Email!;
    }

    private async Task<IReadOnlyList<string>> NewCodesAsync(Account account, string act)
    {
        db.Add(new AuditEntry { Act = act, OfAccountId = account.Id });
        return [.. await users.GenerateNewTwoFactorRecoveryCodesAsync(account, CodesAtOnce) ?? throw new RefusedException("No recovery codes could be made. Try again.")];
    }

    private async Task<Account> GetAsync(int id) => await users.FindByIdAsync(AccountRules.Key(id)) ?? throw new RefusedException("This account is gone.");
}
