using System.Text;
using CordisPulse.Core.Import;

namespace CordisPulse.Tests.Import;

public sealed class EmailReaderTests
{
    [Fact]
    public void The_lines_above_a_forwarded_newsletter_are_set_aside()
    {
        var text = Read("""
            From: ann@example.org
            Subject: Fwd: the digest
            Date: Mon, 04 Mar 2024 09:00:00 +0000
            Content-Type: text/plain; charset=utf-8

            Have a look at this.

            ---------- Forwarded message ---------
            From: The digest <digest@example.org>
            Date: Fri, 1 Mar 2024 at 09:00
            Subject: The digest
            To: <ann@example.org>

            The newsletter itself.
            """);

        Assert.Equal("The newsletter itself.", ((ParagraphBlock)Assert.Single(text.Blocks)).Lines[0]);
        var aside = Assert.Single(text.SetAside);
        Assert.Contains("Have a look at this.", aside.Text, StringComparison.Ordinal);
        Assert.Contains("Subject: The digest", aside.Text, StringComparison.Ordinal);
        Assert.Equal("2024-03", text.SentIn.ToString());
    }

    [Theory]
    [InlineData("text/plain; charset=us-ascii", "utf-8")]
    [InlineData("text/plain", "utf-8")]
    [InlineData("text/plain; charset=us-ascii", "windows-1252")]
    [InlineData("text/html", "windows-1252")]
    [InlineData("text/html; charset=US-ASCII", "utf-8")]
    public void Letters_survive_where_the_mail_says_that_it_has_none_but_ascii(string type, string encoding)
    {
        byte[] content = [.. Encoding.ASCII.GetBytes($"Subject: x\nContent-Type: {type}\nContent-Transfer-Encoding: 8bit\n\n"), .. CodePagesEncodingProvider.Instance.GetEncoding(encoding)?.GetBytes("Café “Łódź” – £5\n".Replace("Łódź", encoding == "utf-8" ? "Łódź" : "Orléans", StringComparison.Ordinal)) ?? Encoding.UTF8.GetBytes("Café “Łódź” – £5\n")];

        var line = ((ParagraphBlock)Assert.Single(new EmailReader().Read(content).Blocks)).Lines[0];

        Assert.Equal(encoding == "utf-8" ? "Café “Łódź” – £5" : "Café “Orléans” – £5", line);
    }

    [Fact]
    public void Marks_of_quotation_go()
    {
        var text = Read("Subject: x\nContent-Type: text/plain\n\n> One line\n> and another.\n>\n> > Deeper.\n");

        Assert.Equal(["One line", "and another."], ((ParagraphBlock)text.Blocks[0]).Lines);
    }

    [Fact]
    public void A_newsletter_forwarded_as_an_attachment_is_read_and_what_stands_around_it_is_set_aside()
    {
        var text = Read("""
            From: ann@example.org
            Subject: for the archive
            Content-Type: multipart/mixed; boundary=b

            --b
            Content-Type: text/plain

            Here it is.
            --b
            Content-Type: message/rfc822

            From: digest@example.org
            Subject: The digest of May 2024
            Content-Type: text/html; charset=iso-8859-1
            Content-Transfer-Encoding: base64

            PHA+Q2Fm6SBjdWx0dXJlPC9wPg==
            --b
            Content-Type: application/pdf; name="annex.pdf"
            Content-Disposition: attachment; filename="annex.pdf"
            Content-Transfer-Encoding: base64

            AAAA
            --b--
            """);

        Assert.Equal("Caf\u00E9 culture", ((ParagraphBlock)Assert.Single(text.Blocks)).Lines[0]);
        Assert.Equal("Here it is.", Assert.Single(text.SetAside).Text);
        Assert.Equal(["The attachment “annex.pdf” was left out."], text.NeedsALook);
        Assert.Equal("2024-05", text.SentIn.ToString());
    }

    [Theory]
    [InlineData("", "a.eml is empty.")]
    [InlineData("just some words", "a.eml is not an e-mail message.")]
    [InlineData("Subject: nothing\n\n", "a.eml holds no text: neither as a web page nor as plain text.")]
    public void What_is_no_message_is_refused(string content, string refusal)
        => Assert.Equal(refusal, EditionFile.Read("a.eml", Encoding.UTF8.GetBytes(content)).Refusal);

    private static FileText Read(string message)
    {
        var file = EditionFile.Read("a.eml", Encoding.UTF8.GetBytes(message.ReplaceLineEndings("\r\n")));
        Assert.Null(file.Refusal);
        return file.Text;
    }
}
