using System.Text;
using CordisPulse.Core.Import;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace CordisPulse.Tests.Import;

public sealed class RecogniserPropertyTests
{
    private static readonly string[] Pieces =
    [
        "CordisPulse", "March 2022", "Cordis Bright News", "Criminal Justice", "Adult Social Care and Health", "Reports", "Briefings", "Best wishes,", "Dr Ann Other", "Head of Things",
        "NSPCC. A title that ends.", "The Health Foundation: another title", "**Key findings**", "## Reports", "# Housing", "### Ofsted. [A report](https://example.org/a)", "#### Deeper", "- one entry", "  - nested entry",
        "* star", "• dot", "12. numbered", "1. NSPCC. Learning from reviews", "2) Ofsted: What next?", "(a) Nacro. A flat", "1. **Bold and numbered**", "1. Criminal Justice", "*Howard League. In italics*", "Local Government Association", "Councils in numbers",
        "Family Action: What next?", "“Nuffield Trust”: “What next?” for hospitals", "Ελληνική Αρχή. Τίτλος", "Министерство: Отчёт", "Kind regards", "CordisPulse 03/2022", "On 3 May 2030 it rained.", "This report looks at how things are done in many places and what could be better.", "and it goes on without a capital letter", "This sentence stops in the middle of what it wanted to say about the",
        "Telephone: 020 7946 0000", "Cordis Bright Ltd, 1 Some Street, London, EC1A 1AA.", "To unsubscribe, click here.", "Jane Doe, John Smith", "February 2012", "University of Nowhere", "[a](b) [c](https://d.example)",
        "> quoted", "| a | b |", "| - | - |", "```", "<div>raw</div>", "---", "===", "\\", "*Authors: A; B. Published: 2022-03. DOI: 10.1/x*", "*Authors: A. Published: soon*", "[[[", "](", "**", "_", "![pic](x.png)", "\t", "", "", "", "  ", "&", "…", "É. Ü", "https://example.org/x", "Page 3",
    ];

    private static readonly Arbitrary<string> AnyEdition = Gen.ListOf(Gen.Elements(Pieces)).Select(lines => string.Join('\n', lines)).ToArbitrary();

    [Property(MaxTest = 1000)]
    public Property No_word_is_lost_however_an_edition_is_put_together() => Prop.ForAll(AnyEdition, text =>
    {
        foreach (var name in (string[])["a.txt", "a.md"])
            if (Recognise(name, text) is { } edition)
                Conservation.Check(text, edition);
    });

    [Property(MaxTest = 1000)]
    public void Any_text_is_recognised_without_an_exception_and_without_loss(string? text)
    {
        var clean = string.Concat((text ?? "").EnumerateRunes().Where(rune => rune.Value is not (0 or 0x200B or 0xFEFF)));
        foreach (var name in (string[])["a.txt", "a.md"])
            if (Recognise(name, clean) is { } edition)
                Conservation.Check(clean, edition);
    }

    [Property(MaxTest = 500)]
    public Property No_word_of_an_edition_is_lost_in_whatever_manner_it_is_written() => Prop.ForAll(WrittenEdition.Arbitrary, written =>
    {
        foreach (var name in (string[])["a.txt", "a.md"])
            if (Recognise(name, written.Text) is { } edition)
                Conservation.Check(written.Text, edition);
    });

    [Property(MaxTest = 300)]
    public Property Windows_line_ends_change_nothing() => Prop.ForAll(AnyEdition, text =>
    {
        foreach (var name in (string[])["a.txt", "a.md"])
            Assert.Equivalent(Recognise(name, text), Recognise(name, text.Replace("\n", "\r\n", StringComparison.Ordinal)), strict: true);
    });

    [Property(MaxTest = 300)]
    public Property An_exported_edition_comes_back_as_it_was() => Prop.ForAll(Exports.Arbitrary, export =>
    {
        var edition = Recognise("a.md", export.ToMarkdown());

        Assert.NotNull(edition);
        Assert.Equal(export.Items, edition.Items.Select(item => new ExportedItem(item.Sector!, item.Section!, item.Source, item.Title, item.Url, item.Summary)));
        Assert.Equal(export.News, edition.News.Select(news => (news.Title, news.Url, news.Body)));
        Assert.Equal(export.Introduction, edition.Introduction);
        Assert.Equal(new RecognisedSignOff("Ann Other", "Head of Things"), edition.SignOff);
        Assert.Empty(edition.SetAside);
    });

    [Theory]
    [InlineData("[")]
    [InlineData("- a ")]
    [InlineData("> ")]
    [InlineData("  - a\n")]
    [InlineData("and so on\n\n")]
    [InlineData("This sentence stops in the middle of what it wanted to say about the\n\nand goes on\n\n")]
    [InlineData("Reports\n\n")]
    [InlineData("NSPCC. A title\n\nThis report finds things.\n\n")]
    [InlineData("1. NSPCC. A title\n\nThis report finds things.\n\n")]
    [InlineData("Family Action: What next?\n\nFive answers.\n\n")]
    [InlineData("Local Government Association\nCouncils in numbers\n\nA table.\n\n")]
    [InlineData("Kind regards\n\n")]
    [InlineData("*a **b _c ")]
    [InlineData("![a](b) [c](d) ")]
    [InlineData("[a][b] \n")]
    [InlineData("[a]: b\n")]
    [InlineData("# A\n")]
    [InlineData("A, B\n")]
    [InlineData("x")]
    public void Much_of_the_same_is_read_like_anything_else(string piece)
    {
        var text = new StringBuilder();
        while (text.Length < 20_000)
            text.Append(piece);
        foreach (var name in (string[])["a.txt", "a.md"])
            Assert.NotNull(Recognise(name, text.ToString()));
    }

    private static RecognisedEdition? Recognise(string name, string text)
    {
        var file = EditionFile.Read(name, Encoding.UTF8.GetBytes(text));
        return file.Refusal is null ? EditionRecogniser.Recognise(file.Blocks, ImportVocabulary.Full) : null;
    }
}
