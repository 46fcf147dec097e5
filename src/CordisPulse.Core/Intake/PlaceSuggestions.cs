using System.Globalization;
using CordisPulse.Core.Data;
using CordisPulse.Core.Editions;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Core.Intake;

/// <summary>An item that has no place yet.</summary>
public sealed record UnplacedItem(int ItemId, int? SourceId, string? Source, string Title);

/// <param name="Reason">In words, without a full stop.</param>
public sealed record PlaceSuggestion(int SectorId, int SectionId, string Reason);

/// <summary>Suggests sector and section from where items of the same source, or with the same words in their titles, stood before.</summary>
public sealed class PlaceSuggestions(PulseDbContext db)
{
    private const int TitlesLookedAt = 2000;
    private const int ShortestWord = 4;

    /// <summary>Share of a source's items that must have stood in one place for the source alone to decide.</summary>
    private const double Usual = 0.6;

    /// <summary>Words that stand everywhere say nothing: a word counts by the share of its titles in a place, and one alone is not enough.</summary>
    private const double Telling = 1.2;

    /// <summary>By the item's key; an item of which nothing is known has none.</summary>
    public async Task<IReadOnlyDictionary<int, PlaceSuggestion>> ForAsync(IReadOnlyList<UnplacedItem> items, CancellationToken cancellationToken)
    {
        if (items.Count == 0)
            return new Dictionary<int, PlaceSuggestion>();
        var sources = await SourcesAsync(items, cancellationToken);
        var words = await WordsAsync(items, cancellationToken);
        var suggestions = new Dictionary<int, PlaceSuggestion>();
        foreach (var item in items)
        {
            var usual = item.SourceId is { } source ? OfSource(item.Source!, sources[source]) : null;
            if ((usual is { IsUsual: true } known ? known.Suggestion : OfWords(item.Title, words) ?? usual?.Suggestion) is { } suggestion)
                suggestions.Add(item.ItemId, suggestion);
        }

        return suggestions;
    }

    private static (PlaceSuggestion Suggestion, bool IsUsual)? OfSource(string source, IEnumerable<(Place Place, int Count)> places)
    {
        var known = places.OrderByDescending(place => place.Count).ToList();
        if (known.Count == 0)
            return null;
        var (place, count) = known[0];
        var all = known.Sum(other => other.Count);
        var reason = all == 1 ? $"the last item from {source} stood there" : string.Create(CultureInfo.InvariantCulture, $"{count} of {all} items from {source} stood there");
        return (new PlaceSuggestion(place.SectorId, place.SectionId, reason), count > 1 && count >= all * Usual);
    }

    private static PlaceSuggestion? OfWords(string title, Dictionary<string, List<Place>> words)
    {
        var known = WordsOf(title).Where(word => words.GetValueOrDefault(word) is { Count: > 1 }).ToList();
        var best = known
            .SelectMany(word => words[word].GroupBy(place => place).Select(group => (Word: word, Place: group.Key, Share: (double)group.Count() / words[word].Count)))
            .GroupBy(vote => vote.Place)
            .MaxBy(votes => votes.Sum(vote => vote.Share));
        if (best is null || best.Sum(vote => vote.Share) < Telling)
            return null;
        var telling = best.OrderByDescending(vote => vote.Share).Take(2).Select(vote => $"“{vote.Word}”").ToList();
        return new PlaceSuggestion(best.Key.SectorId, best.Key.SectionId, $"titles with {string.Join(" and ", telling)} stood there");
    }

    private async Task<ILookup<int, (Place Place, int Count)>> SourcesAsync(IReadOnlyList<UnplacedItem> items, CancellationToken cancellationToken)
    {
        var ids = items.Select(item => item.SourceId).OfType<int>().Distinct().ToList();
        var counts = await db.EditionItems
            .Where(item => item.EditionId != null && item.SectorId != null && item.SectionId != null && item.SourceId != null && ids.Contains(item.SourceId.Value))
            .GroupBy(item => new { item.SourceId, item.SectorId, item.SectionId })
            .Select(group => new { group.Key.SourceId, group.Key.SectorId, group.Key.SectionId, Count = group.Count() })
            .ToListAsync(cancellationToken);
        return counts.ToLookup(row => row.SourceId!.Value, row => (new Place(row.SectorId!.Value, row.SectionId!.Value), row.Count));
    }

    /// <summary>Where the latest titles with each word of the items' titles stand.</summary>
    private async Task<Dictionary<string, List<Place>>> WordsAsync(IReadOnlyList<UnplacedItem> items, CancellationToken cancellationToken)
    {
        var asked = items.SelectMany(item => WordsOf(item.Title)).ToHashSet();
        var titles = await db.EditionItems
            .Where(item => item.EditionId != null && item.SectorId != null && item.SectionId != null)
            .OrderByDescending(item => item.Id)
            .Select(item => new { item.Title, item.SectorId, item.SectionId })
            .Take(TitlesLookedAt)
            .ToListAsync(cancellationToken);
        return titles
            .SelectMany(row => WordsOf(row.Title).Where(asked.Contains).Select(word => (word, place: new Place(row.SectorId!.Value, row.SectionId!.Value))))
            .GroupBy(pair => pair.word)
            .ToDictionary(group => group.Key, group => group.Select(pair => pair.place).ToList());
    }

    private static IEnumerable<string> WordsOf(string title)
        => Slug.Words(title).Where(word => word.Length >= ShortestWord && !char.IsAsciiDigit(word[0])).Distinct();

    private readonly record struct Place(int SectorId, int SectionId);
}
