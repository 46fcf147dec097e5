using System.Globalization;
using CordisPulse.Core.Archive;

namespace CordisPulse.Web.Features.Browse;

/// <summary>All sources, or all topics, from A to Z.</summary>
public sealed record RegisterPage(BrowseKind Kind, IReadOnlyList<CountedPlace> Places)
{
    private const string NoLetter = "0–9";

    private const string Article = "the ";

    public string Title => Kind == BrowseKind.Source ? "Sources" : "Topics";

    public string Description => Kind == BrowseKind.Source
        ? "Every organisation whose work we have summarised, how often, and when."
        : "What we have summarised work on, how often, and when.";

    /// <summary>A to Z by the letter a reader would look under; what begins with no letter comes first.</summary>
    public IEnumerable<IGrouping<string, CountedPlace>> ByLetter
        => Places.OrderBy(place => Filed(place.Name), StringComparer.Ordinal).GroupBy(place => Letter(place.Name));

    /// <summary>"The King's Fund" stands under K.</summary>
    private static string Filed(string name)
    {
        var folded = SearchText.Fold(name);
        return folded.StartsWith(Article, StringComparison.OrdinalIgnoreCase) ? folded[Article.Length..] : folded;
    }

    private static string Letter(string name)
    {
        var folded = Filed(name);
        return folded.Length > 0 && char.IsLetter(folded[0])
            ? StringInfo.GetNextTextElement(folded).ToUpperInvariant()
            : NoLetter;
    }
}
