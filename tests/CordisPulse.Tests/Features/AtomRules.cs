using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using AngleSharp.Html.Parser;

namespace CordisPulse.Tests.Features;

/// <summary>What RFC 4287 asks of a feed, as far as it can be asked of a document alone.</summary>
internal static class AtomRules
{
    private static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";

    private static readonly string[] OfFeed = ["author", "category", "contributor", "generator", "icon", "id", "link", "logo", "rights", "subtitle", "title", "updated", "entry"];

    private static readonly string[] OfEntry = ["author", "category", "content", "contributor", "id", "link", "published", "rights", "source", "summary", "title", "updated"];

    /// <param name="address">Where the feed says that it is.</param>
    /// <returns>The entries' titles.</returns>
    public static IReadOnlyList<string> Check(string text, string address)
    {
        using var reader = XmlReader.Create(new StringReader(text), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit });
        var feed = XDocument.Load(reader).Root!;
        Assert.Equal(Atom + "feed", feed.Name);
        // 4.1.1: which children there may be, and how many of each.
        Holds(feed, OfFeed, ["id", "title", "updated"], ["generator", "icon", "logo", "rights", "subtitle"]);
        var entries = feed.Elements(Atom + "entry").ToList();
        foreach (var entry in entries)
        {
            Holds(entry, OfEntry, ["id", "title", "updated"], ["content", "published", "rights", "source", "summary"]);
            Assert.True(entry.Elements(Atom + "content").Any() || Links(entry, "alternate").Any());
            Assert.True(feed.Elements(Atom + "author").Any() || entry.Elements(Atom + "author").Any());
            Assert.True(Time(entry, "updated") <= Time(feed, "updated"));
            if (entry.Element(Atom + "published") is not null)
                Assert.True(Time(entry, "published") <= Time(entry, "updated"));
        }

        // 4.1.1: at most one alternate of a type; 4.2.7: the feed says where it is.
        foreach (var container in entries.Append(feed))
            Assert.Equal(Links(container, "alternate").Select(Kind).Distinct(), Links(container, "alternate").Select(Kind));
        var self = Assert.Single(Links(feed, "self"));
        Assert.Equal(address, self.Attribute("href")!.Value);
        Assert.Equal("application/atom+xml", self.Attribute("type")!.Value);
        // 4.2.6: an identity is an IRI and belongs to one entry.
        var ids = feed.Descendants(Atom + "id").Select(id => id.Value).ToList();
        Assert.Equal(ids.Distinct(), ids);
        Assert.All(ids.Concat(feed.Descendants(Atom + "link").Select(link => link.Attribute("href")!.Value)), Absolute);
        // 3.2: a person has a name.
        Assert.All(feed.Descendants(Atom + "author"), author => Assert.NotEqual("", author.Element(Atom + "name")!.Value.Trim()));
        // 3.1 and 4.1.3: text holds no elements; markup in it is read where no address is relative.
        foreach (var construct in feed.Descendants().Where(element => element.Name.Namespace == Atom && element.Name.LocalName is "title" or "summary" or "content" or "subtitle" or "rights"))
        {
            Assert.Contains(construct.Attribute("type")?.Value ?? "text", (string[])["text", "html"]);
            Assert.Empty(construct.Elements());
            if (construct.Attribute("type")?.Value == "html")
                Assert.All(new HtmlParser().ParseDocument(construct.Value).QuerySelectorAll("[href], [src]").Select(element => element.GetAttribute("href") ?? element.GetAttribute("src")!), Absolute);
        }

        Assert.Equal("en-GB", feed.Attribute(XNamespace.Xml + "lang")!.Value);
        return [.. entries.Select(entry => entry.Element(Atom + "title")!.Value)];
    }

    private static void Holds(XElement container, string[] allowed, string[] once, string[] atMostOnce)
    {
        Assert.All(container.Elements().Where(child => child.Name.Namespace == Atom), child => Assert.Contains(child.Name.LocalName, allowed));
        Assert.All(once, name => Assert.Single(container.Elements(Atom + name)));
        Assert.All(atMostOnce, name => Assert.True(container.Elements(Atom + name).Count() <= 1));
    }

    private static IEnumerable<XElement> Links(XElement container, string relation) => container.Elements(Atom + "link").Where(link => (link.Attribute("rel")?.Value ?? "alternate") == relation);

    private static string Kind(XElement link) => $"{link.Attribute("type")?.Value} {link.Attribute("hreflang")?.Value}";

    private static DateTimeOffset Time(XElement container, string name) => Rfc3339.Read(container.Element(Atom + name)!.Value);

    private static void Absolute(string address)
        => Assert.True(Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http" or "mailto", address);
}

/// <summary>Dates as both kinds of feed ask for them: with a capital T, and Z or an offset.</summary>
internal static partial class Rfc3339
{
    public static DateTimeOffset Read(string text)
    {
        Assert.Matches(Form(), text);
        return XmlConvert.ToDateTimeOffset(text);
    }

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$")]
    private static partial Regex Form();
}
