namespace CordisPulse.Core.Mailings;

/// <summary>What can happen to a delivery.</summary>
public enum DeliveryAct
{
    /// <summary>Its message is begun.</summary>
    Attempt,

    /// <summary>The server took the message.</summary>
    Accept,

    /// <summary>Not taken; to be tried again later.</summary>
    Defer,

    /// <summary>Not taken for good, or tried long enough.</summary>
    Refuse,

    /// <summary>The connection or the process was lost before the answer was read.</summary>
    Doubt,

    /// <summary>The server as a whole did not work; this recipient was not to blame.</summary>
    Release,

    /// <summary>The pause after a deferral is over.</summary>
    Due,

    /// <summary>The recipient has left or was suppressed.</summary>
    Leave,

    /// <summary>The mailing was cancelled.</summary>
    Cancel,

    /// <summary>An uncertain one is sent again.</summary>
    SendAgain,

    /// <summary>A person counts an uncertain one as sent.</summary>
    CountAsSent,

    /// <summary>A person has the failed ones tried again.</summary>
    RetryFailed,
}

/// <summary>From which states an act may come, and the state that it leads to.</summary>
public sealed record DeliveryTransition(DeliveryAct Act, DeliveryState[] From, DeliveryState To);

/// <summary>The life of a delivery, said once. Every write to the ledger takes its condition and its new state from here.</summary>
public static class DeliveryTransitions
{
    /// <summary>Nothing leads out of these.</summary>
    public static IReadOnlyList<DeliveryState> Final { get; } = [DeliveryState.Sent, DeliveryState.Skipped];

    /// <summary>A mailing with a delivery in one of these is not completed.</summary>
    public static DeliveryState[] Open { get; } =
        [DeliveryState.Pending, DeliveryState.Attempting, DeliveryState.Deferred, DeliveryState.Uncertain];

    public static IReadOnlyList<DeliveryTransition> All { get; } =
    [
        new(DeliveryAct.Attempt, [DeliveryState.Pending], DeliveryState.Attempting),
        new(DeliveryAct.Accept, [DeliveryState.Attempting], DeliveryState.Sent),
        new(DeliveryAct.Defer, [DeliveryState.Attempting], DeliveryState.Deferred),
        new(DeliveryAct.Refuse, [DeliveryState.Attempting], DeliveryState.Failed),
        new(DeliveryAct.Doubt, [DeliveryState.Attempting], DeliveryState.Uncertain),
        new(DeliveryAct.Release, [DeliveryState.Attempting], DeliveryState.Pending),
        new(DeliveryAct.Due, [DeliveryState.Deferred], DeliveryState.Pending),
        new(DeliveryAct.Leave, [DeliveryState.Pending], DeliveryState.Skipped),
        new(DeliveryAct.Cancel, [DeliveryState.Pending, DeliveryState.Deferred], DeliveryState.Skipped),
        new(DeliveryAct.SendAgain, [DeliveryState.Uncertain], DeliveryState.Pending),
        new(DeliveryAct.CountAsSent, [DeliveryState.Uncertain], DeliveryState.Sent),
        new(DeliveryAct.RetryFailed, [DeliveryState.Failed], DeliveryState.Pending),
    ];

    private static readonly Dictionary<DeliveryAct, DeliveryTransition> ByAct = All.ToDictionary(transition => transition.Act);

    public static DeliveryTransition Of(DeliveryAct act) => ByAct[act];

    /// <summary>The rows that <paramref name="act"/> may happen to.</summary>
    public static IQueryable<Delivery> Ready(this IQueryable<Delivery> deliveries, DeliveryAct act)
    {
        var from = Of(act).From;
        return deliveries.Where(delivery => from.Contains(delivery.State));
    }
}
