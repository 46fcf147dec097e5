using System.IO.Compression;
using System.Xml;
using System.Xml.Linq;

namespace CordisPulse.Core.Import;

/// <summary>
/// The parts of a Word file that hold text, unpacked one at a time and never more of them than an edition can hold; pictures, macros
/// and whatever is kept elsewhere are not touched.
/// </summary>
internal sealed class WordPackage : IDisposable
{
    private const int MostEntries = 10_000;
    private const int LargestPart = 20 * 1024 * 1024;
    private const int MostTogether = 40 * 1024 * 1024;

    /// <summary>Text packs to a tenth or a thirtieth of its length.</summary>
    private const int MostTimesPacked = 200;

    /// <summary>Short parts that repeat themselves pack to next to nothing.</summary>
    private const int AlwaysAllowed = 1024 * 1024;

    private const int Deepest = 500;
    private const string TooLarge = "is no edition: what it holds unpacks to more than any edition needs.";
    private const string Broken = "is damaged and cannot be opened; open it in Word, save it again and bring that.";

    private readonly ZipArchive _archive;
    private long _unpacked;

    private WordPackage(ZipArchive archive) => _archive = archive;

    /// <exception cref="EditionFileRefusedException">No Word file, one with a password, or one that unpacks to too much.</exception>
    public static WordPackage Open(ReadOnlyMemory<byte> content)
    {
        if (content.IsEmpty)
            throw new EditionFileRefusedException("is empty.");
        if (content.Span is [0xD0, 0xCF, 0x11, 0xE0, ..])
            throw new EditionFileRefusedException("has a password or is of an old Word; save it as .docx without a password and bring it again.");
        if (content.Span is not [(byte)'P', (byte)'K', ..])
            throw new EditionFileRefusedException("is not a Word document.");
        try
        {
            var archive = new ZipArchive(new MemoryStream(content.ToArray(), writable: false), ZipArchiveMode.Read);
            if (archive.Entries.Count > MostEntries)
                throw new EditionFileRefusedException(TooLarge);
            return new WordPackage(archive);
        }
        catch (InvalidDataException)
        {
            throw new EditionFileRefusedException(Broken);
        }
    }

    /// <summary>The part with the text itself, and its name.</summary>
    public (string Name, XElement Root) Main()
    {
        var name = Relationships("").FirstOrDefault(relationship => relationship.Type == "officeDocument")?.Target ?? "word/document.xml";
        return Part(name) is { Name.LocalName: "document" } root ? (name, root) : throw new EditionFileRefusedException("is not a Word document.");
    }

    /// <summary>Null where there is no such part.</summary>
    public XElement? Part(string name)
    {
        try
        {
            if (_archive.Entries.FirstOrDefault(entry => entry.FullName.TrimStart('/').Equals(name, StringComparison.OrdinalIgnoreCase)) is not { } entry)
                return null;
            if (entry.IsEncrypted)
                throw new EditionFileRefusedException("has a password; save it without one and bring it again.");
            var content = Unpacked(entry);
            CheckDepth(content);
            using var reader = XmlReader.Create(content, Settings());
            return XDocument.Load(reader).Root;
        }
        catch (Exception e) when (e is XmlException or InvalidDataException or NotSupportedException or IOException)
        {
            throw new EditionFileRefusedException(Broken);
        }
    }

    /// <summary>What a part leads to; targets within the package by their full name.</summary>
    public IReadOnlyList<WordRelationship> Relationships(string part)
    {
        var slash = part.LastIndexOf('/');
        var (folder, leaf) = (part[..(slash + 1)], part[(slash + 1)..]);
        return Part($"{folder}_rels/{leaf}.rels") is not { } root
            ? []
            :
            [
                .. root.Elements().Where(element => element.Name.LocalName == "Relationship").Select(element =>
                {
                    var type = (string?)element.Attribute("Type") ?? "";
                    var target = (string?)element.Attribute("Target") ?? "";
                    var isElsewhere = (string?)element.Attribute("TargetMode") == "External";
                    return new WordRelationship((string?)element.Attribute("Id") ?? "", type[(type.LastIndexOf('/') + 1)..], isElsewhere ? target : Full(folder, target), isElsewhere);
                }),
            ];
    }

    public void Dispose() => _archive.Dispose();

    private static string Full(string folder, string target)
    {
        if (target.StartsWith('/'))
            return target[1..];
        while (target.StartsWith("../", StringComparison.Ordinal))
        {
            folder = folder.TrimEnd('/') is var inner && inner.LastIndexOf('/') is >= 0 and var at ? inner[..(at + 1)] : "";
            target = target[3..];
        }

        return folder + target;
    }

    /// <summary>Sizes that an archive states may lie, so what comes out is counted too.</summary>
    private MemoryStream Unpacked(ZipArchiveEntry entry)
    {
        if (entry.Length > LargestPart)
            throw new EditionFileRefusedException(TooLarge);
        using var packed = entry.Open();
        var content = new MemoryStream();
        var buffer = new byte[81920];
        int count;
        while ((count = packed.Read(buffer)) > 0)
        {
            content.Write(buffer, 0, count);
            _unpacked += count;
            if (content.Length > LargestPart || _unpacked > MostTogether || (content.Length > AlwaysAllowed && content.Length > entry.CompressedLength * MostTimesPacked))
                throw new EditionFileRefusedException(TooLarge);
        }

        content.Position = 0;
        return content;
    }

    private static void CheckDepth(MemoryStream content)
    {
        using var reader = XmlReader.Create(content, Settings());
        while (reader.Read())
            if (reader.Depth > Deepest)
                throw new EditionFileRefusedException($"is no edition: its elements stand more than {Deepest} deep within each other.");
        content.Position = 0;
    }

    private static XmlReaderSettings Settings() => new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, CheckCharacters = false };
}

/// <param name="Type">The last word of it: <c>hyperlink</c>, <c>styles</c>.</param>
internal sealed record WordRelationship(string Id, string Type, string Target, bool IsElsewhere);
