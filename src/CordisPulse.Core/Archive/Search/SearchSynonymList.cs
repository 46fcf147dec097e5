using CordisPulse.Core.Site;

namespace CordisPulse.Core.Archive.Search;

/// <summary>The synonyms that staff keep on a page of the site, which readers can read as well.</summary>
public sealed class SearchSynonymList(SitePageReader pages, SearchSynonymCache cache)
{
    public const string Page = "search-words";

    public async Task<SearchSynonyms> ReadAsync(CancellationToken cancellationToken = default)
        => await pages.ReadAsync(Page, cancellationToken) is { } text ? cache.Read(text.Body) : SearchSynonyms.None;
}

/// <summary>The list as it was read last, since nearly every search has the same.</summary>
public sealed class SearchSynonymCache
{
    private Entry? _last;

    public SearchSynonyms Read(string text)
    {
        var last = Volatile.Read(ref _last);
        if (last?.Text == text)
            return last.Synonyms;
        var read = SearchSynonyms.Read(text);
        Volatile.Write(ref _last, new Entry(text, read));
        return read;
    }

    private sealed record Entry(string Text, SearchSynonyms Synonyms);
}
