using CordisPulse.Core.Accounts;
using CordisPulse.Core.Audit;
using Microsoft.AspNetCore.Identity;

namespace CordisPulse.Web.Areas.Editor.SignIn;

public enum SignInOutcome
{
    SignedIn,
    Refused,
    Resting,
}

/// <summary>
/// Signs in by address and password. Whether an address belongs to an account shows neither in the answer nor in its time: an address
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
        await audit.NoteAsync(new AuditEntry
        {
            AccountId = outcome == SignInOutcome.SignedIn ? account!.Id : null,
            OfAccountId = account?.Id,
            Act = outcome switch { SignInOutcome.SignedIn => AuditedActs.SignedIn, SignInOutcome.Resting => AuditedActs.LockedOut, _ => AuditedActs.SignInFailed },
        });
        return outcome;
    }

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
        return (result.Succeeded ? SignInOutcome.SignedIn : result.IsLockedOut ? SignInOutcome.Resting : SignInOutcome.Refused, account);
    }

    private void HashInVain(string password)
        => hasher.VerifyHashedPassword(Nobody, _hashOfNobody ??= hasher.HashPassword(Nobody, "no password"), password);
}
