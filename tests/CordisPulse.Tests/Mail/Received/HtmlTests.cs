using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace CordisPulse.Tests.Mail.Received;

/// <summary>The HTML of each of our mails, as screen readers, dark screens and programs without images have it.</summary>
[Collection(AllReceivedMail.Name)]
public sealed class HtmlTests(ReceivedMailFixture mail)
{
    [Fact]
    public void Nothing_is_fetched_when_a_mail_is_opened()
        => Assert.All(mail.OneOfEach, one =>
        {
            var page = Parse(one);
            Assert.Empty(page.QuerySelectorAll("img, picture, video, audio, svg, object, embed, iframe, script, link, form, [background], [srcset]"));
            Assert.DoesNotContain("url(", one.Html, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("@import", one.Html, StringComparison.OrdinalIgnoreCase);
        });

    [Fact]
    public void A_screen_reader_is_told_the_language_the_title_and_the_headings_in_order()
        => Assert.All(mail.OneOfEach, one =>
        {
            var page = Parse(one);
            Assert.Equal(("en-GB", "ltr"), (page.DocumentElement.GetAttribute("lang"), page.DocumentElement.GetAttribute("dir")));
            Assert.NotEmpty(page.Title!);
            var levels = page.QuerySelectorAll("h1, h2, h3, h4, h5, h6").Select(heading => heading.LocalName[1] - '0').ToList();
            Assert.Equal((1, 1), (levels[0], levels.Count(level => level == 1)));
            Assert.All(levels.Zip(levels.Skip(1)), pair => Assert.InRange(pair.Second, 2, pair.First + 1));
            Assert.All(page.QuerySelectorAll("table").Where(table => table.QuerySelector("th") is null), table => Assert.Equal("presentation", table.GetAttribute("role")));
            Assert.All(page.QuerySelectorAll("a"), link => Assert.Matches(@"\w", link.TextContent));
        });

    /// <summary>The plain text is written from top to bottom; the HTML says the same in the same order.</summary>
    [Fact]
    public void The_edition_reads_in_the_order_of_its_text()
    {
        var text = string.Join(' ', mail.Edition.PlainText.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).ToUpperInvariant();
        // The contents name the items as well, so what is looked for stands below the first heading of a sector.
        var at = 0;
        foreach (var title in Parse(mail.Edition).QuerySelectorAll("h4").Select(title => string.Join(' ', title.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).ToUpperInvariant()))
        {
            at = text.IndexOf(title, at, StringComparison.Ordinal);
            Assert.True(at >= 0, $"'{title}' is not where it should be.");
        }
    }

    /// <summary>A program follows our dark colours, turns ours round, or leaves the mail light; each needs to be told that dark is meant, and every light colour written out.</summary>
    [Fact]
    public void A_mail_says_that_it_has_dark_colours_and_writes_its_light_ones_on_its_tags()
        => Assert.All(mail.OneOfEach, one =>
        {
            var page = Parse(one);
            Assert.Equal("light dark", page.QuerySelector("meta[name=color-scheme]")?.GetAttribute("content"));
            Assert.Equal("light dark", page.QuerySelector("meta[name=supported-color-schemes]")?.GetAttribute("content"));
            if (one.What is not (MailSort.Edition or MailSort.Test))
            {
                // Without a colour of its own a mail takes those of the program, dark or light, both text and ground.
                Assert.DoesNotMatch("color:#|background", page.DocumentElement.OuterHtml);
                return;
            }

            Assert.Contains("@media (prefers-color-scheme:dark)", page.QuerySelector("style")!.TextContent, StringComparison.Ordinal);
            Assert.All(WrittenOut.Texts(page), text => Assert.True(WrittenOut.HasColour(text), text.Data));
        });

    private static IHtmlDocument Parse(Specimen one) => new HtmlParser().ParseDocument(one.Html);
}

/// <summary>Whether a text's colour stands on a tag, whatever becomes of the style sheet.</summary>
internal static partial class WrittenOut
{
    public static IEnumerable<IText> Texts(IHtmlDocument document)
        => document.Body!.Descendants<IText>().Where(text => text.Data.Trim().Length > 0 && text.ParentElement?.LocalName is not ("style" or "title"));

    public static bool HasColour(IText text)
    {
        for (var at = text.ParentElement; at is not null; at = at.ParentElement)
        {
            if (Colour().IsMatch(at.GetAttribute("style") ?? ""))
                return true;
        }

        return false;
    }

    [System.Text.RegularExpressions.GeneratedRegex("(^|;)color:#[0-9a-f]{6}")]
    private static partial System.Text.RegularExpressions.Regex Colour();
}
