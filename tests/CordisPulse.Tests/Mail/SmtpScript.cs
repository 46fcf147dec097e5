namespace CordisPulse.Tests.Mail;

/// <summary>Where in the conversation a rule applies.</summary>
public enum SmtpStage
{
    Greeting,
    Hello,
    StartTls,
    Auth,
    Mail,
    Rcpt,

    /// <summary>The DATA command, before its 354.</summary>
    Data,

    /// <summary>After the first line of content has come in.</summary>
    Content,

    /// <summary>After the final dot.</summary>
    EndOfData,
    Rset,
    Quit,
}

/// <summary>The moment a rule looks at. Connections and messages count from 1; a message counts when its MAIL comes in.</summary>
public sealed record SmtpMoment(SmtpStage Stage, int Connection, int MessageOnConnection, int Message, string Sender, string Recipient);

/// <summary>What the server does instead of its ordinary answer.</summary>
public sealed record SmtpReaction
{
    public string? Line { get; private init; }

    /// <summary>Bytes in the place of an answer, as they are.</summary>
    public byte[]? Raw { get; private init; }

    public bool IsCut { get; private init; }

    /// <summary>At the end of the data: whether the message counts as received. Not set: when the answer is a 2xx.</summary>
    public bool? Stores { get; private init; }

    public TimeSpan Delay { get; private init; }

    public Task? Gate { get; private init; }

    public static SmtpReaction Answer(int code, string text) => new() { Line = $"{code} {text}" };

    /// <summary>Closes the connection without a word; a message that was complete is lost.</summary>
    public static SmtpReaction Cut() => new() { IsCut = true, Stores = false };

    /// <summary>Takes the message and closes the connection before saying so.</summary>
    public static SmtpReaction StoreAndCut() => new() { IsCut = true, Stores = true };

    public static SmtpReaction AnswerAndCut(int code, string text) => new() { Line = $"{code} {text}", IsCut = true };

    /// <summary>Says just these bytes, with no line end of its own. They count as a yes where they begin as one.</summary>
    public static SmtpReaction Say(ReadOnlySpan<byte> bytes, bool isCut = false) => new() { Raw = bytes.ToArray(), IsCut = isCut, Stores = false };

    /// <summary>The ordinary answer, late.</summary>
    public static SmtpReaction Wait(TimeSpan delay) => new() { Delay = delay };

    /// <summary>The ordinary answer, once <paramref name="gate"/> has opened.</summary>
    public static SmtpReaction HoldUntil(Task gate) => new() { Gate = gate };
}
