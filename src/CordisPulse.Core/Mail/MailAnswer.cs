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
    public sealed record RefusedForNow(int Code, string Text, RefusalScope Scope) : MailAnswer;

    /// <summary>Not taken, and trying again is pointless.</summary>
    public sealed record RefusedForGood(int Code, string Text, RefusalScope Scope) : MailAnswer;

    /// <summary>The connection was lost, but certainly before the server could have taken the message.</summary>
    public sealed record NotSent(string Reason) : MailAnswer;

    /// <summary>The connection was lost after the message's content had begun: the server may or may not have taken it.</summary>
    public sealed record Unknown(string Reason) : MailAnswer;
}

/// <summary>What a refusal is about, and so whether the next recipient can expect anything better.</summary>
public enum RefusalScope
{
    /// <summary>This recipient or this message.</summary>
    Recipient,

    /// <summary>The server, the connection, our sign-in or our sender address: it would meet every recipient.</summary>
    Server,
}
