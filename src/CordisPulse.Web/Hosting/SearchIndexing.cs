using CordisPulse.Core.Archive.Search;

namespace CordisPulse.Web.Hosting;

/// <summary>Keeps the search index up to what readers see, so that whoever searches after a publication does not wait for it.</summary>
internal sealed class SearchIndexing(SearchIndex index) : IDueWork
{
    public string Name => "The search index";

    private Task _warming = Task.CompletedTask;

    public async Task BeginDueAsync(CancellationToken cancellationToken)
    {
        await index.FollowAsync(cancellationToken);
        if (!_warming.IsCompleted)
            return;
        var ended = _warming;
        _warming = index.WarmAsync(cancellationToken);
        // A failure is said, and tried again.
        await ended;
    }

    public async Task EndAsync()
    {
        try
        {
            await _warming;
        }
        catch (OperationCanceledException)
        {
        }
    }
}
