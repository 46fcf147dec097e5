using CordisPulse.Core.Mail;

namespace CordisPulse.Core.Mailings.Sending;

/// <summary>What follows from a server's answer.</summary>
public sealed class DeliveryDecision(RetrySchedule schedule, WhenUncertain whenUncertain)
{
    public DeliveryOutcome Of(MailAnswer answer, ClaimedDelivery delivery) => answer switch
    {
        MailAnswer.Accepted accepted => new(delivery, DeliveryAct.Accept, accepted.Code, accepted.Text),
        MailAnswer.RefusedForNow { Scope: RefusalScope.Recipient or RefusalScope.Message } refused => Later(delivery, refused.Code, refused.Text),
        MailAnswer.RefusedForNow refused => new(delivery, DeliveryAct.Release, refused.Code, refused.Text),
        MailAnswer.RefusedForGood { Scope: RefusalScope.Recipient } refused => new(delivery, DeliveryAct.Refuse, refused.Code, refused.Text)
        {
            Fault = refused.IsBadAddress ? DeliveryFault.Address : null,
        },
        MailAnswer.RefusedForGood { Scope: RefusalScope.Message } refused => new(delivery, DeliveryAct.Refuse, refused.Code, refused.Text)
        {
            Fault = DeliveryFault.Message,
        },
        MailAnswer.RefusedForGood refused => new(delivery, DeliveryAct.Release, refused.Code, refused.Text),
        MailAnswer.NotSent lost => Later(delivery, null, lost.Reason),
        MailAnswer.Unknown unknown => new(delivery, DeliveryAct.Doubt, null, unknown.Reason, ResendAfter(delivery)),
        _ => throw new InvalidOperationException($"Nothing is known about {answer.GetType().Name}."),
    };

    private DeliveryOutcome Later(ClaimedDelivery delivery, int? code, string text)
        => schedule.AfterAttempt(delivery.Attempts + 1, delivery.TriedFor) is { } pause
            ? new(delivery, DeliveryAct.Defer, code, text, pause)
            : new(delivery, DeliveryAct.Refuse, code, text);

    /// <summary>The first time at once; a server that keeps hanging up gets the pauses of any other failure, and in the end a person decides.</summary>
    private TimeSpan? ResendAfter(ClaimedDelivery delivery)
        => whenUncertain == WhenUncertain.Ask ? null
            : delivery.Attempts == 0 ? TimeSpan.Zero
            : schedule.AfterAttempt(delivery.Attempts, delivery.TriedFor);
}
