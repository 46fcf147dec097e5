using MailKit;

namespace CordisPulse.Core.Mail.Smtp;

/// <summary>
/// Knows how far a message has come, which the mail library's exceptions do not tell. It watches the conversation as a
/// protocol logger and keeps nothing of what is said.
/// </summary>
internal sealed class SmtpPhase : IProtocolLogger
{
    private bool _isRecipientAccepted;

    public IAuthenticationSecretDetector? AuthenticationSecretDetector { get; set; }

    /// <summary>The server has answered DATA, so content may have left and the message may have been taken.</summary>
    public bool HasContentBegun { get; private set; }

    public void BeginMessage()
    {
        _isRecipientAccepted = false;
        HasContentBegun = false;
    }

    /// <summary>From here the next thing that the server says is its answer to DATA.</summary>
    public void RecipientAccepted() => _isRecipientAccepted = true;

    public void LogServer(byte[] buffer, int offset, int count)
    {
        // Noted before the library reads the answer: a client's write is logged only once it has succeeded, which is too late.
        if (_isRecipientAccepted)
            HasContentBegun = true;
    }

    public void LogClient(byte[] buffer, int offset, int count)
    {
    }

    public void LogConnect(Uri uri)
    {
    }

    public void Dispose()
    {
    }
}
