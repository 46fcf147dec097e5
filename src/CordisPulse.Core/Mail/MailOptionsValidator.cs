using System.Net;
using CordisPulse.Core.Hosting;
using CordisPulse.Core.Outbound;
using Microsoft.Extensions.Options;
using MimeKit;

namespace CordisPulse.Core.Mail;

/// <summary>Each failure is one line that names the key and says what is allowed. No line holds a password.</summary>
public sealed class MailOptionsValidator : IValidateOptions<MailOptions>
{
    private static readonly string[] OwnNetworks = [".local", ".localhost", ".internal", ".intranet", ".lan", ".home.arpa", ".home", ".corp"];

    private static readonly TimeSpan ShortestTimeout = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestTimeout = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan ShortestDnsTimeout = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestDnsTimeout = TimeSpan.FromMinutes(1);

    public ValidateOptionsResult Validate(string? name, MailOptions options)
    {
        var problems = new List<string>();
        if (options.Transport == MailTransportKind.Smtp)
            problems.AddRange(Smtp(options));
        else if (Folder.ProblemWithWriting(options.PickupDirectory!) is { } problem)
            problems.Add($"Mail:PickupDirectory: {problem}");
        problems.AddRange(Addresses(options));
        problems.AddRange(Limits(options));
        problems.AddRange(Imap(options));
        problems.AddRange(DkimSigning.Problems(options.Dkim));
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    /// <summary>
    /// What else must be set before mail may leave this machine: a mailing full of links that nobody can open cannot be called
    /// back. No lines while mail goes to the pickup folder or to a mail server on this machine.
    /// </summary>
    public static IReadOnlyList<string> ProblemsWithLeavingThisMachine(MailOptions options, string? publicUrl, string? postalAddress)
    {
        if (options.Transport != MailTransportKind.Smtp || string.IsNullOrWhiteSpace(options.Smtp.Host) || options.Smtp.IsLoopback)
            return [];
        const string because = "because Mail:Smtp:Host is a mail server outside this machine";
        var problems = new List<string>();
        if (!IsOpenToReaders(publicUrl))
            problems.Add($"Site:PublicUrl must be an https address that readers can open, such as https://pulse.example.org, {because}.");
        if (string.IsNullOrWhiteSpace(options.From))
            problems.Add($"Mail:From must be set to the address that mail comes from, {because}.");
        if (string.IsNullOrWhiteSpace(postalAddress))
            problems.Add($"Publisher:PostalAddress must be set, since every mail carries it, {because}.");
        return problems;
    }

    internal static bool IsOpenToReaders(string? publicUrl) =>
        Uri.TryCreate(publicUrl, UriKind.Absolute, out var url)
        && url.Scheme == Uri.UriSchemeHttps
        && url.Host.Length > 0
        && !url.IsLoopback
        && !Loopback.Is(url.IdnHost)
        && (IPAddress.TryParse(url.DnsSafeHost, out var address) ? PublicNetwork.Holds(address) : IsNameOfTheInternet(url.IdnHost));

    /// <summary>Names without a dot, and those under names set apart for networks of one's own (RFC 6762, RFC 8375 and their like), lead nowhere outside.</summary>
    internal static bool IsNameOfTheInternet(string host)
        => host.TrimEnd('.').Contains('.', StringComparison.Ordinal)
            && !Array.Exists(OwnNetworks, suffix => host.TrimEnd('.').EndsWith(suffix, StringComparison.OrdinalIgnoreCase));

    private static IEnumerable<string> Smtp(MailOptions options)
    {
        var smtp = options.Smtp;
        if (string.IsNullOrWhiteSpace(smtp.Host))
            yield return "Mail:Smtp:Host is not set; Mail:Transport Smtp needs the name of a mail server.";
        if (smtp.Port is < 1 or > 65535)
            yield return $"Mail:Smtp:Port is {smtp.Port}; allowed: 1 to 65535.";
        if (smtp.Timeout < ShortestTimeout || smtp.Timeout > LongestTimeout)
            yield return $"Mail:Smtp:Timeout is {smtp.Timeout}; allowed: {ShortestTimeout} to {LongestTimeout} (hours:minutes:seconds).";
        if (options.EffectiveAuth == MailAuth.OAuth2)
        {
            foreach (var problem in OAuth2(options))
                yield return problem;
        }

        if (options.EffectiveAuth != MailAuth.Password)
            yield break;
        if (string.IsNullOrEmpty(smtp.UserName))
            yield return "Mail:Smtp:UserName is not set; Mail:Auth Password needs it.";
        if (string.IsNullOrEmpty(smtp.Password))
            yield return "Mail:Smtp:Password is not set; Mail:Auth Password needs it.";
    }

    private static IEnumerable<string> OAuth2(MailOptions options)
    {
        if (string.IsNullOrEmpty(options.Smtp.UserName))
            yield return "Mail:Smtp:UserName is not set; Mail:Auth OAuth2 needs the address of the mailbox that sends.";
        if (options.Smtp.EffectiveSecurity == SmtpSecurity.None && !options.Smtp.IsLoopback)
            yield return "Mail:Smtp:Security is None; allowed with Mail:Auth OAuth2: StartTls, Tls, since a token is as good as a password.";
        foreach (var problem in Client(options.OAuth2, "Mail:Auth"))
            yield return problem;
    }

    private static IEnumerable<string> Client(OAuth2Options oauth, string key)
    {
        if (string.IsNullOrEmpty(oauth.ClientId))
            yield return $"Mail:OAuth2:ClientId is not set; {key} OAuth2 needs it.";
        if (string.IsNullOrEmpty(oauth.ClientSecretFile))
            yield return $"Mail:OAuth2:ClientSecretFile is not set; {key} OAuth2 needs a file with the client's secret.";
        else if (!File.Exists(oauth.ClientSecretFile))
            yield return "Mail:OAuth2:ClientSecretFile names a file that is not there.";
        if (string.IsNullOrEmpty(oauth.TokenEndpoint) && string.IsNullOrEmpty(oauth.TenantId))
            yield return $"Mail:OAuth2:TenantId is not set; {key} OAuth2 needs it, or Mail:OAuth2:TokenEndpoint.";
        else if (!IsForTokens(oauth.EffectiveTokenEndpoint))
            yield return "Mail:OAuth2:TokenEndpoint must be an https address; http is allowed for this machine alone.";
    }

    private static IEnumerable<string> Imap(MailOptions options)
    {
        const string key = "Mail:Bounces:Imap";
        var imap = options.Bounces.Imap;
        if (options.Bounces.SoftLimit < 0)
            yield return $"Mail:Bounces:SoftLimit is {options.Bounces.SoftLimit}; allowed: 0 (never) or more.";
        if (!imap.IsSet)
            yield break;
        if (string.IsNullOrEmpty(options.BounceAddress) && string.IsNullOrEmpty(options.UnsubscribeMailbox))
            yield return $"Mail:BounceAddress is not set; {key}:Host needs it, since nothing else leads what comes back to its delivery, or Mail:UnsubscribeMailbox.";
        if (imap.Port is < 1 or > 65535)
            yield return $"{key}:Port is {imap.Port}; allowed: 1 to 65535.";
        if (imap.Timeout < ShortestTimeout || imap.Timeout > LongestTimeout)
            yield return $"{key}:Timeout is {imap.Timeout}; allowed: {ShortestTimeout} to {LongestTimeout} (hours:minutes:seconds).";
        if (imap.PollEvery < TimeSpan.FromSeconds(1) || imap.PollEvery > TimeSpan.FromHours(1))
            yield return $"{key}:PollEvery is {imap.PollEvery}; allowed: 00:00:01 to 01:00:00 (hours:minutes:seconds).";
        if (imap.KeepDoneFor < TimeSpan.Zero || imap.KeepDoneFor > TimeSpan.FromDays(3650))
            yield return $"{key}:KeepDoneFor is {imap.KeepDoneFor}; allowed: 00:00:00 (for ever) to 3650.00:00:00 (days.hours:minutes:seconds).";
        if (string.IsNullOrEmpty(imap.UserName))
            yield return $"{key}:UserName is not set; {key}:Host needs the user whose mailbox is read.";
        if (imap.EffectiveSecurity == SmtpSecurity.None && !imap.IsLoopback)
            yield return $"{key}:Security is None; allowed for a server outside this machine: StartTls, Tls.";
        foreach (var problem in imap.EffectiveAuth == MailAuth.OAuth2 ? Client(options.OAuth2, $"{key}:Auth") : [])
            yield return problem;
        if (imap.EffectiveAuth == MailAuth.None)
            yield return $"{key}:Auth is None; allowed: Password, OAuth2.";
        if (imap.EffectiveAuth == MailAuth.Password && string.IsNullOrEmpty(imap.Password))
            yield return $"{key}:Password is not set; {key}:Auth Password needs it.";
        foreach (var problem in Folders(imap, key))
            yield return problem;
    }

    private static IEnumerable<string> Folders(ImapOptions imap, string key)
    {
        (string Name, string Value)[] folders =
            [("Folder", imap.Folder), ("DoneFolder", imap.DoneFolder), ("RepliesFolder", imap.RepliesFolder), ("NotUnderstoodFolder", imap.NotUnderstoodFolder)];
        foreach (var (name, value) in folders)
        {
            if (string.IsNullOrWhiteSpace(value) || value.Split('/').Any(string.IsNullOrWhiteSpace) || value.Any(c => char.IsControl(c) || c is '*' or '%'))
                yield return $"{key}:{name} must name a folder, such as {new ImapOptions().DoneFolder}, with a slash between two of its parts.";
        }

        foreach (var (name, value) in folders[1..])
        {
            if (string.Equals(value, imap.Folder, StringComparison.OrdinalIgnoreCase))
                yield return $"{key}:{name} must be another folder than {key}:Folder, or the same messages would be read again and again.";
        }
    }

    private static bool IsForTokens(string endpoint)
        => Uri.TryCreate(endpoint, UriKind.Absolute, out var url)
            && (url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && Loopback.Is(url.DnsSafeHost)));

    private static IEnumerable<string> Addresses(MailOptions options)
    {
        (string Key, string? Value)[] addresses =
        [
            ("Mail:From", options.From),
            ("Mail:ReplyTo", options.ReplyTo),
            ("Mail:BounceAddress", options.BounceAddress),
            ("Mail:UnsubscribeMailbox", options.UnsubscribeMailbox),
        ];
        foreach (var (key, value) in addresses)
        {
            if (!string.IsNullOrEmpty(value) && !IsBareAddress(value))
                yield return $"{key} must be one e-mail address without a name, such as pulse@example.org.";
        }

        if (options.FromName?.Any(char.IsControl) == true)
            yield return "Mail:FromName must be one line of text.";
        if (options.BounceAddress?.LastIndexOf('@') > BounceAddress.MaxLocalPart)
            yield return $"Mail:BounceAddress must have at most {BounceAddress.MaxLocalPart} characters before the @, since each delivery's number is added there.";
    }

    private static bool IsBareAddress(string value) =>
        MailboxAddress.TryParse(value, out var mailbox)
        && mailbox.Address == value
        && mailbox.Address.LastIndexOf('@') is var at && at > 0 && at < value.Length - 1;

    private static IEnumerable<string> Limits(MailOptions options)
    {
        if (options.MaxConnections is < 1 or > 100)
            yield return $"Mail:MaxConnections is {options.MaxConnections}; allowed: 1 to 100.";
        (string Key, int Value)[] limits =
        [
            ("Mail:MaxPerConnection", options.MaxPerConnection),
            ("Mail:MaxPerSecond", options.MaxPerSecond),
            ("Mail:MaxPerMinute", options.MaxPerMinute),
            ("Mail:MaxPerDay", options.MaxPerDay),
        ];
        foreach (var (key, value) in limits)
        {
            if (value < 0)
                yield return $"{key} is {value}; allowed: 0 (no limit) or more.";
        }

        if (options.WaitBeforeSending < TimeSpan.Zero || options.WaitBeforeSending > TimeSpan.FromDays(1))
            yield return $"Mail:WaitBeforeSending is {options.WaitBeforeSending}; allowed: 00:00:00 (no wait) to 1.00:00:00 (hours:minutes:seconds).";
        if (options.ScheduleGrace < TimeSpan.FromMinutes(1) || options.ScheduleGrace > TimeSpan.FromDays(1))
            yield return $"Mail:ScheduleGrace is {options.ScheduleGrace}; allowed: 00:01:00 to 1.00:00:00 (hours:minutes:seconds).";
        if (options.ConfirmAbove < 0)
            yield return $"Mail:ConfirmAbove is {options.ConfirmAbove}; allowed: 0 (always) or more.";
        if (options.SuppressAfterBadAddress < 0)
            yield return $"Mail:SuppressAfterBadAddress is {options.SuppressAfterBadAddress}; allowed: 0 (never) or more.";

        if (!string.IsNullOrWhiteSpace(options.Check.DnsServer) && !MailCheckOptions.TryReadServer(options.Check.DnsServer, out _))
            yield return $"Mail:Check:DnsServer is \"{options.Check.DnsServer}\"; allowed: the IP address of a DNS server, such as 192.0.2.53, or 192.0.2.53:5353 with a port.";
        if (options.Check.DnsTimeout < ShortestDnsTimeout || options.Check.DnsTimeout > LongestDnsTimeout)
            yield return $"Mail:Check:DnsTimeout is {options.Check.DnsTimeout}; allowed: {ShortestDnsTimeout} to {LongestDnsTimeout} (hours:minutes:seconds).";

        var retry = options.Retry;
        if (retry.FirstDelay < TimeSpan.FromSeconds(1))
            yield return $"Mail:Retry:FirstDelay is {retry.FirstDelay}; allowed: 00:00:01 (hours:minutes:seconds) or more.";
        if (retry.MaxDelay < retry.FirstDelay)
            yield return $"Mail:Retry:MaxDelay is {retry.MaxDelay}; allowed: Mail:Retry:FirstDelay ({retry.FirstDelay}) or more.";
        if (retry.GiveUpAfter < TimeSpan.Zero)
            yield return $"Mail:Retry:GiveUpAfter is {retry.GiveUpAfter}; allowed: 00:00:00 (never try again) or more.";
    }
}
