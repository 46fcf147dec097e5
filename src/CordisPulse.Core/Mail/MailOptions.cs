using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace CordisPulse.Core.Mail;

/// <summary>The settings under <c>Mail</c>.</summary>
public sealed class MailOptions
{
    public const string Section = "Mail";

    public MailTransportKind Transport { get; set; } = MailTransportKind.Pickup;

    /// <summary>Not set: <c>outbox</c> in the data directory.</summary>
    public string? PickupDirectory { get; set; }

    public SmtpOptions Smtp { get; set; } = new();

    /// <summary>Not set: <see cref="MailAuth.Password"/> when there is a user name.</summary>
    public MailAuth? Auth { get; set; }

    public OAuth2Options OAuth2 { get; set; } = new();

    public string? From { get; set; }

    public string? FromName { get; set; }

    public string? ReplyTo { get; set; }

    /// <summary>The mailbox that bounces go to; deliveries are told apart as <see cref="Mail.BounceAddress"/> says.</summary>
    public string? BounceAddress { get; set; }

    public string? UnsubscribeMailbox { get; set; }

    /// <summary>Connections at once, for each node.</summary>
    public int MaxConnections { get; set; } = 4;

    /// <summary>Messages before a connection is closed and opened anew; 0 is no limit.</summary>
    public int MaxPerConnection { get; set; }

    /// <summary>0 is no limit.</summary>
    public int MaxPerSecond { get; set; }

    public MaxPerSecondScope MaxPerSecondScope { get; set; } = MaxPerSecondScope.Node;

    /// <summary>For all nodes together; 0 is no limit.</summary>
    public int MaxPerMinute { get; set; }

    /// <summary>For all nodes together; 0 is no limit.</summary>
    public int MaxPerDay { get; set; }

    public WhenUncertain WhenUncertain { get; set; } = WhenUncertain.Resend;

    /// <summary>
    /// So many mailings in a row whose server says that there is no such address, and the address is suppressed; 0 is never. Two by
    /// default: a server that has lost its list of people says so of everybody, and is mended by the month after.
    /// </summary>
    public int SuppressAfterBadAddress { get; set; } = 2;

    /// <summary>Whoever confirms a subscription is sent the latest edition at once, if its mailing is over.</summary>
    public bool LateOnConfirmation { get; set; }

    /// <summary>How long a mailing that was started from the desk goes to colleagues alone; 0 for no wait.</summary>
    public TimeSpan WaitBeforeSending { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>A schedule that the program was not running for still acts when no more than this has passed.</summary>
    public TimeSpan ScheduleGrace { get; set; } = TimeSpan.FromHours(2);

    /// <summary>With more recipients than these their number is typed before the desk starts a mailing.</summary>
    public int ConfirmAbove { get; set; } = 500;

    public MailRetryOptions Retry { get; set; } = new();

    public DkimOptions Dkim { get; set; } = new();

    public MailCheckOptions Check { get; set; } = new();

    public BounceOptions Bounces { get; set; } = new();

    /// <summary><c>Mail:From</c>; without it mail goes no farther than the pickup folder or a server on this machine.</summary>
    public string Sender => string.IsNullOrEmpty(From) ? "noreply@localhost" : From;

    public MailAuth EffectiveAuth =>
        Auth ?? (string.IsNullOrEmpty(Smtp.UserName) ? MailAuth.None : MailAuth.Password);
}

public sealed class SmtpOptions
{
    public string? Host { get; set; }

    /// <summary>Not set: 25, 587 or 465, as <see cref="EffectiveSecurity"/> has it.</summary>
    public int? Port { get; set; }

    /// <summary>Not set: <see cref="SmtpSecurity.StartTls"/>, and <see cref="SmtpSecurity.None"/> for a server on this machine.</summary>
    public SmtpSecurity? Security { get; set; }

    public string? UserName { get; set; }

    public string? Password { get; set; }

    public SmtpClientKind Client { get; set; } = SmtpClientKind.Pipelined;

    /// <summary>For connecting and signing in together, and for each message as a whole.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(2);

    public SmtpSecurity EffectiveSecurity => Security ?? (IsLoopback ? SmtpSecurity.None : SmtpSecurity.StartTls);

    public int EffectivePort => Port ?? EffectiveSecurity switch
    {
        SmtpSecurity.Tls => 465,
        SmtpSecurity.StartTls => 587,
        _ => 25,
    };

    public bool IsLoopback => Host is not null && Loopback.Is(Host);
}

/// <summary>Client credentials (RFC 6749 section 4.4).</summary>
public sealed class OAuth2Options
{
    /// <summary>The directory of Microsoft 365 that <see cref="EffectiveTokenEndpoint"/> follows from.</summary>
    public string? TenantId { get; set; }

    public string? ClientId { get; set; }

    /// <summary>A file with the secret on one line; read at each fetch, so that a new secret needs no restart.</summary>
    public string? ClientSecretFile { get; set; }

    /// <summary>Not set: that of Microsoft 365 for <see cref="TenantId"/>.</summary>
    public string? TokenEndpoint { get; set; }

    /// <summary>Not set: that of Exchange Online.</summary>
    public string? Scope { get; set; }

    public string EffectiveTokenEndpoint => string.IsNullOrEmpty(TokenEndpoint)
        ? $"https://login.microsoftonline.com/{Uri.EscapeDataString(TenantId ?? "")}/oauth2/v2.0/token"
        : TokenEndpoint;

    public string EffectiveScope => string.IsNullOrEmpty(Scope) ? "https://outlook.office365.com/.default" : Scope;
}

public sealed class MailRetryOptions
{
    public TimeSpan FirstDelay { get; set; } = TimeSpan.FromMinutes(1);

    public TimeSpan MaxDelay { get; set; } = TimeSpan.FromHours(1);

    public TimeSpan GiveUpAfter { get; set; } = TimeSpan.FromHours(24);
}

/// <summary>What is done with mail that comes back.</summary>
public sealed class BounceOptions
{
    public ImapOptions Imap { get; set; } = new();

    /// <summary>So many mailings in a row that came back for a reason that may pass, and the address is suppressed; 0 is never.</summary>
    public int SoftLimit { get; set; } = 3;
}

/// <summary>The mailbox that is read for mail that came back. Without a host none is.</summary>
public sealed class ImapOptions
{
    public string? Host { get; set; }

    /// <summary>Not set: 993 or 143, as <see cref="EffectiveSecurity"/> has it.</summary>
    public int? Port { get; set; }

    /// <summary>Not set: <see cref="SmtpSecurity.Tls"/>, and <see cref="SmtpSecurity.None"/> for a server on this machine.</summary>
    public SmtpSecurity? Security { get; set; }

    /// <summary>Not set: <see cref="MailAuth.Password"/>. A token is fetched as <see cref="MailOptions.OAuth2"/> says.</summary>
    public MailAuth? Auth { get; set; }

    public string? UserName { get; set; }

    public string? Password { get; set; }

    /// <summary>The folder that mail comes into.</summary>
    public string Folder { get; set; } = "INBOX";

    public HandledReturns Handled { get; set; } = HandledReturns.Move;

    /// <summary>Where what was handled goes. Folders are written with a slash, whatever the server has.</summary>
    public string DoneFolder { get; set; } = "CordisPulse/Done";

    /// <summary>Where what people wrote goes.</summary>
    public string RepliesFolder { get; set; } = "CordisPulse/Replies";

    public string NotUnderstoodFolder { get; set; } = "CordisPulse/Not understood";

    /// <summary>How long a message stays in <see cref="DoneFolder"/>; zero is for ever.</summary>
    public TimeSpan KeepDoneFor { get; set; } = TimeSpan.FromDays(90);

    /// <summary>Between two looks at a server that does not tell of new mail by itself.</summary>
    public TimeSpan PollEvery { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>For each answer of the server.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(1);

    public bool IsSet => !string.IsNullOrWhiteSpace(Host);

    public bool IsLoopback => Host is not null && Loopback.Is(Host);

    public SmtpSecurity EffectiveSecurity => Security ?? (IsLoopback ? SmtpSecurity.None : SmtpSecurity.Tls);

    public int EffectivePort => Port ?? (EffectiveSecurity == SmtpSecurity.Tls ? 993 : 143);

    public MailAuth EffectiveAuth => Auth ?? MailAuth.Password;
}

/// <summary>What becomes of a message once it was handled.</summary>
public enum HandledReturns
{
    Move,
    Delete,
}

public sealed class DkimOptions
{
    public IList<DkimKeyOptions> Keys { get; } = [];
}

public sealed class DkimKeyOptions
{
    public string? Domain { get; set; }

    public string? Selector { get; set; }

    /// <summary>A PEM file with an RSA or Ed25519 private key.</summary>
    public string? PrivateKeyFile { get; set; }
}

/// <summary>How the DNS is asked: by <c>mail check</c>, and whether a domain takes mail.</summary>
public sealed class MailCheckOptions
{
    private const int DnsPort = 53;

    /// <summary>An IP address, with a port if that is not 53. Not set: the servers of this system.</summary>
    public string? DnsServer { get; set; }

    /// <summary>For each try; there are two.</summary>
    public TimeSpan DnsTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>False when <paramref name="text"/> names no server.</summary>
    public static bool TryReadServer(string? text, [NotNullWhen(true)] out IPEndPoint? server)
    {
        if (string.IsNullOrWhiteSpace(text) || !IPEndPoint.TryParse(text, out server))
        {
            server = null;
            return false;
        }

        if (server.Port == 0)
            server.Port = DnsPort;
        return true;
    }
}

public enum MailTransportKind
{
    Pickup,
    Smtp,
}

public enum SmtpSecurity
{
    None,
    StartTls,
    Tls,
}

/// <summary>Who speaks to the mail server once it has let us in.</summary>
public enum SmtpClientKind
{
    /// <summary>We do, with as few waits as the server allows.</summary>
    Pipelined,

    /// <summary>The mail library does, one command at a time where it must: slower, for servers that the other does not suit.</summary>
    MailKit,
}

public enum MailAuth
{
    None,
    Password,

    /// <summary>With a token that the client credentials of <c>Mail:OAuth2</c> fetch.</summary>
    OAuth2,
}

/// <summary>Whose messages <c>Mail:MaxPerSecond</c> counts.</summary>
public enum MaxPerSecondScope
{
    Node,
    AllNodes,
}

public enum WhenUncertain
{
    /// <summary>Send again, with the same Message-ID.</summary>
    Resend,

    /// <summary>Leave it to a person.</summary>
    Ask,
}

internal static class Loopback
{
    public static bool Is(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}
