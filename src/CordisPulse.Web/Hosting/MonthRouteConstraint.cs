using CordisPulse.Core.Editions;

namespace CordisPulse.Web.Hosting;

/// <summary><c>{month:month}</c> in a route: anything but <c>YYYY-MM</c> is no page.</summary>
internal sealed class MonthRouteConstraint : IRouteConstraint
{
    public bool Match(HttpContext? httpContext, IRouter? route, string routeKey, RouteValueDictionary values, RouteDirection routeDirection)
        => EditionMonth.TryParse(values[routeKey]?.ToString(), out _);
}
