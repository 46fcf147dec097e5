using CordisPulse.Core.Data;
using CordisPulse.Core.Mail;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Core.Subscriptions;

/// <summary>What the page behind a mailed link may show: whoever holds the link need not be the person.</summary>
public sealed record TokenHolder(string MaskedAddress, SubscriberStatus Status);

/// <summary>Reads for the pages that mailed links lead to. They change nothing.</summary>
public sealed class SubscriptionPages(PulseDbContext db, OneTimeTokens tokens)
{
    /// <summary>Null for a token that nobody has; what can't be a token is not looked up.</summary>
    public async Task<TokenHolder?> FindAsync(string token, CancellationToken cancellationToken = default)
    {
        if (SecretToken.Normalize(token) is not { } owned)
            return null;
        var row = await db.Subscribers
            .Where(row => row.UnsubscribeToken == owned)
            .Select(row => new { row.Email, row.Status })
            .SingleOrDefaultAsync(cancellationToken);
        return row is null ? null : new TokenHolder(AddressMask.Of(row.Email ?? ""), row.Status);
    }

    /// <summary>What the link of a confirmation mail would do now; <see cref="ConfirmationOutcome.Confirmed"/> when it would confirm.</summary>
    public async Task<ConfirmationOutcome> ConfirmationAsync(string token, CancellationToken cancellationToken = default)
        => await tokens.FindAsync(TokenPurpose.ConfirmSubscription, token, cancellationToken) switch
        {
            null => ConfirmationOutcome.Unknown,
            { State: TokenState.Used } => ConfirmationOutcome.Used,
            { State: TokenState.Ended } => ConfirmationOutcome.Ended,
            _ => ConfirmationOutcome.Confirmed,
        };
}
