using System.Net.Sockets;

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
}
