namespace CordisPulse.Core.Audit;

/// <param name="AccountId">Of the signed-in account; null for everybody else.</param>
public readonly record struct Actor(AuditWay Way, int? AccountId = null);

/// <summary>Who acts at this moment: only the host knows, be it a server with a request or a command.</summary>
public sealed class Acting(Func<Actor> now)
{
    public Actor Now => now();
}
