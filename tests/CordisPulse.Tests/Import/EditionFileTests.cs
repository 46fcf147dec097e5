using System.Text;
using CordisPulse.Core.Import;

namespace CordisPulse.Tests.Import;

public sealed class EditionFileTests
{
    [Theory]
    [InlineData("")]
    [InlineData(" \r\n\t\n")]
    public void An_empty_file_is_refused(string text) => Assert.Equal("march.txt is empty.", Refusal("march.txt", Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void A_picture_is_refused_as_no_text()
        => Assert.Equal("march.txt is not text.", Refusal("march.txt", [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10, 0, 0, 0, 13]));

    [Fact]
    public void An_old_encoding_is_named_as_the_reason()
        => Assert.Equal("march.md is not valid UTF-8 text; save it with the encoding UTF-8 and bring it again.", Refusal("march.md", Encoding.Latin1.GetBytes("Caf\u00E9 culture in prisons")));

    [Fact]
    public void Half_a_character_of_UTF16_is_refused()
        => Assert.Equal("march.txt is not valid UTF-16 text; save it with the encoding UTF-8 and bring it again.", Refusal("march.txt", [0xFF, 0xFE, 0x41, 0x00, 0x42]));

    [Fact]
    public void A_text_too_long_for_an_edition_is_refused_before_it_is_read()
    {
        const string refusal = "march.txt is no edition: it has more than 2,000,000 characters or 50,000 lines.";

        Assert.Equal(refusal, Refusal("march.txt", Encoding.UTF8.GetBytes(new string('a', 2_000_001))));
        Assert.Equal(refusal, Refusal("march.txt", Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("a\r\n", 50_001)))));
        Assert.Equal(
            "march.md is no edition: it defines more than 5,000 links.",
            Refusal("march.md", Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 5_001).Select(i => $"[a{i}]: https://example.org/{i}\n")))));
    }

    [Theory]
    [InlineData("march.pdf", "march.pdf is of a type that cannot be read; choose one that ends in .txt, .md, .markdown, .html, .htm, .eml or .docx.")]
    [InlineData("C:\\editions\\march", "march is of a type that cannot be read; choose one that ends in .txt, .md, .markdown, .html, .htm, .eml or .docx.")]
    [InlineData("", "The file is of a type that cannot be read; choose one that ends in .txt, .md, .markdown, .html, .htm, .eml or .docx.")]
    public void An_unknown_type_is_refused_with_those_that_can_be_read(string name, string refusal) => Assert.Equal(refusal, Refusal(name, "text"u8.ToArray()));

    [Fact]
    public async Task A_stream_without_end_is_refused_at_the_limit()
    {
        var endless = new EndlessStream();

        var file = await EditionFile.ReadAsync("march.txt", endless, CancellationToken.None);

        Assert.Equal("march.txt is larger than 50 MB.", file.Refusal);
        Assert.InRange(endless.Served, EditionFile.MaxBytes, EditionFile.MaxBytes + 1_000_000);
    }

    [Theory]
    [InlineData("utf-8", false)]
    [InlineData("utf-8", true)]
    [InlineData("utf-16", true)]
    [InlineData("utf-16BE", true)]
    public async Task Every_encoding_that_says_its_name_is_read(string name, bool mark)
    {
        var encoding = Encoding.GetEncoding(name);
        byte[] content = [.. mark ? encoding.GetPreamble() : [], .. encoding.GetBytes("Caf\u00E9 \u201Cculture\u201D")];

        var file = await EditionFile.ReadAsync("MARCH.TXT", new MemoryStream(content), CancellationToken.None);

        Assert.Null(file.Refusal);
        var paragraph = Assert.IsType<ParagraphBlock>(Assert.Single(file.Blocks));
        Assert.Equal("Caf\u00E9 \u201Cculture\u201D", Assert.Single(paragraph.Lines));
    }

    [Fact]
    public void Both_readers_see_the_same_lists()
    {
        const string text = "It finds:\n\n- one\n  - nested\n- two\n\n1. first\n2. second\n";
        foreach (var name in (string[])["a.txt", "a.md"])
        {
            var blocks = EditionFile.Read(name, Encoding.UTF8.GetBytes(text)).Blocks;

            Assert.Equal(2, Assert.IsType<ListBlock>(blocks[1]).Entries.Count);
            var nested = Assert.IsType<ListBlock>(((ListBlock)blocks[1]).Entries[0].Blocks[1]);
            Assert.Equal("nested", Assert.IsType<ParagraphBlock>(nested.Entries[0].Blocks[0]).Lines[0]);
        }
    }

    [Fact]
    public void A_link_with_its_address_elsewhere_gets_it_back()
    {
        var blocks = EditionFile.Read("a.md", "See [the report][1] today.\n\nMore.\n\n[1]: https://example.org/report\n"u8.ToArray()).Blocks;

        Assert.Equal("See [the report](https://example.org/report) today.", ((ParagraphBlock)blocks[0]).Lines[0]);
        Assert.Equal(2, blocks.Count);
    }

    private static string? Refusal(string name, byte[] content)
    {
        var file = EditionFile.Read(name, content);
        Assert.Empty(file.Blocks);
        return file.Refusal;
    }

    private sealed class EndlessStream : Stream
    {
        public long Served { get; private set; }

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => 1;

        public override long Position { get => Served; set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            buffer.AsSpan(offset, count).Fill((byte)'a');
            Served += count;
            return count;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
