using System.Buffers;
using System.Text;
using CsvHelper;

namespace CordisPulse.Core.Subscriptions.Lists;

/// <summary>How the bytes of a list are read as letters.</summary>
public enum ListEncoding
{
    Utf8,

    /// <summary>Little-endian, as Excel saves "Unicode text".</summary>
    Utf16,
    Utf16BigEndian,

    /// <summary>As Excel saves "CSV" on Windows.</summary>
    Windows1252,
}

/// <summary>What a list is written in.</summary>
public sealed record ListFormat(ListEncoding Encoding, char Separator)
{
    /// <summary>Those that programs write between fields.</summary>
    public static readonly IReadOnlyList<char> Separators = [',', ';', '\t', '|'];

    /// <summary>As this program itself writes the sheets of a workbook.</summary>
    public static readonly ListFormat OfSheets = new(ListEncoding.Utf8, ',');
}

/// <summary>Recognises what a list is written in, by its content alone.</summary>
public static class ListText
{
    private const int Head = 4096;

    private const string NoList = "This file is no list: it holds data of another program. Save the list as CSV or as an Excel workbook (.xlsx).";

    private static readonly SearchValues<byte> WithoutALetter = SearchValues.Create([0x81, 0x8D, 0x8F, 0x90, 0x9D]);

    private static readonly Encoding Windows = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    /// <summary>Reads the whole file once, since one odd letter at its end decides.</summary>
    /// <exception cref="RefusedException">It is no text at all.</exception>
    public static ListFormat Recognise(Stream file)
    {
        ArgumentNullException.ThrowIfNull(file);
        var encoding = EncodingOf(file);
        file.Position = 0;
        using var text = Open(file, encoding);
        return new ListFormat(encoding, SeparatorOf(text));
    }

    /// <summary>Letters that can't be in the encoding end the reading with <see cref="DecoderFallbackException"/>.</summary>
    public static StreamReader Open(Stream file, ListEncoding encoding)
        => new(file, Of(encoding), detectEncodingFromByteOrderMarks: false, bufferSize: 16 * 1024, leaveOpen: true);

    private static Encoding Of(ListEncoding encoding) => encoding switch
    {
        // With its mark: the reader leaves out the one that it is told to expect.
        ListEncoding.Utf8 => new UTF8Encoding(true, throwOnInvalidBytes: true),
        ListEncoding.Utf16 => new UnicodeEncoding(false, true, throwOnInvalidBytes: true),
        ListEncoding.Utf16BigEndian => new UnicodeEncoding(true, true, throwOnInvalidBytes: true),
        _ => Windows,
    };

    private static ListEncoding EncodingOf(Stream file)
    {
        file.Position = 0;
        var head = new byte[Head];
        var length = file.ReadAtLeast(head, Head, throwOnEndOfStream: false);
        ReadOnlySpan<byte> first = head.AsSpan(0, length);
        if (first.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]))
            return ListEncoding.Utf16;
        if (first.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
            return ListEncoding.Utf16BigEndian;
        if (IsHalfZero(first, odd: true))
            return ListEncoding.Utf16;
        if (IsHalfZero(first, odd: false))
            return ListEncoding.Utf16BigEndian;
        if (first.Count((byte)0) > length / 2)
            throw new RefusedException(NoList);
        var encoding = IsUtf8(file) ? ListEncoding.Utf8 : ListEncoding.Windows1252;
        RequireText(file, encoding);
        return encoding;
    }

    /// <summary>
    /// A stray control character is in many a list, and many are in none; zeros are what a damaged disk leaves in a list. What Windows-1252 has
    /// no letter for, Excel has never written in it.
    /// </summary>
    private static void RequireText(Stream file, ListEncoding encoding)
    {
        file.Position = 0;
        var (zeros, controls, all) = (0L, 0L, 0L);
        var (line, firstZero, wasReturn) = (1, 0, false);
        var bytes = new byte[64 * 1024];
        while (file.Read(bytes) is > 0 and var read)
        {
            ReadOnlySpan<byte> piece = bytes.AsSpan(0, read);
            if (encoding == ListEncoding.Windows1252 && piece.ContainsAny(WithoutALetter))
                throw new RefusedException(NoList);
            foreach (var one in piece)
            {
                if (one == (byte)'\r' || (one == (byte)'\n' && !wasReturn))
                    line++;
                wasReturn = one == (byte)'\r';
                if (one == 0 && zeros++ == 0)
                    firstZero = line;
                else if (one is > 0 and < (byte)' ' and not ((byte)'\t' or (byte)'\r' or (byte)'\n'))
                    controls++;
            }

            all += read;
        }

        if (controls > 1 + (all / 100))
            throw new RefusedException(NoList);
        if (zeros + controls > 1 + (all / 100))
            throw new RefusedException($"Line {firstZero} holds characters that no list has: the file is damaged there. Save the list anew. Nothing was imported.");
    }

    /// <summary>Letters of Western languages have a zero in every other byte of UTF-16.</summary>
    private static bool IsHalfZero(ReadOnlySpan<byte> bytes, bool odd)
    {
        var (here, there) = (0, 0);
        for (var i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] != 0)
                continue;
            if (i % 2 == 1 == odd)
                here++;
            else
                there++;
        }

        return here > bytes.Length / 4 && there <= bytes.Length / 100;
    }

    private static bool IsUtf8(Stream file)
    {
        file.Position = 0;
        var decoder = new UTF8Encoding(false, throwOnInvalidBytes: true).GetDecoder();
        var bytes = new byte[64 * 1024];
        var letters = new char[bytes.Length + 1];
        try
        {
            while (file.Read(bytes) is > 0 and var read)
                decoder.GetChars(bytes, 0, read, letters, 0, flush: false);
            decoder.GetChars(bytes, 0, 0, letters, 0, flush: true);
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }

    private static char SeparatorOf(StreamReader text)
    {
        try
        {
            using var csv = CsvReader.Create(text, new CsvReaderOptions { HasHeader = false, MaxRecordSize = ListRows.LargestRow }, leaveOpen: true);
            csv.Read();
            return ListFormat.Separators.Contains(csv.Separator) ? csv.Separator : ',';
        }
        catch (CsvFormatException)
        {
            // The reading itself says on which line.
            return ',';
        }
    }
}
