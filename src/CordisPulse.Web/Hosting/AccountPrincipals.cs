using System.Security.Claims;
using CordisPulse.Core.Accounts;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace CordisPulse.Web.Hosting;

/// <summary>Says of whoever signs in also whether the account has a second factor: then they have used it, since turning it on ends all sign-ins before.</summary>
internal sealed class AccountPrincipals(UserManager<Account> users, RoleManager<IdentityRole<int>> roles, IOptions<IdentityOptions> options)
    : UserClaimsPrincipalFactory<Account, IdentityRole<int>>(users, roles, options)
{
    public const string SecondFactor = "second-factor";
    public const string On = "on";

    protected override async Task<ClaimsIdentity> GenerateClaimsAsync(Account user)
    {
        var identity = await base.GenerateClaimsAsync(user);
        if (user.TwoFactorEnabled)
            identity.AddClaim(new Claim(SecondFactor, On));
        return identity;
    }
}
