using System.Globalization;
using CordisPulse.Core.Data;
using CordisPulse.Core.Editions;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Core.Intake;

/// <summary>An item that has no place yet.</summary>
public sealed record UnplacedItem(int ItemId, int? SourceId, string? Source, string Title);

/// <param name="Reason">In words, without a full stop.</param>
/// <param name="IsOfItem">Something about the item itself speaks for it.</param>
public sealed record PlaceSuggestion(int SectorId, int SectionId, string Reason, bool IsOfItem = true);

/// <summary>Suggests sector and section from where items of the same source, or with the same words in their titles, stood before; a history counts by how long and how unanimous it is.</summary>
public sealed class PlaceSuggestions(PulseDbContext db)
{
    private const int TitlesLookedAt = 2000;
    private const int ShortestWord = 4;

    /// <summary>Where a source's items stood says more than where one word did.</summary>
    private const double OfSource = 2;

    /// <summary>What the words of a title must weigh where nothing is known of the source: one alone, or several that stand everywhere, is not enough.</summary>
    private const double Telling = 1.2;

    /// <summary>Likewise where something is known, but another place weighs less.</summary>
    private const double Clear = 0.6;

    /// <param name="items">That need a place.</param>
    /// <param name="accountId">Whoever is to place them.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>By the item's key; an item of which nothing is known goes where this person put the last one, if they put any.</returns>
    public async Task<IReadOnlyDictionary<int, PlaceSuggestion>> ForAsync(IReadOnlyList<UnplacedItem> items, int accountId, CancellationToken cancellationToken)
    {
        if (items.Count == 0)
            return new Dictionary<int, PlaceSuggestion>();
        var sources = await SourcesAsync(items, cancellationToken);
        var words = await WordsAsync(items, cancellationToken);
        var suggestions = items.ToDictionary(item => item.ItemId, item => Weigh(item, item.SourceId is { } source ? [.. sources[source]] : [], words));
        var last = suggestions.ContainsValue(null) ? await LastAsync(accountId, cancellationToken) : null;
        return suggestions.Where(pair => (pair.Value ?? last) is not null).ToDictionary(pair => pair.Key, pair => (pair.Value ?? last)!);
    }

    private static PlaceSuggestion? Weigh(UnplacedItem item, IReadOnlyList<(Place Place, int Count)> history, Dictionary<string, List<Place>> words)
    {
        var all = history.Sum(place => place.Count);
        var bySource = history.ToDictionary(place => place.Place, place => OfSource * place.Count / all * Sureness(place.Count));
        var byWords = WordsOf(item.Title)
            .Where(word => words.GetValueOrDefault(word) is { Count: > 1 })
            .SelectMany(word => words[word].GroupBy(place => place).Select(group => (Word: word, Place: group.Key, Weight: WeightOf(group.Count(), words[word].Count))))
            .ToLookup(vote => vote.Place);
        var places = bySource.Keys.Concat(byWords.Select(votes => votes.Key)).Distinct()
            .Select(place => (Place: place, Source: bySource.GetValueOrDefault(place), Words: byWords[place].Sum(vote => vote.Weight)))
            .Where(place => place.Source > 0 || place.Words >= (all > 0 ? Clear : Telling))
            .ToList();
        if (places.Count == 0)
            return null;
        var best = places.MaxBy(place => place.Source + place.Words);
        var reason = best.Source >= best.Words ? ReasonOfSource(item.Source!, history.First(place => place.Place == best.Place).Count, all) : ReasonOfWords(byWords[best.Place]);
        return new PlaceSuggestion(best.Place.SectorId, best.Place.SectionId, reason);
    }

    /// <summary>A word that stands in many places says little of each.</summary>
    private static double WeightOf(int there, int all) => Math.Pow((double)there / all, 2) * Sureness(there);

    /// <summary>One item is half a habit.</summary>
    private static double Sureness(int count) => (double)count / (count + 1);

    private static string ReasonOfSource(string source, int there, int all)
        => all == 1 ? $"the last item from {source} stood there" : string.Create(CultureInfo.InvariantCulture, $"{there} of {all} items from {source} stood there");

    private static string ReasonOfWords(IEnumerable<(string Word, Place Place, double Weight)> votes)
        => $"titles with {string.Join(" and ", votes.OrderByDescending(vote => vote.Weight).Take(2).Select(vote => $"“{vote.Word}”"))} stood there";

    /// <summary>Where the item stands that this person was the last to put from the intake into an edition.</summary>
    private Task<PlaceSuggestion?> LastAsync(int accountId, CancellationToken cancellationToken) => db.Revisions
        .Where(put => put.Text == RevisedText.Item && put.SavedById == accountId && put.EditionId != null
            && db.Revisions.Any(waiting => waiting.Text == RevisedText.Item && waiting.TextId == put.TextId && waiting.EditionId == null)
            && !db.Revisions.Any(earlier => earlier.Text == RevisedText.Item && earlier.TextId == put.TextId && earlier.EditionId != null && earlier.Id < put.Id))
        .Join(
            db.EditionItems.Where(item => item.EditionId != null && item.SectorId != null && item.SectionId != null), put => put.TextId, item => item.Id,
            (put, item) => new { put.Id, item.SectorId, item.SectionId })
        .OrderByDescending(put => put.Id)
        .Select(put => new PlaceSuggestion(put.SectorId!.Value, put.SectionId!.Value, "where you put the last one", false))
        .FirstOrDefaultAsync(cancellationToken);

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
