using AngleSharp.Html.Parser;
using CordisPulse.Core.Editions;
using CordisPulse.Core.Hosting;
using CordisPulse.Core.Mailings.Messages;
using CordisPulse.Tests.Mailings;
using Microsoft.Extensions.DependencyInjection;

namespace CordisPulse.Tests.MailViews;

public sealed class EditionMailTests(PulseApp app) : IClassFixture<PulseApp>
{
    private static readonly SiteLinks Links = new(new Uri("https://pulse.example.org/"));

    [Fact]
    public async Task The_html_part_holds_the_edition_in_order_without_pictures_or_scripts()
    {
        var mail = await RenderAsync(PublishedMonth.Document(MailingLab.Month));
        var page = new HtmlParser().ParseDocument(mail.Html);

        Assert.Equal("en-GB", page.DocumentElement.GetAttribute("lang"));
        Assert.Empty(page.QuerySelectorAll("img, script, link, iframe"));
        Assert.All(page.QuerySelectorAll("table"), table => Assert.Equal("presentation", table.GetAttribute("role")));
        Assert.Equal(
            ["March 2030", "In this edition", "From Cordis Bright", "We are recruiting", "Adult social care & health", "Reports", "Waiting for care", "An old budget (link not kept)", "Criminal justice", "Tools and guidance", "A guide"],
            page.QuerySelectorAll("h1, h2, h3, h4").Select(heading => heading.TextContent.Trim()));
        Assert.Equal("https://example.org/waiting?a=1&b=2", page.QuerySelectorAll("h4 a")[0].GetAttribute("href"));
        Assert.Contains(page.Links, link => link.GetAttribute("href") == "https://pulse.example.org/editions/2030-03/waiting-for-care");
        Assert.StartsWith("Waits, budgets and a guide", page.Body!.TextContent.Trim(), StringComparison.Ordinal);
        Assert.All(page.QuerySelectorAll("a"), link => Assert.Matches("^https://", link.GetAttribute("href")!));
        Assert.All(page.QuerySelectorAll("p, li, h1, h2, h3, h4"), element => Assert.True(element.HasAttribute("style"), element.OuterHtml));
        Assert.InRange(mail.HtmlBytes, 1, EditionMail.MaxHtmlBytes);
    }

    [Fact]
    public async Task The_text_part_reads_as_plain_text()
    {
        var mail = await RenderAsync(PublishedMonth.Document(MailingLab.Month));

        Assert.StartsWith("Waits, budgets and a guide\n\nRead on the web: https://pulse.example.org/editions/2030-03\n", mail.Text, StringComparison.Ordinal);
        Assert.Contains("ADULT SOCIAL CARE & HEALTH", mail.Text, StringComparison.Ordinal);
        Assert.Contains("The Health Foundation: Waiting for care\nhttps://example.org/waiting?a=1&b=2\n", mail.Text, StringComparison.Ordinal);
        Assert.Contains("Waits fell from 32 to 28 days, see the tables (https://example.org/tables).\n\n- One in six is waiting\n- Councils differ", mail.Text, StringComparison.Ordinal);
        Assert.Contains("(link not kept)", mail.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("&amp;", mail.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("\n\n\n\n", mail.Text, StringComparison.Ordinal);
        Assert.All(mail.Text.Split('\n').Where(line => !line.Contains("http", StringComparison.Ordinal)), line => Assert.InRange(line.Length, 0, MailMarkdown.LineLength));
    }

    [Theory]
    [InlineData("\uFDD0")]
    [InlineData("[leave](https://evil.example/\uFDD0)")]
    [InlineData("&#xFDD0; and &#64976;")]
    [InlineData("`\uFDD0` {{token}}")]
    public async Task No_text_of_an_edition_can_have_a_token_put_into_it(string hostile)
    {
        var document = PublishedMonth.Document(MailingLab.Month, hostile) with { Introduction = hostile, Preheader = hostile, Subject = hostile };

        var mail = await RenderAsync(document);

        foreach (var part in new[] { mail.Html, mail.Text })
        {
            Assert.Equal(2, part.Count(c => c == RenderedMail.TokenMark));
            Assert.Contains($"https://pulse.example.org/unsubscribe/{RenderedMail.TokenMark}", part, StringComparison.Ordinal);
            Assert.Contains($"https://pulse.example.org/preferences/{RenderedMail.TokenMark}", part, StringComparison.Ordinal);
        }
    }

    private Task<RenderedMail> RenderAsync(EditionDocument document)
        => app.InScopeAsync(services => services.GetRequiredService<EditionMail>().RenderAsync(document, Links));
}
