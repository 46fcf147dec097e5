namespace CordisPulse.Core.Mail;

/// <summary>
/// No connection to send over. The message says why in plain words; it holds no address, user name or password, and there
/// is no inner exception because those of the mail library can hold them.
/// </summary>
public sealed class MailServerUnavailableException(string reason, int? code = null) : Exception(reason)
{
    /// <summary>The server's SMTP code, when it gave one (421, 454, 535, …).</summary>
    public int? Code { get; } = code;

    public MailTrouble Trouble { get; init; }

    /// <summary>What is used up, when the server lets nobody in for that reason.</summary>
    public RelayQuota? Quota { get; init; }
}

/// <summary>Why there is no connection, and so what there is to look at.</summary>
public enum MailTrouble
{
    /// <summary>Not there, not answering, or not letting anybody in.</summary>
    Server,

    /// <summary>TLS: not offered, not agreed on, or with a certificate that is not trusted.</summary>
    Security,

    /// <summary>The server did not accept who we are, or no token was to be had.</summary>
    SignIn,
}
