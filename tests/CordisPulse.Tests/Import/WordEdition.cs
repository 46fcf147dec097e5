using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;

namespace CordisPulse.Tests.Import;

/// <summary>A Word document put together as Word does: styles, numbering, links as relationships and as fields.</summary>
internal sealed class WordEdition : IDisposable
{
    private readonly MemoryStream _content = new();
    private readonly WordprocessingDocument _document;
    private readonly MainDocumentPart _main;

    public WordEdition()
    {
        _document = WordprocessingDocument.Create(_content, WordprocessingDocumentType.Document);
        _main = _document.AddMainDocumentPart();
        _main.Document = new Document(new Body());
        _main.AddNewPart<StyleDefinitionsPart>().Styles = new Styles(
            [.. Enumerable.Range(1, 6).Select(level => new Style(new StyleName { Val = $"heading {level}" }) { Type = StyleValues.Paragraph, StyleId = $"Heading{level}" }),
            new Style(new StyleName { Val = "Quote" }, new StyleRunProperties(new Italic())) { Type = StyleValues.Paragraph, StyleId = "Quote" }]);
        _main.AddNewPart<NumberingDefinitionsPart>().Numbering = new Numbering(
            Levels(1, NumberFormatValues.Bullet), Levels(2, NumberFormatValues.Decimal),
            new NumberingInstance(new AbstractNumId { Val = 1 }) { NumberID = 1 }, new NumberingInstance(new AbstractNumId { Val = 2 }) { NumberID = 2 });
    }

    public Body Body => _main.Document!.Body!;

    public static byte[] June2024()
    {
        using var word = new WordEdition();
        word.Heading(1, Words("CordisPulse: June 2024"))
            .Text(Words("Dear colleagues,"))
            .Text(Words("Welcome to our selection for "), Italic("summer"), Words(". This month we look at "), Bold("waiting "), Bold("times"), Words(" and at "), word.Link("what works", "https://example.org/what-works"), Words(" in youth justice."))
            .Text(Words("Best wishes,"))
            .Text(Words("Ada Example"), new Run(new Break()), Words("Head of Research"))
            .Heading(2, Words("Cordis Bright News"))
            .Heading(3, [.. Field("Join our webinar on advocacy", "https://example.org/webinar")])
            .Text(Words("We talk about advocacy with people who use it, at lunch time."))
            .Heading(2, Words("Adult Social Care and Health"))
            .Heading(3, Words("Reports"))
            .Heading(4, Words("The Health Foundation. "), word.Link("Waiting for care: a review of the figures", "https://example.org/waiting_(2024)"))
            .Text(Words("The review counts how long people wait. It "), new DeletedRun(new Run(new DeletedText("never "))), new InsertedRun(Words("finds ")), Words("that:"))
            .Entry(1, 0, Words("waits are "), Bold("longer in the north"))
            .Entry(1, 0, Words("people who wait have:"))
            .Entry(1, 1, Words("more falls"))
            .Entry(1, 1, Words("fewer visits"))
            .Entry(1, 0, Words("one in five gives up."))
            .Text(Words("It costs £5 & more than that in "), Italic("most"), Words(" councils, says the “Foundation”."))
            .Heading(4, Words("The King's Fund. "), word.Link("Staff who stay", "https://example.org/staff"))
            .Text(Words("Why people stay in home care is the question here, and the "), word.Link("method", "https://example.org/method"), Words(" is\u00A0new."))
            .Entry(2, 0, Words("Pay comes first."))
            .Entry(2, 0, Words("Rotas come second."));
        word.Body.AppendChild(new Table([.. ((string[][])[["Year", "Staff"], ["2022", "120"], ["2023", "135"]]).Select(row => new TableRow([.. row.Select(cell => new TableCell(new Paragraph(Words(cell))))]))]));
        word.Heading(2, Words("Criminal Justice"))
            .Heading(3, Words("Briefings"))
            .Heading(4, Words("National Crime Agency. "), word.Link("Fraud on the phone", "https://example.org/fraud"))
            .Text(Words("How callers win trust, and what banks can do about it before the money has gone."));
        return word.ToBytes();
    }

    public static Run Words(string text) => new(new Text(text) { Space = SpaceProcessingModeValues.Preserve });

    public static Run Bold(string text) => new(new RunProperties(new Bold()), new Text(text) { Space = SpaceProcessingModeValues.Preserve });

    public static Run Italic(string text) => new(new RunProperties(new Italic()), new Text(text) { Space = SpaceProcessingModeValues.Preserve });

    public static IEnumerable<OpenXmlElement> Field(string text, string url) =>
    [
        new Run(new FieldChar { FieldCharType = FieldCharValues.Begin }), new Run(new FieldCode($" HYPERLINK \"{url}\" ") { Space = SpaceProcessingModeValues.Preserve }),
        new Run(new FieldChar { FieldCharType = FieldCharValues.Separate }), Words(text), new Run(new FieldChar { FieldCharType = FieldCharValues.End }),
    ];

    public Hyperlink Link(string text, string url) => new(Words(text)) { Id = _main.AddHyperlinkRelationship(new Uri(url), isExternal: true).Id };

    /// <summary>A link whose words are in italics.</summary>
    public Hyperlink ItalicLink(string text, string url) => new(Italic(text)) { Id = _main.AddHyperlinkRelationship(new Uri(url), isExternal: true).Id };

    public WordEdition Heading(int level, params OpenXmlElement[] words) => Add(new ParagraphProperties(new ParagraphStyleId { Val = $"Heading{level}" }), words);

    public WordEdition Text(params OpenXmlElement[] words) => Add(null, words);

    public WordEdition Quotation(params OpenXmlElement[] words) => Add(new ParagraphProperties(new ParagraphStyleId { Val = "Quote" }), words);

    public WordEdition Entry(int list, int level, params OpenXmlElement[] words)
        => Add(new ParagraphProperties(new NumberingProperties(new NumberingLevelReference { Val = level }, new NumberingId { Val = list })), words);

    public byte[] ToBytes()
    {
        _document.Save();
        _document.Dispose();
        return _content.ToArray();
    }

    public void Dispose()
    {
        _document.Dispose();
        _content.Dispose();
    }

    private static AbstractNum Levels(int id, NumberFormatValues format)
        => new([.. Enumerable.Range(0, 3).Select(level => new Level(new StartNumberingValue { Val = 1 }, new NumberingFormat { Val = format }, new LevelText { Val = "•" }) { LevelIndex = level })]) { AbstractNumberId = id };

    private WordEdition Add(ParagraphProperties? properties, OpenXmlElement[] words)
    {
        var paragraph = new Paragraph();
        if (properties is not null)
            paragraph.AppendChild(properties);
        paragraph.Append(words);
        Body.AppendChild(paragraph);
        return this;
    }
}
