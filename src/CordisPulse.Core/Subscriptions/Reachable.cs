using CordisPulse.Core.Data;

namespace CordisPulse.Core.Subscriptions;

/// <summary>Whom the digest goes to.</summary>
internal static class Reachable
{
    /// <summary>Those on the list who have not paused it and whose address may be mailed. The statements of <see cref="Enrolment"/> say the same.</summary>
    public static IQueryable<Subscriber> WhoGetMail(this PulseDbContext db)
        => db.Subscribers.Where(s => s.Status == SubscriberStatus.Active && s.PausedUntilUtc == null && !db.Suppressions.Any(x => x.NormalizedEmail == s.NormalizedEmail));
}
