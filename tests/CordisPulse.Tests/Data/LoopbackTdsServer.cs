using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace CordisPulse.Tests.Data;

/// <summary>
/// As much of SQL Server as it takes to refuse: it greets, lets in or does not, and answers each statement with an error of its number, with nothing, or never
/// (MS-TDS 2.2.3 packets, 2.2.6.5 pre-login, 2.2.7 tokens). What the client makes of that is what it makes of the real one.
/// </summary>
internal sealed class LoopbackTdsServer : IDisposable
{
    private const byte TabularResult = 0x04;
    private const byte PreLogin = 0x12;
    private const byte Login = 0x10;
    private const byte Attention = 0x06;
    private const byte Call = 0x03;
    private const byte Transaction = 0x0E;
    private const byte DoneToken = 0xFD;
    private const byte DoneProcedureToken = 0xFE;

    /// <summary>An environment change of the kind 7, without which the client sends no text: Latin1_General_CI_AS.</summary>
    private static readonly byte[] Collation = [0xE3, 8, 0, 7, 5, 0x09, 0x04, 0xD0, 0x00, 0x34, 0];

    /// <summary>An environment change of the kind 8: the number of the transaction.</summary>
    private static readonly byte[] Begun = [0xE3, 11, 0, 8, 8, 1, 0, 0, 0, 0, 0, 0, 0, 0];

    private static readonly byte[] ReturnStatus = [0x79, 0, 0, 0, 0];

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private int _logins;
    private int _statements;

    public LoopbackTdsServer()
    {
        _listener.Start();
        _ = AcceptAsync();
    }

    /// <summary>The error that a sign-in is refused with; null to let everybody in.</summary>
    public int? LoginError { get; set; }

    /// <summary>By the number of the statement, from 1 on: the error that it is answered with, 0 for an answer without rows, null for no answer.</summary>
    public Func<int, int?> Answer { get; set; } = _ => 0;

    /// <summary>What is said of an error, by its number.</summary>
    public Func<int, string> Message { get; set; } = number => $"Refused with {number}.";

    public int Logins => Volatile.Read(ref _logins);

    /// <summary>Without those that begin and end transactions.</summary>
    public int Statements => Volatile.Read(ref _statements);

    public string ConnectionString => $"Server=tcp:127.0.0.1,{((IPEndPoint)_listener.LocalEndpoint).Port};Database=CordisPulse;User ID=pulse;Password=not-in-any-message;Encrypt=False;Pooling=False;Connect Timeout=10;ConnectRetryCount=0";

    /// <summary>Cuts every connection, and takes no more.</summary>
    public void Dispose()
    {
        _stop.Cancel();
        _listener.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token));
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // It is over.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var connection = client;
        var stream = client.GetStream();
        try
        {
            while (await ReadAsync(stream) is var (type, body))
                if (Reply(type, body) is { } reply)
                    await WriteAsync(stream, reply);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The client has gone.
        }
    }

    private byte[]? Reply(byte type, byte[] body) => type switch
    {
        // Version and "no encryption", each by its place and length.
        PreLogin => [0x00, 0, 11, 0, 6, 0x01, 0, 17, 0, 1, 0xFF, 16, 0, 0, 0, 0, 0, 2],
        Login => Interlocked.Increment(ref _logins) > 0 && LoginError is { } refused ? Error(refused) : [.. Collation, .. LoginAck(), .. Done(0)],
        Attention => Done(0x20),
        Transaction => IsBegin(body) ? [.. Begun, .. Done(0)] : Done(0),
        _ => Answer(Interlocked.Increment(ref _statements)) switch
        {
            null => null,
            0 => Done(0, type),
            var number => Error(number.Value, type),
        },
    };

    private static byte[] LoginAck()
    {
        byte[] name = [4, .. Encoding.Unicode.GetBytes("Test")];
        byte[] body = [1, 0x74, 0, 0, 4, .. name, 16, 0, 0, 0];
        return [0xAD, (byte)body.Length, 0, .. body];
    }

    private byte[] Error(int number, byte type = Login)
    {
        var message = Message(number);
        var body = new byte[4 + 2 + 2 + (message.Length * 2) + 1 + 1 + 4];
        BinaryPrimitives.WriteInt32LittleEndian(body, number);
        (body[4], body[5]) = (1, 14);
        BinaryPrimitives.WriteUInt16LittleEndian(body.AsSpan(6), (ushort)message.Length);
        Encoding.Unicode.GetBytes(message, body.AsSpan(8));
        return [0xAA, (byte)body.Length, (byte)(body.Length >> 8), .. body, .. Done(2, type)];
    }

    private static byte[] Done(byte status, byte type = Login) => [.. type == Call ? ReturnStatus : [], type == Call ? DoneProcedureToken : DoneToken, status, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];

    /// <summary>The kind of request stands behind the headers, whose length they begin with.</summary>
    private static bool IsBegin(byte[] body) => body[BinaryPrimitives.ReadInt32LittleEndian(body)] == 5;

    /// <returns>The kind of a message, of however many packets, and the last one's bytes; null at the end.</returns>
    private async Task<(byte Type, byte[] Body)?> ReadAsync(NetworkStream stream)
    {
        var header = new byte[8];
        while (await stream.ReadAtLeastAsync(header, header.Length, throwOnEndOfStream: false, _stop.Token) == header.Length)
        {
            var body = new byte[BinaryPrimitives.ReadUInt16BigEndian(header.AsSpan(2)) - header.Length];
            await stream.ReadExactlyAsync(body, _stop.Token);
            if ((header[1] & 1) == 1)
                return (header[0], body);
        }

        return null;
    }

    private async Task WriteAsync(NetworkStream stream, byte[] reply)
    {
        byte[] packet = [TabularResult, 1, 0, 0, 0, 0, 1, 0, .. reply];
        BinaryPrimitives.WriteUInt16BigEndian(packet.AsSpan(2), (ushort)packet.Length);
        await stream.WriteAsync(packet, _stop.Token);
    }
}
