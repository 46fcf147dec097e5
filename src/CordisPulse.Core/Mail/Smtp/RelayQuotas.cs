using System.Text.RegularExpressions;

namespace CordisPulse.Core.Mail.Smtp;

/// <summary>One way in which a relay says that a quota is used up.</summary>
/// <param name="Relay">Who speaks like this.</param>
/// <param name="Code">The reply code; null for any refusal.</param>
/// <param name="Words">Found in the reply's text.</param>
/// <param name="Example">A reply's text that it is for.</param>
public sealed record QuotaPattern(string Relay, int? Code, Regex Words, RelayQuota Quota, string Example);

/// <summary>
/// What relays say when we have sent all that we may for now, be it with a 4xx or a 5xx. The first pattern that fits is taken, so
/// that what one relay means by its words comes before what they mean in general.
/// </summary>
public static class RelayQuotas
{
    private const RegexOptions Options = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;

    /// <summary>No server of a hostile mind holds a connection up with a text that is hard to search.</summary>
    private static readonly TimeSpan MostSearching = TimeSpan.FromMilliseconds(200);

    /// <summary>A mailbox that is full or much written to is its own recipient's affair.</summary>
    private static readonly Regex AboutMailbox = Words(@"\b[45]\.2\.[12]\b|mailbox (is )?(full|over)|(user|recipient|mailbox)[^.]{0,60} (is )?(receiving|over quota)|recipient thread limit");

    public static IReadOnlyList<QuotaPattern> All { get; } =
    [
        new("Microsoft 365", 432, Words(@"\b4\.3\.2\b"), RelayQuota.Connections, "4.3.2 STOREDRV.ClientSubmit; sender thread limit exceeded"),
        new("Microsoft 365", 554, Words("SubmissionQuotaExceeded"), RelayQuota.Day, "5.2.0 STOREDRV.Submission.Exception:SubmissionQuotaExceededException; Failed to process message due to a permanent exception"),
        new("Microsoft 365", 554, Words("RecipientRateLimitExceeded|RecipientLimitExceeded"), RelayQuota.Day, "5.2.0 STOREDRV.Submission.Exception:RecipientRateLimitExceededException"),
        new("Microsoft 365", 550, Words(@"\b5\.1\.90\b"), RelayQuota.Day, "5.1.90 Your message can't be sent because you've reached your daily limit for message recipients"),
        new("Microsoft 365", 550, Words(@"\b5\.7\.(232|233|705)\b"), RelayQuota.Day, "5.7.233 Your message can't be sent because your tenant exceeded its daily limit for sending e-mail to external recipients"),
        new("Exchange", 421, Words("submission rate for this client"), RelayQuota.Rate, "4.4.2 Message submission rate for this client has exceeded the configured limit"),
        new("Exchange", null, Words("concurrent (server )?connections?"), RelayQuota.Connections, "4.3.2 The maximum number of concurrent connections has exceeded a limit, closing transmission channel"),
        new("Gmail", null, Words(@"\b5\.4\.5\b.*(quota|limit)"), RelayQuota.Day, "5.4.5 Daily user sending limit exceeded"),
        new("Gmail", 421, Words(@"\b4\.7\.(0|28)\b.*(unusual rate|too many (logins|messages)|rate limit)"), RelayQuota.Rate, "4.7.28 Gmail has detected an unusual rate of mail originating from your network"),
        new("Gmail", 454, Words("too many login attempts"), RelayQuota.Rate, "4.7.0 Too many login attempts, please try again later"),
        new("Amazon SES", 454, Words("daily message quota exceeded"), RelayQuota.Day, "Throttling failure: Daily message quota exceeded."),
        new("Amazon SES", 454, Words("maximum sending rate exceeded|throttling failure"), RelayQuota.Rate, "Throttling failure: Maximum sending rate exceeded."),
        new("SendGrid", null, Words("maximum credits exceeded"), RelayQuota.Day, "Authentication failed: Maximum credits exceeded"),
        new("Postmark", null, Words("run out of credits|out of credits"), RelayQuota.Day, "You've run out of credits"),
        new("Brevo, Mailgun and others, a day", null, Words(@"(daily|a day|per day|24[ -]?h(ours?)?)\b.{0,60}\b(limit|quota|allowance)|(limit|quota|allowance)\b.{0,60}\b(daily|a day|per day|today|24[ -]?h(ours?)?)"), RelayQuota.Day, "You have reached your daily sending limit"),
        new("Postfix policies, cPanel and others, an hour", null, Words(@"(hourly|an hour|per hour)\b.{0,60}\b(limit|quota|exceeded)|(limit|quota|exceeded)\b.{0,60}\b(hourly|an hour|per hour)|max e-?mails per hour"), RelayQuota.Hour, "Domain example.org has exceeded the max emails per hour (100/100) allowed"),
        new("Postfix and others", null, Words("too many (concurrent |simultaneous )?(smtp )?(connections|sessions)|connection limit"), RelayQuota.Connections, "4.7.0 Error: too many connections from 192.0.2.1"),
        new("Mailgun, Postmark and others", null, Words("rate limit|(sending|message|submission|mail|recipient|send) rate .{0,40}exceed|too many messages|too much mail|sending too (fast|quickly)|throttl|(sending|message|submission|send) (limit|quota) .{0,20}(exceeded|reached)"), RelayQuota.Rate, "4.7.1 Rate limit exceeded, try again in a minute"),
    ];

    /// <returns>Null for a reply that is about something else.</returns>
    public static RelayQuota? Find(int code, string text)
    {
        if (code is < 400 or > 599)
            return null;
        var searched = text.Length > SearchedLength ? text[..SearchedLength] : text;
        try
        {
            if (AboutMailbox.IsMatch(searched))
                return null;
            foreach (var pattern in All)
                if ((pattern.Code is null || pattern.Code == code) && pattern.Words.IsMatch(searched))
                    return pattern.Quota;
        }
        catch (RegexMatchTimeoutException)
        {
            // Such a text is nobody's notice of a quota.
        }

        return null;
    }

    private const int SearchedLength = 1000;

    private static Regex Words(string pattern) => new(pattern, Options | RegexOptions.Singleline, MostSearching);
}
