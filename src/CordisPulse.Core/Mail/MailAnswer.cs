namespace CordisPulse.Core.Mail;

/// <summary>What became of one message. Texts of the server are on one line, shortened, and their addresses are masked.</summary>
public abstract record MailAnswer
{
    private MailAnswer()
    {
    }

    /// <summary>The server took the message and answers for it from now on.</summary>
    public sealed record Accepted(int Code, string Text) : MailAnswer;

    /// <summary>Not taken; the same message may be taken later.</summary>
    public sealed record RefusedForNow(int Code, string Text, RefusalScope Scope) : MailAnswer
    {
        /// <summary>What is used up, where <see cref="RefusalScope.Quota"/> is the scope.</summary>
        public RelayQuota? Quota { get; init; }
    }

    /// <summary>Not taken, and trying again is pointless.</summary>
    public sealed record RefusedForGood(int Code, string Text, RefusalScope Scope) : MailAnswer
    {
        /// <summary>The server says that there is no such address (RFC 3463, X.1.x).</summary>
        public bool IsBadAddress { get; init; }
    }

    /// <summary>The connection was lost, but certainly before the server could have taken the message.</summary>
    public sealed record NotSent(string Reason) : MailAnswer;

    /// <summary>The end of the message may have left, and no answer that makes sense was read: the server may or may not have taken it.</summary>
    public sealed record Unknown(string Reason) : MailAnswer;
}

/// <summary>What a refusal is about, and so whether the next recipient can expect anything better.</summary>
public enum RefusalScope
{
    /// <summary>This recipient.</summary>
    Recipient,

    /// <summary>What the message holds, or whether it may be sent this way at all: most likely it would meet every recipient.</summary>
    Message,

    /// <summary>The server or the connection: it would meet every recipient.</summary>
    Server,

    /// <summary>The sign-in, or that there was none: it would meet every recipient until a setting is mended.</summary>
    SignIn,

    /// <summary>Our sender address: it would meet every recipient until a setting is mended.</summary>
    Sender,

    /// <summary>What we may send in a time is used up; it goes on later.</summary>
    Quota,
}

/// <summary>What a relay counts.</summary>
public enum RelayQuota
{
    /// <summary>Connections at once.</summary>
    Connections,

    /// <summary>Messages a second or a minute.</summary>
    Rate,

    Hour,

    Day,
}
