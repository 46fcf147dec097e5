namespace CordisPulse.Core.Feeds;

/// <summary>What a feed says, whatever it is written in.</summary>
/// <param name="Title">What it calls itself.</param>
/// <param name="DamagedAtLine">Where it can't be read on; the entries are those before it. Null for a feed that is whole, and for one that is too long.</param>
public sealed record FeedDocument(string? Title, IReadOnlyList<AnnouncedEntry> Entries, int? DamagedAtLine = null)
{
    /// <summary>Of an entry, as of any field of an item.</summary>
    public const int LongestTitle = 500;

    public const int LongestDescription = 1000;

    /// <summary>Entries that are looked at; whatever comes behind them is not read.</summary>
    internal const int MostLookedAt = 1000;

    /// <summary>Entries that are kept, the newest.</summary>
    internal const int MostKept = 200;
}

/// <param name="Id">What the feed calls it; null when it calls it nothing.</param>
/// <param name="Description">As plain text.</param>
public sealed record AnnouncedEntry(string? Id, string Url, string Title, string? Description, DateTime? PublishedUtc);

/// <summary>Why a feed could not be read, in an editor's words.</summary>
internal sealed class UnreadableFeedException(string reason) : Exception(reason);
