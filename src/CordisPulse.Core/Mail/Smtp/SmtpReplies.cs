using System.Text.RegularExpressions;

namespace CordisPulse.Core.Mail.Smtp;

/// <summary>Where in a message's conversation a reply came (RFC 5321 section 3.3).</summary>
public enum SmtpStage
{
    /// <summary>To MAIL.</summary>
    Sender,

    /// <summary>To RCPT.</summary>
    Recipient,

    /// <summary>To DATA, before any content.</summary>
    Data,

    /// <summary>To the content's final dot.</summary>
    Content,
}

/// <summary>A row of the table of refusals. What is null fits everything.</summary>
/// <param name="Codes">Reply codes (RFC 5321 section 4.2), from and to.</param>
/// <param name="Stages">Where the reply came.</param>
/// <param name="Enhanced">Of a reply with an enhanced code (RFC 3463): its subject and its details; no details are all of them.</param>
/// <param name="Words">Found in the text.</param>
/// <param name="Scope">What the reply is about.</param>
public sealed record ReplyRule(
    (int From, int To)? Codes, SmtpStage[]? Stages, (int Subject, int[] Details)? Enhanced, Regex? Words, RefusalScope Scope)
{
    public bool IsBadAddress { get; init; }

    /// <summary>Permanent for the server, not for the message: it goes once somebody has mended the settings.</summary>
    public bool IsForNow { get; init; }

    internal bool Fits(SmtpStage stage, int code, EnhancedCode? enhanced, string text)
        => (Codes is not { } codes || (code >= codes.From && code <= codes.To))
            && (Stages is null || Stages.Contains(stage))
            && (Enhanced is not { } wanted
                || (enhanced is { } found && found.Subject == wanted.Subject && (wanted.Details.Length == 0 || wanted.Details.Contains(found.Detail))))
            && (Words is null || Words.IsMatch(text));
}

/// <summary>What a server's reply to a part of a message means for that message and for those behind it.</summary>
public static partial class SmtpReplies
{
    private const int SearchedLength = 1000;

    private static readonly (int From, int To) Temporary = (400, 499);
    private static readonly (int From, int To) Permanent = (500, 599);
    private static readonly SmtpStage[] ToRecipient = [SmtpStage.Recipient];
    private static readonly SmtpStage[] ToMessage = [SmtpStage.Data, SmtpStage.Content];

    /// <summary>
    /// The first row that fits is taken; a quota that is used up (<see cref="RelayQuotas"/>) comes before all of them. What would
    /// stop the mailing for everybody is told from a reply that is hardly one recipient's; where it is all the same,
    /// <c>ServerHealth.MeetsAlone</c> finds it out.
    /// </summary>
    public static IReadOnlyList<ReplyRule> Table { get; } =
    [
        // Closing the channel, whatever the stage (RFC 5321 section 4.2.2).
        new((421, 421), null, null, null, RefusalScope.Server),

        // Signing in (RFC 4954 section 6; 454 there, 432 and 538 in its forerunners).
        new((432, 432), null, null, null, RefusalScope.SignIn),
        new((454, 454), null, null, null, RefusalScope.SignIn),
        new((530, 530), null, null, null, RefusalScope.SignIn) { IsForNow = true },
        new((534, 535), null, null, null, RefusalScope.SignIn) { IsForNow = true },
        new((538, 538), null, null, null, RefusalScope.SignIn) { IsForNow = true },
        new(null, null, (7, [8, 9, 11, 57]), null, RefusalScope.SignIn) { IsForNow = true },

        // Who we say that we are: X.1.7 and X.1.8 are the sender's address, X.7.60 and SendAsDenied Exchange's word for "not as this sender".
        new(null, null, (1, [7, 8]), null, RefusalScope.Sender) { IsForNow = true },
        new(null, null, (7, [60]), null, RefusalScope.Sender) { IsForNow = true },
        new(Permanent, null, null, SenderDenied(), RefusalScope.Sender) { IsForNow = true },

        // To MAIL: too large by SIZE (RFC 1870) is the message's, the rest is about us or the server.
        new((552, 552), [SmtpStage.Sender], null, null, RefusalScope.Message),
        new(Permanent, [SmtpStage.Sender], (3, [4]), null, RefusalScope.Message),
        new(Permanent, [SmtpStage.Sender], null, null, RefusalScope.Sender),
        new(Temporary, [SmtpStage.Sender], null, null, RefusalScope.Server),

        // The server as a whole: it takes no mail now, or has no room for it; bad sequence of commands means that we are out of step.
        new(Temporary, null, (3, [1, 2]), null, RefusalScope.Server),
        new(Temporary, ToMessage, (3, [0, 5]), null, RefusalScope.Server),
        new((503, 503), null, null, null, RefusalScope.Server) { IsForNow = true },

        // Not allowed to send through this server: likely to meet everybody, yet some relays refuse single domains so.
        new(Permanent, ToRecipient, null, RelayDenied(), RefusalScope.Message),
        new(Permanent, ToRecipient, (7, [54, 64]), null, RefusalScope.Message),

        // There is no such address: mailbox, domain, syntax, moved away, a domain that takes no mail (RFC 7505).
        new(Permanent, ToRecipient, (1, [0, 1, 2, 3, 4, 6, 10]), null, RefusalScope.Recipient) { IsBadAddress = true },
        new(Permanent, ToMessage, (1, [0, 1, 2, 3, 4, 6, 10]), null, RefusalScope.Recipient) { IsBadAddress = true },

        // The rest of what is said to RCPT, greylisting (450, 451, 4.7.1) among it, and what is said of the mailbox (X.2.x) later.
        new(null, ToRecipient, null, null, RefusalScope.Recipient),
        new(null, ToMessage, (2, []), null, RefusalScope.Recipient),

        // To the message.
        new(Temporary, ToMessage, null, null, RefusalScope.Message),
        new(Permanent, ToMessage, null, null, RefusalScope.Message),
    ];

    /// <param name="code">The reply code (RFC 5321 section 4.2).</param>
    /// <param name="text">As it came; it is shortened and its addresses are masked here.</param>
    public static MailAnswer Read(SmtpStage stage, int code, string text)
    {
        var shown = ServerText.Of(text);
        return code switch
        {
            >= 400 and < 600 => Refusal(stage, code, text, shown),
            // RFC 5321 section 4.2.1 has a client go by the first digit.
            >= 200 and < 300 when stage == SmtpStage.Content => new MailAnswer.Accepted(code, shown),
            _ when stage == SmtpStage.Content => new MailAnswer.Unknown($"The mail server answered {code} to the message."),
            _ => new MailAnswer.NotSent($"The mail server answered {code} out of turn."),
        };
    }

    private static MailAnswer Refusal(SmtpStage stage, int code, string text, string shown)
    {
        if (RelayQuotas.Find(code, text) is { } quota)
            return new MailAnswer.RefusedForNow(code, shown, RefusalScope.Quota) { Quota = quota };
        var searched = text.Length > SearchedLength ? text[..SearchedLength] : text;
        var enhanced = EnhancedCode.At(searched);
        var rule = Table.First(row => row.Fits(stage, code, enhanced, searched));
        return code < 500 || rule.IsForNow
            ? new MailAnswer.RefusedForNow(code, shown, rule.Scope)
            : new MailAnswer.RefusedForGood(code, shown, rule.Scope) { IsBadAddress = rule.IsBadAddress };
    }

    [GeneratedRegex(@"SendAsDenied|permissions? to send as|STOREDRV\.Submission\.Exception:QuotaExceeded", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SenderDenied();

    [GeneratedRegex("relay(ing)?( access)? (is )?(denied|not (permitted|allowed))|unable to relay|not (permitted|allowed) to relay|relay not permitted", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex RelayDenied();
}
