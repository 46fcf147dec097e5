namespace CordisPulse.Core.Mail.Returns;

/// <summary>What a message in the mailbox for returned mail turns out to be.</summary>
public enum ReturnKind
{
    /// <summary>A mail was not delivered: a report (RFC 3464), or one of the older forms.</summary>
    Bounce,

    /// <summary>A mail has not been delivered yet and is still being tried.</summary>
    Delay,

    /// <summary>A mail was delivered, or handed on to a system that reports no further.</summary>
    Delivered,

    /// <summary>Somebody called a mail unwanted (RFC 5965).</summary>
    Complaint,

    /// <summary>A program answers: out of office, receipts, notices (RFC 3834, RFC 8098).</summary>
    Automatic,

    /// <summary>Sent by the mailto address of a mail's <c>List-Unsubscribe</c> header: it bears that reader's token.</summary>
    Leave,

    /// <summary>A person's words that seem to ask for it. Nothing tells whose address it is about.</summary>
    AsksToLeave,

    /// <summary>Another answer of a person.</summary>
    Reply,

    /// <summary>Our own mail, or a report on a report: answering such is how mail loops begin.</summary>
    Loop,

    NotUnderstood,
}

/// <summary>What a bounce says of the address.</summary>
public enum BounceVerdict
{
    /// <summary>There is no such address, for good.</summary>
    Hard,

    /// <summary>It may pass: a full mailbox, a server that is away.</summary>
    Soft,

    /// <summary>It is not about the address, or does not say: policy, the message, our own standing.</summary>
    Unknown,
}

/// <param name="Kind">What it is.</param>
/// <param name="Origin">Which of our mails it is about, as far as it says.</param>
public sealed record ReturnedMail(ReturnKind Kind, ReturnedOrigin Origin)
{
    /// <summary>Why it was not delivered; null for what is no bounce.</summary>
    public BounceReason? Reason { get; init; }

    /// <summary>The addresses that a report says were not reached, to be compared and never kept; none where it does not say.</summary>
    public IReadOnlyList<string> Recipients { get; init; } = [];

    /// <summary>Whose wish it is to leave; only for <see cref="ReturnKind.Leave"/>.</summary>
    public string? Token { get; init; }

    /// <summary>Only for what people wrote, and null of whoever has no address that can be written to.</summary>
    public PersonWords? Words { get; init; }
}

/// <summary>
/// What leads to the mail that came back. Neither an address in a report nor a Message-ID proves anything, since anybody can write them;
/// these do, since they are known to us and to whoever got the mail.
/// </summary>
/// <param name="Mail">From an envelope sender that we signed.</param>
/// <param name="Token">The token in the <c>List-Unsubscribe</c> header of the mail that was returned; not yet looked up.</param>
/// <param name="MessageId">Of the mail that was returned. Tells which mailing, once the token tells who.</param>
public sealed record ReturnedOrigin(BouncedMail? Mail, string? Token, string? MessageId)
{
    public static ReturnedOrigin Nowhere { get; } = new(null, null, null);
}

/// <param name="Status">As RFC 3463 writes it, such as 5.1.1.</param>
/// <param name="Code">The reply code of RFC 5321.</param>
/// <param name="Text">What the other server said, on one line, with addresses masked.</param>
public sealed record BounceReason(BounceVerdict Verdict, string? Status, int? Code, string Text);

/// <summary>What staff must see of a person's mail to find them.</summary>
public sealed record PersonWords(string From, string Subject)
{
    /// <summary>Keeps people out of logs.</summary>
    public override string ToString() => AddressMask.Of(From);
}
