using System.Globalization;
using System.Xml.Linq;

namespace CordisPulse.Core.Rendering;

/// <summary>The styles of a Word document: Word's own names, so that its navigation, its tables of contents and screen readers know them.</summary>
internal static class WordLooks
{
    public static readonly XNamespace W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

    private const string Ink = "1F2933";

    /// <summary>In half points, from the first level.</summary>
    private static readonly int[] HeadingSizes = [44, 32, 26, 24, 22, 22];

    private static readonly string[] Sides = ["top", "left", "bottom", "right", "insideH", "insideV"];

    public static XElement Styles() => new(
        W + "styles",
        new XAttribute(XNamespace.Xmlns + "w", W),
        new XElement(
            W + "docDefaults",
            new XElement(W + "rPrDefault", new XElement(W + "rPr", new XElement(W + "rFonts", Value("ascii", "Calibri"), Value("hAnsi", "Calibri"), Value("cs", "Calibri")), Sized(22), new XElement(W + "lang", Value("val", "en-GB")))),
            new XElement(W + "pPrDefault", new XElement(W + "pPr", new XElement(W + "spacing", Value("after", 140), Value("line", 276), Value("lineRule", "auto"))))),
        new XElement(W + "style", Value("type", "paragraph"), Value("default", 1), Value("styleId", "Normal"), Named("Normal"), new XElement(W + "qFormat")),
        HeadingSizes.Select((size, index) => Paragraph(
            $"Heading{index + 1}", $"heading {index + 1}",
            [new XElement(W + "keepNext"), new XElement(W + "spacing", Value("before", index < 3 ? 360 : 260), Value("after", 80)), new XElement(W + "outlineLvl", Value("val", index))],
            [new XElement(W + "b"), new XElement(W + "color", Value("val", Ink)), .. Sized(size)])),
        Paragraph("ListParagraph", "List Paragraph", [new XElement(W + "spacing", Value("after", 60))], []),
        Paragraph("Quote", "Quote", [new XElement(W + "ind", Value("left", 567), Value("right", 567))], [new XElement(W + "i")]),
        Paragraph("Code", "Code", [new XElement(W + "ind", Value("left", 284))], [new XElement(W + "rFonts", Value("ascii", "Consolas"), Value("hAnsi", "Consolas")), .. Sized(19)]),
        new XElement(
            W + "style", Value("type", "character"), Value("styleId", "Hyperlink"), Named("Hyperlink"),
            new XElement(W + "rPr", new XElement(W + "color", Value("val", "0B5394")), new XElement(W + "u", Value("val", "single")))),
        new XElement(W + "style", Value("type", "table"), Value("default", 1), Value("styleId", "TableNormal"), Named("Normal Table")),
        new XElement(
            W + "style", Value("type", "table"), Value("styleId", "TableGrid"), Named("Table Grid"), new XElement(W + "basedOn", Value("val", "TableNormal")),
            new XElement(W + "tblPr", new XElement(W + "tblBorders", Sides.Select(side =>
                new XElement(W + side, Value("val", "single"), Value("sz", 4), Value("space", 0), Value("color", "9AA5B1")))))));

    public static XAttribute Value(string name, object value) => new(W + name, value is int number ? number.ToString(CultureInfo.InvariantCulture) : value);

    private static XElement Paragraph(string id, string name, IEnumerable<XElement> lays, IEnumerable<XElement> looks) => new(
        W + "style", Value("type", "paragraph"), Value("styleId", id), Named(name), new XElement(W + "basedOn", Value("val", "Normal")), new XElement(W + "qFormat"),
        new XElement(W + "pPr", lays), new XElement(W + "rPr", looks));

    private static XElement Named(string name) => new(W + "name", Value("val", name));

    private static XElement[] Sized(int halfPoints) => [new XElement(W + "sz", Value("val", halfPoints)), new XElement(W + "szCs", Value("val", halfPoints))];
}
