using System.Text.RegularExpressions;
using CordisPulse.Core.Hosting;
using CordisPulse.Core.Subscriptions;
using Microsoft.Extensions.Options;

namespace CordisPulse.Core.Mail.Returns;

/// <summary>The marks that we put into mails and nobody else can make: signed envelope senders and readers' tokens.</summary>
public sealed partial class ReturnMarks
{
    private readonly BounceAddress? _addresses;
    private readonly Regex? _pattern;
    private readonly string _sender;
    private readonly string? _leaving;

    public ReturnMarks(IOptions<MailOptions> mail, SecretKey key)
        : this(mail.Value, key.Bytes)
    {
    }

    /// <summary>For whoever has no services.</summary>
    public ReturnMarks(MailOptions mail, ReadOnlySpan<byte> key)
    {
        _sender = mail.Sender;
        // One that replies and bounces go to as well tells nothing.
        _leaving = string.IsNullOrEmpty(mail.UnsubscribeMailbox) || IsOneOf(mail.UnsubscribeMailbox, mail.BounceAddress, mail.Sender, mail.ReplyTo) ? null : mail.UnsubscribeMailbox;
        if (string.IsNullOrEmpty(mail.BounceAddress))
            return;
        _addresses = new BounceAddress(mail.BounceAddress, key);
        var at = mail.BounceAddress.LastIndexOf('@');
        _pattern = new Regex(
            $"{Regex.Escape(mail.BounceAddress[..at])}\\+[dm][0-9]{{1,19}}-[a-z2-7]+{Regex.Escape(mail.BounceAddress[at..])}", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
    }

    /// <summary>The mail whose envelope sender stands in <paramref name="text"/>; null when none does that we signed.</summary>
    public BouncedMail? MailIn(string text)
    {
        if (_pattern is null)
            return null;
        for (var found = _pattern.Match(text); found.Success; found = found.NextMatch())
            if (_addresses!.TryRead(found.Value, out var mail))
                return mail;
        return null;
    }

    /// <summary>The token of a <c>List-Unsubscribe</c> header, as the link and the mailto address bear it; null when it has none.</summary>
    public static string? TokenIn(string? header)
        => header is not null && HeaderToken().Match(header) is { Success: true } found ? SecretToken.Normalize(found.Groups[1].Value) : null;

    /// <summary>The token of a subject as the mailto address of <c>List-Unsubscribe</c> makes it, and nothing beside; null otherwise.</summary>
    public static string? LeavingToken(string subject)
        => SubjectToken().Match(subject) is { Success: true } found ? SecretToken.Normalize(found.Groups[1].Value) : null;

    private static bool IsOneOf(string address, params ReadOnlySpan<string?> others)
    {
        foreach (var other in others)
            if (string.Equals(address, other, StringComparison.OrdinalIgnoreCase))
                return true;
        return false;
    }

    /// <summary>Whether <paramref name="address"/> is the one that mails come from.</summary>
    public bool IsSender(string? address) => string.Equals(address, _sender, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether it was sent to the mailbox that only takes wishes to leave.</summary>
    public bool IsForLeaving(string recipients) => _leaving is not null && recipients.Contains(_leaving, StringComparison.OrdinalIgnoreCase);

    [GeneratedRegex(@"unsubscribe(?:/|%20|\+|\s)+([a-zA-Z2-7]{26})(?![a-zA-Z0-9])", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex HeaderToken();

    [GeneratedRegex(@"\A\s*unsubscribe(?:\s|\+|%20)+([a-zA-Z2-7]{26})\s*\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SubjectToken();
}
