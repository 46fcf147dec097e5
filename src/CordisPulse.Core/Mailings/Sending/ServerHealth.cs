using CordisPulse.Core.Mail;

namespace CordisPulse.Core.Mailings.Sending;

/// <summary>
/// Whether the mail server works for a mailing, as this node meets it. A server that fails makes everybody wait, longer each
/// time, in place of burning through the list.
/// </summary>
public sealed class ServerHealth(MailingUpkeep upkeep, TimeProvider time)
{
    /// <summary>The pauses of a server that keeps failing; the last is repeated.</summary>
    public static IReadOnlyList<TimeSpan> Pauses { get; } =
    [
        TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(30),
        TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(5),
    ];

    /// <summary>One lost connection may be chance.</summary>
    private const int LossesInARow = 3;

    private readonly Lock _lock = new();
    private readonly Dictionary<int, Trouble> _troubles = [];

    public bool IsHeld(int mailingId)
    {
        lock (_lock)
            return IsHeld(Of(mailingId));
    }

    public async Task WorksAsync(int mailingId)
    {
        lock (_lock)
            if (!_troubles.TryGetValue(mailingId, out var trouble) || IsHeld(trouble) || !_troubles.Remove(mailingId))
                return;
        await upkeep.EndHoldAsync(mailingId);
    }

    /// <summary>A connection was lost in mid-message.</summary>
    public async Task LostAsync(int mailingId, string reason)
    {
        bool isTooMany;
        lock (_lock)
        {
            var known = Of(mailingId);
            _troubles[mailingId] = known with { Losses = known.Losses + 1 };
            isTooMany = (known.Losses + 1) % LossesInARow == 0;
        }

        if (isTooMany)
            await FailsAsync(mailingId, reason);
    }

    /// <summary>The server can't be reached, or refuses to work.</summary>
    public async Task FailsAsync(int mailingId, string reason)
    {
        TimeSpan pause;
        lock (_lock)
        {
            // Connections that meet the same failure at the same moment make one pause of it.
            var known = Of(mailingId);
            if (IsHeld(known))
                return;
            pause = Pauses[Math.Min(known.Failures, Pauses.Count - 1)];
            _troubles[mailingId] = known with { Failures = known.Failures + 1, HeldUntil = time.GetUtcNow() + pause };
        }

        await upkeep.HoldAsync(mailingId, pause, AddressMask.In(reason));
    }

    private Trouble Of(int mailingId) => _troubles.GetValueOrDefault(mailingId) ?? new Trouble();

    private bool IsHeld(Trouble trouble) => time.GetUtcNow() < trouble.HeldUntil;

    private sealed record Trouble
    {
        public int Failures { get; init; }

        public int Losses { get; init; }

        public DateTimeOffset HeldUntil { get; init; }
    }
}
