using System.Diagnostics.CodeAnalysis;
using System.Net.Sockets;
using System.Text.Json;
using CordisPulse.Core.Data;
using CordisPulse.Core.Hosting;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;

namespace CordisPulse.Web.Hosting;

/// <summary>Failures of a start whose message is for whoever runs the program: said in a line, without a stack trace.</summary>
internal static class StartRefusal
{
    private const string ChooseAnother = "Choose another address with --urls or ASPNETCORE_URLS.";

    public static bool Explains(Exception exception, [NotNullWhen(true)] out string? reason)
    {
        reason = exception switch
        {
            OptionsValidationException e => string.Join(Environment.NewLine, e.Failures),
            InvalidSettingException or DatabaseBehindException => exception.Message,
            AggregateException e => OfAll(e),
            IOException { InnerException: AddressInUseException } => $"{exception.Message} {ChooseAnother}",
            SocketException { SocketErrorCode: SocketError.AddressNotAvailable or SocketError.AccessDenied } => $"The server cannot listen: {exception.Message.TrimEnd('.')}. {ChooseAnother}",
            InvalidDataException { InnerException: FormatException { InnerException: JsonException json } } => $"{exception.Message} {json.Message}",
            _ => null,
        };
        return reason is not null;
    }

    /// <summary>Settings that build on a wrong one fail with its line again, so a line is said once.</summary>
    private static string? OfAll(AggregateException exception)
    {
        var reasons = exception.InnerExceptions.Select(inner => Explains(inner, out var reason) ? reason : null).ToList();
        return reasons.Contains(null) ? null : string.Join(Environment.NewLine, reasons.SelectMany(reason => reason!.Split(Environment.NewLine)).Distinct());
    }
}
