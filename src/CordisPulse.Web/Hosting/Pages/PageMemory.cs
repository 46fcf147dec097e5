using System.Threading.Channels;
using CordisPulse.Core.Archive;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;

namespace CordisPulse.Web.Hosting.Pages;

/// <summary>
/// Pages of published content as they were last answered, by what the request line asked for. A page is good for as long as
/// nothing that readers see has changed since it was made (<see cref="ContentWatch"/>).
/// </summary>
internal sealed class PageMemory : IDisposable
{
    private const int BytesInMegabyte = 1024 * 1024;

    /// <summary>What is larger is asked for by programs, now and then.</summary>
    private const int Largest = BytesInMegabyte;

    private const int WaitingToBeImproved = 200;

    private readonly MemoryCache _pages;
    private readonly Channel<KeptPage> _asked = Channel.CreateBounded<KeptPage>(new BoundedChannelOptions(WaitingToBeImproved) { FullMode = BoundedChannelFullMode.DropWrite });

    public PageMemory(IOptions<ArchiveOptions> options)
        => _pages = new MemoryCache(new MemoryCacheOptions { SizeLimit = options.Value.MemoryMegabytes * (long)BytesInMegabyte, CompactionPercentage = 0.2 });

    /// <summary>Null when there is none of that state.</summary>
    public KeptPage? Find(string target, ContentState state)
    {
        if (!_pages.TryGetValue(target, out KeptPage? page) || page!.State != state)
            return null;
        if (page.IsToBeImproved)
            _asked.Writer.TryWrite(page);
        return page;
    }

    public void Keep(string target, KeptPage page)
    {
        if (page.Length > Largest)
            return;
        // The codings come to about half as much again.
        _pages.Set(target, page, new MemoryCacheEntryOptions { Size = target.Length + (page.Length * 3 / 2) });
    }

    /// <summary>Pages that were asked for more than once, to be compressed well.</summary>
    public IAsyncEnumerable<KeptPage> AskedAgainAsync(CancellationToken cancellationToken) => _asked.Reader.ReadAllAsync(cancellationToken);

    public void Dispose() => _pages.Dispose();
}
