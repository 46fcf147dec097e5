using CordisPulse.Core.Accounts;
using CordisPulse.Core.Data;
using CordisPulse.Core.Hosting;
using CordisPulse.Web.Areas.Editor.SignIn;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;

namespace CordisPulse.Web.Hosting;

/// <summary>Sign-in, roles and what is closed: everything that does not say it is public.</summary>
internal static class SecuritySetup
{
    /// <summary>The browser sends a cookie of that name; whether it is good, the sign-in tells.</summary>
    public static bool MayBeSignedIn(HttpRequest request) => request.Headers.Cookie.ToString().Contains(CookieNames.SignIn + "=", StringComparison.Ordinal);

    public static void AddPulseSecurity(this WebApplicationBuilder builder)
    {
        var keys = builder.Services.AddDataProtection().SetApplicationName("CordisPulse").PersistKeysToDbContext<PulseDbContext>();
        if (KeyCertificate.Read(builder.Configuration.GetSection(SecretsOptions.Section).Get<SecretsOptions>() ?? new SecretsOptions()) is { } certificate)
            // The same opens what it has closed.
            keys.ProtectKeysWithCertificate(certificate).UnprotectKeysWithAnyCertificate(certificate);

        builder.Services
            .AddIdentity<Account, IdentityRole<int>>(identity =>
            {
                identity.User.RequireUniqueEmail = true;
                // The user name is the address, which has rules of its own.
                identity.User.AllowedUserNameCharacters = "";
                // Length is what makes a password hard to guess; rules about signs make it hard to remember (NIST SP 800-63B section 3.1.1).
                identity.Password.RequiredLength = 12;
                identity.Password.RequiredUniqueChars = 5;
                identity.Password.RequireDigit = false;
                identity.Password.RequireLowercase = false;
                identity.Password.RequireUppercase = false;
                identity.Password.RequireNonAlphanumeric = false;
                identity.Lockout.MaxFailedAccessAttempts = 5;
                identity.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(10);
            })
            .AddEntityFrameworkStores<PulseDbContext>()
            .AddUserStore<AccountStore>()
            .AddPasswordValidator<GuessablePasswords>()
            .AddClaimsPrincipalFactory<AccountPrincipals>()
            .AddDefaultTokenProviders()
            .AddTokenProvider<AuthenticatorCodes>(TokenOptions.DefaultAuthenticatorProvider);

        builder.Services.AddCookieNames();
        builder.Services.ConfigureApplicationCookie(cookie =>
        {
            cookie.Cookie.SameSite = SameSiteMode.Lax;
            cookie.LoginPath = "/editor/sign-in";
            cookie.AccessDeniedPath = "/editor/not-allowed";
            cookie.ReturnUrlParameter = "returnTo";
            // Relative: what the request names as its host, anybody can have written.
            cookie.Events.OnRedirectToLogin = HoldingForms(Relative(cookie.Events.OnRedirectToLogin));
            cookie.Events.OnRedirectToAccessDenied = Relative(cookie.Events.OnRedirectToAccessDenied);
            cookie.ExpireTimeSpan = TimeSpan.FromHours(12);
            cookie.SlidingExpiration = true;
        });
        // A disabled account, a changed role or password takes hold within a minute.
        builder.Services.Configure<SecurityStampValidatorOptions>(stamp => stamp.ValidationInterval = TimeSpan.FromMinutes(1));

        var authorization = builder.Services.AddAuthorizationBuilder();
        foreach (var (policy, roles) in Policies.RolesOf)
            authorization.AddPolicy(policy, requirement => requirement.RequireAuthenticatedUser().RequireRole(roles));
        authorization.SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().RequireRole(Policies.RolesOf[Policies.Drafts]).Build());
    }

    /// <summary>What somebody has typed is not lost with the sign-in: the page to sign in on comes in place of the redirect, and carries it.</summary>
    private static Func<RedirectContext<CookieAuthenticationOptions>, Task> HoldingForms(Func<RedirectContext<CookieAuthenticationOptions>, Task> redirect)
        => async context =>
        {
            var services = context.HttpContext.RequestServices;
            if (await services.GetRequiredService<HeldForms>().HoldAsync(context.Request) is { } held)
                await SignInPage.ShowAsync(context.HttpContext, held.Sealed, held.HadFile);
            else
                await redirect(context);
        };

    private static Func<RedirectContext<CookieAuthenticationOptions>, Task> Relative(Func<RedirectContext<CookieAuthenticationOptions>, Task> redirect)
        => context =>
        {
            context.RedirectUri = context.RedirectUri[$"{context.Request.Scheme}{Uri.SchemeDelimiter}{context.Request.Host}".Length..];
            return redirect(context);
        };
}
