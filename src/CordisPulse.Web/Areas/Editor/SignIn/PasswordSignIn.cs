using CordisPulse.Core.Accounts;
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
    SignInManager<Account> signIn, IPasswordHasher<Account> hasher, UnknownAddresses unknown, TimeProvider time)
{
    private static readonly Account Nobody = new() { UserName = "nobody" };
    private static string? _hashOfNobody;

    public async Task<SignInOutcome> TryAsync(string email, string password)
    {
        var users = signIn.UserManager;
        if (await users.FindByEmailAsync(email.Trim()) is not { PasswordHash: not null } account)
        {
            HashInVain(password);
            return unknown.Fails(users.NormalizeEmail(email.Trim())!) ? SignInOutcome.Resting : SignInOutcome.Refused;
        }

        if (account.LockoutEnd > time.GetUtcNow())
        {
            HashInVain(password);
            // A disabled account rests for ever, and is no account to whoever tries it.
            return !account.IsDisabled || unknown.Fails(account.NormalizedEmail!) ? SignInOutcome.Resting : SignInOutcome.Refused;
        }

        var result = await signIn.PasswordSignInAsync(account, password, isPersistent: false, lockoutOnFailure: true);
        return result.Succeeded ? SignInOutcome.SignedIn : result.IsLockedOut ? SignInOutcome.Resting : SignInOutcome.Refused;
    }

    private void HashInVain(string password)
        => hasher.VerifyHashedPassword(Nobody, _hashOfNobody ??= hasher.HashPassword(Nobody, "no password"), password);
}
