using System.Text;
using CsvHelper;

namespace CordisPulse.Core.Subscriptions.Lists;

/// <param name="Line">The line of the file that the row begins on, from 1; of a workbook, the number of its row.</param>
public sealed record ListRow(int Line, IReadOnlyList<string> Fields);

/// <summary>The rows of a list, one after another, so that memory does not grow with the file. Empty ones are passed over.</summary>
public static class ListRows
{
    /// <summary>In bytes; a quotation mark that is never closed must not read the whole file into memory.</summary>
    public const int LargestRow = 64 * 1024;

    public const int MostColumns = 200;

    /// <exception cref="RefusedException">It can't be read to its end.</exception>
    public static IEnumerable<ListRow> Read(Stream file, ListFormat format)
    {
        using var text = ListText.Open(file, format.Encoding);
        var isUnclosed = false;
        using var csv = CsvReader.Create(
            text,
            new CsvReaderOptions
            {
                HasHeader = false,
                TrackLineNumbers = true,
                // Told before, so that Excel's own line "sep=;" would be taken for a row.
                Separator = format.Separator,
                MaxRecordSize = LargestRow,
                IncludeValuesInExceptions = false,
                OnMalformedRecord = record => isUnclosed |= record.Reason == CsvMalformedReason.UnterminatedQuote,
            },
            leaveOpen: true);
        while (Advance(csv, format.Encoding))
        {
            var line = (int)csv.LineNumber;
            if (isUnclosed)
                throw new RefusedException($"Line {line} opens a quotation mark that is never closed. Nothing was imported.");
            if (csv.FieldCount > MostColumns)
                throw new RefusedException($"Line {line} has more than {MostColumns} columns. Leave those out that no list of people needs. Nothing was imported.");
            var fields = new string[csv.FieldCount];
            for (var i = 0; i < fields.Length; i++)
                fields[i] = csv.GetString(i);
            if (!Array.TrueForAll(fields, string.IsNullOrWhiteSpace) && !IsHint(line, fields, format.Separator))
                yield return new ListRow(line, fields);
        }
    }

    /// <summary>Excel writes, and obeys, a first line that names the separator.</summary>
    private static bool IsHint(int line, string[] fields, char separator)
        => line == 1 && fields[0].StartsWith("sep=", StringComparison.OrdinalIgnoreCase)
            && (fields is [{ Length: 5 } whole] && whole[4] == separator || fields is [{ Length: 4 }, ""]);

    private static bool Advance(CsvReader csv, ListEncoding encoding)
    {
        try
        {
            return csv.Read();
        }
        catch (DecoderFallbackException)
        {
            throw new RefusedException($"The file is not {ListWords.Of(encoding)} text. Choose another encoding. Nothing was imported.");
        }
        catch (CsvFormatException e)
        {
            throw new RefusedException($"Line {Math.Max(1, e.LineNumber)} goes on for more than {LargestRow:N0} bytes; perhaps it opens a quotation mark that is never closed. Nothing was imported.");
        }
    }
}
