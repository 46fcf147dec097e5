using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace CordisPulse.Tests.Mail;

public sealed record LoopbackSmtpSettings
{
    /// <summary>With a user name the server asks for it (AUTH PLAIN and LOGIN) before the first MAIL.</summary>
    public string? UserName { get; init; }

    public string? Password { get; init; }

    /// <summary>Set: the server asks for a token that this accepts (AUTH XOAUTH2) before the first MAIL.</summary>
    public Func<string, bool>? AcceptsToken { get; init; }

    /// <summary>With a certificate the server offers STARTTLS, or speaks TLS at once when <see cref="IsTlsFromTheStart"/>.</summary>
    public X509Certificate2? Certificate { get; init; }

    public bool IsTlsFromTheStart { get; init; }

    public bool OffersPipelining { get; init; } = true;

    public bool OffersEightBitMime { get; init; } = true;

    public bool OffersSmtpUtf8 { get; init; } = true;

    public bool OffersChunking { get; init; }

    /// <summary>Answers DATA with 354 although it has refused every recipient, as RFC 2920 lets it.</summary>
    public bool TakesContentForNobody { get; init; }

    public long MaxSize { get; init; } = 50_000_000;

    /// <summary>After so many messages the next MAIL is answered with 421, as relays do.</summary>
    public int MaxMessagesOnConnection { get; init; } = int.MaxValue;

    /// <summary>False: messages are counted and dropped, for long runs.</summary>
    public bool KeepsMessages { get; init; } = true;

    /// <summary>True: of each message only what stands before the first empty line is kept.</summary>
    public bool KeepsHeadersOnly { get; init; }
}

/// <summary>
/// A real SMTP listener on 127.0.0.1. It answers as RFC 5321 has it unless a rule says otherwise. All members may be used from any thread.
/// </summary>
public sealed class LoopbackSmtpServer : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly TcpListener _listener;
    private readonly CancellationTokenSource _stop = new();
    private readonly List<ReceivedMessage> _messages = [];
    private readonly List<Rule> _rules = [];
    private readonly List<Task> _sessions = [];
    private readonly List<string> _commands = [];
    private readonly Task _accepting;
    private TaskCompletionSource? _changed;
    private int _messageCount;
    private int _connectionCount;
    private int _openConnections;
    private int _begun;

    private LoopbackSmtpServer(LoopbackSmtpSettings settings)
    {
        Settings = settings;
        _listener = new TcpListener(IPAddress.Loopback, 0);
        _listener.Start(512);
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = AcceptAsync();
    }

    public static string Host => "127.0.0.1";

    /// <summary>Another for the connections from then on.</summary>
    public LoopbackSmtpSettings Settings { get; set; }

    public int Port { get; }

    /// <summary>Connections ever opened.</summary>
    public int ConnectionCount => Volatile.Read(ref _connectionCount);

    public int OpenConnections => Volatile.Read(ref _openConnections);

    public int MessageCount => Volatile.Read(ref _messageCount);

    /// <summary>The messages so far, in the order in which they were taken.</summary>
    public IReadOnlyList<ReceivedMessage> Messages
    {
        get
        {
            lock (_lock)
                return [.. _messages];
        }
    }

    /// <summary>The verbs of all commands so far; never arguments.</summary>
    public IReadOnlyList<string> Verbs
    {
        get
        {
            lock (_lock)
                return [.. _commands];
        }
    }

    public static LoopbackSmtpServer Start(LoopbackSmtpSettings? settings = null) => new(settings ?? new LoopbackSmtpSettings());

    /// <summary>
    /// Adds a rule. Of the rules that fit a moment the first still in force is taken; it ends after <paramref name="times"/> uses.
    /// </summary>
    public void On(SmtpStage stage, SmtpReaction reaction, Func<SmtpMoment, bool>? when = null, int times = int.MaxValue)
    {
        lock (_lock)
            _rules.Add(new Rule(stage, reaction, when) { Left = times });
    }

    public void ClearRules()
    {
        lock (_lock)
            _rules.Clear();
    }

    public async Task<IReadOnlyList<ReceivedMessage>> WaitForMessagesAsync(int count, TimeSpan timeout)
    {
        await WaitUntilAsync(() => MessageCount >= count, timeout, () => $"{count} messages; there are {MessageCount}");
        return Messages;
    }

    /// <summary>Waits for a condition on this server; it is looked at whenever a connection, command or message changes something.</summary>
    /// <exception cref="TimeoutException">It did not come about in time.</exception>
    public async Task WaitUntilAsync(Func<bool> condition, TimeSpan timeout, Func<string>? what = null)
    {
        using var limit = new CancellationTokenSource(timeout);
        while (true)
        {
            Task change;
            lock (_lock)
                change = (_changed ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
            if (condition())
                return;
            try
            {
                await change.WaitAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                throw new TimeoutException($"Waited {timeout} for {what?.Invoke() ?? "a condition"}.");
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        Task[] sessions;
        lock (_lock)
            sessions = [.. _sessions];
        await Task.WhenAll(sessions);
        _listener.Dispose();
        _stop.Dispose();
    }

    internal int NextMessage() => Interlocked.Increment(ref _begun);

    internal SmtpReaction? ReactionTo(SmtpMoment moment)
    {
        lock (_lock)
        {
            foreach (var rule in _rules)
            {
                if (rule.Stage != moment.Stage || rule.Left == 0 || rule.When?.Invoke(moment) == false)
                    continue;
                rule.Left--;
                return rule.Reaction;
            }
        }

        return null;
    }

    internal void Note(string verb)
    {
        if (!Settings.KeepsMessages)
            return;
        lock (_lock)
        {
            _commands.Add(verb);
            SignalChange();
        }
    }

    internal void Store(ReceivedMessage message)
    {
        lock (_lock)
        {
            if (Settings.KeepsMessages)
                _messages.Add(Settings.KeepsHeadersOnly ? message.HeadersOnly() : message);
            _messageCount++;
            SignalChange();
        }
    }

    private void SignalChange()
    {
        _changed?.TrySetResult();
        _changed = null;
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var socket = await _listener.AcceptSocketAsync(_stop.Token);
                socket.NoDelay = true;
                lock (_lock)
                {
                    _connectionCount++;
                    _openConnections++;
                    _sessions.RemoveAll(session => session.IsCompleted);
                    _sessions.Add(RunAsync(socket, _connectionCount));
                    SignalChange();
                }
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // The listener was stopped, be it between two accepts.
        }
    }

    private async Task RunAsync(Socket socket, int number)
    {
        // Off the accept loop, and off the lock that it holds.
        await Task.Yield();
        try
        {
            await using var stream = new NetworkStream(socket, ownsSocket: true);
            await new SmtpSession(this, number, stream).RunAsync(_stop.Token);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or SocketException or ObjectDisposedException
            or System.Security.Authentication.AuthenticationException)
        {
            // The client went, the server was stopped or the client did not trust our certificate.
        }
        finally
        {
            lock (_lock)
            {
                _openConnections--;
                SignalChange();
            }
        }
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Host}:{Port}");

    private sealed record Rule(SmtpStage Stage, SmtpReaction Reaction, Func<SmtpMoment, bool>? When)
    {
        public int Left { get; set; }
    }
}
