using System.Diagnostics;

namespace CordisPulse.Web.Hosting;

/// <summary>What a reader can quote of an error, and whoever runs the program finds all that was logged of that request by: its trace (W3C Trace Context).</summary>
internal static class TraceCode
{
    public static string Of(HttpContext context) => Activity.Current?.TraceId.ToHexString() ?? context.TraceIdentifier;
}
