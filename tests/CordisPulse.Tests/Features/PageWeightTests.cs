using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;
using AngleSharp.Html.Parser;

namespace CordisPulse.Tests.Features;

/// <summary>What an edition costs those who open it.</summary>
public sealed class PageWeightTests(PageWeightTests.Site site) : IClassFixture<PageWeightTests.Site>
{
    private const int MostBytes = 25 * 1024;

    public sealed class Site : PulseApp
    {
        public Site() => With("Sample:Load", "true");
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/editions/2024-01")]
    public async Task An_edition_and_its_style_sheet_are_under_25_kilobytes_and_need_nothing_else(string path)
    {
        using var visitor = site.Visit();
        var (page, html) = await FetchAsync(visitor.Http, path);
        var document = await new HtmlParser().ParseDocumentAsync(html);
        var styles = document.QuerySelectorAll("link[rel=stylesheet]").Single().GetAttribute("href")!;
        var css = await visitor.Http.GetStringAsync(styles);
        var sheet = Packed(css);

        Assert.True(page + sheet < MostBytes, $"{path} has {page} bytes, and its style sheet {sheet}.");
        Assert.Empty(document.QuerySelectorAll("script, style, [style], img, picture, video, audio, iframe, object, embed, image, link[rel=preload], link[rel=modulepreload]"));
        Assert.DoesNotContain("@font-face", css, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("@import", css, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("url(", css, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>As a browser gets it: the bytes that came, and what they say.</summary>
    private static async Task<(int Bytes, string Text)> FetchAsync(HttpClient http, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { AcceptEncoding = { new StringWithQualityHeaderValue("br") } } };
        using var answer = await http.SendAsync(request);
        Assert.Equal(["br"], answer.Content.Headers.ContentEncoding);
        var sent = await answer.Content.ReadAsByteArrayAsync();
        using var reader = new StreamReader(new BrotliStream(new MemoryStream(sent), CompressionMode.Decompress));
        return (sent.Length, await reader.ReadToEndAsync());
    }

    /// <summary>As <c>dotnet publish</c> does with what is served as a file; a program that is not published serves it as it is.</summary>
    private static int Packed(string file)
    {
        using var packed = new MemoryStream();
        using (var brotli = new BrotliStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
            brotli.Write(Encoding.UTF8.GetBytes(file));
        return (int)packed.Length;
    }
}
