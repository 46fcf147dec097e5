using System.Collections.Concurrent;
using CordisPulse.Core.Mail;

namespace CordisPulse.Core.Mailings;

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

    private readonly ConcurrentDictionary<int, Trouble> _troubles = [];

    public bool IsHeld(int mailingId) => _troubles.TryGetValue(mailingId, out var trouble) && time.GetUtcNow() < trouble.HeldUntil;

    public async Task WorksAsync(int mailingId)
    {
        if (_troubles.TryGetValue(mailingId, out var trouble) && time.GetUtcNow() >= trouble.HeldUntil && _troubles.TryRemove(new(mailingId, trouble)))
            await upkeep.EndHoldAsync(mailingId);
    }

    /// <summary>A connection was lost in mid-message.</summary>
    public async Task LostAsync(int mailingId, string reason)
    {
        var trouble = _troubles.AddOrUpdate(mailingId, _ => new Trouble { Losses = 1 }, (_, known) => known with { Losses = known.Losses + 1 });
        if (trouble.Losses % LossesInARow == 0)
            await FailsAsync(mailingId, reason);
    }

    /// <summary>The server can't be reached, or refuses to work.</summary>
    public async Task FailsAsync(int mailingId, string reason)
    {
        // Connections that meet the same failure at the same moment make one pause of it.
        if (IsHeld(mailingId))
            return;
        var trouble = _troubles.AddOrUpdate(mailingId, _ => Next(new Trouble()), (_, known) => Next(known));
        await upkeep.HoldAsync(mailingId, Pauses[Math.Min(trouble.Failures, Pauses.Count) - 1], AddressMask.In(reason));
    }

    private Trouble Next(Trouble known) => known with
    {
        Failures = known.Failures + 1,
        HeldUntil = time.GetUtcNow() + Pauses[Math.Min(known.Failures, Pauses.Count - 1)],
    };

    private sealed record Trouble
    {
        public int Failures { get; init; }

        public int Losses { get; init; }

        public DateTimeOffset HeldUntil { get; init; }
    }
}
