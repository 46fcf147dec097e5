using System.IO.Compression;
using System.Text;
using CordisPulse.Core.Accounts;
using CordisPulse.Core.Editions;
using CordisPulse.Core.Intake;
using CordisPulse.Tests.Outbound;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Tests.Areas.Editor.Intake;

/// <summary>Pages and PDFs that were made to break who reads them, or that nobody took care of: each is settled, and says why.</summary>
public sealed class HostilePageTests(WatchingApp app) : IClassFixture<WatchingApp>
{
    private const string TooLong = "It takes too long to read.";
    private const string TooLarge = "The PDF unpacks to more than can be read.";

    [Fact]
    public async Task A_pdf_that_unpacks_without_end_is_not_unpacked()
    {
        var zeros = Packed(new byte[1024 * 1024], 300);
        var pdfs = new Dictionary<string, byte[]>
        {
            ["/stream.pdf"] = Pdf("/Size 9 /W [1 2 1] /Filter /FlateDecode", zeros),
            ["/twice.pdf"] = Pdf("/Size 9 /W [1 2 1] /Filter [/FlateDecode /FlateDecode]", Packed(zeros, 1)),
            ["/hex.pdf"] = Pdf("/Size 9 /W [1 2 1] /Filter [/ASCIIHexDecode /Fl#61teDecode]", Encoding.ASCII.GetBytes(Convert.ToHexString(zeros) + ">")),
            ["/size.pdf"] = Pdf("/Size 2000000000 /W [1 2 1]", new byte[100]),
            ["/index.pdf"] = Pdf("/Size 9 /Index [0 2000000000] /W [1 2 1]", new byte[100]),
            ["/columns.pdf"] = Pdf("/Size 9 /W [1 2 1] /Filter /FlateDecode /DecodeParms << /Predictor 12 /Columns 2000000000 >>", zeros[..1000]),
        };
        await using var site = await LoopbackSite.StartAsync();
        foreach (var (path, pdf) in pdfs)
            Send(site, path, "application/pdf", pdf);

        foreach (var item in await ReadAsync(site, pdfs.Keys))
            Assert.Equal((PageReading.Failed, TooLarge), (item.Intake!.Reading, item.Intake.Problem));
    }

    [Fact]
    public async Task A_pdf_that_nests_or_leads_to_itself_without_end_is_called_damaged()
    {
        await using var site = await LoopbackSite.StartAsync();
        Send(site, "/nested.pdf", "application/pdf", Encoding.ASCII.GetBytes("%PDF-1.4\n1 0 obj " + Repeated("[", 1_000_000)));
        Send(site, "/round.pdf", "application/pdf", "%PDF-1.4\nxref\n0 1\n0000000000 65535 f \ntrailer << /Size 1 /Root 1 0 R /Prev 9 >>\nstartxref\n9\n%%EOF"u8.ToArray());

        foreach (var item in await ReadAsync(site, ["/nested.pdf", "/round.pdf"]))
            Assert.Equal("The PDF is damaged or locked.", item.Intake!.Problem);
    }

    [Fact]
    public async Task A_pdf_that_names_itself_is_read()
    {
        await using var site = await LoopbackSite.StartAsync();
        Send(site, "/good.pdf", "application/octet-stream", Encoding.Latin1.GetBytes("""
            %PDF-1.4
            1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj
            2 0 obj << /Type /Pages /Kids [3 0 R] /Count 1 >> endobj
            3 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 100 100] >> endobj
            4 0 obj << /Title (Counting bridges) /Author (Ada Example; Bob Example) /Subject (See doi:10.1234/bridges.) >> endobj
            trailer << /Size 5 /Root 1 0 R /Info 4 0 R >>
            """));

        var item = Assert.Single(await ReadAsync(site, ["/good.pdf"]));

        Assert.Equal((PageReading.Read, "Counting bridges", "10.1234/bridges"), (item.Intake!.Reading, item.Title, item.Doi));
        Assert.Equal(["Ada Example", "Bob Example"], item.Authors);
    }

    [Fact]
    public async Task A_page_that_is_slow_to_parse_ends_within_seconds()
    {
        var pages = new Dictionary<string, string>
        {
            ["/unopened"] = Repeated("<div></x>", 200_000),
            ["/misnested"] = Repeated("<b><i></b></i>", 100_000),
            ["/attributes"] = $"<p {string.Concat(Enumerable.Range(0, 300_000).Select(i => $"a{i}=1 "))}>",
            ["/tables"] = Repeated("<table><div></table>", 100_000),
            ["/adopted"] = Repeated("<a href=x><div></a>", 100_000),
            ["/comment"] = "<!--" + new string('-', 5_000_000),
            ["/formatting"] = string.Concat(Enumerable.Range(0, 100_000).Select(i => $"<p><font color=a{i}></p>")),
            ["/fostered"] = "<table>" + Repeated("x<b></i>", 200_000),
            ["/drawn"] = Repeated("<svg></x>", 100_000),
            ["/hidden"] = Repeated("<div><table></div></table>", 200_000),
        };
        await using var site = await LoopbackSite.StartAsync();
        foreach (var (path, html) in pages)
            site.Html(path, "<title>A slow page</title><body>" + html);

        foreach (var item in await ReadAsync(site, pages.Keys))
            Assert.True(item is { Title: "A slow page", Intake.Problem: null } or { Title: "", Intake.Problem: TooLong }, $"{item.Url}: {item.Title} {item.Intake!.Problem}");
    }

    [Fact]
    public async Task A_page_with_half_a_character_or_an_encoding_that_is_none_is_read_once()
    {
        await using var site = await LoopbackSite.StartAsync();
        site.Html("/half", """<title>Whole</title><script type="application/ld+json">{"@type":"Report","name":"\ud800 half","author":{"name":"\udc00"}}</script>""");
        Send(site, "/utf-7", "text/html; charset=\"utf-7\"", "<title>Seven</title>"u8.ToArray());
        Send(site, "/none", "text/html; charset=x-no-such-thing", "<title>None</title>"u8.ToArray());

        var items = await ReadAsync(site, ["/half", "/utf-7", "/none"]);

        Assert.Equal([("Whole", 1), ("Seven", 1), ("None", 1)], items.Select(item => (item.Title, item.Intake!.Attempts)));
        Assert.All(items, item => Assert.Equal(PageReading.Read, item.Intake!.Reading));
    }

    [Fact]
    public async Task A_page_is_read_in_the_encoding_that_it_is_in()
    {
        const string title = "Café “quoted”";
        var windows = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;
        await using var site = await LoopbackSite.StartAsync();
        Send(site, "/its-own", "text/html", windows.GetBytes($"<meta charset=\"windows-1252\"><title>{title}</title>"));
        Send(site, "/old-way", "text/html", windows.GetBytes($"<meta http-equiv=content-type content=\"text/html; charset=iso-8859-1\"><title>{title}</title>"));
        Send(site, "/header", "text/html; charset=iso-8859-1", windows.GetBytes($"<title>{title}</title>"));
        Send(site, "/silent", "text/html", windows.GetBytes($"<title>{title}</title>"));
        Send(site, "/mark", "text/html", [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes($"<title>{title}</title>")]);
        Send(site, "/wide", "text/html; charset=utf-16", Encoding.Unicode.GetBytes($"<title>{title}</title>"));

        Assert.All(await ReadAsync(site, ["/its-own", "/old-way", "/header", "/silent", "/mark", "/wide"]), item => Assert.Equal(title, item.Title));
    }

    [Fact]
    public async Task A_page_under_a_wrong_name_is_known_by_its_beginning_and_what_is_none_contradicts_nothing()
    {
        await using var site = await LoopbackSite.StartAsync();
        Send(site, "/as.pdf", "application/pdf", "<!DOCTYPE html><title>A page</title>"u8.ToArray());
        Send(site, "/nothing.pdf", "application/pdf", "nothing"u8.ToArray());
        Send(site, "/nul", "text/html", [(byte)'<', 0, 1, 2]);
        Send(site, "/sound", "audio/mpeg", [1, 2, 3]);

        var items = await ReadAsync(site, ["/as.pdf", "/nothing.pdf", "/nul", "/sound"]);

        Assert.Equal(
            [
                ("A page", null),
                ("", "It is neither a web page nor a PDF, but its type says application/pdf."),
                ("", "It is neither a web page nor a PDF, but its type says text/html."),
                ("", "It is neither a web page nor a PDF but audio/mpeg."),
            ],
            items.Select(item => (item.Title, item.Intake!.Problem)));
    }

    [Fact]
    public async Task What_nobody_sees_in_a_page_is_not_taken_from_it()
    {
        await using var site = await LoopbackSite.StartAsync();
        site.Html("/unseen", "<meta name=citation_title content='Re&#x202E;ports &#x2066;on&shy;line&#x200B;'><meta name=citation_author content='Ada&#x202E; Example'>"
            + "<meta name=citation_doi content='10.1234/&#x202E;cba&#x2069;'><meta name=citation_publisher content='&#x3164;&#x202E;'>");

        var item = Assert.Single(await ReadAsync(site, ["/unseen"]));

        Assert.Equal(("Reports online", "10.1234/cba", null), (item.Title, item.Doi, item.Intake!.Publisher));
        Assert.Equal(["Ada Example"], item.Authors);
    }

    [Fact]
    public async Task Links_that_differ_by_where_somebody_came_from_are_one()
    {
        using var editor = await app.SignInAsync(Roles.Editor);
        string[] same =
        [
            "https://same.example.org/page?id=1", "https://same.example.org./page?id=1&gad_source=1&gbraid=x", "https://www.same.example.org/page?id=1&mkt_tok=a&_gl=b&ttclid=c",
            "https://same.example.org/page?yclid=1&id=1&li_fat_id=2&s_cid=3&wbraid=4&twclid=5&_ga=6&gad_campaignid=7", "https://same.example.org/page?id=1&ref=Twitter",
        ];

        await PasteAsync(editor, [.. same, "https://same.example.org/page?id=1&ref=chapter-2"]);

        var links = await app.QueryAsync(db => db.EditionItems.Where(item => item.Url!.Contains("same.example.org")).Select(item => item.Url).Order().ToListAsync());
        Assert.Equal([same[0], "https://same.example.org/page?id=1&ref=chapter-2"], links);
    }

    /// <summary>Pastes the links as an editor does.</summary>
    /// <returns>The items in their order, once each is settled.</returns>
    private async Task<IReadOnlyList<EditionItem>> ReadAsync(LoopbackSite site, IEnumerable<string> paths)
    {
        using var editor = await app.SignInAsync(Roles.Editor);
        List<string> links = [.. paths.Select(path => site.At(path).ToString())];
        await PasteAsync(editor, links);
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        while (true)
        {
            var items = await app.QueryAsync(db => db.EditionItems.AsNoTracking().Include(item => item.Intake).Where(item => links.Contains(item.Url!)).ToListAsync());
            Assert.Equal(links.Count, items.Count);
            if (items.TrueForAll(item => item.Intake!.NextReadingUtc == null))
                return [.. items.OrderBy(item => links.IndexOf(item.Url!))];
            await Task.Delay(100, patience.Token);
        }
    }

    private static async Task PasteAsync(Visitor editor, IEnumerable<string> links)
        => await editor.SubmitAsync(await editor.GetAsync("/editor/intake"), new() { ["Form.Links"] = string.Join('\n', links) }, "#links-form");

    private static void Send(LoopbackSite site, string path, string type, byte[] content) => site.On(path, async context =>
    {
        context.Response.ContentType = type;
        await context.Response.Body.WriteAsync(content);
    });

    /// <summary>A file whose only stream is its table of contents.</summary>
    private static byte[] Pdf(string dictionary, byte[] stream)
    {
        var start = "%PDF-1.5\n";
        return [.. Encoding.ASCII.GetBytes($"{start}1 0 obj\n<< /Type /XRef /Root 1 0 R {dictionary} /Length {stream.Length} >>\nstream\n"), .. stream, .. Encoding.ASCII.GetBytes($"\nendstream\nendobj\nstartxref\n{start.Length}\n%%EOF")];
    }

    private static byte[] Packed(byte[] content, int times)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            for (var i = 0; i < times; i++)
                zlib.Write(content);
        return packed.ToArray();
    }

    private static string Repeated(string text, int times) => string.Concat(Enumerable.Repeat(text, times));
}
