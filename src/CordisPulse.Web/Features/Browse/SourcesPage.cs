using System.Globalization;
using CordisPulse.Core.Archive;

namespace CordisPulse.Web.Features.Browse;

public sealed record SourcesPage(IReadOnlyList<ListedSource> Sources)
{
    private const string NoLetter = "0–9";

    /// <summary>A to Z by the letter a reader would look under; what begins with no letter comes first.</summary>
    public IEnumerable<IGrouping<string, ListedSource>> ByLetter => Sources.GroupBy(source => Letter(source.Name));

    private static string Letter(string name)
    {
        var folded = SearchText.Fold(name);
        return folded.Length > 0 && char.IsLetter(folded[0])
            ? StringInfo.GetNextTextElement(folded).ToUpperInvariant()
            : NoLetter;
    }
}
