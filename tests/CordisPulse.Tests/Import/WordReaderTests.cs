using System.IO.Compression;
using System.Text;
using CordisPulse.Core.Import;

namespace CordisPulse.Tests.Import;

public sealed class WordReaderTests
{
    private const string Namespaces = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\" xmlns:wp=\"urn:wp\"";

    [Fact]
    public void A_line_that_is_only_bold_stays_one_for_the_recogniser_to_judge()
    {
        using var word = new WordEdition();
        word.Text(WordEdition.Bold("A title "), WordEdition.Bold("in two pieces")).Text(WordEdition.Words("Its text."));

        Assert.Equal("**A title in two pieces**", ((ParagraphBlock)Read(word.ToBytes()).Blocks[0]).Lines[0]);
    }

    [Fact]
    public void Tracked_changes_are_taken_as_made_and_text_boxes_and_pictures_are_seen()
    {
        var text = Read(Package("""
            <w:p><w:r><w:t>Kept</w:t></w:r><w:del><w:r><w:delText> gone</w:delText></w:r></w:del><w:ins><w:r><w:t xml:space="preserve"> new</w:t></w:r></w:ins>
              <w:r><mc:AlternateContent><mc:Choice><w:drawing><w:txbxContent><w:p><w:r><w:t>In a box</w:t></w:r></w:p></w:txbxContent></w:drawing></mc:Choice>
              <mc:Fallback><w:pict><w:txbxContent><w:p><w:r><w:t>In a box</w:t></w:r></w:p></w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r>
              <w:r><w:drawing><wp:docPr name="Picture 1" descr="The cover"/></w:drawing></w:r></w:p>
            """));

        Assert.Equal(["Kept new", "In a box"], text.Blocks.Cast<ParagraphBlock>().Select(paragraph => paragraph.Lines[0]));
        Assert.Equal(["A picture was left out: “The cover”."], text.NeedsALook);
    }

    [Fact]
    public void A_document_that_unpacks_to_a_thousand_times_its_size_is_refused()
    {
        var bomb = Package($"<w:p><w:r><w:t>{new string('a', 15_000_000)}</w:t></w:r></w:p>");

        Assert.True(bomb.Length < 100_000);
        Assert.Equal("a.docx is no edition: what it holds unpacks to more than any edition needs.", EditionFile.Read("a.docx", bomb).Refusal);
    }

    [Fact]
    public void A_document_that_nests_without_end_is_refused()
        => Assert.Equal(
            "a.docx is no edition: its elements stand more than 500 deep within each other.",
            EditionFile.Read("a.docx", Package(string.Concat(Enumerable.Repeat("<w:sdt>", 5_000)) + string.Concat(Enumerable.Repeat("</w:sdt>", 5_000)))).Refusal);

    [Theory]
    [InlineData("PK\u0003\u0004 and no more", "a.docx is damaged and cannot be opened; open it in Word, save it again and bring that.")]
    [InlineData("plain words", "a.docx is not a Word document.")]
    [InlineData("\u00D0\u00CF\u0011\u00E0", "a.docx has a password or is of an old Word; save it as .docx without a password and bring it again.")]
    public void What_is_no_document_is_refused_in_one_line(string content, string refusal)
        => Assert.Equal(refusal, EditionFile.Read("a.docx", Encoding.Latin1.GetBytes(content)).Refusal);

    [Fact]
    public void A_document_with_definitions_of_entities_is_refused()
        => Assert.EndsWith("is damaged and cannot be opened; open it in Word, save it again and bring that.", EditionFile.Read("a.docx", Zip("<!DOCTYPE w [<!ENTITY a \"aaaa\">]><w:document " + Namespaces + "><w:body>&a;</w:body></w:document>")).Refusal, StringComparison.Ordinal);

    private static FileText Read(byte[] content)
    {
        var file = EditionFile.Read("a.docx", content);
        Assert.Null(file.Refusal);
        return file.Text;
    }

    private static byte[] Package(string body) => Zip($"<w:document {Namespaces}><w:body>{body}</w:body></w:document>");

    private static byte[] Zip(string document)
    {
        using var content = new MemoryStream();
        using (var archive = new ZipArchive(content, ZipArchiveMode.Create, leaveOpen: true))
        using (var part = new StreamWriter(archive.CreateEntry("word/document.xml").Open()))
            part.Write(document);
        return content.ToArray();
    }
}
