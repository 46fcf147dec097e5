namespace CordisPulse.Core.Editions.Covered;

/// <summary>
/// Two items of different editions on the same thing, as it was known when one of them was published last; kept both ways, so that an
/// item's page costs the same in an archive of any length. Readers are told of an item only while it is published.
/// </summary>
public sealed class CoveredAgain
{
    /// <summary>Key of a working item; no foreign key, since what is published outlives it.</summary>
    public int ItemId { get; set; }

    public int OtherId { get; set; }
}
