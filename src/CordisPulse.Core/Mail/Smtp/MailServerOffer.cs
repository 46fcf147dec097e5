using System.Security.Authentication;

namespace CordisPulse.Core.Mail.Smtp;

/// <summary>What a mail server says of itself once it has let us in.</summary>
public sealed record MailServerOffer
{
    /// <summary>Host and port.</summary>
    public required string Server { get; init; }

    /// <summary>As EHLO names them.</summary>
    public required IReadOnlyList<string> Extensions { get; init; }

    /// <summary>Bytes of a message; 0 when it sets no limit.</summary>
    public required long MaxSize { get; init; }

    /// <summary>Null for a connection in plain.</summary>
    public required SslProtocols? Tls { get; init; }

    /// <summary>Addresses that ASCII can't write (SMTPUTF8).</summary>
    public required bool CarriesInternationalAddresses { get; init; }
}
