using CordisPulse.Core.Archive.Search;

namespace CordisPulse.Web.Hosting;

/// <summary>Keeps the search index up to what readers see, so that whoever searches after a publication does not wait for it.</summary>
internal sealed class SearchIndexing(SearchIndex index) : IDueWork
{
    public string Name => "The search index";

    public Task BeginDueAsync(CancellationToken cancellationToken) => index.FollowAsync(cancellationToken);

    public Task EndAsync() => Task.CompletedTask;
}
