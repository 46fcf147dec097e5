using System.Text;
using CordisPulse.Core.Import;

namespace CordisPulse.Tests.Import;

public sealed class HtmlReaderTests
{
    [Theory]
    [InlineData("<p>One <b>bold</b> and <i>slanted</i>", "One **bold** and *slanted*")]
    [InlineData("<p><b>Bold </b>then<b> more</b>", "**Bold** then **more**")]
    [InlineData("<p><b>All <a href='https://example.org/a'>of it</a></b></p>", "**All [of it](https://example.org/a)**")]
    [InlineData("<p><a href='https://example.org/a'>In <em>two</em> styles</a></p>", "[In *two* styles](https://example.org/a)")]
    [InlineData("<p style='font-weight:bold'>Bold <span style='font-weight:normal'>and not</span></p>", "**Bold** and not")]
    [InlineData("<p>A&nbsp;b&shy;c\u200Bd</p>", "A bcd")]
    [InlineData("<p><a href='javascript:alert(1)'>Run</a> <a href='data:text/html,x'>that</a> <a href='#top'>up</a> <a href='#'>later</a></p>", "Run that up [later](#)")]
    [InlineData("<p><a href='https://example.org/a b(c'>x</a></p>", "[x](https://example.org/a%20b%28c)")]
    [InlineData("<p>Write to <a href='mailto:us@example.org'>us@example.org</a></p>", "Write to us@example.org")]
    [InlineData("<p># not a heading, 2 * 3, snake_case, *stars*, [a](b) and &amp;amp;</p>", "\\# not a heading, 2 * 3, snake_case, \\*stars\\*, [a\\](b) and \\&amp;")]
    public void A_paragraph_is_written_as_a_person_would_type_it(string html, string markdown)
        => Assert.Equal(markdown, Assert.Single(Assert.IsType<ParagraphBlock>(Assert.Single(Read(html).Blocks)).Lines));

    [Fact]
    public void Lines_end_where_the_page_ends_them_and_two_ends_are_a_paragraph()
    {
        var blocks = Read("<div>One<br>two<br><br>Three<div>Four</div></div>").Blocks;

        Assert.Equal(["One  ", "two"], ((ParagraphBlock)blocks[0]).Lines);
        Assert.Equal("Three", ((ParagraphBlock)blocks[1]).Lines[0]);
        Assert.Equal("Four", ((ParagraphBlock)blocks[2]).Lines[0]);
    }

    [Fact]
    public void Larger_letters_make_headings_by_their_size()
    {
        var blocks = Read("<p style='font-size:24px'>Reports</p><p style='font-size:18px'><b>A title</b></p><p style='font-size:14px'>The text is longer than both of them.</p><p><span style='font-size:14px'><b>Only bold</b></span></p>").Blocks;

        Assert.Equal((1, "Reports"), (((HeadingBlock)blocks[0]).Level, ((HeadingBlock)blocks[0]).Text));
        Assert.Equal((2, "A title"), (((HeadingBlock)blocks[1]).Level, ((HeadingBlock)blocks[1]).Text));
        Assert.Equal("**Only bold**", ((ParagraphBlock)blocks[3]).Lines[0]);
    }

    [Fact]
    public void Lists_of_Outlook_are_lists_with_their_levels_and_without_their_marks()
    {
        const string mark = "<![if !supportLists]><span style='mso-list:Ignore'>{0}<span style='font:7.0pt'>&nbsp;&nbsp;</span></span><![endif]>";
        static string Entry(string sign, int level, string text) => $"<p class=MsoListParagraph style='margin-left:36.0pt;mso-list:l0 level{level} lfo1'>{string.Format(System.Globalization.CultureInfo.InvariantCulture, mark, sign)}{text}<o:p></o:p></p>\n";
        var blocks = Read($"<p class=MsoNormal>It finds:</p>{Entry("·", 1, "more <b>beds</b>")}{Entry("o", 2, "in the north")}{Entry("·", 1, "fewer staff")}{Entry("1.", 1, "count")}{Entry("2.", 1, "publish")}<p class=MsoNormal>It ends.</p>").Blocks;

        Assert.Equal("- more **beds**\n  - in the north\n- fewer staff\n\n1. count\n2. publish", SummaryOf(blocks));
        Assert.Equal("It ends.", ((ParagraphBlock)blocks[^1]).Lines[0]);
    }

    [Fact]
    public void A_document_of_Googles_keeps_its_levels_and_styles_and_not_its_comments()
    {
        var text = Read("""
            <html><head><style>.c1{font-weight:700}.c2{font-style:italic}ul.lst-kix_a-0{list-style-type:none}</style></head><body class="c9 doc-content">
            <h2><span class="c1">A title</span></h2>
            <p class="c5"><span>One </span><span class="c1">bold</span><span> and </span><span class="c2">slanted</span><span>:</span></p>
            <ul class="c7 lst-kix_a-0 start"><li class="c4"><span>one</span></li></ul><ul class="c7 lst-kix_a-1 start"><li><span>one a</span></li></ul><ul class="c7 lst-kix_a-0"><li><span>two</span><sup><a href="#cmnt1" id="cmnt_ref1">[a]</a></sup></li></ul>
            <p class="c5"><span>It ends.</span></p><div class="c12"><p class="c5"><a href="#cmnt_ref1" id="cmnt1">[a]</a><span>For us alone</span></p></div></body></html>
            """);

        Assert.Equal("A title", ((HeadingBlock)text.Blocks[0]).Text);
        Assert.Equal("One **bold** and *slanted*:", ((ParagraphBlock)text.Blocks[1]).Lines[0]);
        Assert.Equal("- one\n  - one a\n- two", SummaryOf(text.Blocks));
        Assert.Equal("It ends.", ((ParagraphBlock)text.Blocks[^1]).Lines[0]);
        Assert.Equal(["Comments beside the text were left out."], text.NeedsALook);
    }

    /// <summary>The lists among the blocks, as an item's summary has them.</summary>
    private static string SummaryOf(IReadOnlyList<Block> blocks)
        => EditionRecogniser.Recognise([new HeadingBlock(2, "Criminal Justice"), new HeadingBlock(3, "Reports"), new HeadingBlock(4, "Ofsted. A title"), .. blocks.OfType<ListBlock>()], ImportVocabulary.Full).Items[0].Summary;

    [Theory]
    [InlineData("<div style='display:none'>Hidden</div>")]
    [InlineData("<div style='font-size:0'>Hidden</div>")]
    [InlineData("<div style='mso-hide:all'>Hidden</div>")]
    [InlineData("<div style='max-height:0;overflow:hidden'>Hidden</div>")]
    [InlineData("<script>Hidden</script><style>Hidden</style><!-- Hidden --><template>Hidden</template>")]
    public void What_nobody_sees_is_no_text(string hidden)
        => Assert.Equal("Seen", ((ParagraphBlock)Assert.Single(Read($"{hidden}<p>Seen</p>").Blocks)).Lines[0]);

    [Fact]
    public void Pictures_are_named_once_and_those_that_only_place_or_count_are_not()
    {
        var text = Read("<p>Text <img src='a.png' alt='The cover'><img src='b.png' alt='The cover'><img src='space.gif' width=1 height=20><img src='rule.png' alt=''><img src='https://example.org/figure-2.png?x=1'></p>");

        Assert.Equal(["A picture was left out: “The cover”.", "A picture was left out: figure-2.png."], text.NeedsALook);
    }

    [Fact]
    public void A_tracked_link_is_kept_and_the_address_within_it_is_offered()
    {
        var text = Read("""
            <p><a href="https://firm.us1.list-manage.com/track/click?u=1&id=2">A report</a>
            <a href="https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fexample.org%2Fguide&data=1">A guide</a></p>
            """);

        Assert.Contains("[A report](https://firm.us1.list-manage.com/track/click?u=1&id=2)", ((ParagraphBlock)text.Blocks[0]).Lines[0], StringComparison.Ordinal);
        Assert.Equal(2, text.NeedsALook.Count);
        Assert.Contains("“A guide” goes through safelinks.protection.outlook.com, which counts clicks; it ends at https://example.org/guide.", text.NeedsALook[0], StringComparison.Ordinal);
        Assert.StartsWith("1 link goes through list-manage.com", text.NeedsALook[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Lists_fifty_deep_are_read_and_deeper_ones_keep_their_words()
    {
        var html = string.Concat(Enumerable.Range(0, 80).Select(i => $"<ul><li>w{i}")) + string.Concat(Enumerable.Repeat("</li></ul>", 80));
        var edition = EditionRecogniser.Recognise(Read(html).Blocks, ImportVocabulary.Full);

        Conservation.Check(string.Join(' ', Enumerable.Range(0, 80).Select(i => $"w{i}")), edition);
    }

    [Theory]
    [InlineData("<meta charset=windows-1252><p>Caf\u00E9", "iso-8859-1")]
    [InlineData("<p>Caf\u00E9", "iso-8859-1")]
    [InlineData("<meta charset=utf-8><p>Caf\u00E9", "utf-8")]
    [InlineData("<meta charset=iso-8859-1><p>Caf\u00E9", "iso-8859-1")]
    public void A_page_is_read_in_the_encoding_that_it_names(string html, string encoding)
        => Assert.Equal("Caf\u00E9", ((ParagraphBlock)EditionFile.Read("a.html", Encoding.GetEncoding(encoding).GetBytes(html)).Blocks[0]).Lines[0]);

    [Fact]
    public void A_page_that_nests_without_end_is_refused_in_one_line()
    {
        var file = EditionFile.Read("a.html", Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("<div>", 400_000))));

        Assert.Equal("a.html is no edition: its elements stand more than 1,000 deep within each other.", file.Refusal);
    }

    [Fact]
    public void A_page_of_many_lines_and_pictures_is_not_deep()
        => Assert.Null(EditionFile.Read("a.html", Encoding.UTF8.GetBytes("<p>Text" + string.Concat(Enumerable.Repeat("<br>line<img src=x>", 5_000)))).Refusal);

    private static FileText Read(string html) => EditionFile.Read("a.html", Encoding.UTF8.GetBytes(html)).Text;
}
