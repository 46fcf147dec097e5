using CordisPulse.Core.Mailings;

namespace CordisPulse.Web.Hosting;

/// <summary><c>{which:mailing}</c> in a route: anything but a name such as <c>correction-1</c> is no page.</summary>
internal sealed class MailingRouteConstraint : IRouteConstraint
{
    public bool Match(HttpContext? httpContext, IRouter? route, string routeKey, RouteValueDictionary values, RouteDirection routeDirection)
        => values[routeKey]?.ToString() is { Length: > 0 } part && MailingName.TryParse(default, part, out _);
}
