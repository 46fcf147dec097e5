using System.Globalization;

namespace CordisPulse.Core.Feeds;

/// <summary>What came of a reading, in an editor's words.</summary>
internal static class FeedOutcome
{
    public const string Unchanged = "Nothing has changed.";

    public const string Gone = "The site says that it is gone for good. It is read no more.";

    /// <param name="all">Entries that the feed holds.</param>
    /// <param name="added">Those among them that were not there before.</param>
    /// <param name="damagedAt">The line from which on it can't be read.</param>
    public static string Of(int all, IReadOnlyCollection<FeedEntry> added, int? damagedAt)
        => damagedAt is { } line ? Invariant($"{Of(all, added)} It is damaged at line {line}; what stood before was read.") : Of(all, added);

    private static string Of(int all, IReadOnlyCollection<FeedEntry> added)
    {
        if (all == 0)
            return "It holds no entry yet.";
        if (added.Count == 0)
            return "Nothing new.";
        var (known, old) = (Count(added, FeedEntryState.Known), Count(added, FeedEntryState.Old));
        var rest = (known, old) switch
        {
            (0, 0) => "",
            (_, 0) => Invariant($"; {known} known already"),
            (0, _) => Invariant($"; {old} too old to be suggested"),
            _ => Invariant($"; {known} known already, {old} too old to be suggested"),
        };
        return Invariant($"{Count(added, FeedEntryState.Waiting)} new{rest}.");
    }

    private static int Count(IReadOnlyCollection<FeedEntry> entries, FeedEntryState state) => entries.Count(entry => entry.State == state);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
