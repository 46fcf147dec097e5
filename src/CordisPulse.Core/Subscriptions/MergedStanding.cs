namespace CordisPulse.Core.Subscriptions;

/// <summary>One of two rows that are one person, as far as it decides how the person stands afterwards.</summary>
/// <param name="Reason">Why nothing is mailed to it; null for who is on the list or has yet to confirm.</param>
/// <param name="HasAgreed">By an act of their own, and not only put on the list by staff.</param>
public sealed record RowStanding(SubscriberStatus Status, SuppressionReason? Reason, bool HasAgreed);

/// <summary>How somebody stands once two rows are one.</summary>
/// <param name="Reason">Why nothing is mailed; null for who is on the list or has yet to confirm.</param>
/// <param name="TakesOver">Whether it is the subscription of the row that is emptied which goes on.</param>
public sealed record MergedStanding(SubscriberStatus Status, SuppressionReason? Reason, bool TakesOver)
{
    /// <summary>
    /// Staff say that two are one. Whoever left or complained has done so as a person, by whichever address; that mail comes back says
    /// something of an address alone, and the one that is emptied is not written to anyway. Of two who may be mailed the better counts.
    /// </summary>
    public static MergedStanding ByStaff(RowStanding kept, RowStanding gone)
    {
        ArgumentNullException.ThrowIfNull(kept);
        ArgumentNullException.ThrowIfNull(gone);
        return Graver(kept.Reason, gone.Reason == SuppressionReason.Bounced ? null : gone.Reason) is { } reason
            ? new MergedStanding(reason == SuppressionReason.Unsubscribed ? SubscriberStatus.Unsubscribed : SubscriberStatus.Suppressed, reason, TakesOver: false)
            : Better(kept, gone);
    }

    /// <summary>
    /// A person moves to an address where they are known already, which is not suppressed. What they did last at each address stands: where
    /// they left they get nothing more, and what they agreed to at the other goes on. What staff had put there alone does not outlive their
    /// leaving, and a complaint ends both.
    /// </summary>
    /// <param name="mover">The row that goes on, at the address that it has so far.</param>
    /// <param name="there">The row that has the new address; null where nobody has it.</param>
    public static MergedStanding ByMoving(RowStanding mover, RowStanding? there)
    {
        ArgumentNullException.ThrowIfNull(mover);
        if (mover.Reason is not { } reason)
            return there is null ? new MergedStanding(mover.Status, null, TakesOver: false) : Better(mover, there);
        return there is { Status: SubscriberStatus.Active, Reason: null }
            && (reason == SuppressionReason.Bounced || (reason == SuppressionReason.Unsubscribed && there.HasAgreed))
                ? new MergedStanding(SubscriberStatus.Active, null, TakesOver: true)
                : new MergedStanding(mover.Status, reason, TakesOver: false);
    }

    private static MergedStanding Better(RowStanding kept, RowStanding gone)
        => kept.Status != SubscriberStatus.Active && gone.Status == SubscriberStatus.Active
            ? new MergedStanding(SubscriberStatus.Active, null, TakesOver: true)
            : new MergedStanding(kept.Status, null, TakesOver: false);

    /// <summary>Leaving can be taken back with a link that others may have; nothing else can.</summary>
    private static SuppressionReason? Graver(SuppressionReason? one, SuppressionReason? other)
        => one is null or SuppressionReason.Unsubscribed ? other ?? one : one;
}
