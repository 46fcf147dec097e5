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

/// <summary>What a server's reply to a part of a message means for that message and for those behind it.</summary>
public static class SmtpReplies
{
    /// <param name="code">The reply code (RFC 5321 section 4.2).</param>
    /// <param name="text">As it came; it is shortened and its addresses are masked here.</param>
    public static MailAnswer Read(SmtpStage stage, int code, string text)
    {
        var shown = ServerText.Of(text);
        var scope = code == 421 || IsAboutSigningIn(code) || stage == SmtpStage.Sender ? RefusalScope.Server : RefusalScope.Recipient;
        return code switch
        {
            >= 400 and < 500 => new MailAnswer.RefusedForNow(code, shown, scope),
            // Permanent for the server, not for the message: it goes once somebody has mended the settings.
            >= 500 when IsAboutSigningIn(code) => new MailAnswer.RefusedForNow(code, shown, RefusalScope.Server),
            >= 500 and < 600 => new MailAnswer.RefusedForGood(code, shown, scope),
            // RFC 5321 section 4.2.1 has a client go by the first digit.
            >= 200 and < 300 when stage == SmtpStage.Content => new MailAnswer.Accepted(code, shown),
            _ when stage == SmtpStage.Content => new MailAnswer.Unknown($"The mail server answered {code} to the message."),
            _ => new MailAnswer.NotSent($"The mail server answered {code} out of turn."),
        };
    }

    private static bool IsAboutSigningIn(int code) => code is 432 or 454 or 530 or 534 or 535 or 538;
}
