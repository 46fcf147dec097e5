using CordisPulse.Core.Subscriptions;
using CordisPulse.Web.Hosting;

namespace CordisPulse.Web.Features.Unsubscribe;

/// <summary>Marks the action that a mail program may post to by itself, in place of somebody who presses the button of its page.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class OneClickAttribute : Attribute;

/// <summary>
/// Leaving as mail programs do it (RFC 8058 section 3.1): with one field, without cookies, referrer or knowledge of the page, and answered by 200
/// alone. Hundreds come at once when an edition arrives, and the ways of a page would take most of the time that they wait.
/// </summary>
internal static class OneClick
{
    private const string Field = "List-Unsubscribe";
    private const string Value = "One-Click";
    private const string FromPage = "from";
    private const string Answer = "You have left. We send you nothing more.";

    /// <summary>Behind the routing. A token that nobody has goes on to the page, which says so.</summary>
    public static void UseOneClick(this WebApplication app) => app.Use(async (context, next) =>
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<OneClickAttribute>() is null || !await IsOneClickAsync(context.Request) || !await LeaveAsync(context))
        {
            await next(context);
            return;
        }

        TokenPageAttribute.KeepToItself(context.Response);
        context.Response.ContentType = "text/plain; charset=utf-8";
        await context.Response.WriteAsync(Answer);
    });

    private static async Task<bool> IsOneClickAsync(HttpRequest request)
    {
        var (form, _) = await PostedForm.ReadAsync(request);
        // Whatever a program has sent that can't be read, the button of a page says that it is one.
        if (form is null)
            return !request.Query.ContainsKey(FromPage);
        return form[Field].Any(value => string.Equals(value?.Trim(), Value, StringComparison.OrdinalIgnoreCase));
    }

    private static Task<bool> LeaveAsync(HttpContext context) => context.RequestServices.GetRequiredService<Leaving>().LeaveAsync(new ActWithToken
    {
        Token = context.GetRouteValue("token") as string ?? "",
        Way = Ways.OneClick,
        Network = NetworkAddress.Of(context.Connection.RemoteIpAddress),
    });
}
