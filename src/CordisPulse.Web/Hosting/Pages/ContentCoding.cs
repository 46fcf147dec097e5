using System.Buffers;
using System.Collections.Concurrent;
using System.IO.Compression;
using System.Numerics;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace CordisPulse.Web.Hosting.Pages;

/// <summary>How a page's bytes are written (RFC 9110 section 8.4.1).</summary>
internal enum ContentCoding
{
    Identity,
    Gzip,
    Brotli,
}

internal static class ContentCodings
{
    private const int MostRemembered = 200;

    private const int BrotliBest = 11;
    private const int BrotliAtOnce = 1;

    /// <summary>The largest and the smallest window that Brotli knows (RFC 7932 section 9.1), as powers of two.</summary>
    private const int BrotliLargest = 24;
    private const int BrotliSmallest = 10;

    /// <summary>Browsers send a handful of different ones.</summary>
    private static readonly ConcurrentDictionary<string, ContentCoding> Remembered = new(StringComparer.Ordinal);

    /// <summary>The smallest that whoever asks accepts (RFC 9110 section 12.5.3). What can't be read accepts nothing but the plain page.</summary>
    public static ContentCoding Accepted(StringValues acceptEncoding)
    {
        if (acceptEncoding.Count == 0)
            return ContentCoding.Identity;
        var header = acceptEncoding.ToString();
        if (Remembered.TryGetValue(header, out var known))
            return known;
        var chosen = Choose(header);
        if (Remembered.Count < MostRemembered)
            Remembered.TryAdd(header, chosen);
        return chosen;
    }

    private static ContentCoding Choose(string header)
    {
        if (!StringWithQualityHeaderValue.TryParseList([header], out var accepted))
            return ContentCoding.Identity;
        var brotli = Quality(accepted, "br");
        var gzip = Quality(accepted, "gzip");
        if (brotli <= 0 && gzip <= 0)
            return ContentCoding.Identity;
        var plain = accepted.FirstOrDefault(coding => coding.Value.Equals("identity", StringComparison.OrdinalIgnoreCase))?.Quality ?? 0;
        if (plain > brotli && plain > gzip)
            return ContentCoding.Identity;
        return brotli >= gzip ? ContentCoding.Brotli : ContentCoding.Gzip;
    }

    private static double Quality(IList<StringWithQualityHeaderValue> accepted, string coding)
        => (accepted.FirstOrDefault(value => value.Value.Equals(coding, StringComparison.OrdinalIgnoreCase))
            ?? accepted.FirstOrDefault(value => value.Value == "*")) is { } found ? found.Quality ?? 1 : 0;

    /// <param name="plain">The page's bytes.</param>
    /// <param name="coding">Not the identity.</param>
    /// <param name="best">As small as can be, in a tenth of a second for a long page; otherwise quickly, for somebody who waits.</param>
    public static byte[] Encode(byte[] plain, ContentCoding coding, bool best)
    {
        if (coding == ContentCoding.Brotli)
        {
            // No larger than the page: the encoder clears all of it, which takes longer than compressing a page.
            var window = Math.Clamp(BitOperations.Log2((uint)plain.Length) + 1, BrotliSmallest, BrotliLargest);
            var buffer = ArrayPool<byte>.Shared.Rent(BrotliEncoder.GetMaxCompressedLength(plain.Length));
            try
            {
                return BrotliEncoder.TryCompress(plain, buffer, out var length, best ? BrotliBest : BrotliAtOnce, window)
                    ? buffer.AsSpan(0, length).ToArray()
                    : throw new InvalidOperationException("The longest result is as long as the encoder says.");
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(buffer);
            }
        }

        using var written = new MemoryStream();
        using (var gzip = new GZipStream(written, best ? CompressionLevel.SmallestSize : CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(plain);
        return written.ToArray();
    }
}
