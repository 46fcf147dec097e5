using CordisPulse.Core.Accounts;
using CordisPulse.Core.Audit;
using Microsoft.AspNetCore.Identity;

namespace CordisPulse.Web.Areas.Editor.SignIn;

public enum SignInOutcome
{
    SignedIn,

    /// <summary>The password is right, and a code of the second factor is to follow within five minutes.</summary>
    NeedsCode,

    Refused,
    Resting,
}

/// <summary>
/// Signs in by address and password, and a code where the account has a second factor. Whether an address belongs to an account shows neither in the answer nor in its time: an address
/// without an account costs the hashing of a password, and rests after as many failures as one with an account.
/// </summary>
public sealed class PasswordSignIn(
    SignInManager<Account> signIn, IPasswordHasher<Account> hasher, UnknownAddresses unknown, AuditTrail audit, TimeProvider time)
{
    private static readonly Account Nobody = new() { UserName = "nobody" };
    private static string? _hashOfNobody;

    public async Task<SignInOutcome> TryAsync(string email, string password)
    {
        var (outcome, account) = await CheckAsync(email, password);
        if (outcome != SignInOutcome.NeedsCode)
            await NoteAsync(outcome, account, null);
        return outcome;
    }

    /// <summary>The second step.</summary>
    /// <param name="code">Six digits of the app, or a recovery code.</param>
    /// <returns>Null when there was no first step, or too long ago.</returns>
    public async Task<SignInOutcome?> TryCodeAsync(string code)
    {
        if (await signIn.GetTwoFactorAuthenticationUserAsync() is not { } account)
            return null;
        var cleaned = AuthenticatorCodes.Cleaned(code);
        var isOfApp = cleaned.All(char.IsAsciiDigit);
        var result = isOfApp ? await signIn.TwoFactorAuthenticatorSignInAsync(cleaned, isPersistent: false, rememberClient: false) : await RecoverAsync(account, cleaned);
        var outcome = result.Succeeded ? SignInOutcome.SignedIn : result.IsLockedOut ? SignInOutcome.Resting : SignInOutcome.Refused;
        await NoteAsync(outcome, account, isOfApp ? "with a code" : "with a recovery code");
        return outcome;
    }

    /// <summary>Identity counts no failures of these.</summary>
    private async Task<SignInResult> RecoverAsync(Account account, string code)
    {
        if (await signIn.UserManager.IsLockedOutAsync(account))
            return SignInResult.LockedOut;
        var result = await signIn.TwoFactorRecoveryCodeSignInAsync(code);
        if (!result.Succeeded)
            await signIn.UserManager.AccessFailedAsync(account);
        return result;
    }

    private Task NoteAsync(SignInOutcome outcome, Account? account, string? how) => audit.NoteAsync(new AuditEntry
    {
        AccountId = outcome == SignInOutcome.SignedIn ? account!.Id : null,
        OfAccountId = account?.Id,
        Act = outcome switch { SignInOutcome.SignedIn => AuditedActs.SignedIn, SignInOutcome.Resting => AuditedActs.LockedOut, _ => AuditedActs.SignInFailed },
        Detail = how,
    });

    /// <returns>Without an account for an address that has none.</returns>
    private async Task<(SignInOutcome Outcome, Account? Account)> CheckAsync(string email, string password)
    {
        var users = signIn.UserManager;
        if (await users.FindByEmailAsync(email.Trim()) is not { PasswordHash: not null } account)
        {
            HashInVain(password);
            return (unknown.Fails(users.NormalizeEmail(email.Trim())!) ? SignInOutcome.Resting : SignInOutcome.Refused, null);
        }

        if (account.LockoutEnd > time.GetUtcNow())
        {
            HashInVain(password);
            // A disabled account rests for ever, and is no account to whoever tries it.
            return (!account.IsDisabled || unknown.Fails(account.NormalizedEmail!) ? SignInOutcome.Resting : SignInOutcome.Refused, account);
        }

        var result = await signIn.PasswordSignInAsync(account, password, isPersistent: false, lockoutOnFailure: true);
        return (result.Succeeded ? SignInOutcome.SignedIn : result.RequiresTwoFactor ? SignInOutcome.NeedsCode : result.IsLockedOut ? SignInOutcome.Resting : SignInOutcome.Refused, account);
    }

    private void HashInVain(string password)
        => hasher.VerifyHashedPassword(Nobody, _hashOfNobody ??= hasher.HashPassword(Nobody, "no password"), password);
}
