using System.Text;
using AngleSharp.Html.Parser;
using CordisPulse.Core.Editions;
using CordisPulse.Core.Hosting;
using CordisPulse.Core.Mailings.Looks;
using CordisPulse.Core.Mailings.Messages;
using CordisPulse.Tests.Builders;
using Microsoft.Extensions.DependencyInjection;

namespace CordisPulse.Tests.Mailings.Looks;

public sealed class MailLookTests(PulseApp app) : IClassFixture<PulseApp>
{
    private const string EverySortOfText = """
        A paragraph with **bold**, a [link](https://example.org/a) and `code`.

        - one
        - two

        1. first

        > quoted

        | a | b |
        |---|---|
        | 1 | 2 |

            preformatted

        ---

        ## A heading
        """;

    /// <summary>A style that no rule knows would be shown as followed by every program, and nobody would have looked.</summary>
    [Fact]
    public async Task Every_style_that_a_mail_uses_is_known()
    {
        var mail = new HtmlParser().ParseDocument(await RenderAsync());
        var tags = mail.QuerySelectorAll("[style]").SelectMany(element => StyleText.Declarations(element.GetAttribute("style")!));
        var sheet = mail.QuerySelectorAll("style").SelectMany(style => style.TextContent.Split('{', '}'))
            .Where(part => part.Contains(':', StringComparison.Ordinal) && !part.Contains('@', StringComparison.Ordinal) && !part.StartsWith(':'))
            .SelectMany(StyleText.Declarations);

        var unknown = tags.Concat(sheet).Select(declaration => declaration.Property).Distinct().Where(property => MailPrograms.OfProperty(property) is null);

        Assert.Empty(unknown);
    }

    [Fact]
    public async Task The_program_that_follows_everything_leaves_the_mail_as_it_is()
    {
        var html = await RenderAsync();

        var seen = MailLook.In(MailPrograms.Find("apple-mail"), html, dark: false);

        Assert.Empty(seen.Effects);
        Assert.Equal(Words(html), Words(seen.Html));
        Assert.DoesNotContain("prefers-color-scheme", seen.Html, StringComparison.Ordinal);
        Assert.Contains("max-width:480px", seen.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Outlook_keeps_padding_on_cells_alone_and_reads_its_own_table()
    {
        var seen = MailLook.In(MailPrograms.Find("outlook-windows"), await RenderAsync(), dark: false);

        var document = new HtmlParser().ParseDocument(seen.Html);
        Assert.NotEmpty(document.QuerySelectorAll("td[style*=padding]"));
        Assert.Empty(document.QuerySelectorAll("p[style*=padding], ul[style*=padding], h3[style*=padding]"));
        Assert.NotNull(document.QuerySelector("table[width='640']"));
        Assert.Contains(seen.Effects, effect => effect.Contains("table cells keep theirs", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("apple-mail", "#1b1f23!important", null)]
    [InlineData("outlook-com", "#1b1f23!important", null)]
    [InlineData("outlook-windows", "background:#141414", "Our own dark colours are not used.")]
    [InlineData("gmail-app", "background:#141414", "turns our colours round")]
    [InlineData("gmail-web", "background:#ffffff", "stays light")]
    public async Task In_dark_mode_a_program_uses_our_colours_turns_them_or_leaves_them(string program, string ground, string? effect)
    {
        var seen = MailLook.In(MailPrograms.Find(program), await RenderAsync(), dark: true);

        Assert.Contains(ground, seen.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("@media (prefers-color-scheme", seen.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("light dark", seen.Html, StringComparison.Ordinal);
        if (effect is null)
            Assert.DoesNotContain(seen.Effects, said => said.Contains("dark", StringComparison.Ordinal));
        else
            Assert.Contains(seen.Effects, said => said.Contains(effect, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("gmail-web", true)]
    [InlineData("gmail-app", true)]
    [InlineData("apple-mail", false)]
    [InlineData("outlook-com", false)]
    public async Task Gmail_cuts_a_long_mail_off_and_it_is_told_from_where(string program, bool cuts)
    {
        var html = await RenderAsync(items: 40, summary: string.Concat(Enumerable.Repeat("Council spending on care – “up again”. ", 80)));
        Assert.True(Encoding.UTF8.GetByteCount(html) > 102_000);

        var seen = MailLook.In(MailPrograms.Find(program), html, dark: false);

        Assert.Equal(cuts, seen.Html.Contains("[Message clipped]", StringComparison.Ordinal));
        Assert.Equal(!cuts, Words(seen.Html).Contains("Unsubscribe", StringComparison.Ordinal));
        if (cuts)
        {
            var shown = new HtmlParser().ParseDocument(seen.Html).QuerySelectorAll("h4").Length;
            Assert.Contains(seen.Effects, effect => effect.Contains($"“Item {shown + 1}”", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Where_the_style_sheet_is_dropped_what_it_did_is_told()
    {
        var seen = MailLook.In(MailPrograms.Find("gmail-app-elsewhere"), await RenderAsync(), dark: false);

        Assert.DoesNotContain("<style", seen.Html, StringComparison.Ordinal);
        Assert.Contains(seen.Effects, effect => effect.Contains("On a phone", StringComparison.Ordinal));
    }

    private static string Words(string html) => string.Join(' ', new HtmlParser().ParseDocument(html).Body!.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private async Task<string> RenderAsync(int items = 2, string summary = EverySortOfText)
    {
        var builder = new EditionBuilder().News("News of ours", news =>
        {
            news.Body = summary;
            news.EventOn = new DateOnly(2030, 1, 2);
            news.Deadline = new DateOnly(2030, 1, 1);
        });
        for (var i = 1; i <= items; i++)
            builder.Item($"Item {i}", item =>
            {
                item.Summary = summary;
                item.Authors = ["Ada Example"];
            });
        var edition = await builder.SaveAsync(app);
        return await app.InScopeAsync(async services =>
        {
            var document = await services.GetRequiredService<EditionDocumentReader>().ReadDraftAsync(edition.Month);
            return (await services.GetRequiredService<EditionMail>().RenderForLookAsync(document!, services.GetRequiredService<PublicAddress>().Links)).Html;
        });
    }
}
