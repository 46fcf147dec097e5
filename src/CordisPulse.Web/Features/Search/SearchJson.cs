using CordisPulse.Core.Archive.Search;
using CordisPulse.Core.Hosting;

namespace CordisPulse.Web.Features.Search;

/// <summary>Writes what a search has found for programs.</summary>
public sealed class SearchJson(PublicAddress address)
{
    public string Write(SearchForm form, SearchPage page)
    {
        var result = page.Result;
        return PublicJson.Write(
            new
            {
                Query = form.Query,
                Total = result?.Total ?? 0,
                Page = result?.Page ?? 1,
                Pages = result?.Pages ?? 1,
                Next = result is { } some && some.Page < some.Pages ? address.Links.To(form.As("search.json", some.Page + 1)) : null,
                DidYouMean = result?.Suggestion,
                Results = result?.Hits.Select(Write) ?? [],
                NearMisses = result?.NearMisses.Select(Write) ?? [],
                Facets = new { Sector = result?.Sectors ?? [], Section = result?.Sections ?? [], Source = result?.Sources ?? [], Year = result?.Years ?? [] },
            });
    }

    private object Write(SearchHit hit) => new
    {
        hit.Kind,
        Edition = hit.Month,
        Title = hit.Title.Text,
        Url = address.Links.To(hit.Path),
        Source = hit.Item?.Source,
        Sector = hit.Item?.Sector,
        Section = hit.Item?.Section,
        Snippet = hit.Snippet.Text,
    };
}
