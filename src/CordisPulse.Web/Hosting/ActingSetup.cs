using System.Globalization;
using System.Security.Claims;
using CordisPulse.Core.Audit;

namespace CordisPulse.Web.Hosting;

/// <summary>Who acts, for the audit record: a command, the account whose request it is, a reader, or the program by itself.</summary>
internal static class ActingSetup
{
    public static void AddActing(this IServiceCollection services, bool forCommand)
    {
        services.AddHttpContextAccessor();
        services.AddSingleton(provider =>
        {
            var requests = provider.GetRequiredService<IHttpContextAccessor>();
            return new Acting(() => forCommand ? new Actor(AuditWay.Command) : Of(requests.HttpContext));
        });
    }

    private static Actor Of(HttpContext? request) => request switch
    {
        null => new Actor(AuditWay.Program),
        _ when request.Request.Path.StartsWithSegments("/editor") => new Actor(AuditWay.Desk, NumberOf(request.User)),
        // Staff who read the site, and leave by the link in their own mail, do so as readers.
        _ => new Actor(AuditWay.Reader),
    };

    private static int? NumberOf(ClaimsPrincipal user)
        => int.TryParse(user.FindFirstValue(ClaimTypes.NameIdentifier), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
