namespace CordisPulse.Core.Mailings.Sending;

/// <summary>
/// Spreads messages evenly over time, as <c>Mail:MaxPerSecond</c> asks, for all connections of this node. Where the limit is for all
/// nodes together, the claims see to that (<see cref="DeliveryQueue"/>), and a node keeps to it within what it has claimed.
/// </summary>
public sealed class Pace(int perSecond, TimeProvider time)
{
    private readonly Lock _lock = new();
    private long _next;

    /// <summary>Takes the next turn.</summary>
    /// <returns>How long to wait for it.</returns>
    public TimeSpan Take()
    {
        if (perSecond == 0)
            return TimeSpan.Zero;
        lock (_lock)
        {
            var now = time.GetTimestamp();
            var turn = Math.Max(now, _next);
            _next = turn + (time.TimestampFrequency / perSecond);
            return time.GetElapsedTime(now, turn);
        }
    }
}
