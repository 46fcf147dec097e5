using CordisPulse.Core.Editions;
using CordisPulse.Core.Mail;
using CordisPulse.Core.Subscriptions;

namespace CordisPulse.Web.Areas.Editor.Subscribers;

/// <param name="List">Null when what was searched for can't be.</param>
public sealed record SubscribersPage(SubscriberFilter Filter, SubscriberList? List);

/// <param name="Choices">The sectors there are.</param>
public sealed record SubscriberPage(SubscriberPerson Person, LeaveForm Leave, IReadOnlyList<SectorChoice> Choices)
{
    /// <summary>The latest edition that was sent, if this person can be sent it and has not been.</summary>
    public EditionMonth? Late { get; init; }

    public string SectorsInWords => new SectorNames(Choices).Write(Person.Sectors) is { Length: > 0 } names ? names : "all sectors";

    public bool Wants(SectorChoice sector) => Person.Sectors.Length == 0 || WantedSectors.Read(Person.Sectors).Contains(sector.Id);

    public bool CanLeave => Person.Status is SubscriberStatus.Active or SubscriberStatus.Pending;
}

public sealed record ImportReportPage(string FileName, ImportReport Report);

/// <param name="Id">The heading's, by which the section is found.</param>
public sealed record ImportLinesView(string Id, string Title, IReadOnlyList<ImportLine> Lines)
{
    /// <summary>A list of something else entirely would make a page that no browser shows.</summary>
    public const int MostListed = 1000;
}

/// <summary>What staff read for the words of the record.</summary>
internal static class SubscriberWords
{
    public static string Of(SubscriberStatus status) => status switch
    {
        SubscriberStatus.Pending => "Not confirmed",
        SubscriberStatus.Active => "Active",
        SubscriberStatus.Unsubscribed => "Left",
        _ => "Suppressed",
    };

    public static string Of(SuppressionReason reason) => reason switch
    {
        SuppressionReason.Unsubscribed => "This person left. No list brings them back; they can join again themselves on the subscribe page.",
        SuppressionReason.Bounced => "Mail to this address came back. It is not written to any more.",
        SuppressionReason.Complained => "This person reported a mail as unwanted. They are not written to any more.",
        _ => "This person was erased on request. They are not written to any more.",
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
        _ => way,
    };

    public static string By(ConsentLine line) => line switch
    {
        { By: { } name } => name,
        { Way: Ways.Page or Ways.OneClick or Ways.Mailto } => "the person",
        { Way: Ways.Mail or Ways.Returned } => "the mail server",
        _ => "the command line",
    };

    public static string Of(QueuedMailKind kind) => kind == QueuedMailKind.ConfirmSubscription ? "Link to confirm" : "Link to leave by";
}
