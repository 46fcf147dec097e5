using Microsoft.AspNetCore.Identity;

namespace CordisPulse.Core.Accounts;

/// <summary>
/// Refuses what programs that guess try first, however long it is: the commonest passwords, and what is put together of them, of names, dates, keys beside each other and
/// the account's own address (zxcvbn, which estimates the number of guesses).
/// </summary>
public sealed class GuessablePasswords : IPasswordValidator<Account>
{
    /// <summary>Of 0 to 4: from here on it takes a million guesses and more, which signing in does not allow.</summary>
    private const int LeastScore = 2;

    /// <summary>Longer ones are not looked at whole, since the estimate takes time that grows faster than they do.</summary>
    private const int LongestLookedAt = 64;

    public Task<IdentityResult> ValidateAsync(UserManager<Account> manager, Account user, string? password)
    {
        var looked = password is { Length: > LongestLookedAt } ? password[..LongestLookedAt] : password ?? "";
        string[] own = [user.Email ?? "", .. (user.Email ?? "").Split('@', '.', '-', '_')];
        return Task.FromResult(Zxcvbn.Zxcvbn.MatchPassword(looked, own).Score >= LeastScore
            ? IdentityResult.Success
            : IdentityResult.Failed(new IdentityError { Code = nameof(GuessablePasswords), Description = "That is among the first that a program would guess. Take a few words that belong together only for you." }));
    }
}
