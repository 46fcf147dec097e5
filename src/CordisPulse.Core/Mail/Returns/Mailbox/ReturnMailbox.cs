using System.Net.Sockets;
using MailKit;
using MailKit.Net.Imap;
using MailKit.Search;
using MailKit.Security;

namespace CordisPulse.Core.Mail.Returns.Mailbox;

/// <summary>A message that lies in the mailbox.</summary>
/// <param name="Validity">With <paramref name="Id"/>, the one place in the folder that no other message ever has (RFC 3501 section 2.3.1.1).</param>
public sealed record MailboxMessage(uint Validity, uint Id, DateTime ReceivedUtc)
{
    internal UniqueId Place => new(Validity, Id);
}

/// <summary>
/// The mailbox of <c>Mail:Bounces:Imap</c>, opened. Every failure of the server is a <see cref="MailServerUnavailableException"/>, after which
/// it is of no more use.
/// </summary>
public sealed class ReturnMailbox : IAsyncDisposable
{
    /// <summary>A server may end a connection that has been silent for half an hour (RFC 3501 section 5.4), and some routers sooner.</summary>
    private static readonly TimeSpan LongestSilence = TimeSpan.FromMinutes(9);

    private static readonly TimeSpan LeaveTaking = TimeSpan.FromSeconds(2);

    private readonly ImapOptions _options;
    private readonly ImapClient _client = new();
    private readonly Dictionary<string, IMailFolder> _folders = [];
    private IMailFolder _inbox = null!;

    /// <summary>As many messages as lay there when they were last listed; with more, something has come since.</summary>
    private int _known;

    private ReturnMailbox(ImapOptions options) => _options = options;

    private string Server => $"The mail server {_options.Host}:{_options.EffectivePort}";

    private string SignInSettings => _options.EffectiveAuth == MailAuth.OAuth2
        ? "Mail:Bounces:Imap:UserName (the mailbox), Mail:OAuth2:ClientId and what the application may do with that mailbox"
        : "Mail:Bounces:Imap:UserName and Password";

    /// <exception cref="MailServerUnavailableException">It can't be opened; the message names the setting to look at.</exception>
    public static async Task<ReturnMailbox> OpenAsync(ImapOptions options, AccessTokens tokens, CancellationToken cancellationToken)
    {
        var mailbox = new ReturnMailbox(options);
        try
        {
            await mailbox.TalkAsync(token => mailbox.ConnectAsync(tokens, token), cancellationToken);
            return mailbox;
        }
        catch
        {
            await mailbox.DisposeAsync();
            throw;
        }
    }

    /// <summary>All that lies there, the oldest first.</summary>
    public Task<IReadOnlyList<MailboxMessage>> ListAsync(int most, CancellationToken cancellationToken) => TalkAsync<IReadOnlyList<MailboxMessage>>(async token =>
    {
        _known = _inbox.Count;
        var ids = (await _inbox.SearchAsync(SearchQuery.NotDeleted, token)).OrderBy(id => id.Id).Take(most).ToList();
        if (ids.Count == 0)
            return [];
        var rows = await _inbox.FetchAsync(ids, new FetchRequest(MessageSummaryItems.UniqueId | MessageSummaryItems.InternalDate), token);
        return [.. rows.OrderBy(row => row.UniqueId.Id).Select(row => new MailboxMessage(_inbox.UidValidity, row.UniqueId.Id, row.InternalDate?.UtcDateTime ?? DateTime.UnixEpoch))];
    }, cancellationToken);

    /// <summary>The first <see cref="ReturnReader.MostRead"/> bytes of a message, however long it is; null when it has gone meanwhile.</summary>
    public Task<byte[]?> ReadAsync(MailboxMessage message, CancellationToken cancellationToken) => TalkAsync(async token =>
    {
        try
        {
            using var content = await _inbox.GetStreamAsync(message.Place, 0, ReturnReader.MostRead, token);
            var bytes = new byte[ReturnReader.MostRead];
            var length = await content.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, token);
            return length == bytes.Length ? bytes : bytes[..length];
        }
        catch (MessageNotFoundException)
        {
            return null;
        }
    }, cancellationToken);

    public Task PutAwayAsync(MailboxMessage message, ReturnPlace place, CancellationToken cancellationToken) => TalkAsync(async token =>
    {
        if (place == ReturnPlace.Done && _options.Handled == HandledReturns.Delete)
        {
            await _inbox.StoreAsync([message.Place], new StoreFlagsRequest(StoreAction.Add, MessageFlags.Deleted) { Silent = true }, token);
            await _inbox.ExpungeAsync([message.Place], token);
            return;
        }

        var folder = await FolderAsync(place switch
        {
            ReturnPlace.Replies => _options.RepliesFolder,
            ReturnPlace.NotUnderstood => _options.NotUnderstoodFolder,
            _ => _options.DoneFolder,
        }, token);
        await _inbox.MoveToAsync([message.Place], folder, token);
    }, cancellationToken);

    /// <summary>Removes for good what has lain among the handled for longer than <see cref="ImapOptions.KeepDoneFor"/>.</summary>
    public Task TidyAsync(DateTime nowUtc, CancellationToken cancellationToken) => TalkAsync(async token =>
    {
        if (_options.KeepDoneFor == TimeSpan.Zero || _options.Handled == HandledReturns.Delete)
            return;
        var done = await FolderAsync(_options.DoneFolder, token);
        await done.OpenAsync(FolderAccess.ReadWrite, token);
        try
        {
            var old = await done.SearchAsync(SearchQuery.DeliveredBefore(nowUtc - _options.KeepDoneFor), token);
            if (old.Count > 0)
            {
                await done.StoreAsync(old, new StoreFlagsRequest(StoreAction.Add, MessageFlags.Deleted) { Silent = true }, token);
                await done.ExpungeAsync(old, token);
            }
        }
        finally
        {
            await _inbox.OpenAsync(FolderAccess.ReadWrite, token);
        }
    }, cancellationToken);

    /// <summary>Until something may have come since all was listed: the server says so (RFC 2177), or it is time to ask.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        if (_inbox.Count > _known)
            return;
        if (!_client.Capabilities.HasFlag(ImapCapabilities.Idle))
        {
            await Task.Delay(_options.PollEvery, cancellationToken);
            await TalkAsync(_client.NoOpAsync, cancellationToken);
            return;
        }

        using var enough = new CancellationTokenSource(LongestSilence);
        void Come(object? sender, EventArgs e)
        {
            if (_inbox.Count > _known)
                enough.Cancel();
        }

        _inbox.CountChanged += Come;
        try
        {
            using var ended = CancellationTokenSource.CreateLinkedTokenSource(enough.Token, cancellationToken);
            // A server that has gone without a word does not even say that the waiting is over.
            using var gone = new CancellationTokenSource(LongestSilence + _options.Timeout);
            await TalkAsync(_ => _client.IdleAsync(ended.Token, gone.Token), cancellationToken, isPatient: true);
        }
        finally
        {
            _inbox.CountChanged -= Come;
        }

        cancellationToken.ThrowIfCancellationRequested();
    }

    public async ValueTask DisposeAsync()
    {
        if (_client.IsConnected)
        {
            using var limit = new CancellationTokenSource(LeaveTaking);
            try
            {
                await _client.DisconnectAsync(quit: true, limit.Token);
            }
            catch (Exception e) when (IsOfServer(e) || e is OperationCanceledException)
            {
                // All that was done is done.
            }
        }

        _client.Dispose();
    }

    private async Task ConnectAsync(AccessTokens tokens, CancellationToken cancellationToken)
    {
        await _client.ConnectAsync(_options.Host!, _options.EffectivePort, _options.EffectiveSecurity switch
        {
            SmtpSecurity.Tls => SecureSocketOptions.SslOnConnect,
            SmtpSecurity.StartTls => SecureSocketOptions.StartTls,
            _ => SecureSocketOptions.None,
        }, cancellationToken);
        if (_options.EffectiveAuth == MailAuth.OAuth2)
            await SignInWithTokenAsync(tokens, cancellationToken);
        else
            await _client.AuthenticateAsync(_options.UserName!, _options.Password!, cancellationToken);
        _inbox = await InboxAsync(cancellationToken);
        await _inbox.OpenAsync(FolderAccess.ReadWrite, cancellationToken);
    }

    /// <summary>A token from before may have been withdrawn: one that was not accepted is fetched anew at the next try.</summary>
    private async Task SignInWithTokenAsync(AccessTokens tokens, CancellationToken cancellationToken)
    {
        var token = await tokens.GetAsync(cancellationToken);
        try
        {
            await _client.AuthenticateAsync(new SaslMechanismOAuth2(_options.UserName!, token.Value), cancellationToken);
        }
        catch (Exception e) when (IsOfServer(e))
        {
            tokens.Forget(token);
            if (!token.IsFromBefore || !_client.IsConnected)
                throw;
            token = await tokens.GetAsync(cancellationToken);
            await _client.AuthenticateAsync(new SaslMechanismOAuth2(_options.UserName!, token.Value), cancellationToken);
        }
    }

    private async Task<IMailFolder> InboxAsync(CancellationToken cancellationToken)
    {
        if (string.Equals(_options.Folder, "INBOX", StringComparison.OrdinalIgnoreCase))
            return _client.Inbox!;
        try
        {
            return await FolderAsync(_options.Folder, cancellationToken, makes: false);
        }
        catch (FolderNotFoundException)
        {
            throw new MailServerUnavailableException($"{Server} has no folder “{_options.Folder}”; see Mail:Bounces:Imap:Folder.");
        }
    }

    /// <param name="path">With slashes between its parts; the server may have another sign there, and a place of its own where folders begin.</param>
    private async Task<IMailFolder> FolderAsync(string path, CancellationToken cancellationToken, bool makes = true)
    {
        if (_folders.TryGetValue(path, out var known))
            return known;
        var folder = _client.PersonalNamespaces.Count > 0 ? _client.GetFolder(_client.PersonalNamespaces[0]) : _client.Inbox!;
        foreach (var part in path.Split('/'))
            folder = await InAsync(folder, part, makes, cancellationToken);
        return _folders[path] = folder;
    }

    private static async Task<IMailFolder> InAsync(IMailFolder folder, string name, bool makes, CancellationToken cancellationToken)
    {
        try
        {
            return await folder.GetSubfolderAsync(name, cancellationToken);
        }
        catch (FolderNotFoundException) when (makes)
        {
            return await folder.CreateAsync(name, isMessageFolder: true, cancellationToken)
                ?? throw new MailServerUnavailableException($"The mail server could not make the folder “{name}”.");
        }
    }

    private async Task TalkAsync(Func<CancellationToken, Task> act, CancellationToken cancellationToken, bool isPatient = false)
        => await TalkAsync(
            async token =>
            {
                await act(token);
                return true;
            },
            cancellationToken, isPatient);

    private async Task<T> TalkAsync<T>(Func<CancellationToken, Task<T>> act, CancellationToken cancellationToken, bool isPatient = false)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (!isPatient)
            limit.CancelAfter(_options.Timeout);
        try
        {
            return await act(limit.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new MailServerUnavailableException($"{Server} did not answer within {_options.Timeout}.");
        }
        catch (Exception e) when (IsOfServer(e))
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw Unavailable(e);
        }
    }

    private static bool IsOfServer(Exception e)
        => e is ProtocolException or CommandException or AuthenticationException or SslHandshakeException or IOException or SocketException
            or ServiceNotConnectedException or ServiceNotAuthenticatedException or FolderNotFoundException or FolderNotOpenException or NotSupportedException;

    /// <summary>Of what the mail library says only what holds no names is passed on.</summary>
    private MailServerUnavailableException Unavailable(Exception e) => e switch
    {
        SocketException => new($"{Server} could not be reached; see Mail:Bounces:Imap:Host and Port."),
        SslHandshakeException { ServerCertificate: not null } => new($"{Server} has a certificate that this machine does not trust.") { Trouble = MailTrouble.Security },
        SslHandshakeException => new($"{Server} and this machine could not agree on a secure connection; see Mail:Bounces:Imap:Security.") { Trouble = MailTrouble.Security },
        AuthenticationException or ServiceNotAuthenticatedException => new($"{Server} did not accept the sign-in; see {SignInSettings}.") { Trouble = MailTrouble.SignIn },
        NotSupportedException => new($"{Server} does not offer what Mail:Bounces:Imap:Security or Mail:Bounces:Imap:Auth asks for.") { Trouble = MailTrouble.Security },
        CommandException => new($"{Server} refused what was asked of it: {Smtp.ServerText.Of(e.Message)}"),
        _ => new($"The connection to the mail server {_options.Host}:{_options.EffectivePort} was lost."),
    };
}
