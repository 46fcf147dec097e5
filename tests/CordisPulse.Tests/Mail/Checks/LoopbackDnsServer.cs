using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace CordisPulse.Tests.Mail.Checks;

/// <summary>How a question is answered in place of a record.</summary>
public enum DnsFault
{
    None,
    Silence,
    ServerFailure,
    Refusal,

    /// <summary>Says that there is more and to ask by TCP, where nobody listens.</summary>
    CutShort,

    /// <summary>A text of 60,000 letters.</summary>
    HugeText,

    /// <summary>The length of the answer's record goes beyond its end.</summary>
    BrokenRecord,

    /// <summary>Bytes that are no answer.</summary>
    Noise,

    /// <summary>A name that points at itself.</summary>
    Circle,
}

/// <summary>A DNS server on a free UDP port of the loopback address. Names that it was not told of do not exist.</summary>
public sealed class LoopbackDnsServer : IAsyncDisposable
{
    public const int A = 1, ReverseName = 12, Mx = 15, Txt = 16, Aaaa = 28;

    private const int HeaderLength = 12;

    private readonly UdpClient _socket = new(new IPEndPoint(IPAddress.Loopback, 0));
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<(string Name, int Type), byte[][]> _records = [];
    private readonly ConcurrentDictionary<(string Name, int Type), DnsFault> _faults = [];
    private readonly ConcurrentQueue<(string Name, int Type)> _questions = [];
    private readonly Task _serving;
    private int _atOnce;
    private int _mostAtOnce;

    private LoopbackDnsServer() => _serving = ServeAsync();

    public string Address => _socket.Client.LocalEndPoint!.ToString()!;

    /// <summary>Before each answer.</summary>
    public TimeSpan Delay { get; set; }

    public IReadOnlyCollection<(string Name, int Type)> Questions => _questions;

    public int MostAtOnce => _mostAtOnce;

    public static LoopbackDnsServer Start() => new();

    public LoopbackDnsServer Text(string name, params string[] texts)
        => Add(name, Txt, [.. texts.Select(text => Join(Encoding.UTF8.GetBytes(text).Chunk(255).SelectMany(piece => (byte[])[(byte)piece.Length, .. piece])))]);

    /// <param name="servers">The first choice first.</param>
    public LoopbackDnsServer MailServers(string name, params string[] servers)
        => Add(name, Mx, [.. servers.Select((server, i) => (byte[])[0, (byte)(server == "." ? 0 : 10 * (i + 1)), .. Name(server)])]);

    public LoopbackDnsServer Addresses(string name, params string[] addresses)
    {
        foreach (var version in addresses.Select(IPAddress.Parse).GroupBy(address => address.AddressFamily))
            Add(name, version.Key == AddressFamily.InterNetwork ? A : Aaaa, [.. version.Select(address => address.GetAddressBytes())]);
        return this;
    }

    public LoopbackDnsServer Reverse(string name, params string[] names) => Add(name, ReverseName, [.. names.Select(Name)]);

    /// <summary>The name is there and has nothing.</summary>
    public LoopbackDnsServer Empty(string name) => Add(name, 0, []);

    public LoopbackDnsServer Fail(string name, int type, DnsFault fault)
    {
        _faults[(name, type)] = fault;
        return this;
    }

    public void Clear()
    {
        _records.Clear();
        _faults.Clear();
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _serving;
        _socket.Dispose();
        _stop.Dispose();
    }

    private LoopbackDnsServer Add(string name, int type, byte[][] data)
    {
        _records[(name.ToLowerInvariant(), type)] = data;
        return this;
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                var question = await _socket.ReceiveAsync(_stop.Token);
                _ = AnswerAsync(question);
            }
        }
        catch (OperationCanceledException)
        {
            // Stopped.
        }
    }

    private async Task AnswerAsync(UdpReceiveResult asked)
    {
        try
        {
            var now = Interlocked.Increment(ref _atOnce);
            InterlockedMax(ref _mostAtOnce, now);
            if (Delay > TimeSpan.Zero)
                await Task.Delay(Delay, _stop.Token);
            Interlocked.Decrement(ref _atOnce);
            if (Answer(asked.Buffer) is { } answer)
                await _socket.SendAsync(answer, asked.RemoteEndPoint, _stop.Token);
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            // The server was stopped, or the other side waits no longer.
        }
    }

    private byte[]? Answer(byte[] question)
    {
        var labels = new List<string>();
        var at = HeaderLength;
        for (; question[at] != 0; at += question[at] + 1)
            labels.Add(Encoding.ASCII.GetString(question, at + 1, question[at]));
        var type = BinaryPrimitives.ReadUInt16BigEndian(question.AsSpan(at + 1));
        var name = string.Join('.', labels).ToLowerInvariant();
        var asked = question[HeaderLength..(at + 5)];
        _questions.Enqueue((name, type));
        return _faults.GetValueOrDefault((name, type)) switch
        {
            DnsFault.Silence => null,
            DnsFault.ServerFailure => Message(question, asked, code: 2),
            DnsFault.Refusal => Message(question, asked, code: 5),
            DnsFault.CutShort => Message(question, asked, code: 0, isCutShort: true),
            DnsFault.HugeText => Message(question, asked, 0, false, Record(type, Join(Enumerable.Repeat((byte[])[200, .. Enumerable.Repeat((byte)'x', 200)], 300).SelectMany(piece => piece)))),
            DnsFault.BrokenRecord => Message(question, asked, 0, false, [.. Record(type, [9, 9, 9])[..^5], 0x7F, 0xFF, 1]),
            DnsFault.Noise => [.. question[..2], .. Enumerable.Repeat((byte)0xEE, 40)],
            DnsFault.Circle => Message(question, asked, 0, false, [0xC0, (byte)(HeaderLength + asked.Length), .. Record(type, [0, 10, 0xC0, (byte)(HeaderLength + asked.Length)])]),
            _ when _records.TryGetValue((name, type), out var data) => Message(question, asked, 0, false, [.. data.Select(one => Record(type, one))]),
            _ => Message(question, asked, _records.Keys.Any(record => record.Name == name) ? 0 : 3),
        };
    }

    private static byte[] Message(byte[] question, byte[] asked, int code, bool isCutShort = false, params byte[][] records)
        => [question[0], question[1], (byte)(0x84 | (isCutShort ? 2 : 0) | (question[2] & 1)), (byte)(0x80 | code), 0, 1, 0, (byte)records.Length, 0, 0, 0, 0, .. asked, .. Join(records.SelectMany(record => record))];

    /// <summary>Its name is that of the question.</summary>
    private static byte[] Record(int type, byte[] data)
        => [0xC0, HeaderLength, 0, (byte)type, 0, 1, 0, 0, 0, 60, (byte)(data.Length >> 8), (byte)data.Length, .. data];

    private static byte[] Name(string name)
        => [.. Join(name.Split('.', StringSplitOptions.RemoveEmptyEntries).SelectMany(label => (byte[])[(byte)label.Length, .. Encoding.ASCII.GetBytes(label)])), 0];

    private static byte[] Join(IEnumerable<byte> bytes) => [.. bytes];

    private static void InterlockedMax(ref int most, int value)
    {
        for (var seen = Volatile.Read(ref most); value > seen; seen = Volatile.Read(ref most))
            Interlocked.CompareExchange(ref most, value, seen);
    }
}
