using System.Globalization;
using System.Net;
using CordisPulse.Core.Editions;
using CordisPulse.Core.Import;
using CordisPulse.Tests.Builders;
using CordisPulse.Tests.Import;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using DocumentFormat.OpenXml.Wordprocessing;

namespace CordisPulse.Tests.Features;

/// <summary>An edition as the files that people open in programs of their own.</summary>
public sealed class EditionFilesToKeepTests(ReadingSite site) : IClassFixture<ReadingSite>
{
    [Fact]
    public async Task An_edition_is_a_table_of_its_items_that_no_spreadsheet_runs()
    {
        await using var own = new PulseApp();
        await new PublishedEditionBuilder("2021-01")
            .With(
                new BuiltItem("=HYPERLINK(\"http://evil.example\")") { Slug = "formula", Source = "+SUM(1)", Summary = "Two lines,\n\n- \"one\"\n- two", Authors = ["A. Writer", "B. Other"], PublishedOn = PartialDate.Parse("2020-12"), Doi = "10.1/x" },
                new BuiltItem("Lost") { Slug = "lost", Url = "javascript:alert(1)", Source = null })
            .SaveAsync(own);
        using var visitor = own.Visit();
        using var answer = await visitor.Http.GetAsync(new Uri("/editions/2021-01.csv", UriKind.Relative));
        var bytes = await answer.Content.ReadAsByteArrayAsync();

        Assert.Equal("text/csv; charset=utf-8", answer.Content.Headers.ContentType!.ToString());
        Assert.Equal("edition-2021-01.csv", answer.Content.Headers.ContentDisposition!.FileName);
        Assert.Equal([0xEF, 0xBB, 0xBF], bytes[..3]);
        var text = System.Text.Encoding.UTF8.GetString(bytes);
        Assert.Contains("'=HYPERLINK(", text, StringComparison.Ordinal);
        Assert.Contains("'+SUM(1)", text, StringComparison.Ordinal);
        Assert.Contains("2020-12,10.1/x,https://www.example.org/report", text, StringComparison.Ordinal);
        Assert.Contains("A. Writer; B. Other", text, StringComparison.Ordinal);
        Assert.Contains($"{own.Address.AbsoluteUri}editions/2021-01/lost", text, StringComparison.Ordinal);
        Assert.DoesNotContain("javascript:", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_word_document_is_one_that_word_opens_and_that_is_read_out_well()
    {
        using var word = await OpenAsync(site, "2022-03");

        Assert.Empty(new OpenXmlValidator(FileFormatVersions.Office2019).Validate(word).Select(error => $"{error.Path?.XPath}: {error.Description}"));
        var properties = word.PackageProperties;
        Assert.Equal(("March 2022", "Cordis Bright", "en-GB", ReadingSite.PublicUrl + "editions/2022-03"), (properties.Title, properties.Creator, properties.Language, properties.Identifier));
        var main = word.MainDocumentPart!;
        Assert.Equal("en-GB", main.StyleDefinitionsPart!.Styles!.DocDefaults!.Descendants<Languages>().Single().Val!.Value);
        var headings = main.Document!.Body!.Elements<Paragraph>().Where(paragraph => StyleOf(paragraph).StartsWith("Heading", StringComparison.Ordinal)).ToList();
        Assert.Equal(
            ["Heading1 March 2022", "Heading2 Cordis Bright News", "Heading3 We are moving", "Heading2 Adult Social Care and Health", "Heading3 Reports", "Heading4 Society for Care. Joining up care for people & places"],
            headings.Take(6).Select(heading => $"{StyleOf(heading)} {heading.InnerText}"));
        Assert.Contains(headings, heading => heading.InnerText == "A heading of its own" && StyleOf(heading) == "Heading5");
        Assert.Equal(2, main.Document.Descendants<NumberingProperties>().Count());
        var links = main.HyperlinkRelationships.Select(link => link.Uri.AbsoluteUri).ToList();
        Assert.Contains("https://www.example.org/report", links);
        Assert.Contains(ReadingSite.PublicUrl + "editions/2022-03/tools-for-first-meetings", links);
        Assert.DoesNotContain(links, link => link.StartsWith("javascript", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Lists_tables_and_odd_characters_stand_in_a_word_document_as_in_the_text()
    {
        await using var own = new PulseApp();
        await new PublishedEditionBuilder("2021-01")
            .With(new BuiltItem("A\u0001 🦉 title") { Slug = "odd", Summary = "Some **bold** and *italic* words, `code`, <https://example.org/x> and \u0007 a bell.\n\n3. three\n4. four\n   - inner\n\n> Said so.\n\n```\nline one\nline two\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n---\n\nThe end." })
            .SaveAsync(own);
        using var word = await OpenAsync(own, "2021-01");

        Assert.Empty(new OpenXmlValidator(FileFormatVersions.Office2019).Validate(word).Select(error => $"{error.Path?.XPath}: {error.Description}"));
        var document = word.MainDocumentPart!.Document!;
        Assert.Equal(3, word.MainDocumentPart.NumberingDefinitionsPart!.Numbering!.Descendants<StartOverrideNumberingValue>().First().Val!.Value);
        Assert.Equal(["0", "0", "1"], document.Descendants<NumberingLevelReference>().Select(level => level.Val!.Value.ToString(CultureInfo.InvariantCulture)));
        Assert.Equal("ab", document.Descendants<TableRow>().Single(row => row.Descendants<TableHeader>().Any()).InnerText);
        Assert.Equal("Said so.", document.Descendants<Paragraph>().Single(paragraph => StyleOf(paragraph) == "Quote").InnerText);
        Assert.Equal(["bold", "a", "b"], document.Descendants<Run>().Where(run => run.RunProperties?.Bold is not null && run.InnerText is not "Ada Example").Select(run => run.InnerText));
    }

    [Fact]
    public async Task An_import_recognises_the_word_document_as_it_does_the_markdown()
    {
        using var visitor = site.Visit();
        var word = Read(".docx", await visitor.Http.GetByteArrayAsync(new Uri("/editions/2022-03.docx", UriKind.Relative)));
        var markdown = Read(".md", await visitor.Http.GetByteArrayAsync(new Uri("/editions/2022-03.md", UriKind.Relative)));

        Assert.Equal((markdown.Month, markdown.SignOff), (word.Month, word.SignOff));
        Assert.Equal(markdown.News, word.News);
        Assert.Equal(
            markdown.Items.Select(item => (item.Sector, item.Section, item.Source, item.Title, string.Join(';', item.Authors), item.PublishedOn, item.Doi)),
            word.Items.Select(item => (item.Sector, item.Section, item.Source, item.Title, string.Join(';', item.Authors), item.PublishedOn, item.Doi)));
        Assert.Equal(markdown.Items[0].Summary, word.Items[0].Summary);
    }

    [Theory]
    [InlineData("/editions/2022-03", "editions/2022-03")]
    [InlineData("/editions/2022-03/children-first", "editions/2022-03/children-first")]
    public async Task On_paper_a_page_says_where_it_is_and_where_its_links_lead(string path, string address)
    {
        using var visitor = site.Visit();
        var page = await visitor.GetAsync(path);
        var css = (await visitor.GetAsync(page.One("link[rel=stylesheet]").GetAttribute("href")!)).Html;
        var print = css[css.IndexOf("@media print", StringComparison.Ordinal)..];

        Assert.Equal(ReadingSite.PublicUrl + address, page.One(".printed").TextContent);
        foreach (var rule in new[] { ".printed { display: block", ".work > h4 a::after", ".alone h1 a::after", ".summary a[href^=\"http\"]::after" })
            Assert.Contains(rule, print, StringComparison.Ordinal);
        Assert.Contains("attr(href)", print, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("docx")]
    [InlineData("csv")]
    [InlineData("bib")]
    [InlineData("ris")]
    public async Task What_is_not_published_can_not_be_had_as_a_file(string ending)
    {
        using var visitor = site.Visit();
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.GetAsync($"/editions/2022-04.{ending}")).Status);
    }

    [Fact]
    public async Task The_same_edition_is_the_same_document_to_the_byte()
    {
        using var visitor = site.Visit();
        Assert.Equal(await visitor.Http.GetByteArrayAsync(new Uri("/editions/2022-02.docx", UriKind.Relative)), await visitor.Http.GetByteArrayAsync(new Uri("/editions/2022-02.docx", UriKind.Relative)));
    }

    private static string StyleOf(Paragraph paragraph) => paragraph.ParagraphProperties?.ParagraphStyleId?.Val?.Value ?? "";

    private static RecognisedEdition Read(string type, byte[] content) => EditionRecogniser.Recognise(EditionFile.Read("edition" + type, content).Blocks, ImportVocabulary.Full);

    private static async Task<WordprocessingDocument> OpenAsync(PulseApp app, string month)
    {
        using var visitor = app.Visit();
        using var answer = await visitor.Http.GetAsync(new Uri($"/editions/{month}.docx", UriKind.Relative));
        Assert.Equal("application/vnd.openxmlformats-officedocument.wordprocessingml.document", answer.Content.Headers.ContentType!.ToString());
        Assert.Equal($"edition-{month}.docx", answer.Content.Headers.ContentDisposition!.FileName);
        return WordprocessingDocument.Open(new MemoryStream(await answer.Content.ReadAsByteArrayAsync()), isEditable: false);
    }
}
