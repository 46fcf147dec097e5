using System.Globalization;
using System.Security.Cryptography;
using CordisPulse.Core.Archive;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace CordisPulse.Web.Hosting.Pages;

/// <summary>
/// One answer as it goes out, in each coding that was asked for. Its tag is made of what it holds: a page that a publication did not change
/// keeps it, and readers keep their copies.
/// </summary>
internal sealed class KeptPage
{
    private const int DigitsOfTag = 24;

    /// <summary>What the program itself puts into a page changes with the program alone.</summary>
    private static readonly DateTime Started = DateTime.UtcNow;

    private readonly byte[] _plain;
    private readonly DateTime _changedUtc;
    private byte[]? _gzip;
    private byte[]? _brotli;
    private int _answers;

    /// <param name="state">Read before the page was made.</param>
    /// <param name="made">The answer's headers so far.</param>
    /// <param name="plain">Its bytes.</param>
    public KeptPage(ContentState state, IHeaderDictionary made, byte[] plain)
    {
        State = state;
        (ContentType, Disposition) = (made.ContentType, made.ContentDisposition);
        _plain = plain;
        // Weak, because a compressed answer is the same page in other bytes.
        Tag = $"W/\"{Convert.ToHexStringLower(SHA256.HashData(plain))[..DigitsOfTag]}\"";
        var changed = state.ChangedUtc > Started ? state.ChangedUtc : Started;
        _changedUtc = changed.AddTicks(-(changed.Ticks % TimeSpan.TicksPerSecond));
        Changed = _changedUtc.ToString("R", CultureInfo.InvariantCulture);
    }

    /// <summary>What readers could see when it was made; it is current for as long as that is.</summary>
    public ContentState State { get; }

    public StringValues ContentType { get; }

    /// <summary>None for what browsers show.</summary>
    public StringValues Disposition { get; }

    public StringValues Tag { get; }

    /// <summary>Bytes it takes when nobody has asked for another coding yet.</summary>
    public int Length => _plain.Length;

    /// <summary>As HTTP writes it: the second since which nothing that any page shows has changed.</summary>
    private StringValues Changed { get; }

    /// <summary>Null within the second of the change, which may bring another (RFC 9110 section 8.8.2.1).</summary>
    public StringValues? LastModified => DateTime.UtcNow - _changedUtc > TimeSpan.FromSeconds(1) ? Changed : (StringValues?)null;

    public byte[] In(ContentCoding coding) => coding switch
    {
        ContentCoding.Brotli => _brotli ??= ContentCodings.Encode(_plain, coding, best: false),
        ContentCoding.Gzip => _gzip ??= ContentCodings.Encode(_plain, coding, best: false),
        _ => _plain,
    };

    /// <summary>True once, for a page that is asked for again and so is worth the time.</summary>
    public bool IsToBeImproved => Volatile.Read(ref _answers) < 2 && Interlocked.Increment(ref _answers) == 2;

    /// <summary>Compresses it as small as can be.</summary>
    public void Improve()
    {
        _brotli = ContentCodings.Encode(_plain, ContentCoding.Brotli, best: true);
        _gzip = ContentCodings.Encode(_plain, ContentCoding.Gzip, best: true);
    }

    /// <summary>Whether whoever asks has it already (RFC 9110 section 13.2.2). Conditions that can't be read are none.</summary>
    public bool IsKnownTo(HttpRequest request)
    {
        var tags = request.Headers.IfNoneMatch;
        if (tags.Count > 0)
            return tags == Tag || (EntityTagHeaderValue.TryParseList(tags, out var known)
                && known.Any(tag => tag.Tag == "*" || tag.Compare(EntityTagHeaderValue.Parse(Tag.ToString()), useStrongComparison: false)));
        return request.Headers.IfModifiedSince is { Count: 1 } since && LastModified is not null
            && HeaderUtilities.TryParseDate(since.ToString(), out var at) && _changedUtc <= at.UtcDateTime;
    }
}
