using System.Globalization;
using System.IO.Compression;
using System.Xml;
using System.Xml.Linq;
using CordisPulse.Core.Editions;
using CordisPulse.Core.Hosting;

namespace CordisPulse.Core.Rendering;

/// <summary>
/// An edition as a Word document (Office Open XML, ISO/IEC 29500) with the headings, lists and links of the Markdown form, so that an
/// import reads it back as that, and with a title and a language for those who have it read to them. The same edition gives the same bytes.
/// </summary>
public static class EditionWord
{
    public const string Type = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

    private const int HeadingInText = 5;

    private const string Packages = "http://schemas.openxmlformats.org/package/2006/";

    private const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    private const string Main = "application/vnd.openxmlformats-officedocument.wordprocessingml.";

    /// <summary>The first moment that a ZIP archive can hold.</summary>
    private static readonly DateTimeOffset Timeless = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <param name="publisher">Its name heads the news.</param>
    public static byte[] Write(EditionDocument edition, string publisher, SiteLinks links)
    {
        var body = Body(edition, publisher, CrossReferences.ToItems(edition, links));
        using var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add(zip, "[Content_Types].xml", ContentTypes());
            Add(zip, "_rels/.rels", Relationships([("rId1", "officeDocument", "word/document.xml", false)], ("rId2", $"{Packages}relationships/metadata/core-properties", "docProps/core.xml")));
            Add(zip, "docProps/core.xml", Properties(edition, publisher, links));
            Add(zip, "word/document.xml", body.Document);
            Add(zip, "word/styles.xml", WordLooks.Styles());
            Add(zip, "word/numbering.xml", body.Numbering);
            Add(zip, "word/_rels/document.xml.rels", Relationships([("styles", "styles", "styles.xml", false), ("numbering", "numbering", "numbering.xml", false), .. body.Links.Select(link => (link.Value, "hyperlink", link.Key, true))]));
        }

        return file.ToArray();
    }

    private static WordBody Body(EditionDocument edition, string publisher, Func<string, string?> resolve)
    {
        var body = new WordBody();
        body.Heading(1, "", edition.Title, null);
        foreach (var correction in edition.Corrections ?? [])
            body.Bold(correction.Heading, $" {correction.Text.ReplaceLineEndings(" ")}");
        body.Text(edition.Introduction, HeadingInText, resolve);
        if (edition.SignOff is { } signOff)
            body.Signed(signOff.Name, signOff.Role ?? "");
        if (edition.News.Count > 0)
            body.Heading(2, "", $"{publisher} News", null);
        foreach (var news in edition.News)
        {
            body.Heading(3, "", news.Title, Openable(news.Url));
            body.Text(news.Body, HeadingInText, resolve);
        }

        foreach (var sector in edition.Sectors)
        {
            body.Heading(2, "", sector.Name, null);
            foreach (var section in sector.Sections)
            {
                body.Heading(3, "", section.Name, null);
                foreach (var item in section.Items)
                    Item(body, item, resolve);
            }
        }

        return body;
    }

    private static void Item(WordBody body, DocumentItem item, Func<string, string?> resolve)
    {
        body.Heading(4, item.Source is { Length: > 0 } source ? $"{source}. " : "", item.Title, Openable(item.Url));
        string?[] details =
        [
            item.Authors.Count > 0 ? $"Authors: {string.Join("; ", item.Authors)}" : null,
            item.PublishedOn is { } date ? $"Published: {date.ToDisplay()}" : null,
            item.Doi is { Length: > 0 } doi ? $"DOI: {doi}" : null,
            item.Topics is { Count: > 0 } topics ? $"Topics: {string.Join("; ", topics.Select(topic => topic.Name))}" : null,
        ];
        if (details.Any(detail => detail is not null))
            body.Italic(string.Join(". ", details.Where(detail => detail is not null)));
        body.Text(item.Summary, HeadingInText, resolve);
    }

    private static string? Openable(string? url) => MarkdownRenderer.IsWebLink(url) ? url : null;

    private static void Add(ZipArchive zip, string name, XElement root)
    {
        var entry = zip.CreateEntry(name);
        entry.LastWriteTime = Timeless;
        using var writer = XmlWriter.Create(entry.Open(), new XmlWriterSettings { CloseOutput = true });
        new XDocument(new XDeclaration("1.0", "UTF-8", "yes"), root).Save(writer);
    }

    private static XElement ContentTypes()
    {
        XNamespace types = $"{Packages}content-types";
        return new XElement(
            types + "Types",
            new XElement(types + "Default", new XAttribute("Extension", "rels"), new XAttribute("ContentType", "application/vnd.openxmlformats-package.relationships+xml")),
            Part("/word/document.xml", $"{Main}document.main+xml"),
            Part("/word/styles.xml", $"{Main}styles+xml"),
            Part("/word/numbering.xml", $"{Main}numbering+xml"),
            Part("/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"));

        XElement Part(string name, string type) => new(types + "Override", new XAttribute("PartName", name), new XAttribute("ContentType", type));
    }

    private static XElement Relationships(IEnumerable<(string Id, string Type, string Target, bool IsElsewhere)> relationships, params IEnumerable<(string Id, string Type, string Target)> ofPackage)
    {
        XNamespace names = $"{Packages}relationships";
        return new XElement(
            names + "Relationships",
            relationships.Select(one => Relationship(one.Id, $"{Relations}/{one.Type}", one.Target, one.IsElsewhere)),
            ofPackage.Select(one => Relationship(one.Id, one.Type, one.Target, false)));

        XElement Relationship(string id, string type, string target, bool isElsewhere) => new(
            names + "Relationship", new XAttribute("Id", id), new XAttribute("Type", type), new XAttribute("Target", target), isElsewhere ? new XAttribute("TargetMode", "External") : null);
    }

    private static XElement Properties(EditionDocument edition, string publisher, SiteLinks links)
    {
        XNamespace core = $"{Packages}metadata/core-properties";
        XNamespace dc = "http://purl.org/dc/elements/1.1/";
        XNamespace terms = "http://purl.org/dc/terms/";
        XNamespace schema = "http://www.w3.org/2001/XMLSchema-instance";
        return new XElement(
            core + "coreProperties",
            new XAttribute(XNamespace.Xmlns + "dc", dc), new XAttribute(XNamespace.Xmlns + "dcterms", terms), new XAttribute(XNamespace.Xmlns + "xsi", schema),
            new XElement(dc + "title", XmlCharacters.Clean(edition.Title)),
            new XElement(dc + "creator", XmlCharacters.Clean(publisher)),
            new XElement(dc + "identifier", links.Edition(edition.Month)),
            new XElement(dc + "language", "en-GB"),
            edition.PublishedAt is { } at
                ? new XElement(terms + "created", new XAttribute(schema + "type", "dcterms:W3CDTF"), at.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture))
                : null);
    }
}
