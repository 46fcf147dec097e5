using System.IO.Compression;
using UglyToad.PdfPig.Filters;
using UglyToad.PdfPig.Tokens;

namespace CordisPulse.Core.Intake;

/// <summary>
/// Unpacks those streams of a PDF that say how it is built (ISO 32000-1 section 7.5), and counts what comes out, and what they announce,
/// before any of it is kept. What only pictures are packed with is not unpacked. Too much of it stops the reading, since the library goes
/// on without a stream that it can't have.
/// </summary>
internal sealed class PdfFilters(CancellationTokenSource stop) : IFilterProvider
{
    private const int LargestStream = 20 * 1024 * 1024;
    private const int MostTogether = 100 * 1024 * 1024;

    /// <summary>Of objects in a file, and of bytes in a row: the library makes room for as many as a stream announces.</summary>
    private const int MostAnnounced = 1_000_000;

    private long _unpacked;

    public bool IsTooLarge { get; private set; }

    public IReadOnlyList<IFilter> GetFilters(DictionaryToken dictionary)
    {
        foreach (var name in (NameToken[])[NameToken.Size, NameToken.Index, NameToken.W, NameToken.DecodeParms])
            if (dictionary.TryGet(name, out var announced) && Sum(announced) > MostAnnounced)
                StopTooLarge();
        return Counted(DefaultFilterProvider.Instance.GetFilters(dictionary));
    }

    public IReadOnlyList<IFilter> GetNamedFilters(IReadOnlyList<NameToken> names) => Counted(DefaultFilterProvider.Instance.GetNamedFilters(names));

    public IReadOnlyList<IFilter> GetAllFilters() => Counted(DefaultFilterProvider.Instance.GetAllFilters());

    private IReadOnlyList<IFilter> Counted(IReadOnlyList<IFilter> filters) => [.. filters.Select(filter => new CountedFilter(this, filter))];

    private static double Sum(IToken token) => token switch
    {
        NumericToken number => Math.Abs(number.Double),
        ArrayToken array => array.Data.Sum(Sum),
        DictionaryToken dictionary => dictionary.Data.Values.Sum(Sum),
        _ => 0,
    };

    private void Count(Memory<byte> packed)
    {
        // Two bytes of header come before what is deflated (RFC 1950).
        using var stream = new MemoryStream(packed[Math.Min(2, packed.Length)..].ToArray(), writable: false);
        using var inflated = new DeflateStream(stream, CompressionMode.Decompress);
        var buffer = new byte[81920];
        for (long length = 0, count; (count = Read(inflated, buffer)) > 0;)
        {
            length += count;
            _unpacked += count;
            if (length > LargestStream || _unpacked > MostTogether)
                StopTooLarge();
        }
    }

    /// <summary>A stream that is damaged ends where the damage begins.</summary>
    private static int Read(DeflateStream inflated, byte[] buffer)
    {
        try
        {
            return inflated.Read(buffer);
        }
        catch (InvalidDataException)
        {
            return 0;
        }
    }

    private void StopTooLarge()
    {
        IsTooLarge = true;
        stop.Cancel();
        GoOn();
    }

    private void GoOn() => stop.Token.ThrowIfCancellationRequested();

    private sealed class CountedFilter(PdfFilters filters, IFilter filter) : IFilter
    {
        public bool IsSupported => filter.IsSupported;

        public Memory<byte> Decode(Memory<byte> input, DictionaryToken streamDictionary, IFilterProvider filterProvider, int filterIndex)
        {
            filters.GoOn();
            if (filter is FlateFilter)
                filters.Count(input);
            else if (filter is not (AsciiHexDecodeFilter or Ascii85Filter))
                throw new NotSupportedException("Nothing that is read here is packed like this.");
            return filter.Decode(input, streamDictionary, filterProvider, filterIndex);
        }
    }
}
