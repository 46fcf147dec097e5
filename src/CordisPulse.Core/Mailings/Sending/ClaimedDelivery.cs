using CordisPulse.Core.Mailings.Messages;

namespace CordisPulse.Core.Mailings.Sending;

/// <summary>One recipient that this node has a lease on.</summary>
public sealed record ClaimedDelivery
{
    public required long Id { get; init; }

    public required int LeaseNumber { get; init; }

    public required int MailingId { get; init; }

    public required int VariantId { get; init; }

    public required int SubscriberId { get; init; }

    public required string Address { get; init; }

    public string? Name { get; init; }

    public required string UnsubscribeToken { get; init; }

    /// <summary>Of the mailing that this one corrects; null when it corrects none.</summary>
    public MessageIds? Follows { get; init; }

    /// <summary>Messages begun before this one.</summary>
    public required int Attempts { get; init; }

    /// <summary>From the first of these until the claim, by the database's clock.</summary>
    public TimeSpan TriedFor { get; init; }

    /// <summary>Keeps address and token out of logs.</summary>
    public override string ToString() => $"delivery {Id}";
}

/// <summary>What became of one message, as the ledger keeps it.</summary>
/// <param name="Again">When the next try is due, from now; null for none.</param>
public sealed record DeliveryOutcome(ClaimedDelivery Delivery, DeliveryAct Act, int? Code, string Answer, TimeSpan? Again = null)
{
    public DeliveryFault? Fault { get; init; }
}

/// <summary>Whether a message may be begun.</summary>
public enum BeginAnswer
{
    /// <summary>The row is marked; send it.</summary>
    Go,

    /// <summary>The recipient has left; the row is settled.</summary>
    Skipped,

    /// <summary>The mailing waits or has ended, or the lease is another's now.</summary>
    NotNow,
}
