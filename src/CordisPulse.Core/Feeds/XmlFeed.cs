using System.Text;
using System.Text.RegularExpressions;
using System.Xml;

namespace CordisPulse.Core.Feeds;

/// <summary>
/// Reads RSS in all its versions (0.9 and 1.0, which are RDF, 0.91 to 2.0) and Atom, from the first entry on and no further than is
/// needed. The library for feeds reads a document whole, knows RSS 2.0 alone, and gives up a feed for one date that it can't read.
/// </summary>
internal static partial class XmlFeed
{
    private const int MostCharacters = 8 * 1024 * 1024;
    private const string DublinCore = "http://purl.org/dc/elements/1.1/";

    /// <summary>Of a declaration, in bytes.</summary>
    private const int LongestDeclaration = 2048;

    /// <param name="isCut">There was more than was read, so that the end is none.</param>
    /// <returns>Null for what is no feed.</returns>
    /// <exception cref="UnreadableFeedException">It is a feed, or may be one, and can't be read.</exception>
    public static FeedDocument? Read(byte[] content, bool isCut, Uri address)
    {
        if (!IsWithoutOwnEntities(content))
            throw new UnreadableFeedException("It declares entities of its own, which no feed needs, so it is not read.");
        content = XmlEntities.AsNumbers(content);
        var entries = new List<AnnouncedEntry>();
        string? title = null;
        int? damagedAt = null;
        using var stream = new MemoryStream(content, Start(content), content.Length - Start(content), writable: false);
        using var text = CodePage(content) is { } encoding ? new StreamReader(stream, encoding) : null;
        using var reader = text is null ? XmlReader.Create(stream, Settings()) : XmlReader.Create(text, Settings());
        var isFeed = false;
        try
        {
            reader.MoveToContent();
            isFeed = reader.LocalName is "rss" or "RDF" or "feed";
            while (isFeed && !reader.EOF && entries.Count < FeedDocument.MostLookedAt)
                switch (reader.NodeType == XmlNodeType.Element ? reader.LocalName : "")
                {
                    case "item" or "entry":
                        if (Entry(reader, address).Entry() is { } entry)
                            entries.Add(entry);
                        break;
                    case "title":
                        title = Text(reader) is var words && title is null ? EntryFields.PlainText(words, FeedDocument.LongestTitle) : title;
                        break;
                    case "rss" or "RDF" or "feed" or "channel":
                        address = Base(reader, address);
                        reader.Read();
                        break;
                    case "":
                        reader.Read();
                        break;
                    default:
                        reader.Skip();
                        break;
                }
        }
        catch (XmlException e)
        {
            // What was read before the damage, or before the end that was cut off, is as good as ever.
            if (entries.Count == 0 && isFeed)
                throw new UnreadableFeedException(isCut ? "It goes on without an entry for longer than is read." : $"It is damaged at line {e.LineNumber}.");
            damagedAt = isCut ? null : e.LineNumber;
        }

        return isFeed ? new FeedDocument(title, entries, damagedAt) : null;
    }

    private static XmlReaderSettings Settings() => new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        MaxCharactersInDocument = MostCharacters,
        MaxCharactersFromEntities = 1024,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
    };

    /// <summary>Where the links within an element start from (XML Base), which its parents have said where it says nothing.</summary>
    private static Uri Base(XmlReader reader, Uri outer)
        => reader.GetAttribute("xml:base") is { } own && Uri.TryCreate(outer, own.Trim(), out var address) && address.Scheme is "http" or "https" ? address : outer;

    private static EntryFields Entry(XmlReader reader, Uri address)
    {
        var fields = new EntryFields { Id = reader.GetAttribute("about", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"), Base = Base(reader, address) };
        var (depth, own) = (reader.Depth, reader.NamespaceURI);
        if (reader.IsEmptyElement)
        {
            reader.Read();
            return fields;
        }

        reader.Read();
        while (!reader.EOF && reader.Depth > depth)
            if (reader.NodeType != XmlNodeType.Element)
                reader.Read();
            else if (reader.NamespaceURI == own)
                Fill(fields, reader);
            else if (reader.NamespaceURI == DublinCore && reader.LocalName == "date")
                fields.Published ??= Text(reader);
            else
                reader.Skip();
        reader.Read();
        return fields;
    }

    private static void Fill(EntryFields fields, XmlReader reader)
    {
        switch (reader.LocalName)
        {
            case "title":
                fields.Title ??= Text(reader);
                break;
            case "link" when reader.GetAttribute("href") is { } href:
                if (reader.GetAttribute("rel") is null or "alternate")
                    fields.SetLink(Base(reader, fields.Base), href);
                reader.Skip();
                break;
            case "link":
                fields.SetLink(Base(reader, fields.Base), Text(reader));
                break;
            case "guid":
                var isAddress = reader.GetAttribute("isPermaLink") is not "false";
                fields.Id = Text(reader);
                fields.LinkLikeId = isAddress ? fields.Id : null;
                break;
            case "id":
                fields.Id = fields.LinkLikeId = Text(reader);
                break;
            case "pubDate" or "published" or "issued":
                fields.Published ??= Text(reader);
                break;
            case "updated" or "modified":
                fields.Updated ??= Text(reader);
                break;
            case "description" or "summary":
                fields.Description = Text(reader);
                break;
            case "content":
                fields.Description = Text(reader) is var text && string.IsNullOrWhiteSpace(fields.Description) ? text : fields.Description;
                break;
            default:
                reader.Skip();
                break;
        }
    }

    /// <summary>All text within an element, which is left behind.</summary>
    private static string Text(XmlReader reader)
    {
        var text = new StringBuilder();
        var depth = reader.Depth;
        if (!reader.IsEmptyElement)
            while (reader.Read() && reader.Depth > depth)
                if (reader.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace && text.Length < EntryFields.LongestText)
                    text.Append(reader.Value.AsSpan(0, Math.Min(reader.Value.Length, EntryFields.LongestText)));
        reader.Read();
        return text.ToString();
    }

    /// <summary>Blanks before the declaration, which many programs write and XML does not allow.</summary>
    private static int Start(byte[] content)
    {
        var start = content.AsSpan().IndexOfAnyExcept(" \t\r\n"u8);
        return start < 0 ? 0 : start;
    }

    /// <summary>The encoding that the document declares, where the XML reader does not know it by itself.</summary>
    private static Encoding? CodePage(byte[] content)
        => Declared().Match(Encoding.ASCII.GetString(content.AsSpan(Start(content))[..Math.Min(LongestDeclaration, content.Length - Start(content))])) is { Success: true } declared
            ? CodePagesEncodingProvider.Instance.GetEncoding(declared.Groups[1].Value)
            : null;

    [GeneratedRegex(@"\A<\?xml\s[^>]*?encoding\s*=\s*[""']([A-Za-z][\w.:-]*)[""']", RegexOptions.CultureInvariant)]
    private static partial Regex Declared();

    /// <summary>
    /// RSS 0.91 names its document type, as web pages do; the name says nothing and is blanked, since the reader takes none. One that
    /// declares anything is how a few bytes become gigabytes.
    /// </summary>
    private static bool IsWithoutOwnEntities(byte[] content)
    {
        var rest = content.AsSpan(XmlProlog.End(content));
        if (!rest.StartsWith("<!DOCTYPE"u8))
            return true;
        var length = rest.IndexOfAny((byte)'>', (byte)'[');
        if (length < 0 || rest[length] == '[')
            return false;
        rest[..(length + 1)].Fill((byte)' ');
        return true;
    }
}
