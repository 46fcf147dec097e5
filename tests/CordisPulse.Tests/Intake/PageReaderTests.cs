using System.Text;
using CordisPulse.Core.Intake;
using CordisPulse.Core.Outbound;
using CordisPulse.Tests.Outbound;
using Microsoft.Extensions.Options;

namespace CordisPulse.Tests.Intake;

/// <summary>What is read from pages that are no reports themselves, and from PDFs that hardly say what they are.</summary>
public sealed class PageReaderTests
{
    [Theory]
    [InlineData("<title>Redirecting…</title><meta http-equiv=\"refresh\" content=\"0; url=/report\"><p>You are being sent on.</p>")]
    [InlineData("<META HTTP-EQUIV=Refresh CONTENT=\"2;URL='report'\"><script>location = 'elsewhere and far away'</script>")]
    public async Task A_page_that_only_sends_on_leads_to_the_one_that_is_meant(string html)
    {
        await using var site = await LoopbackSite.StartAsync();
        site.Html("/moved", html).Html("/report", "<title>Counting lampposts</title>");

        Assert.Equal("Counting lampposts", (await ReadAsync(site.At("/moved"))).Facts?.Title);
        Assert.Equal(2, site.Requests);
    }

    [Fact]
    public async Task It_is_followed_once_and_only_to_web_pages_and_one_that_is_read_stays()
    {
        await using var site = await LoopbackSite.StartAsync();
        site.Html("/one", Refresh("/two")).Html("/two", Refresh("/one")).Html("/script", Refresh("javascript:alert(1)")).Redirect("/home", "/gone").Html("/lost", Refresh("/home"))
            .Html("/itself", "<title>Every minute</title>" + Refresh("/itself#top"))
            .Html("/late", "<title>Much later</title><meta http-equiv='refresh' content='300; url=/one'>")
            .Html("/text", $"<title>An article</title>{Refresh("/one")}<p>{string.Concat(Enumerable.Repeat("Words of its own. ", 40))}</p>")
            .Html("/unscripted", $"<title>For scripts</title><noscript>{Refresh("/one")}</noscript>");

        Assert.Equal("It redirects again and again.", (await ReadAsync(site.At("/one"))).Problem);
        Assert.Equal("It leads to an address that is no web page.", (await ReadAsync(site.At("/script"))).Problem);
        Assert.Equal("The site has no such page.", (await ReadAsync(site.At("/lost"))).Problem);
        foreach (var (path, title) in new[] { ("/itself", "Every minute"), ("/late", "Much later"), ("/text", "An article"), ("/unscripted", "For scripts") })
            Assert.Equal(title, (await ReadAsync(site.At(path))).Facts?.Title);
    }

    [Theory]
    [InlineData("404 – Page not found", true)]
    [InlineData("Error 404 | Example House", true)]
    [InlineData("Page not found - Example House", true)]
    [InlineData("Sorry, this page can't be found", true)]
    [InlineData("Not Found", true)]
    [InlineData("404 children in care: a count", false)]
    [InlineData("Not found: missing children", false)]
    [InlineData("Pages of a diary", false)]
    public async Task A_page_that_says_it_is_not_there_is_none_whatever_its_server_says(string title, bool isMissing)
    {
        await using var site = await LoopbackSite.StartAsync();
        site.Html("/page", $"<title>{title}</title>");

        var page = await ReadAsync(site.At("/page"));

        Assert.Equal(isMissing ? (null, $"The page says that it is not there: it is called “{title}”.") : (title, null), (page.Facts?.Title, page.Problem));
    }

    [Theory]
    [InlineData("PowerPoint Presentation", null)]
    [InlineData("Microsoft Word - final v3.docx", null)]
    [InlineData("untitled", null)]
    [InlineData("Slide 1", null)]
    [InlineData("report_final.indd", null)]
    [InlineData("Presentations of dementia", "Presentations of dementia")]
    public async Task A_title_that_a_program_made_up_is_none(string title, string? read)
        => Assert.Equal(read, (await ReadPdfAsync(title, "Ada Example")).Title);

    [Theory]
    [InlineData(@"EXAMPLE\\jsmith", new string[0])]
    [InlineData("jsmith", new string[0])]
    [InlineData("JSmith02", new string[0])]
    [InlineData("Windows User", new string[0])]
    [InlineData("j.smith@example.org; Ada Example", new[] { "Ada Example" })]
    [InlineData("Barnardo's", new[] { "Barnardo's" })]
    [InlineData("NSPCC", new[] { "NSPCC" })]
    public async Task The_login_of_whoever_made_the_file_is_no_author(string author, string[] read)
        => Assert.Equal(read, (await ReadPdfAsync("Counting bridges", author)).Authors);

    private static string Refresh(string to) => $"<meta http-equiv=\"refresh\" content=\"0;url={to}\">";

    private static async Task<PageFacts> ReadPdfAsync(string title, string author)
    {
        await using var site = await LoopbackSite.StartAsync();
        site.On("/file", context => context.Response.Body.WriteAsync(Encoding.Latin1.GetBytes($"""
            %PDF-1.4
            1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj
            2 0 obj << /Type /Pages /Kids [3 0 R] /Count 1 >> endobj
            3 0 obj << /Type /Page /Parent 2 0 R /MediaBox [0 0 100 100] >> endobj
            4 0 obj << /Title ({title}) /Author ({author}) >> endobj
            trailer << /Size 5 /Root 1 0 R /Info 4 0 R >>
            """)).AsTask());
        return Assert.IsType<PageFacts>((await ReadAsync(site.At("/file"))).Facts);
    }

    private static async Task<ReadPage> ReadAsync(Uri address)
    {
        using var client = new OutboundClient(Options.Create(new OutboundOptions { AllowPrivateAddresses = true }));
        return await new PageReader(client).ReadAsync(address, CancellationToken.None);
    }
}
