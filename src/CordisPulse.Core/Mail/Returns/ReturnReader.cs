using System.Text;
using CordisPulse.Core.Data;
using CordisPulse.Core.Mail.Smtp;
using CordisPulse.Core.Subscriptions;
using MimeKit;

namespace CordisPulse.Core.Mail.Returns;

/// <summary>
/// Reads what came back and decides what it is. Whatever it is given it answers, in bounded time and memory; it believes nothing for being
/// addressed to us, and nothing that it says leads to a mail.
/// </summary>
public sealed class ReturnReader(ReturnMarks marks)
{
    /// <summary>
    /// Bytes of a message that are read. Reports come before the mail that they return, so that of one of 50 MB no more is needed.
    /// </summary>
    public const int MostRead = 256 * 1024;

    /// <summary>A message that has been on its way over more servers than this goes round in a circle.</summary>
    private const int MostHops = 50;

    private static readonly string[] RecipientHeaders =
        ["Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To", "X-Delivered-To", "X-RCPT-TO", "X-Forwarded-To", "To", "Cc", "Apparently-To", "Resent-To", "Received"];

    /// <param name="beginning">The message, or its first <see cref="MostRead"/> bytes.</param>
    public ReturnedMail Read(ReadOnlySpan<byte> beginning)
    {
        using var content = ReturnedContent.Of(beginning.Length > MostRead ? beginning[..MostRead] : beginning);
        return content is null ? new ReturnedMail(ReturnKind.NotUnderstood, ReturnedOrigin.Nowhere) : Read(content);
    }

    private ReturnedMail Read(ReturnedContent content)
    {
        var headers = content.Headers;
        var from = content.From;
        var subject = content.Subject;
        var origin = Origin(content);
        if (marks.IsSender(from) && (headers.Contains(HeaderId.ListUnsubscribePost) || headers.Contains(HeaderId.AutoSubmitted)))
            return new ReturnedMail(ReturnKind.Loop, origin);
        if (headers.Count(header => header.Id == HeaderId.Received) > MostHops)
            return new ReturnedMail(ReturnKind.Loop, origin);
        if (content.Feedback is { } feedback)
            return new ReturnedMail(IsComplaint(feedback) ? ReturnKind.Complaint : ReturnKind.Automatic, origin);
        if (content.Status is { Count: > 0 } status)
            return content.ReturnsReport ? new ReturnedMail(ReturnKind.Loop, origin) : OfReport(content, status, origin);
        if (content.IsReceipt)
            return new ReturnedMail(ReturnKind.Automatic, origin);
        var isOfMailSystem = ReturnedWords.IsOfMailSystem(headers, from, subject);
        var isAutomatic = ReturnedWords.IsAutomatic(headers, subject);
        if ((isOfMailSystem || !isAutomatic) && OfOlderForm(content, subject, isOfMailSystem, origin) is { } bounce)
            return bounce;
        if (ReturnMarks.LeavingToken(subject) is { } token)
            return new ReturnedMail(ReturnKind.Leave, origin) { Token = token, Words = Words(from, subject) };
        if (isAutomatic || ReturnedWords.IsFromNobody(headers))
            return new ReturnedMail(ReturnedWords.IsFromNobody(headers) && !isAutomatic ? ReturnKind.NotUnderstood : ReturnKind.Automatic, origin);
        return OfPerson(content, from, subject, origin);
    }

    private static ReturnedMail OfReport(ReturnedContent content, IReadOnlyList<HeaderList> recipients, ReturnedOrigin origin)
    {
        var failed = recipients.Where(group => Action(group) == "failed").ToList();
        if (failed.Count == 0)
        {
            var kind = recipients.Any(group => Action(group) == "delayed") ? ReturnKind.Delay
                : recipients.Any(group => Action(group) is "delivered" or "relayed" or "expanded") ? ReturnKind.Delivered
                : ReturnKind.NotUnderstood;
            return new ReturnedMail(kind, origin) { Reason = kind == ReturnKind.Delay ? Reason(content, recipients.First(group => Action(group) == "delayed")) : null };
        }

        var reason = Reason(content, failed[0]);
        // Behind an address that stands for several people only one may be gone.
        if (reason.Verdict == BounceVerdict.Hard && failed.Count < recipients.Count)
            reason = reason with { Verdict = BounceVerdict.Unknown };
        return new ReturnedMail(ReturnKind.Bounce, origin) { Reason = reason, Recipients = [.. failed.SelectMany(Recipients)] };
    }

    /// <summary>As it was given to the system, and as it came to be on the way.</summary>
    private static IEnumerable<string> Recipients(HeaderList group)
        => ((string[])["Original-Recipient", "Final-Recipient"])
            .Select(field => group[field]?.Split(';')[^1].Trim(' ', '\t', '<', '>'))
            .OfType<string>()
            .Where(address => address.Contains('@', StringComparison.Ordinal));

    private static BounceReason Reason(ReturnedContent content, HeaderList group)
    {
        var said = group["Diagnostic-Code"] ?? "";
        var colon = said.IndexOf(';');
        if (colon is >= 0 and < 20)
            said = said[(colon + 1)..];
        var status = EnhancedCode.At(group["Status"] ?? "");
        // Some reports give a code that says nothing, and the reason for people alone.
        if (said.Trim().Length == 0 || (status is null or { Subject: 0 } && !said.Any(char.IsAsciiLetter)))
            said = $"{said} {ReturnedText.Diagnosis(content.Text, isFromMailSystem: true)}";
        return BounceDecisions.Decide(status, said);
    }

    private static ReturnedMail? OfOlderForm(ReturnedContent content, string subject, bool isOfMailSystem, ReturnedOrigin origin)
    {
        if (ReturnedText.Diagnosis(content.Text, isOfMailSystem) is not { } said)
            return isOfMailSystem && ReturnedWords.IsAboutDelay(subject) ? new ReturnedMail(ReturnKind.Delay, origin) : null;
        if (content.ReturnsReport)
            return new ReturnedMail(ReturnKind.Loop, origin);
        return new ReturnedMail(ReturnedWords.IsAboutDelay(subject) ? ReturnKind.Delay : ReturnKind.Bounce, origin) { Reason = BounceDecisions.Decide(null, said) };
    }

    private ReturnedMail OfPerson(ReturnedContent content, string? from, string subject, ReturnedOrigin origin)
    {
        if (Words(from, subject) is not { } words)
            return new ReturnedMail(ReturnKind.NotUnderstood, origin);
        var isWish = ReturnedWords.AskToLeave(subject) || marks.IsForLeaving(Joined(content.Headers, RecipientHeaders));
        if (!isWish && origin.Mail is null && !ReturnedWords.IsReply(content.Headers, subject))
            return new ReturnedMail(ReturnKind.NotUnderstood, origin);
        return new ReturnedMail(isWish ? ReturnKind.AsksToLeave : ReturnKind.Reply, origin) { Words = words };
    }

    private static PersonWords? Words(string? from, string subject)
        => from is not null && EmailAddress.TryParse(from, out var address, out _) ? new PersonWords(address.Normalized, subject) : null;

    private ReturnedOrigin Origin(ReturnedContent content)
    {
        var returned = content.Returned;
        return new ReturnedOrigin(
            marks.MailIn(Joined(content.Headers, RecipientHeaders))
                ?? marks.MailIn(content.Feedback is { } feedback ? Joined(feedback, "Original-Mail-From") : "")
                ?? marks.MailIn(returned is null ? "" : Joined(returned, "Return-Path", "X-Envelope-From", "X-Original-Return-Path", "Received"))
                ?? marks.MailIn(content.ReportFields),
            ReturnMarks.TokenIn(returned?[HeaderId.ListUnsubscribe]),
            returned?[HeaderId.MessageId]?.Trim().Trim('<', '>'));
    }

    private static bool IsComplaint(HeaderList feedback)
        => feedback["Feedback-Type"]?.Trim().ToLowerInvariant() is "abuse" or "fraud" or "opt-out" or "opt-out-list" or "virus" or "miscategorized" or "other";

    /// <summary>Some systems leave it out, though it must be there; the status then tells.</summary>
    private static string? Action(HeaderList group)
        => group["Action"]?.Split('(', ';')[0].Trim().ToLowerInvariant() ?? (EnhancedCode.At(group["Status"] ?? "") is { Class: 5 } ? "failed" : null);

    private static string Joined(HeaderList headers, params string[] names)
    {
        var joined = new StringBuilder();
        foreach (var header in headers)
            if (Array.Exists(names, name => name.Equals(header.Field, StringComparison.OrdinalIgnoreCase)))
                joined.Append(header.Value).Append('\n');
        return joined.ToString();
    }
}

/// <summary>The parts of a message that tell what it is.</summary>
internal sealed class ReturnedContent : IDisposable
{
    /// <summary>Lines that begin as the boundary between two parts does; a message with more is made to be hard to read.</summary>
    private const int MostBoundaries = 2000;

    /// <summary>A report on a report on a mail is nested less deeply.</summary>
    private const int Deepest = 8;

    /// <summary>Characters of the text for people.</summary>
    private const int MostText = 32 * 1024;

    private static readonly ParserOptions Options = new() { MaxMimeDepth = Deepest, MaxAddressGroupDepth = 2, RespectContentLength = false };

    private readonly MimeMessage _message;
    private readonly StringBuilder _text = new();
    private readonly StringBuilder _fields = new();
    private readonly List<HeaderList> _status = [];

    private ReturnedContent(MimeMessage message)
    {
        _message = message;
        Subject = PersonText.Clean(message.Subject) is { } subject ? Cut(subject, Limits.Line) : "";
        Take(message.Body, 0);
        Text = _text.ToString();
        Returned ??= HeadersWithin(Text);
    }

    public HeaderList Headers => _message.Headers;

    public string Subject { get; }

    /// <summary>The first address of the From header.</summary>
    public string? From => _message.From.Mailboxes.FirstOrDefault()?.Address is { Length: > 0 and <= Limits.Email } address ? address : null;

    public string Text { get; }

    /// <summary>The fields of a delivery report for each recipient; null when there is no report.</summary>
    public IReadOnlyList<HeaderList>? Status => _status.Count == 0 ? null : _status;

    /// <summary>All fields of the report, for addresses that stand in them.</summary>
    public string ReportFields => _fields.ToString();

    public HeaderList? Feedback { get; private set; }

    /// <summary>A notice that a mail was shown or deleted (RFC 8098).</summary>
    public bool IsReceipt { get; private set; }

    /// <summary>The headers of the mail that came back.</summary>
    public HeaderList? Returned { get; private set; }

    /// <summary>What came back is a report or an automatic answer itself; we send none.</summary>
    public bool ReturnsReport => Returned is { } returned
        && (returned[HeaderId.ContentType]?.Contains("multipart/report", StringComparison.OrdinalIgnoreCase) == true
            || returned[HeaderId.AutoSubmitted]?.Contains("auto-replied", StringComparison.OrdinalIgnoreCase) == true
            || returned[HeaderId.ReturnPath]?.Trim() == "<>");

    /// <returns>Null when it can't be read.</returns>
    public static ReturnedContent? Of(ReadOnlySpan<byte> bytes)
    {
        if (Boundaries(bytes) > MostBoundaries)
            return null;
        try
        {
            using var stream = new MemoryStream(bytes.ToArray());
            return new ReturnedContent(new MimeParser(Options, stream, MimeFormat.Entity).ParseMessage());
        }
        catch (Exception e) when (e is FormatException or ArgumentException or NotSupportedException or DecoderFallbackException)
        {
            return null;
        }
    }

    public void Dispose() => _message.Dispose();

    private static int Boundaries(ReadOnlySpan<byte> bytes)
    {
        var count = 0;
        for (var at = bytes.IndexOf("\n--"u8); at >= 0; at = bytes.IndexOf("\n--"u8))
        {
            count++;
            bytes = bytes[(at + 3)..];
        }

        return count;
    }

    private void Take(MimeEntity? entity, int depth)
    {
        if (depth > Deepest)
            return;
        switch (entity)
        {
            case Multipart multipart:
                foreach (var part in multipart)
                    Take(part, depth + 1);
                break;
            case MessageDeliveryStatus report:
                TakeReport(report);
                break;
            case MessageFeedbackReport feedback:
                Feedback ??= feedback.Fields;
                break;
            case MessageDispositionNotification:
                IsReceipt = true;
                break;
            case MessagePart returned:
                Returned ??= returned.Message?.Headers;
                break;
            case TextPart text when _text.Length < MostText:
                TakeText(text);
                break;
        }
    }

    private void TakeReport(MessageDeliveryStatus report)
    {
        foreach (var group in report.StatusGroups)
        {
            foreach (var field in group)
                _fields.Append(field.Value).Append('\n');
            if (group.Contains("Action") || group.Contains("Final-Recipient"))
                _status.Add(group);
        }
    }

    private void TakeText(TextPart part)
    {
        var text = part.Text ?? "";
        // Of a report that some systems send as plain text the fields are read as such.
        if (part.IsHtml)
        {
            if (_text.Length > 0)
                return;
            text = HtmlText.Of(Cut(text, 4 * MostText));
        }

        _text.Append(Cut(text, MostText - _text.Length)).Append('\n');
    }

    /// <summary>Older forms return the mail, or its headers, at the end of their text.</summary>
    private static HeaderList? HeadersWithin(string text)
    {
        var at = text.IndexOf("List-Unsubscribe:", StringComparison.OrdinalIgnoreCase);
        if (at < 0)
            return null;
        // The headers around it, up to empty lines.
        var begin = Math.Max(LastEmptyLine(text, at), 0);
        var ends = Array.ConvertAll((string[])["\n\n", "\r\n\r\n"], end => text.IndexOf(end, at, StringComparison.Ordinal)).Where(end => end >= 0).ToArray();
        var block = text[begin..(ends.Length == 0 ? text.Length : ends.Min())].TrimStart('\r', '\n') + "\r\n\r\n";
        try
        {
            using var stream = new MemoryStream(Encoding.UTF8.GetBytes(block));
            return HeaderList.Load(Options, stream);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static int LastEmptyLine(string text, int before)
        => Math.Max(text.LastIndexOf("\n\n", before, StringComparison.Ordinal), text.LastIndexOf("\r\n\r\n", before, StringComparison.Ordinal));

    private static string Cut(string text, int length) => text.Length <= length ? text : text[..Math.Max(0, length)];
}
