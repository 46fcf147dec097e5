using CordisPulse.Core.Mail;

namespace CordisPulse.Core.Mailings.Sending;

/// <summary>
/// Whether the mail server works for a mailing, as this node meets it. A server that fails makes everybody wait, longer each
/// time, in place of burning through the list.
/// </summary>
public sealed class ServerHealth(MailingUpkeep upkeep, MailOptions options, TimeProvider time)
{
    /// <summary>The pauses of a server that keeps failing; the last is repeated.</summary>
    private static readonly TimeSpan[] LongestPauses =
    [
        TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(1),
    ];

    /// <summary>
    /// What is waited for when a relay says that a quota is used up. A day's is asked for each hour, since relays count the last 24 hours:
    /// what was sent yesterday at this time is free again.
    /// </summary>
    public static IReadOnlyDictionary<RelayQuota, TimeSpan> QuotaPauses { get; } = new Dictionary<RelayQuota, TimeSpan>
    {
        [RelayQuota.Connections] = TimeSpan.FromSeconds(5),
        [RelayQuota.Rate] = TimeSpan.FromMinutes(1),
        [RelayQuota.Hour] = TimeSpan.FromMinutes(15),
        [RelayQuota.Day] = TimeSpan.FromHours(1),
    };

    /// <summary>One lost connection may be chance.</summary>
    private const int LossesInARow = 3;

    /// <summary>So many messages that are put off one after the other, with none taken between: the server fails, in a manner of its own.</summary>
    private const int PutOffInARow = 10;

    /// <summary>So often refused in the server's name, a delivery is put off as any other, so that it is given up in the end.</summary>
    private const int MostRefusals = 10;

    private const int MostRefusedRows = 10_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<int, Trouble> _troubles = [];
    private readonly Dictionary<long, Refusals> _refusals = [];
    private long _taken;

    /// <summary>The first is no longer than <c>Mail:Retry:FirstDelay</c>, the last is repeated.</summary>
    public IReadOnlyList<TimeSpan> Pauses { get; } =
        [LongestPauses[0] < options.Retry.FirstDelay ? LongestPauses[0] : options.Retry.FirstDelay, .. LongestPauses[1..]];

    /// <summary>The connections that this server is fit for at present.</summary>
    public ConnectionAllowance Connections { get; } = new(options.MaxConnections, time);

    public bool IsHeld(int mailingId)
    {
        lock (_lock)
            return IsHeld(Of(mailingId));
    }

    public async Task WorksAsync(int mailingId)
    {
        lock (_lock)
        {
            _taken++;
            if (!_troubles.TryGetValue(mailingId, out var trouble) || IsHeld(trouble) || time.GetUtcNow() < trouble.UsedUpUntil)
                return;
            _troubles.Remove(mailingId);
        }

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
            await FailsAsync(mailingId, Notices.Lost(reason));
    }

    /// <summary>
    /// Whether this delivery was refused in the server's name before, and others have been taken since, or has been so for long enough.
    /// Without it, whoever is first in the queue would stop the mailing for all behind, again and again.
    /// </summary>
    public bool MeetsAlone(ClaimedDelivery row)
    {
        lock (_lock)
        {
            if (_refusals.Count >= MostRefusedRows)
                _refusals.Clear();
            var known = _refusals.GetValueOrDefault(row.Id) ?? new Refusals(_taken, 0);
            _refusals[row.Id] = known with { Count = known.Count + 1 };
            return known.TakenBefore < _taken || known.Count + 1 >= MostRefusals;
        }
    }

    /// <summary>The server puts a message off, for a reason that is not the recipient's.</summary>
    public async Task PutsOffAsync(int mailingId, MailAnswer.RefusedForNow refused)
    {
        bool isTooMany;
        lock (_lock)
        {
            var known = Of(mailingId);
            _troubles[mailingId] = known with { PutOffs = known.PutOffs + 1 };
            isTooMany = (known.PutOffs + 1) % PutOffInARow == 0;
        }

        if (isTooMany)
            await FailsAsync(mailingId, Notices.Refused(RefusalScope.Server, refused.Code, refused.Text));
    }

    /// <summary>There is no connection to be had.</summary>
    public Task UnavailableAsync(int mailingId, MailServerUnavailableException failure) => failure.Quota is { } quota
        ? UsedUpAsync(mailingId, quota, Notices.Of(failure))
        : FailsAsync(mailingId, Notices.Of(failure));

    /// <summary>The server has refused one message for a reason that would meet every other.</summary>
    public Task RefusesAsync(int mailingId, MailAnswer.RefusedForNow refused) => refused.Quota is { } quota
        ? UsedUpAsync(mailingId, quota, Notices.Quota(quota, refused.Code, refused.Text))
        : FailsAsync(mailingId, Notices.Refused(refused.Scope, refused.Code, refused.Text));

    /// <inheritdoc cref="RefusesAsync(int, MailAnswer.RefusedForNow)"/>
    public Task RefusesAsync(int mailingId, MailAnswer.RefusedForGood refused)
        => FailsAsync(mailingId, Notices.Refused(refused.Scope, refused.Code, refused.Text));

    /// <summary>The server has refused what a message holds; the refusal is in the ledger.</summary>
    public Task RefusedMessageAsync(int mailingId, MailAnswer.RefusedForGood refused) => upkeep.StopIfAllRefusedAsync(mailingId, refused.Code, refused.Text);

    /// <summary>The server can't be reached, or refuses to work.</summary>
    public async Task FailsAsync(int mailingId, string notice)
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

        await upkeep.HoldAsync(mailingId, pause, notice);
    }

    /// <summary>The hold is the database's alone, so that whoever pauses and resumes the mailing asks the server again at once.</summary>
    private async Task UsedUpAsync(int mailingId, RelayQuota quota, string notice)
    {
        lock (_lock)
            _troubles[mailingId] = Of(mailingId) with { UsedUpUntil = time.GetUtcNow() + QuotaPauses[quota] };
        if (quota == RelayQuota.Connections)
            Connections.Lower();
        await upkeep.HoldAsync(mailingId, QuotaPauses[quota], notice);
    }

    private Trouble Of(int mailingId) => _troubles.GetValueOrDefault(mailingId) ?? new Trouble();

    private bool IsHeld(Trouble trouble) => time.GetUtcNow() < trouble.HeldUntil;

    /// <param name="TakenBefore">So many messages had been taken when it was refused first.</param>
    private sealed record Refusals(long TakenBefore, int Count);

    private sealed record Trouble
    {
        public int Failures { get; init; }

        public int Losses { get; init; }

        public int PutOffs { get; init; }

        public DateTimeOffset HeldUntil { get; init; }

        /// <summary>Until then a message that is taken does not tell that the quota is free again.</summary>
        public DateTimeOffset UsedUpUntil { get; init; }
    }
}
