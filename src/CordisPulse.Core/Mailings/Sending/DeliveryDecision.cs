using CordisPulse.Core.Mail;

namespace CordisPulse.Core.Mailings.Sending;

/// <summary>What follows from a server's answer.</summary>
public sealed class DeliveryDecision(RetrySchedule schedule, WhenUncertain whenUncertain)
{
    public DeliveryOutcome Of(MailAnswer answer, ClaimedDelivery delivery)
    {
        var attempts = delivery.Attempts + 1;
        switch (answer)
        {
            case MailAnswer.Accepted accepted:
                return new(delivery, DeliveryAct.Accept, accepted.Code, accepted.Text);
            case MailAnswer.RefusedForNow { Scope: RefusalScope.Server } refused:
                return new(delivery, DeliveryAct.Release, refused.Code, refused.Text);
            case MailAnswer.RefusedForGood { Scope: RefusalScope.Server } refused:
                return new(delivery, DeliveryAct.Release, refused.Code, refused.Text);
            case MailAnswer.RefusedForNow refused:
                return Later(delivery, attempts, refused.Code, refused.Text);
            case MailAnswer.RefusedForGood refused:
                return new(delivery, DeliveryAct.Refuse, refused.Code, refused.Text);
            case MailAnswer.NotSent lost:
                return Later(delivery, attempts, null, lost.Reason);
            case MailAnswer.Unknown unknown:
                return new(delivery, DeliveryAct.Doubt, null, unknown.Reason, ResendAfter(attempts));
            default:
                throw new InvalidOperationException($"Nothing is known about {answer.GetType().Name}.");
        }
    }

    private DeliveryOutcome Later(ClaimedDelivery delivery, int attempts, int? code, string text)
        => schedule.AfterAttempt(attempts) is { } pause
            ? new(delivery, DeliveryAct.Defer, code, text, pause)
            : new(delivery, DeliveryAct.Refuse, code, text);

    /// <summary>The first time at once; a server that keeps hanging up gets the pauses of any other failure, and in the end a person decides.</summary>
    private TimeSpan? ResendAfter(int attempts)
        => whenUncertain == WhenUncertain.Ask ? null
            : attempts == 1 ? TimeSpan.Zero
            : schedule.AfterAttempt(attempts - 1);
}
