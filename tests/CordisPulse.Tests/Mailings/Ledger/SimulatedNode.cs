using CordisPulse.Core.Mailings.Sending;

namespace CordisPulse.Tests.Mailings.Ledger;

/// <summary>What one connection of a node keeps in memory, and loses when its process is killed.</summary>
internal sealed class SimulatedNode(string id)
{
    private int _claims;

    public string Id { get; } = id;

    public Queue<ClaimedDelivery> Held { get; } = [];

    /// <summary>Begun, and not answered yet.</summary>
    public ClaimedDelivery? InAir { get; set; }

    /// <summary>Answered, and not on record yet.</summary>
    public (DeliveryOutcome Outcome, ServerAct Act)? Last { get; set; }

    public string NextClaim() => MailingUpkeep.ClaimPrefix(Id) + ++_claims;
}
