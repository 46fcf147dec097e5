using System.Globalization;
using System.Text.RegularExpressions;
using CordisPulse.Core.Mail.Smtp;

namespace CordisPulse.Core.Mail.Returns;

/// <summary>A line of the table by enhanced status code.</summary>
/// <param name="Codes">Such as <c>5.1.1</c>; a star stands for any number.</param>
/// <param name="Verdict">Null: the words decide.</param>
/// <param name="Means">As the IANA registry of enhanced status codes has it, or how mail systems use it.</param>
/// <param name="If">The line holds only for a text of these words; null: for any.</param>
public sealed record StatusLine(string Codes, BounceVerdict? Verdict, string Means, Regex? If = null);

/// <summary>A line of the table by words.</summary>
public sealed record WordsLine(Regex Words, BounceVerdict Verdict, string Means);

/// <summary>
/// Hard, soft or unknown, said once: the first line that fits decides. The enhanced status code comes first (RFC 3463 and the IANA
/// registry), then the words, then the bare reply code. In doubt nobody is taken off the list: what is unknown counts for nothing.
/// </summary>
public static partial class BounceDecisions
{
    public static IReadOnlyList<StatusLine> ByStatus { get; } =
    [
        new("5.1.1", BounceVerdict.Unknown, "the sender's address, as some write it", OurAddress()),
        new("5.1.1", BounceVerdict.Hard, "no such mailbox"),
        new("5.1.2", BounceVerdict.Hard, "no such domain"),
        new("5.1.3", BounceVerdict.Hard, "no address as mail has them"),
        new("5.1.6", BounceVerdict.Hard, "the mailbox has moved and nobody says where"),
        new("5.1.7", BounceVerdict.Unknown, "the sender's address"),
        new("5.1.8", BounceVerdict.Unknown, "the sender's domain"),
        new("5.1.10", BounceVerdict.Hard, "the domain takes no mail (RFC 7505); with Exchange, no such recipient"),
        new("5.1.*", null, "something about an address, sender's or recipient's"),
        new("5.2.1", BounceVerdict.Unknown, "not a disabled mailbox, but what the server does not want", OurFault()),
        new("5.2.1", BounceVerdict.Hard, "the mailbox is disabled"),
        new("5.2.2", BounceVerdict.Soft, "the mailbox is full"),
        new("5.2.3", BounceVerdict.Unknown, "the message is too long for the mailbox"),
        new("5.2.*", null, "something about the mailbox"),
        new("5.3.1", BounceVerdict.Soft, "the mail system is full"),
        new("5.3.2", BounceVerdict.Soft, "the mail system takes no mail now"),
        new("5.3.4", BounceVerdict.Unknown, "the message is too long for the system"),
        new("5.3.*", null, "something about the mail system"),
        new("5.4.1", BounceVerdict.Hard, "with Microsoft 365, no such recipient", NobodyThere()),
        new("5.4.*", BounceVerdict.Soft, "the way there: names, routes, loops, time"),
        new("5.5.*", null, "the conversation of the two servers"),
        new("5.6.*", BounceVerdict.Unknown, "what the message holds"),
        new("5.7.*", BounceVerdict.Unknown, "policy and security: ours to mend, not the reader's"),
        new("5.*.*", null, "something"),
        new("4.7.*", BounceVerdict.Unknown, "policy and security, for now"),
        new("4.*.*", BounceVerdict.Soft, "something that may pass, and was tried until the time was up"),
    ];

    public static IReadOnlyList<WordsLine> ByWords { get; } =
    [
        new(OurFault(), BounceVerdict.Unknown, "policy, spam, the message, the sender"),
        new(OurAddress(), BounceVerdict.Unknown, "the sender's address"),
        new(Full(), BounceVerdict.Soft, "the mailbox is full"),
        new(NobodyThere(), BounceVerdict.Hard, "no such address"),
        new(MayPass(), BounceVerdict.Soft, "it may pass"),
    ];

    public static IReadOnlyDictionary<int, BounceVerdict> ByCode { get; } = new Dictionary<int, BounceVerdict>
    {
        // RFC 5321 section 4.2.3 has it for a mailbox that can't be reached, and servers have it for everything: it counts, but not at once.
        [550] = BounceVerdict.Soft,
        [551] = BounceVerdict.Soft,
        [552] = BounceVerdict.Soft,
    };

    /// <param name="status">What a report gives; one in <paramref name="text"/> that says more goes before it.</param>
    /// <param name="text">The other server's words; also what a person would read in a bounce of no standard form.</param>
    public static BounceReason Decide(EnhancedCode? status, string text)
    {
        var shown = ServerText.Of(text);
        int? code = Reply().Match(shown) is { Success: true } reply ? int.Parse(reply.ValueSpan, CultureInfo.InvariantCulture) : null;
        if (status is null or { Subject: 0 } && Status().Match(shown) is { Success: true } said
            && EnhancedCode.At(said.Groups[1].Value) is { } better && (status is null || better.Class == status.Value.Class || better.Subject != 0))
            status = better;
        return new BounceReason(Decide(status, code, Names().Replace(shown, " ")), Write(status), code, shown);
    }

    private static BounceVerdict Decide(EnhancedCode? status, int? code, string words)
    {
        if (status is { } given && ByStatus.FirstOrDefault(line => Fits(line.Codes, given) && line.If?.IsMatch(words) != false) is { Verdict: { } verdict })
            return verdict;
        if (ByWords.FirstOrDefault(line => line.Words.IsMatch(words)) is { } found)
            return found.Verdict;
        return code is not { } reply ? BounceVerdict.Unknown
            : reply < 500 ? BounceVerdict.Soft
            : ByCode.GetValueOrDefault(reply, BounceVerdict.Unknown);
    }

    private static bool Fits(string pattern, EnhancedCode code)
    {
        var parts = pattern.Split('.');
        return Is(parts[0], code.Class) && Is(parts[1], code.Subject) && Is(parts[2], code.Detail);

        static bool Is(string part, int number) => part == "*" || int.Parse(part, CultureInfo.InvariantCulture) == number;
    }

    private static string? Write(EnhancedCode? status)
        => status is { } code ? string.Create(CultureInfo.InvariantCulture, $"{code.Class}.{code.Subject}.{code.Detail}") : null;

    // Names of hosts say nothing, and one may be called antispam.example.
    [GeneratedRegex(@"(?:https?://\S+)|(?:[\w-]+(?:\.[\w-]+)*\.[A-Za-z][\w-]*)", RegexOptions.CultureInvariant)]
    private static partial Regex Names();

    [GeneratedRegex(@"(?<![0-9.\-])[45][0-9]{2}(?=[ \-#:])", RegexOptions.CultureInvariant)]
    private static partial Regex Reply();

    [GeneratedRegex(@"(?:\A\s*|[45][0-9]{2}[ \-]+#?|#|\s\()([245]\.[0-9]{1,3}\.[0-9]{1,3})(?![0-9.])", RegexOptions.CultureInvariant)]
    private static partial Regex Status();

    [GeneratedRegex(
        @"spam|unsolicited|bulk mail|block(?:ed|ing|[ -]?list)|black ?list|deny ?list|banned|reputation|policy|policies|dmarc|\bspf\b|\bdkim\b|virus|malware|phishing|content (?:filter|rejected)|rejected (?:for|due to) (?:the )?content|relay(?:ing)? (?:is )?(?:denied|not|access)|not (?:permitted|authori[sz]ed|allowed) to|authenticat|\brbl\b|dnsbl|client host|too many|rate limit|(?:message|size|data).{0,30}(?:too (?:big|large|long)|exceeds)|size limit|will not accept delivery|requires? tls|encryption",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex OurFault();

    [GeneratedRegex(@"sender(?:'s)? (?:address |domain )?(?:is )?(?:rejected|denied|invalid|unknown|verif|not)|invalid sender|bad sender|from address|mail from", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex OurAddress();

    [GeneratedRegex(@"mailbox.{0,20}full|full mailbox|inbox (?:is )?full|over ?-?quota|quota.{0,20}exce|exceed.{0,20}(?:quota|storage)|out of storage|insufficient.{0,10}storage|storage allocation", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Full();

    [GeneratedRegex(
        @"user (?:is )?(?:unknown|not found|doesn'?t exist|does not exist)|unknown (?:user|recipient|address|mailbox|local)|no such (?:user|mailbox|recipient|person|address|account|domain|local)|(?:do|does) ?(?:not|n'?t) exist|recipient (?:address )?(?:unknown|not found|rejected: (?:user|access denied|undeliverable|unknown))|RecipientNotFound|no mailbox (?:here )?by that name|mailbox (?:not found|unavailable|is unavailable|unknown|invalid|is disabled|disabled)|invalid (?:recipient|mailbox|user|address)|not (?:a valid|a known|listed in|our customer)|account (?:has been |is )?(?:disabled|closed|deactivated|terminated|inactive|suspended)|address (?:unknown|is unknown|not found)|doesn'?t have a[^.]{0,60}account|user reject|nobody here|recipient name is not recogni[sz]ed|not recogni[sz]ed here|unrouteable address|no longer (?:here|with us|valid|in use|accepts)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex NobodyThere();

    [GeneratedRegex(@"tempor|try (?:again )?later|timed? ?out|could not be reached|unreachable|connection (?:refused|lost|reset)|no route|host not found|grey ?list|deferred|retry time|expired|delayed|hop count|too many hops|loop|congest|unavailable|resources", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex MayPass();
}
