using System.Globalization;
using CordisPulse.Core.Archive;

namespace CordisPulse.Web.Features.Browse;

public sealed record SourcesPage(IReadOnlyList<ListedSource> Sources)
{
    private const string NoLetter = "0–9";

    private const string Article = "the ";

    /// <summary>A to Z by the letter a reader would look under; what begins with no letter comes first.</summary>
    public IEnumerable<IGrouping<string, ListedSource>> ByLetter
        => Sources.OrderBy(source => Filed(source.Name), StringComparer.Ordinal).GroupBy(source => Letter(source.Name));

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
