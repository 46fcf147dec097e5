using System.Globalization;
using System.Net;
using System.Security.Authentication;
using CordisPulse.Core.Hosting;
using CordisPulse.Core.Mail.Smtp;
using CordisPulse.Core.Mailings.Messages;
using Microsoft.Extensions.Options;

namespace CordisPulse.Core.Mail.Checks;

public sealed record CheckMail
{
    /// <summary>The address from which receivers get the mail, when it is known: many servers hand mail on from another than they are reached at.</summary>
    public required IPAddress? SendsFrom { get; init; }
}

/// <summary>Looks at all that decides whether receivers take our mail: the mail server, our signature, the DNS and the large receivers' rules.</summary>
public sealed class MailCheck(
    DnsLookups dns, MailDomains domains, EditionMessageFactory messages, DkimSigning signing, AccessTokens tokens, PublicAddress address, IOptions<MailOptions> options)
{
    /// <summary>An edition's message takes up to so much: its HTML within Gmail's limit, the same as text, and what their encoding adds.</summary>
    private const int LargestMessage = 300_000;

    private MailOptions Mail => options.Value;

    public async Task<IReadOnlyList<MailFinding>> RunAsync(CheckMail check, CancellationToken cancellationToken = default)
    {
        var findings = new List<MailFinding>();
        findings.AddRange(Mail.Transport == MailTransportKind.Smtp
            ? await ServerAsync(cancellationToken)
            : [new("server", MailGrade.Look, $"Mail goes to the pickup folder {Mail.PickupDirectory}, and to nobody (Mail:Transport is Pickup). What follows is about the domain that it would come from.")]);
        if (string.IsNullOrEmpty(Mail.From))
            return [.. findings, new("from", MailGrade.Wrong, "Mail:From is not set: mail has no domain that the DNS could be asked about.")];
        var from = Domain(Mail.From);
        if (!MailOptionsValidator.IsNameOfTheInternet(from))
            return [.. findings, new("from", MailGrade.Wrong, $"{from} (Mail:From) is no domain of the internet, so nobody outside takes mail from it.")];

        var look = new DnsCheck(dns, domains, Mail, check.SendsFrom);
        bool? takesMail = null;
        foreach (var (domain, settings) in Domains())
        {
            var takes = await look.TakesMailAsync(domain, settings, cancellationToken);
            takesMail = domain == from ? takes : takesMail;
        }

        var envelope = Domain(string.IsNullOrEmpty(Mail.BounceAddress) ? Mail.From : Mail.BounceAddress);
        var spf = await look.SpfAsync(envelope, cancellationToken);
        using var message = messages.CreateSpecimen(new RenderedMail("Specimen", "<p>Specimen</p>\n", "Specimen\n"), address.Base);
        var specimen = new SentSpecimen(message);
        List<(DkimPublicKey Key, bool? Holds)> signatures = [];
        foreach (var key in signing.PublicKeys)
            signatures.Add((key, await look.DkimAsync(key, specimen, cancellationToken)));
        if (signatures.Count == 0)
            look.Findings.Add(new("dkim", MailGrade.Look, "We sign nothing (Mail:Dkim:Keys is not set). That is right where the mail server signs with the domain of Mail:From and covers both List-Unsubscribe headers; send a test to see."));
        var dmarc = await look.DmarcAsync(from, cancellationToken);
        var isSpfAligned = dmarc.IsAligned(envelope, from, dmarc.IsSpfStrict);
        var aligned = signatures.Where(signature => dmarc.IsAligned(signature.Key.Domain, from, dmarc.IsDkimStrict)).ToList();
        look.Findings.Add(Alignment(from, envelope, isSpfAligned, signatures.Count, aligned.Count > 0));
        var hasReverseName = await ReverseNameAsync(look, check.SendsFrom, cancellationToken);
        findings.AddRange(look.Findings);
        findings.AddRange(new ReceiverRules
        {
            TakesMail = takesMail,
            Spf = spf,
            Dkim = signatures.Count == 0 ? null : AnyOf(signatures.Select(signature => signature.Holds)),
            Dmarc = dmarc.Trouble is null ? dmarc.IsUsable : null,
            Aligned = AnyOf([isSpfAligned ? spf : false, .. aligned.Select(signature => signature.Holds), .. signatures.Count == 0 ? [null] : Array.Empty<bool?>()]),
            HasReverseName = hasReverseName,
            HasOpenLink = specimen.OneClickLink is { } link && MailOptionsValidator.IsOpenToReaders(link.AbsoluteUri),
            OneClickSigned = signatures.Count == 0 ? null : AnyOf(signatures.Select(signature => signature.Holds == true ? specimen.CoversOneClick(signature.Key) : signature.Holds)),
        }.Findings());
        return findings;
    }

    private async Task<List<MailFinding>> ServerAsync(CancellationToken cancellationToken)
    {
        MailServerOffer offer;
        try
        {
            offer = await new SmtpTransport(Mail, tokens).LookAsync(cancellationToken);
        }
        catch (MailServerUnavailableException e)
        {
            return [new("server", MailGrade.Wrong, e.Message)];
        }

        var signIn = Mail.EffectiveAuth switch
        {
            MailAuth.Password => "and accepts the user name and password",
            MailAuth.OAuth2 => "and accepts the token",
            _ => "without a sign-in",
        };
        var findings = new List<MailFinding>
        {
            new("server", MailGrade.Ok, $"The mail server {offer.Server} lets us in, {signIn}. It offers {(offer.Extensions.Count == 0 ? "nothing beyond plain SMTP" : string.Join(", ", offer.Extensions))}."),
            offer.Tls is { } tls
                ? new("tls", tls >= SslProtocols.Tls12 ? MailGrade.Ok : MailGrade.Look, $"The connection is secured by {Name(tls)}{(tls >= SslProtocols.Tls12 ? "" : ", which is out of date")}.")
                : Mail.Smtp.IsLoopback
                    ? new("tls", MailGrade.Ok, "The connection is in plain, and does not leave this machine.")
                    : new("tls", MailGrade.Wrong, "The connection is in plain: whoever is on the way can read the mail. Set Mail:Smtp:Security to StartTls or Tls."),
        };
        if (offer.MaxSize is > 0 and < LargestMessage)
            findings.Add(new("size", MailGrade.Wrong, string.Create(CultureInfo.InvariantCulture, $"The mail server takes messages of up to {offer.MaxSize} bytes, and an edition may have {LargestMessage}.")));
        if (!offer.CarriesInternationalAddresses)
            findings.Add(new("international", MailGrade.Look, "The mail server can't carry addresses with letters such as é before the @ (SMTPUTF8); mail to them fails."));
        return findings;
    }

    /// <summary>The domains of our addresses, each once, with the settings that name it.</summary>
    private IEnumerable<(string Domain, string Settings)> Domains()
    {
        (string Setting, string? Address)[] addresses =
        [
            ("Mail:From", Mail.From), ("Mail:BounceAddress", Mail.BounceAddress), ("Mail:ReplyTo", Mail.ReplyTo), ("Mail:UnsubscribeMailbox", Mail.UnsubscribeMailbox),
        ];
        return addresses.Where(one => !string.IsNullOrEmpty(one.Address))
            .GroupBy(one => Domain(one.Address!), one => one.Setting)
            .Select(group => (group.Key, string.Join(", ", group)));
    }

    private static MailFinding Alignment(string from, string envelope, bool isSpfAligned, int signatures, bool isDkimAligned)
        => isDkimAligned
            ? new("alignment", MailGrade.Ok, $"The signature is by the domain of Mail:From, {from}, or one of its organisation{(isSpfAligned ? ", and so is the envelope" : $". The envelope is not ({envelope}), which does not matter then")}.")
            : (signatures, isSpfAligned) switch
            {
                ( > 0, _) => new("alignment", MailGrade.Wrong, $"No signature is by the domain of Mail:From, {from}: for DMARC they count for nothing. Set Mail:Dkim:Keys:0:Domain to {from}."),
                (_, true) => new("alignment", MailGrade.Look, $"Only the envelope is by the domain of Mail:From, {from}: forwarded mail then fails DMARC. Sign with a key of {from}."),
                _ => new("alignment", MailGrade.Wrong, $"Neither a signature nor the envelope ({envelope}, Mail:BounceAddress) is by the domain of Mail:From, {from}: DMARC fails, unless the mail server signs for {from}."),
            };

    /// <summary>What may be the address that receivers see: that which was named, or where the mail server is.</summary>
    private async Task<bool?> ReverseNameAsync(DnsCheck look, IPAddress? sendsFrom, CancellationToken cancellationToken)
    {
        if (sendsFrom is not null)
            return await look.ReverseNameAsync(sendsFrom, isCertain: true, cancellationToken);
        if (Mail is not { Transport: MailTransportKind.Smtp, Smtp: { Host: { } host, IsLoopback: false } })
        {
            look.Findings.Add(new("reverse-name", MailGrade.Look, "The address that mail leaves from is not known here, nor its reverse name: --sends-from ADDRESS looks."));
            return null;
        }

        var addresses = IPAddress.TryParse(host, out var literal) ? [literal] : (await dns.AddressesAsync(host, cancellationToken)).Records;
        bool? found = null;
        foreach (var one in addresses.Take(3))
            found = await look.ReverseNameAsync(one, isCertain: false, cancellationToken) ?? found;
        return found;
    }

    private static string Domain(string mailbox) => mailbox[(mailbox.LastIndexOf('@') + 1)..].ToLowerInvariant();

    private static string Name(SslProtocols tls) => tls switch
    {
        SslProtocols.Tls13 => "TLS 1.3",
        SslProtocols.Tls12 => "TLS 1.2",
        _ => "an older TLS than 1.2",
    };

    /// <summary>True when one is; false when none is, for certain.</summary>
    private static bool? AnyOf(IEnumerable<bool?> answers)
    {
        var all = answers.ToList();
        return all.Contains(true) ? true : all.Contains(null) ? null : false;
    }
}
