using CordisPulse.Core.Mail;
using CordisPulse.Core.Mailings;

namespace CordisPulse.Tests.Mailings.Ledger;

/// <summary>What the ledger promises, said a second time and as simply as can be: no leases by time, no database, no transactions.</summary>
internal sealed class LedgerModel(int readers, WhenUncertain whenUncertain)
{
    private const int MostUnreadAnswers = 5;

    public IReadOnlyList<ModelDelivery> Deliveries { get; } = [.. Enumerable.Range(0, readers).Select(_ => new ModelDelivery())];

    public bool IsPaused { get; set; }

    public static bool MayClaim(ModelDelivery delivery) => delivery.State == DeliveryState.Pending && (delivery.Holder is null || delivery.IsLeaseOver);

    /// <summary>Before a claim, what is due waits again.</summary>
    public void BringBackDue()
    {
        foreach (var delivery in Deliveries.Where(d => d.State is DeliveryState.Deferred or DeliveryState.Uncertain && d.NextTry == NextTry.Due))
            delivery.Wait();
    }

    /// <param name="number">The lease number that the node holds.</param>
    public BeginAnswerOf Begin(ModelDelivery delivery, int number)
    {
        if (delivery.State != DeliveryState.Pending || delivery.LeaseNumber != number)
            return BeginAnswerOf.NotNow;
        if (delivery.HasLeft)
        {
            delivery.State = DeliveryState.Skipped;
            return BeginAnswerOf.Skipped;
        }

        if (IsPaused)
            return BeginAnswerOf.NotNow;
        delivery.State = DeliveryState.Attempting;
        delivery.Attempts++;
        delivery.IsLeaseOver = false;
        return BeginAnswerOf.Go;
    }

    /// <returns>False when the row is another's by then.</returns>
    public bool Record(ModelDelivery delivery, int number, ServerAct act)
    {
        if (delivery.State != DeliveryState.Attempting || delivery.LeaseNumber != number)
            return false;
        switch (act)
        {
            case ServerAct.Takes:
                delivery.State = DeliveryState.Sent;
                break;
            case ServerAct.TakesAndHangsUp or ServerAct.HangsUpAfterTheDot:
                delivery.Doubt(whenUncertain == WhenUncertain.Ask ? NextTry.None : delivery.Attempts == 1 ? NextTry.Due : NextTry.Later);
                break;
            case ServerAct.RefusesForNow or ServerAct.HangsUpBeforeTheDot:
                delivery.State = DeliveryState.Deferred;
                delivery.NextTry = NextTry.Later;
                break;
            case ServerAct.RefusesForGood:
                delivery.State = DeliveryState.Failed;
                break;
            default:
                // Not counted as a try: the recipient was not to blame.
                delivery.Attempts--;
                delivery.Wait();
                break;
        }

        return true;
    }

    /// <summary>What a node held whose leases are over, or that is dead.</summary>
    /// <param name="isDead">Then what it had not begun is nobody's; of a slow node's it is still its own until another claims it.</param>
    public void Lose(string node, bool isDead)
    {
        foreach (var delivery in Deliveries.Where(d => d.Holder == node))
            if (delivery.State == DeliveryState.Attempting)
            {
                delivery.Doubt(whenUncertain == WhenUncertain.Resend && delivery.Attempts < MostUnreadAnswers ? NextTry.Due : NextTry.None);
                delivery.LeaseNumber++;
            }
            else if (delivery.State == DeliveryState.Pending)
                (delivery.Holder, delivery.IsLeaseOver) = isDead ? (null, false) : (node, true);
    }
}

/// <summary>The answers of <see cref="Core.Mailings.Sending.BeginAnswer"/>.</summary>
internal enum BeginAnswerOf
{
    Go,
    Skipped,
    NotNow,
}

internal enum NextTry
{
    /// <summary>Not by itself.</summary>
    None,
    Later,
    Due,
}

/// <summary>What a mail server does with one message.</summary>
internal enum ServerAct
{
    Takes,
    TakesAndHangsUp,
    HangsUpAfterTheDot,
    RefusesForNow,
    RefusesForGood,
    HangsUpBeforeTheDot,
    DoesNotWork,
}

internal sealed class ModelDelivery
{
    public DeliveryState State { get; set; }

    public int Attempts { get; set; }

    public int LeaseNumber { get; set; }

    public string? Holder { get; set; }

    public bool IsLeaseOver { get; set; }

    public NextTry NextTry { get; set; }

    public bool HasLeft { get; set; }

    /// <summary>How often the server has taken the message.</summary>
    public int Taken { get; set; }

    /// <summary>How often the ledger could not know, and said so.</summary>
    public int Doubts { get; private set; }

    /// <summary>How often a person had it sent again.</summary>
    public int SentAgain { get; set; }

    public bool IsCountedAsSent { get; set; }

    public void Wait() => (State, NextTry, Holder, IsLeaseOver) = (DeliveryState.Pending, NextTry.None, null, false);

    public void Doubt(NextTry next)
    {
        (State, NextTry) = (DeliveryState.Uncertain, next);
        Doubts++;
    }
}
