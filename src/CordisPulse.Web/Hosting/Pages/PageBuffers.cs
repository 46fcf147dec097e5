using Microsoft.Extensions.ObjectPool;

namespace CordisPulse.Web.Hosting.Pages;

/// <summary>
/// What pages are written into before they go out, used again. As long as a page is, each new one would be among the large objects, which only
/// a full collection frees.
/// </summary>
internal sealed class PageBuffers : PooledObjectPolicy<MemoryStream>
{
    private const int Usual = 128 * 1024;
    private const int LargestKept = 2 * 1024 * 1024;

    public override MemoryStream Create() => new(Usual);

    public override bool Return(MemoryStream obj)
    {
        obj.SetLength(0);
        return obj.Capacity <= LargestKept;
    }
}
