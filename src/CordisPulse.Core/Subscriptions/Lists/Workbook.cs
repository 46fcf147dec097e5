using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml;
using CsvHelper;

namespace CordisPulse.Core.Subscriptions.Lists;

/// <summary>
/// Reads an Excel workbook (.xlsx) as lists: of each cell the value that was saved with it; no formula is worked out. The readers that
/// there are hold a row as wide as its furthest cell and unpack whatever the file asks them to, which a hostile file turns against the
/// program; here every part is read from a stream, once, with a limit on what it may unpack to.
/// </summary>
public sealed class Workbook : IDisposable
{
    /// <summary>In characters, of one part of the file: a full sheet of a million rows.</summary>
    private const long LargestSheet = 600_000_000;

    private const long LargestOther = 8_000_000;

    /// <summary>Of all texts that cells share.</summary>
    private const int MostSharedCharacters = 64_000_000;

    private const int MostSheets = 50;

    /// <summary>A longer text is in no list of people; what is left is too long for any field, and so is refused there.</summary>
    private const int LongestCell = 1000;

    private const int MostRows = 1_048_576;

    /// <summary>No part of a workbook that is read here lies deeper; each depth costs memory.</summary>
    private const int DeepestPart = 64;

    private const string Damaged = "The workbook can't be read: it is damaged, or protected with a password. Open it in Excel and save it anew, or save the list as CSV UTF-8.";

    /// <summary>Of a workbook in which nobody sees anything.</summary>
    public const string AllHidden
        = "No sheet of this workbook holds anything that Excel shows. Hidden rows and sheets are left out: unhide those with the list, save the workbook and upload it again.";

    private readonly ZipArchive _zip;
    private readonly List<(string Name, string Path)> _sheets = [];
    private readonly string? _sharedPath;
    private readonly HashSet<int> _dateStyles = [];
    private List<string>? _shared;

    private Workbook(ZipArchive zip)
    {
        _zip = zip;
        var targets = Relationships("_rels/.rels", "");
        var path = targets.Values.FirstOrDefault(target => target.Type.EndsWith("/officeDocument", StringComparison.Ordinal)).Path ?? "xl/workbook.xml";
        var folder = path.Contains('/', StringComparison.Ordinal) ? path[..(path.LastIndexOf('/') + 1)] : "";
        var parts = Relationships($"{folder}_rels/{path[folder.Length..]}.rels", folder);
        _sharedPath = parts.Values.FirstOrDefault(part => part.Type.EndsWith("/sharedStrings", StringComparison.Ordinal)).Path;
        ReadSheets(path, parts);
        if (parts.Values.FirstOrDefault(part => part.Type.EndsWith("/styles", StringComparison.Ordinal)).Path is { } styles)
            ReadStyles(styles);
    }

    /// <summary>Those that whoever opens the workbook sees.</summary>
    public IReadOnlyList<string> Sheets => [.. _sheets.Select(sheet => sheet.Name)];

    /// <summary>True for what begins as a workbook does; the name of a file says nothing.</summary>
    /// <exception cref="RefusedException">It is of a program whose files are not read.</exception>
    public static bool IsOne(Stream file)
    {
        ArgumentNullException.ThrowIfNull(file);
        file.Position = 0;
        Span<byte> head = stackalloc byte[8];
        var length = file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        file.Position = 0;
        head = head[..length];
        if (head.StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0]))
            throw new RefusedException("This is a workbook of the old kind (.xls), or one protected with a password. In Excel, save it as an Excel workbook (.xlsx) or as CSV UTF-8.");
        if (head.StartsWith("%PDF"u8))
            throw new RefusedException("This is a PDF file, not a list. Save the list as CSV or as an Excel workbook (.xlsx).");
        return head.StartsWith("PK\u0003\u0004"u8) || head.StartsWith("PK\u0005\u0006"u8);
    }

    /// <exception cref="RefusedException">It is no workbook that can be read.</exception>
    public static Workbook Open(Stream file) => Guarded(() =>
    {
        file.Position = 0;
        var zip = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
        try
        {
            return new Workbook(zip);
        }
        catch
        {
            zip.Dispose();
            throw;
        }
    });

    /// <summary>Writes a sheet as <see cref="ListFormat.OfSheets"/> has it, a line for each row that it has, so that lines and rows have the same numbers.</summary>
    /// <returns>Whether it holds anything that is seen, and how many rows that hold something are hidden: these are left out.</returns>
    /// <exception cref="RefusedException">It can't be read, or is larger than any list.</exception>
    public (bool HasAny, int Hidden) Write(int sheet, Stream output) => Guarded(() =>
    {
        _shared ??= ReadShared();
        using var csv = CsvWriter.Create(output, new CsvWriterOptions { Injection = CsvInjection.None, NewLine = "\n", ValidateFieldCount = false }, leaveOpen: true);
        var (line, last, hidden) = (0, 0, 0);
        var fields = new List<string>();
        using var xml = Part(_sheets[sheet].Path, LargestSheet);
        while (Next(xml))
        {
            if (!Is(xml, "row"))
                continue;
            var number = int.TryParse(xml.GetAttribute("r"), NumberStyles.None, CultureInfo.InvariantCulture, out var given) ? given : last + 1;
            if (number <= last || number > MostRows)
                throw new InvalidDataException();
            last = number;
            // By a filter, by hand, or folded away: whoever looks at the sheet does not mean them.
            var isHidden = xml.GetAttribute("hidden") is "1" or "true";
            ReadRow(xml, fields);
            if (fields.Count == 0)
                continue;
            if (isHidden)
            {
                hidden++;
                continue;
            }

            while (++line < number)
                csv.WriteRecord([""]);
            csv.WriteRecord([.. fields]);
        }

        return (line > 0, hidden);
    });

    public void Dispose() => _zip.Dispose();

    private static T Guarded<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is InvalidDataException or XmlException or EndOfStreamException or NotSupportedException or FormatException or OverflowException or ArgumentException or IOException)
        {
            throw new RefusedException(Damaged);
        }
    }

    private void ReadRow(XmlReader xml, List<string> fields)
    {
        fields.Clear();
        if (xml.IsEmptyElement)
            return;
        var depth = xml.Depth;
        while (Next(xml) && xml.Depth > depth)
        {
            if (!Is(xml, "c"))
                continue;
            var column = ColumnOf(xml.GetAttribute("r")) ?? fields.Count;
            var (type, style) = (xml.GetAttribute("t"), xml.GetAttribute("s"));
            var value = ReadCell(xml, type, style);
            if (value.Length == 0)
                continue;
            if (column >= ListRows.MostColumns)
                throw new RefusedException($"A sheet has more than {ListRows.MostColumns} columns. Leave those out that no list of people needs. Nothing was imported.");
            while (fields.Count <= column)
                fields.Add("");
            fields[column] = value;
        }
    }

    /// <summary>Leaves the reader at the end of the cell.</summary>
    private string ReadCell(XmlReader xml, string? type, string? style)
    {
        if (xml.IsEmptyElement)
            return "";
        var depth = xml.Depth;
        var value = new StringBuilder();
        while (Next(xml) && xml.Depth > depth)
            if (Is(xml, "v") || (type == "inlineStr" && Is(xml, "t")))
                ReadText(xml, value);
            else if (Is(xml, "rPh"))
                SkipInside(xml);
        var text = value.ToString();
        return type switch
        {
            "s" => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < _shared!.Count ? _shared[index] : "",
            "b" => text == "1" ? "TRUE" : "FALSE",
            "e" => "",
            "str" or "inlineStr" or "d" => OneLine(text),
            _ => Number(text, style),
        };
    }

    private string Number(string text, string? style)
        => int.TryParse(style, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && _dateStyles.Contains(index)
            && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var days) && days is >= 1 and < 2_958_466
            ? DateTime.FromOADate(days).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
            : OneLine(text);

    private List<string> ReadShared()
    {
        var texts = new List<string>();
        if (_sharedPath is null)
            return texts;
        var characters = 0;
        using var xml = Part(_sharedPath, LargestSheet);
        var text = new StringBuilder();
        while (Next(xml))
        {
            if (!Is(xml, "si"))
                continue;
            text.Clear();
            if (!xml.IsEmptyElement)
            {
                var depth = xml.Depth;
                while (Next(xml) && xml.Depth > depth)
                    if (Is(xml, "t"))
                        ReadText(xml, text);
                    else if (Is(xml, "rPh"))
                        // How a word is spoken is no part of it.
                        SkipInside(xml);
            }

            texts.Add(OneLine(text.ToString()));
            // Some bytes of its own for each, so that a million empty ones count too.
            characters += texts[^1].Length + 16;
            if (characters > MostSharedCharacters)
                throw new RefusedException("The workbook holds more text than any list of people. Save the sheet with the list as CSV UTF-8. Nothing was imported.");
        }

        return texts;
    }

    private void ReadSheets(string path, Dictionary<string, (string Type, string Path)> parts)
    {
        var hasHidden = false;
        using var xml = Part(path, LargestOther);
        while (Next(xml))
        {
            if (!Is(xml, "sheet") || _sheets.Count == MostSheets)
                continue;
            hasHidden |= xml.GetAttribute("state") is "hidden" or "veryHidden";
            string? id = null;
            while (xml.MoveToNextAttribute())
                if (xml.LocalName == "id" && xml.NamespaceURI.Length > 0)
                    id = xml.Value;
            xml.MoveToElement();
            // One that Excel does not show is one that nobody has looked at.
            if (xml.GetAttribute("state") is null or "visible" && id is not null && parts.TryGetValue(id, out var part) && part.Type.EndsWith("/worksheet", StringComparison.Ordinal))
                _sheets.Add((PersonText.Clean(xml.GetAttribute("name")) is { } name ? Cut(name, 60) : "Sheet", part.Path));
        }

        if (_sheets.Count == 0)
            throw hasHidden ? new RefusedException(AllHidden) : new InvalidDataException();
    }

    /// <summary>Which styles show a number as a day.</summary>
    private void ReadStyles(string path)
    {
        if (_zip.GetEntry(path) is null)
            return;
        var formats = new HashSet<int>(Enumerable.Range(14, 9));
        using var xml = Part(path, LargestOther);
        var (isInCells, style) = (false, 0);
        while (Next(xml))
        {
            if (xml.LocalName == "cellXfs")
                isInCells = xml.NodeType == XmlNodeType.Element;
            else if (Is(xml, "numFmt") && Id(xml) is { } format && xml.GetAttribute("formatCode") is { } code
                && code.Contains('y', StringComparison.OrdinalIgnoreCase) && code.Contains('d', StringComparison.OrdinalIgnoreCase))
                formats.Add(format);
            else if (isInCells && Is(xml, "xf"))
            {
                if (Id(xml) is { } used && formats.Contains(used))
                    _dateStyles.Add(style);
                style++;
            }
        }

        static int? Id(XmlReader xml) => int.TryParse(xml.GetAttribute("numFmtId"), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
    }

    private Dictionary<string, (string Type, string Path)> Relationships(string path, string folder)
    {
        var found = new Dictionary<string, (string, string)>(StringComparer.Ordinal);
        if (_zip.GetEntry(path) is null)
            return found;
        using var xml = Part(path, LargestOther);
        while (Next(xml))
            if (Is(xml, "Relationship") && xml.GetAttribute("Id") is { } id && xml.GetAttribute("Target") is { } target && xml.GetAttribute("Type") is { } type
                && xml.GetAttribute("TargetMode") != "External" && found.Count < 10_000)
                found[id] = (type, Resolve(folder, target));
        return found;
    }

    private static string Resolve(string folder, string target)
        => new Uri(new Uri($"zip:///{folder}"), target) is { Scheme: "zip" } whole ? Uri.UnescapeDataString(whole.AbsolutePath).TrimStart('/') : "";

    private XmlReader Part(string path, long largest)
        => XmlReader.Create(
            new ShortTags((_zip.GetEntry(path) ?? throw new InvalidDataException()).Open()),
            new XmlReaderSettings
            {
                CloseInput = true,
                DtdProcessing = DtdProcessing.Prohibit,
                XmlResolver = null,
                IgnoreComments = true,
                IgnoreProcessingInstructions = true,
                MaxCharactersInDocument = largest,
                NameTable = new FewNames(),
            });

    private static bool Next(XmlReader xml) => xml.Read() && (xml.Depth <= DeepestPart ? true : throw new InvalidDataException());

    private static bool Is(XmlReader xml, string name) => xml.NodeType == XmlNodeType.Element && xml.LocalName == name;

    /// <summary>In pieces, and no more than is kept: one cell may hold all that the file may.</summary>
    private static void ReadText(XmlReader xml, StringBuilder text)
    {
        if (xml.IsEmptyElement)
            return;
        var depth = xml.Depth;
        var piece = new char[256];
        while (Next(xml) && xml.Depth > depth)
            if (xml.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace)
                while (xml.ReadValueChunk(piece, 0, piece.Length) is > 0 and var read)
                    if (text.Length < LongestCell)
                        text.Append(piece, 0, read);
    }

    private static void SkipInside(XmlReader xml)
    {
        if (xml.IsEmptyElement)
            return;
        var depth = xml.Depth;
        while (Next(xml) && xml.Depth > depth)
        {
        }
    }

    /// <summary>Zero for A; null where nothing is said.</summary>
    private static int? ColumnOf(string? reference)
    {
        var column = 0;
        foreach (var letter in reference ?? "")
        {
            if (!char.IsAsciiLetter(letter))
                break;
            column = (column * 26) + (char.ToUpperInvariant(letter) - 'A') + 1;
            if (column > 100_000)
                return column;
        }

        return column == 0 ? null : column - 1;
    }

    private static string OneLine(string text) => Cut(text.AsSpan().IndexOfAny('\r', '\n') < 0 ? text : text.ReplaceLineEndings(" "), LongestCell);

    private static string Cut(string text, int length) => text.Length > length ? text[..length] : text;

    /// <summary>A reader of XML holds a whole tag, and one of hundreds of megabytes is no part of a workbook.</summary>
    private sealed class ShortTags(Stream inner) : OneWayStream
    {
        private const int LongestTag = 64 * 1024;

        private bool _isInside;
        private int _length;

        public override bool CanRead => true;

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            var read = inner.Read(buffer);
            var rest = buffer[..read];
            while (rest.Length > 0)
            {
                var end = rest.IndexOf(_isInside ? (byte)'>' : (byte)'<');
                var passed = end < 0 ? rest.Length : end + 1;
                _length = _isInside ? _length + passed : 0;
                if (_length > LongestTag)
                    throw new InvalidDataException();
                if (end >= 0)
                    (_isInside, _length) = (!_isInside, 0);
                rest = rest[passed..];
            }

            return read;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                inner.Dispose();
            base.Dispose(disposing);
        }
    }

    /// <summary>A reader of XML keeps every name that it meets.</summary>
    private sealed class FewNames : NameTable
    {
        private const int Most = 20_000;

        private int _count;

        public override string Add(char[] key, int start, int len)
        {
            if (Get(key, start, len) is { } known)
                return known;
            return ++_count <= Most ? base.Add(key, start, len) : throw new InvalidDataException();
        }
    }
}
