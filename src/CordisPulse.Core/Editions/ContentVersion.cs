namespace CordisPulse.Core.Editions;

/// <summary>The one row that every change of published content raises; caches and indexes of every node follow it.</summary>
public sealed class ContentVersion
{
    public const int OnlyId = 1;

    public int Id { get; set; } = OnlyId;

    public long Number { get; set; }

    public DateTime ChangedUtc { get; set; }

    /// <summary>Another value each time that other links are marked as gone; what is known of them outlives what else changes.</summary>
    public Guid Links { get; set; }
}
