using CordisPulse.Core.Mail;
using CordisPulse.Core.Mail.Returns;

namespace CordisPulse.Web.Areas.Editor.Returns;

public sealed record ReturnsPage(ReturnList List, BounceOptions Options)
{
    public ImapOptions Mailbox => Options.Imap;

    public IEnumerable<ReturnLine> NotUnderstood => List.Latest.Where(line => line.Kind == ReturnKind.NotUnderstood || line.IsUnplaced);

    public IEnumerable<ReturnLine> Understood => List.Latest.Where(line => line.Kind != ReturnKind.NotUnderstood && !line.IsUnplaced);
}

/// <summary>What staff read for the words of the record.</summary>
internal static class ReturnWords
{
    public static string Of(ReturnKind kind) => kind switch
    {
        ReturnKind.Bounce => "Came back",
        ReturnKind.Delay => "Delayed",
        ReturnKind.Delivered => "Delivered",
        ReturnKind.Complaint => "Reported as unwanted",
        ReturnKind.Automatic => "Automatic answer",
        ReturnKind.Leave => "Left by mail",
        ReturnKind.AsksToLeave => "Asks to leave",
        ReturnKind.Reply => "Reply",
        ReturnKind.Loop => "Our own mail",
        _ => "Not understood",
    };

    public static string? Of(BounceVerdict? verdict) => verdict switch
    {
        BounceVerdict.Hard => "no such address",
        BounceVerdict.Soft => "may pass",
        BounceVerdict.Unknown => "not about the address",
        _ => null,
    };

    public static string Of(ReturnLine line) => Of(line.Verdict) is { } verdict ? $"{Of(line.Kind)}: {verdict}" : Of(line.Kind);
}
