using System.Text;
using CordisPulse.Core.Import;
using static CordisPulse.Tests.Import.WordEdition;

namespace CordisPulse.Tests.Import;

/// <summary>What a person can write in several ways comes out in one, from every type of file.</summary>
public sealed class SameFormTests
{
    private const string Marked = """
        # CordisPulse: May 2031

        Welcome to May.

        ## Cordis Bright News

        ### An open day

        Come and see us:

        - talks
        - a walk

        ### We are hiring

        The deadline is near.

        ## Criminal Justice

        ### Reports

        #### Ofsted. [A question, answered](https://example.org/r)

        It costs £5 \< £6, and 2 \* 3 of it is in [*an app*](https://example.org/app). The authors write:

        > We did not expect it.

        What to do next:

        1. count
        2. publish

        """;

    private const string Html = """
        <h1>CordisPulse: May 2031</h1><p>Welcome to May.</p><h2>Cordis Bright News</h2><h3>An open day</h3><p>Come and see us:</p><ul><li>talks<li>a walk</ul>
        <h3>We are hiring</h3><p>The deadline is near.</p><h2>Criminal Justice</h2><h3>Reports</h3><h4>Ofsted. <a href="https://example.org/r">A question, answered</a></h4>
        <p>It costs £5 &lt; £6, and 2 * 3 of it is in <a href="https://example.org/app"><em>an app</em></a>. The authors write:</p><blockquote><p>We did not expect it.</p></blockquote>
        <p>What to do next:</p><ol><li>count<li>publish</ol>
        """;

    public static TheoryData<string> Types => [".md", ".txt", ".html", ".eml", ".docx"];

    [Theory]
    [MemberData(nameof(Types))]
    public void One_text_reads_the_same_in_every_type_of_file(string type)
    {
        var file = EditionFile.Read("edition" + type, Content(type));
        Assert.Null(file.Refusal);
        var edition = EditionRecogniser.Recognise(file.Blocks, ImportVocabulary.Full);

        Assert.Equal([("An open day", "Come and see us:\n\n- talks\n- a walk"), ("We are hiring", "The deadline is near.")], edition.News.Select(news => (news.Title, news.Body)));
        Assert.Equal(
            "It costs £5 < £6, and 2 * 3 of it is in *[an app](https://example.org/app)*. The authors write:\n\n> We did not expect it.\n\nWhat to do next:\n\n1. count\n2. publish",
            Assert.Single(edition.Items).Summary);
    }

    [Theory]
    [InlineData("a \\*b\\* c", "a \\*b\\* c")]
    [InlineData("\\- no list", "\\- no list")]
    [InlineData("1\\. no list", "1\\. no list")]
    [InlineData("a \\<b> c \\& d", "a \\<b> c & d")]
    [InlineData("[**b** and c](https://example.org/a_b)", "[**b** and c](https://example.org/a_b)")]
    [InlineData("[**b**](https://example.org)", "**[b](https://example.org)**")]
    [InlineData("`\\<` stays", "`\\<` stays")]
    public void Only_what_means_nothing_is_written_otherwise(string written, string read)
        => Assert.Equal(read, ((ParagraphBlock)Assert.Single(new MarkdownReader().Read(Encoding.UTF8.GetBytes("Words above.\n\n" + written)).Blocks.Skip(1))).Lines[0]);

    private static byte[] Content(string type) => type switch
    {
        ".md" => Encoding.UTF8.GetBytes(Marked),
        ".txt" => Encoding.UTF8.GetBytes(string.Join('\n', Marked.Split('\n').Select(line => line.StartsWith('#') ? line.TrimStart('#').Trim() : line))),
        ".html" => Encoding.UTF8.GetBytes("<!DOCTYPE html><meta charset=utf-8><body>" + Html),
        ".eml" => Encoding.UTF8.GetBytes("Subject: The digest\nContent-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n" + Html),
        _ => Document(),
    };

    private static byte[] Document()
    {
        using var word = new WordEdition();
        return word.Heading(1, Words("CordisPulse: May 2031")).Text(Words("Welcome to May."))
            .Heading(2, Words("Cordis Bright News"))
            .Heading(3, Words("An open day")).Text(Words("Come and see us:")).Entry(1, 0, Words("talks")).Entry(1, 0, Words("a walk"))
            .Heading(3, Words("We are hiring")).Text(Words("The deadline is near."))
            .Heading(2, Words("Criminal Justice")).Heading(3, Words("Reports"))
            .Heading(4, Words("Ofsted. "), word.Link("A question, answered", "https://example.org/r"))
            .Text(Words("It costs £5 < £6, and 2 * 3 of it is in "), word.ItalicLink("an app", "https://example.org/app"), Words(". The authors write:"))
            .Quotation(Words("We did not expect it."))
            .Text(Words("What to do next:")).Entry(2, 0, Words("count")).Entry(2, 0, Words("publish"))
            .ToBytes();
    }
}
