namespace CordisPulse.Core.Mail;

/// <summary>
/// No connection to send over. The message says why in plain words; it holds no address, user name or password, and there
/// is no inner exception because those of the mail library can hold them.
/// </summary>
public sealed class MailServerUnavailableException(string reason, int? code = null) : Exception(reason)
{
    /// <summary>The server's SMTP code, when it gave one (421, 454, 535, …).</summary>
    public int? Code { get; } = code;
}
