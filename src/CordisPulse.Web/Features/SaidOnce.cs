using CordisPulse.Web.Hosting;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Caching.Memory;

namespace CordisPulse.Web.Features;

/// <summary>
/// What was done last, for the page that a redirect leads to. Readers are set no cookie, as the privacy page tells them, so the address carries
/// it: sealed for one page, for as long as the redirect takes, and opened once. A node knows what it has opened itself; that another one may
/// say it again within that time is the lesser harm: whoever did it must be told, also where cookies are refused. A bookmark, or a link that
/// is passed on, says nothing.
/// </summary>
public sealed class SaidOnce(IDataProtectionProvider protection) : IDisposable
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(1);

    private const int Most = 10_000;

    private readonly TimedSeal _seal = new(protection, "CordisPulse.SaidOnce", Lifetime);

    private readonly MemoryCache _opened = new(new MemoryCacheOptions { SizeLimit = Most });

    /// <param name="page">The path of the page that is to say it.</param>
    /// <param name="what">A word that the page knows.</param>
    public string Seal(string page, string what) => _seal.Seal($"{page} {what}");

    /// <summary>Null for what was said before, is too old, or is another page's. Asked for its head alone, the page says nothing: it is said afterwards.</summary>
    public string? Open(HttpRequest request, string page, string? sealedWord)
    {
        if (_seal.Open(sealedWord) is not { } opened || !opened.StartsWith($"{page} ", StringComparison.OrdinalIgnoreCase))
            return null;
        var word = opened[(page.Length + 1)..];
        if (HttpMethods.IsHead(request.Method))
            return _opened.TryGetValue(sealedWord!, out _) ? null : word;
        var first = new object();
        var kept = _opened.GetOrCreate(sealedWord!, entry =>
        {
            entry.Size = 1;
            entry.AbsoluteExpirationRelativeToNow = Lifetime;
            return first;
        });
        return ReferenceEquals(kept, first) ? word : null;
    }

    public void Dispose() => _opened.Dispose();
}
