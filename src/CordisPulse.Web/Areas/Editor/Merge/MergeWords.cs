using CordisPulse.Core.Site;
using CordisPulse.Core.Subscriptions;

namespace CordisPulse.Web.Areas.Editor.Merge;

/// <summary>What staff read of how somebody stands once two rows are one.</summary>
public static class MergeWords
{
    /// <param name="outcome">If this row goes on.</param>
    /// <param name="sectors">What the person wants then, in words.</param>
    public static string Standing(MergeOutcome outcome, string sectors)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        var (kept, gone) = (outcome.Kept.Email, outcome.Gone.Email);
        return outcome.Standing switch
        {
            { TakesOver: true } => $"The subscription of {gone} goes on at {kept}: {sectors}{Paused(outcome)}. Nobody has confirmed that address.",
            { Status: SubscriberStatus.Active } => $"{kept} gets the digest: {sectors}{Paused(outcome)}.",
            { Reason: null } => $"{kept} gets nothing until somebody confirms by the link that was mailed to it.",
            { Reason: SuppressionReason.Unsubscribed } => "The person gets nothing: one of the two has left, and that stands for both.",
            { Reason: SuppressionReason.Complained } => "The person gets nothing: one of the two has reported a mail as unwanted, and that stands for both.",
            { Reason: SuppressionReason.Erased } => "The person gets nothing: they were erased at one of the two addresses, and that stands for both.",
            _ => $"The person gets nothing: mail to {kept} comes back.",
        };
    }

    private static string Paused(MergeOutcome outcome) => outcome.PausedUntilUtc is { } until ? $", paused until {UkTime.Day(until)}" : "";
}
