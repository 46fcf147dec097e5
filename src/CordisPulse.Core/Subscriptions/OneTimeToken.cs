namespace CordisPulse.Core.Subscriptions;

public enum TokenPurpose
{
    ConfirmSubscription,
    SetUpAccount,
}

/// <summary>A link that can do more than leave: kept only as a hash, ends, and works once.</summary>
public sealed class OneTimeToken
{
    public long Id { get; set; }

    public TokenPurpose Purpose { get; set; }

    /// <summary>SHA-256 of the token, as 64 lower-case hexadecimal digits.</summary>
    public required string Hash { get; set; }

    public int? SubscriberId { get; set; }

    public Subscriber? Subscriber { get; set; }

    /// <summary>The account to set up; null for the first administrator, who has none yet.</summary>
    public int? AccountId { get; set; }

    public DateTime EndsUtc { get; set; }

    public DateTime? UsedUtc { get; set; }
}
