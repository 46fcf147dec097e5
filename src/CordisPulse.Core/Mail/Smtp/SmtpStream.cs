using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using MailKit.Net.Smtp;

namespace CordisPulse.Core.Mail.Smtp;

/// <summary>No secure connection: <see cref="IsUntrusted"/> when it was the certificate.</summary>
internal sealed class TlsFailedException(bool isUntrusted) : IOException("There is no secure connection.")
{
    public bool IsUntrusted => isUntrusted;
}

/// <summary>
/// The way to a mail server, in plain or by TLS. The mail library signs in over it and gets no more than one line a read, so that it
/// can't keep anything that comes later; then the replies are read here.
/// </summary>
internal sealed class SmtpStream(Socket socket) : Stream
{
    /// <summary>RFC 5321 section 4.5.3.1.5 has 512; what is many times as long is no reply.</summary>
    public const int LongestLine = 4096;

    public const int MostLines = 100;

    private readonly byte[] _in = new byte[LongestLine];
    private Stream _network = new NetworkStream(socket);
    private int _start;
    private int _end;
    private int _handedOut;

    public override bool CanRead => true;

    public override bool CanWrite => true;

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>The server has said more than was asked for.</summary>
    public bool HasUnread => _start < _end;

    /// <summary>Null while all is said in plain.</summary>
    public SslProtocols? Tls => (_network as SslStream)?.SslProtocol;

    public async Task<SmtpReply> ReadReplyAsync(CancellationToken cancellationToken)
    {
        StringBuilder? before = null;
        var first = 0;
        for (var lines = 1; lines <= MostLines; lines++)
        {
            int length;
            while ((length = _in.AsSpan(_start, _end - _start).IndexOf((byte)'\n')) < 0)
                await FillAsync(cancellationToken);
            var isReply = SmtpReply.TryReadLine(_in.AsSpan(_start, length).TrimEnd((byte)'\r'), out var code, out var isLast, out var text);
            _start += length + 1;
            if (!isReply || (lines > 1 && code != first))
                break;
            first = code;
            if (isLast)
                return new SmtpReply(code, before is null ? text : before.Append(text).ToString());
            (before ??= new StringBuilder()).Append(text).Append(' ');
        }

        throw new SmtpProtocolException("What the server said is no reply.");
    }

    /// <summary>
    /// Asks for STARTTLS and turns to TLS. The server's greeting has been read by then, so the next reader is given one of our own.
    /// </summary>
    /// <exception cref="NotSupportedException">The server does not offer it.</exception>
    public async Task StartTlsAsync(string host, SmtpClient settings, CancellationToken cancellationToken)
    {
        Require(await ReadReplyAsync(cancellationToken));
        var hello = await AskAsync($"EHLO {settings.LocalDomain}", cancellationToken);
        Require(hello);
        if (!hello.Text.Split(' ').Contains("STARTTLS", StringComparer.OrdinalIgnoreCase))
            throw new NotSupportedException();
        Require(await AskAsync("STARTTLS", cancellationToken));
        await SecureAsync(host, settings, cancellationToken);
        _end = "220 ready\r\n"u8.Length;
        "220 ready\r\n"u8.CopyTo(_in);
    }

    /// <summary>Turns to TLS. What was said in plain before it counts for nothing, and a server that has said more than it was asked is not trusted.</summary>
    public async Task SecureAsync(string host, SmtpClient settings, CancellationToken cancellationToken)
    {
        if (HasUnread)
            throw new TlsFailedException(isUntrusted: false);
        (_start, _end) = (0, 0);
        var isUntrusted = false;
        var tls = new SslStream(_network);
        _network = tls;
        try
        {
            await tls.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions
                {
                    TargetHost = host,
                    EnabledSslProtocols = settings.SslProtocols,
                    CertificateRevocationCheckMode = settings.CheckCertificateRevocation ? X509RevocationMode.Online : X509RevocationMode.NoCheck,
                    RemoteCertificateValidationCallback = (_, _, _, errors) => !(isUntrusted = errors != SslPolicyErrors.None),
                },
                cancellationToken);
        }
        catch (Exception e) when (e is AuthenticationException or IOException)
        {
            throw new TlsFailedException(isUntrusted);
        }
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (!HasUnread)
            await FillAsync(cancellationToken);
        var unread = _in.AsMemory(_start, _end - _start);
        var end = unread.Span.IndexOf((byte)'\n');
        _handedOut = end < 0 ? _handedOut + unread.Length : 0;
        if (_handedOut > LongestLine)
            throw new SmtpProtocolException("What the server said is no reply.");
        var count = Math.Min(end < 0 ? unread.Length : end + 1, buffer.Length);
        unread[..count].CopyTo(buffer);
        _start += count;
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        => ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        => _network.WriteAsync(buffer, cancellationToken);

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        => _network.WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task FlushAsync(CancellationToken cancellationToken) => _network.FlushAsync(cancellationToken);

    public override void Flush() => _network.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _network.Dispose();
        base.Dispose(disposing);
    }

    private async Task<SmtpReply> AskAsync(string command, CancellationToken cancellationToken)
    {
        await WriteAsync(Encoding.ASCII.GetBytes(command + "\r\n"), cancellationToken);
        return await ReadReplyAsync(cancellationToken);
    }

    private static void Require(SmtpReply reply)
    {
        if (!reply.IsYes)
            throw new SmtpCommandException(SmtpErrorCode.UnexpectedStatusCode, (SmtpStatusCode)reply.Code, reply.Text);
    }

    private async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        if (_start > 0)
        {
            _in.AsSpan(_start, _end - _start).CopyTo(_in);
            (_start, _end) = (0, _end - _start);
        }

        if (_end == _in.Length)
            throw new SmtpProtocolException("What the server said is no reply.");
        var count = await _network.ReadAsync(_in.AsMemory(_end), cancellationToken);
        if (count == 0)
            throw new SmtpProtocolException("The server has closed the connection.");
        _end += count;
    }
}
