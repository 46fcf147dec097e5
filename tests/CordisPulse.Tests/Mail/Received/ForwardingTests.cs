using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using MimeKit;

namespace CordisPulse.Tests.Mail.Received;

/// <summary>Digests are forwarded: what colleagues get stays readable, and hands over nothing of the reader.</summary>
[Collection(AllReceivedMail.Name)]
public sealed class ForwardingTests(ReceivedMailFixture mail)
{
    [Theory]
    [InlineData("Gmail")]
    [InlineData("Outlook")]
    public void A_forward_as_quoted_html_keeps_headings_texts_and_links(string program)
    {
        var original = Parse(mail.Edition.Html);
        var forward = Parse(Sent(program).HtmlBody!);

        Assert.Equal(Headings(original), Headings(forward));
        Assert.InRange(Headings(forward).Count(), 20, int.MaxValue);
        Assert.Equal(Links(original), Links(forward).Where(link => !link.Target.StartsWith("mailto:pulse@", StringComparison.Ordinal)));
        Assert.EndsWith(Words(original), Words(forward), StringComparison.Ordinal);
        // Colours that only the lost style sheet gave would leave dark on dark or light on light.
        Assert.Equal(WrittenOut.Texts(original).Count(), WrittenOut.Texts(forward).Count(WrittenOut.HasColour));
    }

    [Theory]
    [InlineData("Gmail")]
    [InlineData("Outlook")]
    [InlineData("attachment")]
    public void No_link_of_a_forward_carries_a_token_but_those_that_manage_the_subscription(string program)
    {
        var reader = mail.Edition.Person!;
        using var forward = Sent(program);
        var shown = forward.BodyParts.OfType<MimeEntity>().Select(part => part is MessagePart inner ? inner.Message!.HtmlBody! : (part as TextPart)?.Text).OfType<string>();
        var links = shown.SelectMany(html => Links(Parse(html))).Select(link => link.Target).Where(link => !link.StartsWith("mailto:", StringComparison.Ordinal)).ToList();

        Assert.InRange(links.Count, 30, int.MaxValue);
        Assert.Equal(
            [$"https://pulse.example.org/preferences/{reader.Token}", $"https://pulse.example.org/unsubscribe/{reader.Token}"],
            links.Where(link => link.Contains(reader.Token, StringComparison.Ordinal)).Order());
        // Links lead where they say, with nothing behind them that tells one reader's from another's.
        var another = Links(Parse(mail.Editions.ElementAt(1).Html)).Select(link => link.Target).ToHashSet();
        Assert.All(links.Where(link => !link.Contains(reader.Token, StringComparison.Ordinal)), link => Assert.Contains(link, another));
    }

    [Fact]
    public void The_text_part_says_as_little_of_the_reader()
        => Assert.All(mail.Editions, one =>
        {
            Assert.Equal(2, one.PlainText.Split(one.Person!.Token).Length - 1);
            Assert.All(new[] { one.PlainText, one.Html }, part =>
            {
                Assert.DoesNotContain(one.Received.Recipient, part, StringComparison.OrdinalIgnoreCase);
                if (one.Person.Shown.Length > 5)
                    Assert.DoesNotContain(one.Person.Shown, part, StringComparison.Ordinal);
            });
        });

    [Fact]
    public void A_forward_as_an_attachment_is_the_whole_mail_as_it_was()
    {
        using var forward = Sent("attachment");
        using var sent = new MemoryStream();
        forward.WriteTo(sent);
        sent.Position = 0;
        using var received = MimeMessage.Load(sent);
        var inner = Assert.Single(received.BodyParts.OfType<MessagePart>()).Message!;
        Assert.Equal(mail.Edition.Html, inner.HtmlBody);
        Assert.Equal(mail.Edition.PlainText, inner.TextBody);
        Assert.Equal(mail.Edition.Received.Message.MessageId, inner.MessageId);
    }

    private MimeMessage Sent(string program)
    {
        var original = MimeMessage.Load(new MemoryStream(mail.Edition.Received.Raw.ToArray()));
        return program switch
        {
            "Gmail" => ForwardedMail.ByGmail(original),
            "Outlook" => ForwardedMail.ByOutlook(original),
            _ => ForwardedMail.AsAttachment(original),
        };
    }

    private static IHtmlDocument Parse(string html) => new HtmlParser().ParseDocument(html);

    private static IEnumerable<string> Headings(IHtmlDocument document)
        => document.QuerySelectorAll("h1, h2, h3, h4").Select(heading => $"{heading.LocalName} {heading.TextContent.Trim()}");

    private static IEnumerable<(string Target, string Text)> Links(IHtmlDocument document)
        => document.QuerySelectorAll("a[href]").Select(link => (link.GetAttribute("href")!, link.TextContent.Trim()));

    private static string Words(IHtmlDocument document)
        => string.Join(' ', document.Body!.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
