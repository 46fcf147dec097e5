using System.Text;
using CordisPulse.Core.Data;
using CsvHelper;

namespace CordisPulse.Core.Subscriptions;

/// <summary>One row of a list. It has a person, or a problem.</summary>
/// <param name="Line">The line of the file that it begins on, from 1.</param>
public sealed record CsvSubscriber(int Line, NewSubscriber? Person, string? Problem);

/// <summary>
/// Reads a list of people: columns <c>email</c>, <c>name</c> and <c>organisation</c> in any order, told by a header row; without
/// one in this order. A column <c>sectors</c> names what somebody wants, with semicolons between; a column <c>status</c>, as the export has it, keeps out whoever is not active. UTF-8, or UTF-16 with a byte
/// order mark; commas, semicolons or tabs.
/// </summary>
public static class SubscriberCsv
{
    /// <summary>In bytes; a quotation mark that is never closed must not read the whole file into memory.</summary>
    private const int LargestRow = 64 * 1024;

    private const string NotText = "The file is not UTF-8 text. In Excel, save it as \"CSV UTF-8\". Nothing was imported.";

    private static readonly string[] EmailNames = ["email", "e-mail", "emailaddress", "e-mailaddress", "mail"];
    private static readonly string[] NameNames = ["name", "fullname"];
    private static readonly string[] OrganisationNames = ["organisation", "organization", "company"];
    private static readonly string[] SectorsNames = ["sectors", "sector"];
    private static readonly string[] StatusNames = ["status"];

    /// <summary>What this and other programs call somebody who gets mail.</summary>
    private static readonly string[] ActiveNames = ["active", "subscribed", "subscriber", "confirmed", "current", "enabled", "yes", "1"];

    private const int LongestQuoted = 40;


    /// <summary>One after another, so that memory does not grow with the file.</summary>
    /// <exception cref="RefusedException">It is no such list, or not readable to its end.</exception>
    public static IEnumerable<CsvSubscriber> Read(Stream file, SectorNames sectors)
    {
        file.Position = 0;
        using var text = new StreamReader(file, new UTF8Encoding(false, throwOnInvalidBytes: true), detectEncodingFromByteOrderMarks: true, leaveOpen: true);
        var isUnclosed = false;
        using var csv = CsvReader.Create(
            text,
            new CsvReaderOptions
            {
                HasHeader = false,
                TrackLineNumbers = true,
                MaxRecordSize = LargestRow,
                OnMalformedRecord = record => isUnclosed |= record.Reason == CsvMalformedReason.UnterminatedQuote,
            },
            leaveOpen: true);

        Columns? columns = null;
        while (Advance(csv))
        {
            var line = (int)csv.LineNumber;
            if (isUnclosed)
                throw new RefusedException($"Line {line} opens a quotation mark that is never closed. Nothing was imported.");
            var fields = Enumerable.Range(0, csv.FieldCount).Select(csv.GetString).ToArray();
            if (fields.All(string.IsNullOrWhiteSpace))
                continue;
            if (columns is null)
            {
                columns = Columns.From(fields, out var isHeader);
                if (isHeader)
                    continue;
            }

            yield return Row(line, fields, columns, sectors);
        }

        if (columns is null)
            throw new RefusedException("The file is empty.");
    }

    private static bool Advance(CsvReader csv)
    {
        try
        {
            return csv.Read();
        }
        catch (DecoderFallbackException)
        {
            throw new RefusedException(NotText);
        }
        catch (CsvFormatException e)
        {
            throw new RefusedException($"Line {Math.Max(1, e.LineNumber)} goes on for more than {LargestRow:N0} bytes; perhaps it opens a quotation mark that is never closed. Nothing was imported.");
        }
    }

    private static CsvSubscriber Row(int line, string[] fields, Columns columns, SectorNames sectors)
    {
        if (Field(fields, columns.Status)?.Trim() is { Length: > 0 } status && !ActiveNames.Contains(status.ToLowerInvariant()))
            return new CsvSubscriber(line, null, $"The list calls this person “{(status.Length > LongestQuoted ? status[..LongestQuoted] : status)}”, which is not active.");
        if (!EmailAddress.TryParse(Field(fields, columns.Email), out var address, out var problem))
            return new CsvSubscriber(line, null, problem);
        var name = PersonText.Clean(Field(fields, columns.Name));
        var organisation = PersonText.Clean(Field(fields, columns.Organisation));
        if (name?.Length > Limits.Line)
            return new CsvSubscriber(line, null, $"The name has more than {Limits.Line} characters.");
        if (organisation?.Length > Limits.Line)
            return new CsvSubscriber(line, null, $"The organisation has more than {Limits.Line} characters.");
        if (sectors.Read(Field(fields, columns.Sectors), out var wanted) is { } unknown)
            return new CsvSubscriber(line, null, unknown);
        return new CsvSubscriber(line, new NewSubscriber(address, name, organisation, columns.Sectors is null ? null : wanted), null);
    }

    private static string? Field(string[] fields, int? column) => column < fields.Length ? Unescaped(fields[column.Value]) : null;

    /// <summary>The export puts an apostrophe before what a spreadsheet would run as a formula.</summary>
    private static string Unescaped(string field) => field is ['\'', '=' or '+' or '-' or '@' or '\t' or '\r', ..] ? field[1..] : field;

    private sealed record Columns(int Email, int? Name, int? Organisation, int? Sectors, int? Status)
    {
        public static Columns From(string[] first, out bool isHeader)
        {
            var names = first.Select(field => field.Replace(" ", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal).ToLowerInvariant()).ToList();
            isHeader = true;
            if (IndexOf(names, EmailNames) is { } email)
                return new Columns(email, IndexOf(names, NameNames), IndexOf(names, OrganisationNames), IndexOf(names, SectorsNames), IndexOf(names, StatusNames));
            isHeader = false;
            if (EmailAddress.TryParse(first[0], out _, out _))
                return new Columns(0, 1, 2, null, null);
            throw new RefusedException("The first line must name the columns (email, name, organisation), or begin with an e-mail address. Nothing was imported.");
        }

        private static int? IndexOf(List<string> names, string[] accepted)
            => names.FindIndex(accepted.Contains) is >= 0 and var index ? index : null;
    }
}
