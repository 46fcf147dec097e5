using System.IO.Compression;
using System.Net;
using System.Text;
using CordisPulse.Core.Import;

namespace CordisPulse.Tests.Import;

/// <summary>Files as they come out of a broken disk: whatever the bytes, a file is read or refused in one line.</summary>
public sealed class ReaderPropertyTests
{
    private const int Runs = 150;

    [Theory]
    [InlineData("edition.html", 1)]
    [InlineData("edition.eml", 2)]
    [InlineData("edition.docx", 3)]
    public void A_damaged_file_is_read_or_refused_in_one_line(string name, int seed)
    {
        var content = EditionFormatTests.Content(name);
        var random = new Random(seed);
        for (var i = 0; i < Runs; i++)
            Check(name, Damaged(content, random));
    }

    [Fact]
    public void A_document_whose_text_is_damaged_is_read_or_refused_in_one_line()
    {
        var parts = Unpacked(EditionFormatTests.Content("edition.docx"));
        var random = new Random(4);
        for (var i = 0; i < Runs; i++)
        {
            var part = parts.Keys.ElementAt(random.Next(parts.Count));
            Check("edition.docx", Packed(parts, part, Damaged(parts[part], random)));
        }
    }

    [Fact]
    public void No_word_of_a_page_is_lost_however_its_elements_stand()
    {
        string[] pieces =
        [
            "<p>", "</p>", "<div>", "</div>", "<table>", "<tr>", "<td>", "<th>", "</td>", "</tr>", "</table>", "<ul>", "<ol>", "<li>", "</li>", "</ul>", "</ol>", "<b>", "</b>", "<i>", "</i>", "<h2>", "</h2>", "<br>", "<blockquote>",
            "</blockquote>", "<a href='https://example.org/x'>", "</a>", "<pre>", "</pre>", "<span style='font-size:30px'>", "</span>", "words", " stand ", "here.", "1. First", "• dot", "Criminal Justice", "Reports", "*", "_", "[", "](", "|", "&amp;", "\n",
        ];
        var random = new Random(5);
        for (var i = 0; i < 400; i++)
        {
            var drawn = Enumerable.Range(0, random.Next(3, 60)).Select(_ => pieces[random.Next(pieces.Length)]).ToList();
            var file = EditionFile.Read("a.html", Encoding.UTF8.GetBytes(string.Join(' ', drawn)));
            if (file.Refusal is null)
                Conservation.Check(WebUtility.HtmlDecode(string.Join(' ', drawn.Where(piece => !piece.StartsWith('<') && piece != "1. First"))), EditionRecogniser.Recognise(file.Blocks, ImportVocabulary.Full));
        }
    }

    private static void Check(string name, byte[] content)
    {
        var file = EditionFile.Read(name, content);
        if (file.Refusal is { } refusal)
            Assert.DoesNotContain('\n', refusal);
        else
            EditionRecogniser.Recognise(file.Blocks, ImportVocabulary.Full);
    }

    /// <summary>Some bytes changed, a stretch taken out, put in twice, or all after it cut off.</summary>
    private static byte[] Damaged(byte[] content, Random random)
    {
        var damaged = content.ToArray();
        for (var i = random.Next(1, 20); i > 0; i--)
            damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
        var (from, length) = (random.Next(damaged.Length), random.Next(1, 400));
        var to = Math.Min(damaged.Length, from + length);
        return random.Next(4) switch
        {
            0 => damaged[..from],
            1 => [.. damaged[..from], .. damaged[to..]],
            2 => [.. damaged[..to], .. damaged[from..]],
            _ => damaged,
        };
    }

    private static Dictionary<string, byte[]> Unpacked(byte[] package)
    {
        using var archive = new ZipArchive(new MemoryStream(package));
        return archive.Entries.ToDictionary(entry => entry.FullName, entry =>
        {
            using var content = new MemoryStream();
            using var part = entry.Open();
            part.CopyTo(content);
            return content.ToArray();
        });
    }

    private static byte[] Packed(Dictionary<string, byte[]> parts, string changed, byte[] content)
    {
        using var package = new MemoryStream();
        using (var archive = new ZipArchive(package, ZipArchiveMode.Create, leaveOpen: true))
            foreach (var (name, bytes) in parts)
            {
                using var part = archive.CreateEntry(name).Open();
                part.Write(name == changed ? content : bytes);
            }

        return package.ToArray();
    }
}
