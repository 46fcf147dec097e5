namespace CordisPulse.Core.Subscriptions;

public enum TokenPurpose
{
    ConfirmSubscription,
    SetUpAccount,

    /// <summary>Opens what is held about a person.</summary>
    OwnData,

    /// <summary>Stands in the forms of the page that <see cref="OwnData"/> opened, until its hour is over or it is closed.</summary>
    OwnDataPage,

    /// <summary>Proves that the person reads the address that they want to be written to at.</summary>
    ConfirmAddress,
}

/// <summary>A link that can do more than leave: kept only as a hash, ends, and works once; <see cref="TokenPurpose.OwnDataPage"/> alone works until it ends, and is used up by closing the page.</summary>
public sealed class OneTimeToken
{
    public long Id { get; set; }

    public TokenPurpose Purpose { get; set; }

    /// <summary>SHA-256 of the token, as 64 lower-case hexadecimal digits.</summary>
    public required string Hash { get; set; }

    public int? SubscriberId { get; set; }

    public Subscriber? Subscriber { get; set; }

    /// <summary>What was asked for when the link was; null for links that nothing was asked for with.</summary>
    public int? RequestId { get; set; }

    public AddressRequest? Request { get; set; }

    /// <summary>The account to set up; null for the first administrator, who has none yet.</summary>
    public int? AccountId { get; set; }

    public DateTime EndsUtc { get; set; }

    public DateTime? UsedUtc { get; set; }
}
