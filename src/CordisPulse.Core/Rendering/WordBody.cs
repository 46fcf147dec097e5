using System.Globalization;
using System.Xml.Linq;
using Markdig.Extensions.Tables;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using static CordisPulse.Core.Rendering.WordLooks;

namespace CordisPulse.Core.Rendering;

/// <summary>Markdown as the body of a Word document, with the numbering of its lists and the addresses that its links lead to.</summary>
internal sealed class WordBody
{
    private const int DeepestLevel = 8;

    /// <summary>The list that all bullets belong to; numbered ones come after it, each on its own so that it counts from its own start.</summary>
    private const int Bullets = 1;

    private static readonly XNamespace R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    private readonly Dictionary<string, string> _links = new(StringComparer.Ordinal);
    private readonly List<int> _starts = [];

    private readonly List<XElement> _blocks = [];

    public XElement Document => new(
        W + "document",
        new XAttribute(XNamespace.Xmlns + "w", W), new XAttribute(XNamespace.Xmlns + "r", R),
        new XElement(W + "body", _blocks, new XElement(W + "sectPr", new XElement(W + "pgSz", Value("w", 11906), Value("h", 16838)), Margins())));

    /// <summary>The name of its relationship by address.</summary>
    public IReadOnlyDictionary<string, string> Links => _links;

    public XElement Numbering => new(
        W + "numbering",
        new XAttribute(XNamespace.Xmlns + "w", W),
        Levels(1, "bullet", _ => "•"),
        Levels(2, "decimal", level => $"%{level + 1}."),
        new XElement(W + "num", Value("numId", Bullets), new XElement(W + "abstractNumId", Value("val", 1))),
        _starts.Select((start, index) => new XElement(
            W + "num", Value("numId", Bullets + 1 + index), new XElement(W + "abstractNumId", Value("val", 2)),
            Enumerable.Range(0, DeepestLevel + 1).Select(level => new XElement(W + "lvlOverride", Value("ilvl", level), new XElement(W + "startOverride", Value("val", start)))))));

    /// <param name="before">What stands before the words of the link.</param>
    /// <param name="url">Null for words that lead nowhere.</param>
    public void Heading(int level, string before, string words, string? url)
        => _blocks.Add(Paragraph($"Heading{level}", [.. before.Length > 0 ? [Run(before, new Look())] : Array.Empty<XElement>(), .. url is null ? [Run(words, new Look())] : Link(url, [Run(words, new Look { IsLink = true })])]));

    /// <summary>A paragraph that begins in bold.</summary>
    public void Bold(string bold, string rest) => _blocks.Add(Paragraph(null, [Run(bold, new Look { IsBold = true }), Run(rest, new Look())]));

    /// <summary>A line in bold and one below it.</summary>
    public void Signed(string name, string role)
        => _blocks.Add(Paragraph(null, [Run(name, new Look { IsBold = true }), .. role.Length > 0 ? [new XElement(W + "r", new XElement(W + "br")), Run(role, new Look())] : Array.Empty<XElement>()]));

    public void Italic(string text) => _blocks.Add(Paragraph(null, [Run(text, new Look { IsItalic = true })]));

    /// <param name="topHeading">Level of the highest heading in the text.</param>
    public void Text(string markdown, int topHeading, Func<string, string?> resolve)
    {
        var text = MarkdownRenderer.Parse(markdown, resolve);
        var headings = text.Descendants<HeadingBlock>().ToList();
        var top = headings.Select(heading => heading.Level).DefaultIfEmpty(1).Min();
        foreach (var heading in headings)
            heading.Level = Math.Min(6, heading.Level - top + topHeading);
        _blocks.AddRange(Blocks(text, null));
    }

    private IEnumerable<XElement> Blocks(ContainerBlock container, string? style) => container.SelectMany(block => Block(block, style));

    private IEnumerable<XElement> Block(Block block, string? style) => block switch
    {
        HeadingBlock { Inline: { } words } heading => [Paragraph($"Heading{Math.Clamp(heading.Level, 1, 6)}", Inlines(words, new Look()))],
        ListBlock list => List(list, 0),
        QuoteBlock quote => Blocks(quote, "Quote"),
        Table table => [Grid(table), Paragraph(null, [])],
        ContainerBlock inner => Blocks(inner, style),
        CodeBlock code => [Paragraph("Code", Lines(code))],
        ThematicBreakBlock => [Paragraph(null, [Run("* * *", new Look())])],
        LeafBlock { Inline: { } words } => [Paragraph(style, Inlines(words, new Look()))],
        _ => [],
    };

    private IEnumerable<XElement> List(ListBlock list, int level)
    {
        var number = Bullets;
        if (list.IsOrdered)
        {
            _starts.Add(int.TryParse(list.OrderedStart, NumberStyles.None, CultureInfo.InvariantCulture, out var start) ? Math.Min(start, short.MaxValue) : 1);
            number += _starts.Count;
        }

        var deep = Math.Min(level, DeepestLevel);
        // Before a list within it begins, which takes a number of its own.
        foreach (var entry in list.OfType<ListItemBlock>())
            for (var i = 0; i < entry.Count; i++)
                foreach (var element in entry[i] switch
                {
                    ListBlock inner => List(inner, level + 1),
                    ParagraphBlock { Inline: { } words } when i == 0 => [Paragraph("ListParagraph", Inlines(words, new Look()), Place(number, deep))],
                    ParagraphBlock { Inline: { } words } => [Paragraph("ListParagraph", Inlines(words, new Look()), new XElement(W + "ind", Value("left", Indent(deep))))],
                    var other => Block(other, null),
                })
                    yield return element;
    }

    private XElement Grid(Table table) => new(
        W + "tbl",
        new XElement(W + "tblPr", new XElement(W + "tblStyle", Value("val", "TableGrid")), new XElement(W + "tblW", Value("w", 0), Value("type", "auto"))),
        new XElement(W + "tblGrid", Enumerable.Range(0, table.OfType<TableRow>().Select(row => row.Count).DefaultIfEmpty(1).Max()).Select(_ => new XElement(W + "gridCol"))),
        table.OfType<TableRow>().Select(row => new XElement(
            W + "tr",
            // Said to be the heading, it is read out with each cell and stands again on the next page.
            row.IsHeader ? new XElement(W + "trPr", new XElement(W + "tblHeader")) : null,
            row.OfType<TableCell>().Select(cell => new XElement(W + "tc", Cell(cell, row.IsHeader))))));

    /// <summary>A cell holds at least one paragraph.</summary>
    private IEnumerable<XElement> Cell(TableCell cell, bool isHeader)
        => cell.OfType<ParagraphBlock>().Select(paragraph => Paragraph(null, paragraph.Inline is { } words ? Inlines(words, new Look { IsBold = isHeader }) : [])).DefaultIfEmpty(Paragraph(null, []));

    private IEnumerable<XElement> Inlines(ContainerInline container, Look look) => container.SelectMany(inline => inline switch
    {
        LiteralInline literal => [Run(literal.Content.ToString(), look)],
        CodeInline code => [Run(code.Content, look)],
        HtmlEntityInline entity => [Run(entity.Transcoded.ToString(), look)],
        AutolinkInline link => Link(link.IsEmail ? $"mailto:{link.Url}" : link.Url, [Run(link.Url, look with { IsLink = true })]),
        LineBreakInline { IsHard: true } => [new XElement(W + "r", new XElement(W + "br"))],
        LineBreakInline => [Run(" ", look)],
        LinkInline link => Link(link.Url, Inlines(link, look with { IsLink = true })),
        EmphasisInline { DelimiterCount: 2 } strong => Inlines(strong, look with { IsBold = true }),
        EmphasisInline emphasis => Inlines(emphasis, look with { IsItalic = true }),
        ContainerInline children => Inlines(children, look),
        _ => Array.Empty<XElement>(),
    });

    private IEnumerable<XElement> Link(string? url, IEnumerable<XElement> words)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri))
            return words;
        if (!_links.TryGetValue(uri.AbsoluteUri, out var name))
            _links.Add(uri.AbsoluteUri, name = string.Create(CultureInfo.InvariantCulture, $"link{_links.Count + 1}"));
        return [new XElement(W + "hyperlink", new XAttribute(R + "id", name), words)];
    }

    private static IEnumerable<XElement> Lines(CodeBlock code) => code.Lines.ToString().TrimEnd().Split('\n')
        .SelectMany((line, index) => index == 0 ? new[] { Run(line, new Look()) } : [new XElement(W + "r", new XElement(W + "br")), Run(line, new Look())]);

    private static XElement Run(string text, Look look) => new(
        W + "r",
        look == new Look() ? null : new XElement(
            W + "rPr",
            look.IsLink ? new XElement(W + "rStyle", Value("val", "Hyperlink")) : null, look.IsBold ? new XElement(W + "b") : null, look.IsItalic ? new XElement(W + "i") : null),
        new XElement(W + "t", new XAttribute(XNamespace.Xml + "space", "preserve"), XmlCharacters.Clean(text)));

    private static XElement Paragraph(string? style, IEnumerable<XElement> words, XElement? place = null) => new(
        W + "p",
        style is null && place is null ? null : new XElement(W + "pPr", style is null ? null : new XElement(W + "pStyle", Value("val", style)), place),
        words);

    private static XElement Place(int list, int level) => new(W + "numPr", new XElement(W + "ilvl", Value("val", level)), new XElement(W + "numId", Value("val", list)));

    private static XElement Levels(int id, string format, Func<int, string> text) => new(
        W + "abstractNum", Value("abstractNumId", id), new XElement(W + "multiLevelType", Value("val", "hybridMultilevel")),
        Enumerable.Range(0, DeepestLevel + 1).Select(level => new XElement(
            W + "lvl", Value("ilvl", level),
            new XElement(W + "start", Value("val", 1)), new XElement(W + "numFmt", Value("val", format)), new XElement(W + "lvlText", Value("val", text(level))), new XElement(W + "lvlJc", Value("val", "left")),
            new XElement(W + "pPr", new XElement(W + "ind", Value("left", Indent(level)), Value("hanging", 357))))));

    private static int Indent(int level) => 357 * (level + 1);

    private static XElement Margins() => new(
        W + "pgMar", Value("top", 1134), Value("right", 1134), Value("bottom", 1134), Value("left", 1134), Value("header", 709), Value("footer", 709), Value("gutter", 0));

    private readonly record struct Look(bool IsBold, bool IsItalic, bool IsLink);
}
