using CordisPulse.Core.Accounts;
using CordisPulse.Web.Hosting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.Extensions.Options;

namespace CordisPulse.Web.Areas.Editor.SignIn;

/// <summary>What is open to whoever has yet to turn on the second factor that <see cref="AccountOptions.RequireSecondFactor"/> demands of them.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class WithoutSecondFactorAttribute : Attribute;

/// <summary>Leads whoever must have a second factor, and has none, to where they turn it on; the desk is closed to them until then.</summary>
public sealed class SecondFactorFilter(IOptions<AccountOptions> options) : IAuthorizationFilter
{
    public void OnAuthorization(AuthorizationFilterContext context)
    {
        var user = context.HttpContext.User;
        var isDemanded = options.Value.RequireSecondFactor switch
        {
            SecondFactorDemand.Everyone => user.Identity is { IsAuthenticated: true },
            SecondFactorDemand.Administrators => user.IsInRole(Roles.Administrator),
            _ => false,
        };
        if (isDemanded && !user.HasClaim(AccountPrincipals.SecondFactor, AccountPrincipals.On)
            && !context.ActionDescriptor.EndpointMetadata.Any(item => item is IAllowAnonymous or WithoutSecondFactorAttribute))
            context.Result = new LocalRedirectResult("/editor/my-account");
    }
}
