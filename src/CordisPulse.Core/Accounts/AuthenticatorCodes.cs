using System.Globalization;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using OtpNet;

namespace CordisPulse.Core.Accounts;

/// <summary>
/// The six digits that an authenticator app shows (RFC 6238: SHA-1, 30 seconds). Those of the step before and after are taken too, for clocks that differ (section 5.2),
/// and each code once (section 5.2: the verifier must not accept the second attempt).
/// </summary>
public sealed class AuthenticatorCodes(TimeProvider time) : IUserTwoFactorTokenProvider<Account>
{
    private const string Keeper = "CordisPulse";
    private const string LastStep = "LastStep";
    private static readonly VerificationWindow Window = new(previous: 1, future: 1);

    /// <summary>160 bits, as RFC 4226 section 4 recommends, in base32.</summary>
    public static string NewKey() => Base32Encoding.ToString(KeyGeneration.GenerateRandomKey(OtpHashMode.Sha1));

    /// <returns>The step that the code is of; null when it is wrong.</returns>
    public static long? StepOf(string key, string? code, DateTime utc)
        => new Totp(Base32Encoding.ToBytes(key)).VerifyTotp(utc, Cleaned(code), out var step, Window) ? step : null;

    /// <summary>Apps show it with a space in its middle.</summary>
    public static string Cleaned(string? code) => string.Concat((code ?? "").Where(sign => !char.IsWhiteSpace(sign)));

    public Task<string> GenerateAsync(string purpose, UserManager<Account> manager, Account user) => throw new NotSupportedException("The app makes them.");

    public async Task<bool> CanGenerateTwoFactorTokenAsync(UserManager<Account> manager, Account user) => await manager.GetAuthenticatorKeyAsync(user) is not null;

    public async Task<bool> ValidateAsync(string purpose, string token, UserManager<Account> manager, Account user)
        => await manager.GetAuthenticatorKeyAsync(user) is { } key
            && StepOf(key, token, time.GetUtcNow().UtcDateTime) is { } step
            && await UseAsync(manager, user, step);

    /// <summary>The account's own stamp lets one of two who come at once with the same code pass.</summary>
    internal static async Task<bool> UseAsync(UserManager<Account> manager, Account user, long step)
    {
        if (long.TryParse(await manager.GetAuthenticationTokenAsync(user, Keeper, LastStep), NumberStyles.None, CultureInfo.InvariantCulture, out var last) && last >= step)
            return false;
        try
        {
            return (await manager.SetAuthenticationTokenAsync(user, Keeper, LastStep, step.ToString(CultureInfo.InvariantCulture))).Succeeded;
        }
        catch (DbUpdateException)
        {
            // The other has put the first such row there.
            return false;
        }
    }
}
