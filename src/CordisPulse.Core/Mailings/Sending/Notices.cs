using System.Globalization;
using CordisPulse.Core.Data;
using CordisPulse.Core.Mail;

namespace CordisPulse.Core.Mailings.Sending;

/// <summary>
/// Why a mailing waits or stopped itself, and what there is to do: first for an editor, then, after "For whoever runs the server", with
/// the setting to look at. Every notice of a mailing is made here; the page says beside it until when.
/// </summary>
public static class Notices
{
    public const string PerMinute = "Mail:MaxPerMinute";
    public const string PerDay = "Mail:MaxPerDay";

    private const string Technical = "For whoever runs the server:";
    private const string NothingToDo = "Nobody is left out, and there is nothing that you need do: it goes on by itself.";

    private const string AskWhoeverRuns = "Please tell whoever runs the server.";
    private const string LastsLonger = "Should it last for hours, tell whoever runs the server.";

    public static string Of(MailServerUnavailableException failure) => failure switch
    {
        { Quota: { } quota } => Quota(quota, failure.Message),
        { Trouble: MailTrouble.SignIn } => Said(
            $"The mail server does not let CordisPulse sign in. {AskWhoeverRuns} The sign-in is tried again by itself, and the mailing goes on where it was.", failure.Message),
        { Trouble: MailTrouble.Security } => Said(
            $"There is no safe connection to the mail server, and mail does not go over any other. {AskWhoeverRuns} It is tried again by itself.", failure.Message),
        _ => Said($"The mail server cannot be reached, or takes no mail now. {NothingToDo} {LastsLonger}", failure.Message),
    };

    /// <summary>The server takes nobody's mail, for the reason that <paramref name="scope"/> names.</summary>
    public static string Refused(RefusalScope scope, int code, string text) => scope switch
    {
        RefusalScope.SignIn => Said(
            $"The mail server wants CordisPulse to sign in, and does not accept how it does. {AskWhoeverRuns} It is tried again by itself, and the mailing goes on where it was.",
            $"{Answered(code, text)} See Mail:Auth, Mail:Smtp:UserName and Mail:Smtp:Password."),
        RefusalScope.Sender => Said(
            $"The mail server does not take mail from our sender address. {AskWhoeverRuns} It is tried again by itself, and the mailing goes on where it was.",
            $"{Answered(code, text)} See Mail:From and Mail:BounceAddress, and what the account may send as."),
        _ => Said($"The mail server takes no mail now. {NothingToDo} {LastsLonger}", Answered(code, text)),
    };

    public static string Quota(RelayQuota quota, string said) => Said(
        $"{Used(quota)} {NothingToDo} To try sooner, pause the mailing and resume it.", $"{said} {Advice(quota)}");

    public static string Quota(RelayQuota quota, int code, string text) => Quota(quota, Answered(code, text));

    public static string Lost(string reason) => Said($"Connections to the mail server break off in the middle of a message. {NothingToDo} {LastsLonger}", reason);

    /// <summary>A limit of our own settings is used up.</summary>
    public static string Limit(string key, int limit) => Said(
        $"CordisPulse is set to send no more than {limit.ToString("N0", CultureInfo.InvariantCulture)} messages {(key == PerDay ? "in 24 hours" : "in a minute")}, and has. {NothingToDo}", $"see {key}.");

    /// <summary>The mailing has stopped itself, since the server refuses what is sent and not whom it is sent to.</summary>
    public static string MessagesRefused(int refusals, bool isFromTheStart, int code, string text)
    {
        var count = refusals.ToString(CultureInfo.InvariantCulture);
        return Said(
            (isFromTheStart ? $"The mail server refused every message of this mailing so far ({count})" : $"The mail server refused the last {count} messages")
            + ", and not for whom they were to. To go on would fail everybody. The refused ones are not lost: they are counted as failed."
            + " Read the server's answer. When it is about how the server is set up, have that mended, then try the failed ones again and resume."
            + (isFromTheStart
                ? " When it is about the text, such as a link that is taken for spam, cancel the mailing, mend and publish the edition, and send it anew: nobody has got it."
                : " The text of a mailing stays as it was at the start."),
            Answered(code, text));
    }

    private static string Used(RelayQuota quota) => quota switch
    {
        RelayQuota.Connections => "The mail server takes fewer connections at once than CordisPulse opened, so fewer are used for a while.",
        RelayQuota.Rate => "The mail server takes no more messages for the moment: too many came in a short time.",
        RelayQuota.Hour => "The mail server takes no more messages in this hour: what may be sent in one is used up.",
        RelayQuota.Day => "The mail server takes no more messages today: what may be sent in 24 hours is used up. It is asked again every hour.",
        _ => throw new ArgumentOutOfRangeException(nameof(quota)),
    };

    private static string Advice(RelayQuota quota) => quota switch
    {
        RelayQuota.Connections => "See Mail:MaxConnections.",
        RelayQuota.Day => $"See {PerDay}.",
        _ => $"See {PerMinute} and Mail:MaxPerSecond.",
    };

    private static string Answered(int code, string text) => string.Create(CultureInfo.InvariantCulture, $"the mail server answered “{code} {text}”.");

    private static string Said(string forEditors, string technical)
    {
        var notice = $"{forEditors} {Technical} {AddressMask.In(technical)}";
        return notice.Length > Limits.Note ? notice[..(Limits.Note - 1)] + "…" : notice;
    }
}
