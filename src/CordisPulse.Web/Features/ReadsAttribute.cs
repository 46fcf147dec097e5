using Microsoft.AspNetCore.Mvc.Routing;

namespace CordisPulse.Web.Features;

/// <summary>A page that is read with GET, or asked about with HEAD as link checkers do.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ReadsAttribute(string template) : HttpMethodAttribute(Methods, template)
{
    private static readonly string[] Methods = ["GET", "HEAD"];
}
