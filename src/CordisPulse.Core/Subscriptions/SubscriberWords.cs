using CordisPulse.Core.Mail;

namespace CordisPulse.Core.Subscriptions;

/// <summary>What people read for the words of the record.</summary>
public static class SubscriberWords
{
    public static string Of(SubscriberStatus status) => status switch
    {
        SubscriberStatus.Pending => "Not confirmed",
        SubscriberStatus.Active => "Active",
        SubscriberStatus.Unsubscribed => "Left",
        _ => "Suppressed",
    };

    /// <summary>Of somebody whose story is known.</summary>
    public static string Of(SubscriberStatus status, IEnumerable<ConsentEvent> newestFirst) => Of(status, IsTakenBack(status, newestFirst));

    public static string Of(SubscriberStatus status, bool isTakenBack) => isTakenBack ? "Taken off again" : Of(status);

    /// <summary>The list that had added them was taken back, and they have not asked to join since.</summary>
    public static bool IsTakenBack(SubscriberStatus status, IEnumerable<ConsentEvent> newestFirst)
        => status == SubscriberStatus.Pending && newestFirst.FirstOrDefault(what => what is ConsentEvent.Requested or ConsentEvent.ImportUndone) == ConsentEvent.ImportUndone;

    public static string Of(SuppressionReason reason) => reason switch
    {
        SuppressionReason.Unsubscribed => "This person left. No list brings them back; they can join again themselves on the subscribe page.",
        SuppressionReason.Bounced => "Mail to this address came back. No list brings it back; whoever has it can join themselves on the subscribe page.",
        SuppressionReason.Complained => "This person reported a mail as unwanted. No list brings them back; they can join again themselves on the subscribe page.",
        SuppressionReason.Moved => "This is an address that somebody had before. It is not written to any more.",
        _ => "This person was erased. No list brings them back; they can join again themselves on the subscribe page.",
    };

    public static string Of(ConsentEvent what) => what switch
    {
        ConsentEvent.Imported => "Put on the list",
        ConsentEvent.Requested => "Asked to join",
        ConsentEvent.Confirmed => "Confirmed",
        ConsentEvent.Unsubscribed => "Left",
        ConsentEvent.CameBack => "Came back",
        ConsentEvent.Suppressed => "Suppressed",
        ConsentEvent.SectorsChosen => "Chose sectors",
        ConsentEvent.NameChanged => "Changed name or organisation",
        ConsentEvent.AddressChanged => "Changed address",
        ConsentEvent.Paused => "Paused",
        ConsentEvent.Resumed => "Ended the pause",
        ConsentEvent.GaveReason => "Said why",
        ConsentEvent.Asked => "Was asked whether it is still wanted",
        ConsentEvent.Kept => "Still wants it",
        ConsentEvent.DataAsked => "Asked for what we hold",
        ConsentEvent.DataGiven => "Was given what we hold",
        ConsentEvent.Merged => "Merged",
        ConsentEvent.ImportUndone => "Import undone",
        _ => "Erased",
    };

    public static string Of(ConsentGround ground) => ground switch
    {
        ConsentGround.Consent => "Consent",
        ConsentGround.SoftOptIn => "Soft opt-in",
        _ => "Legitimate interests",
    };

    public static string Explain(ConsentGround ground) => ground switch
    {
        ConsentGround.Consent => "They agreed to get the digest.",
        ConsentGround.SoftOptIn => "An individual who is or was a client, gave us the address then, and could refuse.",
        _ => "Somebody at a company or public body, written to at work, on an assessment that you have made.",
    };

    public static string Way(string way) => way switch
    {
        Ways.Page => "web page",
        Ways.OneClick => "one-click link of a mail",
        Ways.Csv => "imported list",
        Ways.Desk => "this desk",
        Ways.Mail => "answer to a mail",
        Ways.Mailto => "mail to the address for leaving",
        Ways.Returned => "mail that came back",
        Ways.OwnData => "own data page",
        Ways.Upkeep => "as set",
        _ => way,
    };

    /// <summary>A length of time, roughly: such as <c>40 seconds</c> or <c>3 days</c>.</summary>
    public static string Since(int seconds)
    {
        (int Length, string Unit)[] units = [(86400, "day"), (3600, "hour"), (60, "minute"), (1, "second")];
        var (length, unit) = Array.Find(units, it => seconds >= it.Length) is { Length: > 0 } found ? found : units[^1];
        var count = seconds / length;
        return $"{count} {unit}{(count == 1 ? "" : "s")}";
    }

    public static string By(ConsentLine line) => line switch
    {
        { By: { } name } => name,
        { Way: Ways.Page or Ways.OneClick or Ways.Mailto or Ways.OwnData } => "the person",
        { Way: Ways.Upkeep } => "the program",
        { Way: Ways.Mail or Ways.Returned } => "the mail server",
        _ => "the command line",
    };

    public static string By(ReadingLine line) => line switch
    {
        { By: { } name } => name,
        { AccountId: not null } => "an account that is no more",
        _ => "none of the staff",
    };

    public static string Of(QueuedMailKind kind) => kind switch
    {
        QueuedMailKind.ConfirmSubscription => "Link to confirm",
        QueuedMailKind.OwnDataLink => "Link to what we hold",
        QueuedMailKind.ConfirmAddress => "Link to confirm a new address",
        QueuedMailKind.StillWanted => "Question whether it is still wanted",
        _ => "Link to leave by",
    };
}
