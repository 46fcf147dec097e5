using System.Diagnostics.CodeAnalysis;
using CordisPulse.Core.Data;
using CordisPulse.Core.Hosting;
using Microsoft.Extensions.Options;

namespace CordisPulse.Web.Hosting;

/// <summary>Failures of a start whose message is for whoever runs the program: said in a line, without a stack trace.</summary>
internal static class StartRefusal
{
    public static bool Explains(Exception exception, [NotNullWhen(true)] out string? reason)
    {
        reason = exception switch
        {
            OptionsValidationException e => string.Join(Environment.NewLine, e.Failures),
            InvalidSettingException or DatabaseBehindException => exception.Message,
            AggregateException { InnerExceptions: [var only] } => Explains(only, out var inner) ? inner : null,
            IOException e when e.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException => $"{e.Message} Choose another with --urls or ASPNETCORE_URLS.",
            _ => null,
        };
        return reason is not null;
    }
}
