using CordisPulse.Core.Accounts;
using CordisPulse.Core.Catalogue;

namespace CordisPulse.Core.Feeds;

/// <summary>Where a source announces what it publishes, read again and again.</summary>
public sealed class SourceFeed
{
    public int Id { get; set; }

    public int SourceId { get; set; }

    public Source? Source { get; set; }

    public required string Address { get; set; }

    /// <summary>SHA-256 of the address, which is too long for an index.</summary>
    public required string AddressHash { get; set; }

    /// <summary>Where it was before its site said that it has moved for good.</summary>
    public string? MovedFrom { get; set; }

    /// <summary>What the feed calls itself; null until it was read.</summary>
    public string? Title { get; set; }

    public DateTime AddedUtc { get; set; }

    public int? AddedById { get; set; }

    public Account? AddedBy { get; set; }

    /// <summary>Since when a person has it left alone.</summary>
    public DateTime? PausedUtc { get; set; }

    /// <summary>When to read it; also the end of the present reading's lease. Null while paused, and once it is gone for good.</summary>
    public DateTime? NextReadingUtc { get; set; }

    /// <summary>Readings begun; also the number of the lease.</summary>
    public int Readings { get; set; }

    /// <summary>Readings in a row that brought nothing to read.</summary>
    public int Failures { get; set; }

    /// <summary>When its site was last asked, whatever came of it.</summary>
    public DateTime? LastReadUtc { get; set; }

    /// <summary>When entries were first taken in; until then only the newest are suggested.</summary>
    public DateTime? FirstEntriesUtc { get; set; }

    /// <summary>What came of the last reading, in an editor's words, while that was no failure.</summary>
    public string? Outcome { get; set; }

    /// <summary>Why it could not be read the last time, in an editor's words.</summary>
    public string? Problem { get; set; }

    /// <summary>Feeds that the page at the address names, when it is a web page and no feed.</summary>
    public List<string> Offers { get; set; } = [];

    /// <summary>Of the last answer, to be sent back with the next question.</summary>
    public string? ETag { get; set; }

    /// <inheritdoc cref="ETag"/>
    public DateTime? LastModifiedUtc { get; set; }
}
