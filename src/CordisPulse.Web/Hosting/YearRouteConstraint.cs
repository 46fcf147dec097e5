using System.Globalization;
using CordisPulse.Core.Editions;

namespace CordisPulse.Web.Hosting;

/// <summary><c>{year:year}</c> in a route: anything but the year of a month that an edition can have is no page.</summary>
internal sealed class YearRouteConstraint : IRouteConstraint
{
    public bool Match(HttpContext? httpContext, IRouter? route, string routeKey, RouteValueDictionary values, RouteDirection routeDirection)
        => EditionMonth.TryParse($"{Convert.ToString(values[routeKey], CultureInfo.InvariantCulture)}-01", out _);
}
