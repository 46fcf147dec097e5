using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;

namespace CordisPulse.Core.Mail.Smtp;

/// <summary>
/// The socket to a mail server. Ours because the mail library leaves Nagle's algorithm on: the end of each message then waits
/// for the server's delayed acknowledgement, some 40 ms a message.
/// </summary>
public static class MailSocket
{
    public static async Task<Socket> OpenAsync(string host, int port, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(host, port, cancellationToken);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>The other side has said something, or has gone.</summary>
    internal static bool IsReadable(Socket socket)
    {
        try
        {
            return socket.Poll(0, SelectMode.SelectRead);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            return true;
        }
    }

    /// <summary>The connection is of no more use: it was lost, or what came over it makes no sense.</summary>
    internal static bool IsLoss(Exception e) =>
        e is SmtpProtocolException or IOException or SocketException or OperationCanceledException or ServiceNotConnectedException;

    internal static string Reason(Exception e, TimeSpan timeout) => e is OperationCanceledException
        ? $"The mail server did not answer within {timeout}."
        : "The connection to the mail server was lost.";
}
