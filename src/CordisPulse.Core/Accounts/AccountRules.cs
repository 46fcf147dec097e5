using System.Globalization;
using System.Net.Mail;
using Microsoft.AspNetCore.Identity;

namespace CordisPulse.Core.Accounts;

/// <summary>What an account's address, role and password must be, said in the words of whoever typed them.</summary>
public sealed class AccountRules(UserManager<Account> users)
{
    /// <summary>The address without space round it.</summary>
    /// <exception cref="RefusedException">It is no address that mail could reach.</exception>
    public static string Email(string? typed)
    {
        var email = typed?.Trim() ?? "";
        return email.Length <= Account.EmailLength && MailAddress.TryCreate(email, out var address) && address.Address == email
            ? email
            : throw new AccountRefusedException(nameof(Email), "That is not an e-mail address. It should look like name@example.org.");
    }

    /// <exception cref="RefusedException">There is no such role.</exception>
    public static string Role(string? typed)
        => Roles.All.FirstOrDefault(role => role.Equals(typed, StringComparison.OrdinalIgnoreCase))
            ?? throw new AccountRefusedException(nameof(Role), $"There is no role '{typed}'. It must be {string.Join(", ", Roles.All.SkipLast(1))} or {Roles.All[^1]}.");

    /// <param name="field">What the field is called that it was typed in.</param>
    /// <exception cref="RefusedException">The password is too easy to guess; the message says why.</exception>
    public async Task CheckPasswordAsync(Account account, string password, string field = "Password")
    {
        foreach (var validator in users.PasswordValidators)
        {
            var result = await validator.ValidateAsync(users, account, password);
            if (!result.Succeeded)
                throw new AccountRefusedException(field, Reasons(result));
        }
    }

    /// <exception cref="RefusedException">What Identity found wrong.</exception>
    public static void Succeed(IdentityResult result)
    {
        if (!result.Succeeded)
            throw new RefusedException(Reasons(result));
    }

    private static string Reasons(IdentityResult result) => string.Join(' ', result.Errors.Select(error => error.Description));

    /// <summary>An account's key in the form that Identity takes.</summary>
    public static string Key(int id) => id.ToString(CultureInfo.InvariantCulture);
}
