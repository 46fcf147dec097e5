using System.Text.RegularExpressions;

namespace CordisPulse.Core.Mail.Returns;

/// <summary>Finds in a bounce of no standard form what the other server said.</summary>
internal static partial class ReturnedText
{
    /// <summary>Lines of a paragraph beyond these say the same again, or are the mail that came back.</summary>
    private const int MostLines = 12;

    /// <summary>The words that say why; null when the text is no bounce that we know.</summary>
    /// <param name="text">The text for people.</param>
    /// <param name="isFromMailSystem">The headers say that a mail system wrote it; otherwise only forms with a fixed opening are taken.</param>
    public static string? Diagnosis(string text, bool isFromMailSystem)
    {
        var end = Copy().Match(text);
        var own = end.Success ? text[..end.Index] : text;
        if (Opening().Match(own) is { Success: true } opening)
            return Said(own[(opening.Index + opening.Length)..]) ?? Paragraph(own[(opening.Index + opening.Length)..]);
        return isFromMailSystem ? Said(own) ?? (Failing().IsMatch(own) ? Paragraph(own) : null) : null;
    }

    /// <summary>From the first line that looks like a server's reply.</summary>
    private static string? Said(string text)
        => Answer().Match(text) is { Success: true } answer ? Lines(text[answer.Index..]) : null;

    /// <summary>The paragraph that names the address, or the first that says that something failed.</summary>
    private static string? Paragraph(string text)
    {
        var start = Recipient().Match(text) is { Success: true } recipient ? recipient : Failing().Match(text);
        return start.Success ? Lines(text[start.Index..]) : null;
    }

    private static string Lines(string text)
        => string.Join(' ', text.Split('\n', MostLines + 1).Take(MostLines).Select(line => line.Trim()).TakeWhile((line, number) => number == 0 || line.Length > 0));

    // Where the mail that came back begins: qmail, Exim, GMX, Sendmail, Exchange and others.
    [GeneratedRegex(@"^[ \t]*-{2,}.{0,80}(?:copy|original message|header|below this line|returned message|unsent message)|^Original message (?:headers )?follows|^Original message headers:", RegexOptions.IgnoreCase | RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Copy();

    // What mail systems begin with, and people do not.
    [GeneratedRegex(
        @"\A\s*(?:Hi\. This is the (?:qmail-send program|deliver program)|This message was created automatically by (?:the )?(?:mail|SMTP)|Your message\r?\n[\s\S]{0,400}?did not reach|-+ The following addresses had|Message from \S{1,255}\s+Unable to deliver|The message that you sent was undeliverable|Sorry, we were unable to deliver your message)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Opening();

    [GeneratedRegex(@"^.*?(?:(?<![0-9.\-])[45][0-9]{2}[ \-]+(?:#?[245]\.[0-9]{1,3}\.[0-9]{1,3}|[A-Za-z<""#])|\(#[245]\.[0-9]{1,3}\.[0-9]{1,3}\)|#[245]\.[0-9]{1,3}\.[0-9]{1,3})", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Answer();

    [GeneratedRegex(@"^[ \t]*<?[^\s<>@]{1,64}@[^\s<>@]{1,255}>?:?(?:[ \t]*\r?$|[ \t]on[ \t]|[ \t]\()|^[ \t]*<[^\s<>@]{1,64}@[^\s<>@]{1,255}>:", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Recipient();

    [GeneratedRegex(@"^.*?(?:undeliver|not (?:be )?deliver|could ?n[o']t be delivered|delivery (?:has )?failed|failed permanently|permanent(?:ly)? (?:fatal )?(?:error|fail)|did not reach|no such|unknown|not found|returned|rejected).*$", RegexOptions.IgnoreCase | RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Failing();
}
