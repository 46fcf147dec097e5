using System.Collections.Concurrent;
using System.IO.Compression;
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

    /// <summary>Of the smallest result that is worth its time: pages are compressed once and sent often.</summary>
    private const int BrotliWindow = 22, BrotliBest = 11, BrotliAtOnce = 4;

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
            var buffer = new byte[BrotliEncoder.GetMaxCompressedLength(plain.Length)];
            return BrotliEncoder.TryCompress(plain, buffer, out var length, best ? BrotliBest : BrotliAtOnce, BrotliWindow)
                ? buffer.AsSpan(0, length).ToArray()
                : throw new InvalidOperationException("The longest result is as long as the encoder says.");
        }

        using var written = new MemoryStream();
        using (var gzip = new GZipStream(written, best ? CompressionLevel.SmallestSize : CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(plain);
        return written.ToArray();
    }
}
