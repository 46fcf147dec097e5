using CordisPulse.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Core.Subscriptions;

public enum TokenState
{
    Valid,
    Used,
    Ended,
}

/// <summary>What a link that somebody opened stands for.</summary>
public sealed record TokenOwner(TokenState State, int? SubscriberId, int? AccountId);

/// <summary>Makes, finds and uses up the links that can do more than leave. Only their hashes are kept.</summary>
public sealed class OneTimeTokens(PulseDbContext db, TimeProvider time)
{
    /// <summary>Adds a token to the unit of work, which the caller saves.</summary>
    /// <returns>The token itself, which exists nowhere else.</returns>
    /// <param name="requestId">What was asked for, of a link that was asked for with something.</param>
    /// <param name="made">The token, where it can't be any.</param>
    public string ForSubscriber(TokenPurpose purpose, int subscriberId, TimeSpan lifetime, int? requestId = null, string? made = null)
        => Add(purpose, lifetime, token => (token.SubscriberId, token.RequestId) = (subscriberId, requestId), made);

    /// <inheritdoc cref="ForSubscriber"/>
    /// <param name="accountId">Null for the first administrator, who has no account yet.</param>
    public string ForAccount(TokenPurpose purpose, int? accountId, TimeSpan lifetime)
        => Add(purpose, lifetime, token => token.AccountId = accountId);

    /// <summary>Null for a token that was never made. Finding uses nothing up.</summary>
    public async Task<TokenOwner?> FindAsync(TokenPurpose purpose, string token, CancellationToken cancellationToken = default)
    {
        if (!SecretToken.IsWellFormed(token))
            return null;
        var hash = SecretToken.Hash(token);
        var row = await db.OneTimeTokens
            .Where(row => row.Hash == hash && row.Purpose == purpose)
            .Select(row => new { row.SubscriberId, row.AccountId, row.UsedUtc, row.EndsUtc })
            .SingleOrDefaultAsync(cancellationToken);
        if (row is null)
            return null;
        var state = row.UsedUtc is not null ? TokenState.Used : row.EndsUtc <= Now ? TokenState.Ended : TokenState.Valid;
        return new TokenOwner(state, row.SubscriberId, row.AccountId);
    }

    /// <summary>
    /// Uses the token up at once. Of two that try at the same time one gets true. In a transaction, it is used only if the rest
    /// succeeds too.
    /// </summary>
    public async Task<bool> ConsumeAsync(TokenPurpose purpose, string token, CancellationToken cancellationToken = default)
    {
        if (!SecretToken.IsWellFormed(token))
            return false;
        var hash = SecretToken.Hash(token);
        var now = Now;
        return await db.OneTimeTokens
            .Where(row => row.Hash == hash && row.Purpose == purpose && row.UsedUtc == null && row.EndsUtc > now)
            .ExecuteUpdateAsync(row => row.SetProperty(token => token.UsedUtc, now), cancellationToken) == 1;
    }

    /// <summary>Ends at once every unused token of this account; of the first administrator when there is no account.</summary>
    public async Task EndForAccountAsync(TokenPurpose purpose, int? accountId, CancellationToken cancellationToken = default)
    {
        var now = Now;
        await db.OneTimeTokens
            .Where(row => row.Purpose == purpose && row.AccountId == accountId && row.SubscriberId == null && row.UsedUtc == null && row.EndsUtc > now)
            .ExecuteUpdateAsync(row => row.SetProperty(token => token.EndsUtc, now), cancellationToken);
    }

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    private string Add(TokenPurpose purpose, TimeSpan lifetime, Action<OneTimeToken> own, string? made = null)
    {
        var token = made ?? SecretToken.Create();
        var row = new OneTimeToken { Purpose = purpose, Hash = SecretToken.Hash(token), EndsUtc = Now + lifetime };
        own(row);
        db.Add(row);
        return token;
    }
}
