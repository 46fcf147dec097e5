using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using CordisPulse.Core.Mailings.Looks;
using MimeKit;

namespace CordisPulse.Tests.Mail.Received;

/// <summary>Our mail as colleagues get it from a reader who forwards it, made in the manner of each program.</summary>
internal static class ForwardedMail
{
    private const string Reader = "ann@reader.example";
    private const string Colleague = "bob@colleague.example";

    private static readonly HtmlParser Parser = new();

    /// <summary>Styles that Word, by which Outlook for Windows writes, has words for; it writes out no others.</summary>
    private static readonly string[] KnownToWord =
        ["color", "background", "font", "font-family", "font-size", "font-weight", "line-height", "margin", "padding", "border", "border-top", "border-bottom", "border-left", "text-align", "text-decoration", "display", "width"];

    /// <summary>Gmail: the body within a quote; head and style sheets are gone, classes renamed, the styles of the tags kept.</summary>
    public static MimeMessage ByGmail(MimeMessage original)
    {
        var body = Parser.ParseDocument(original.HtmlBody!).Body!;
        foreach (var element in body.QuerySelectorAll("style, script, meta, title, link"))
            element.Remove();
        foreach (var element in body.QuerySelectorAll("[class]"))
            element.SetAttribute("class", string.Join(' ', element.ClassList.Select(name => $"m_8412345678901234567{name}")));
        RemoveComments(body);
        return Forward(original, "Fwd: ", $"""
            <div dir="ltr">Worth a look.<br><br><div class="gmail_quote gmail_quote_container"><div dir="ltr" class="gmail_attr">---------- Forwarded message ---------<br>From: <strong class="gmail_sendername" dir="auto">{original.From.Mailboxes.Single().Name}</strong> <span dir="auto">&lt;<a href="mailto:pulse@sender.example">pulse@sender.example</a>&gt;</span><br>Date: Mon, 4 Mar 2030 at 09:00<br>Subject: {original.Subject}<br>To: {Reader}<br></div><br><br><u></u><div style="{body.GetAttribute("style")}">{body.InnerHtml}</div></div></div>
            """);
    }

    /// <summary>Outlook for Windows: Word's reading of the body, written out again; what it has no words for is lost.</summary>
    public static MimeMessage ByOutlook(MimeMessage original)
    {
        // Word reads the comments that are meant for it.
        var html = original.HtmlBody!.Replace("<!--[if mso]>", "", StringComparison.Ordinal).Replace("<![endif]-->", "", StringComparison.Ordinal);
        var body = Parser.ParseDocument(html).Body!;
        foreach (var element in body.QuerySelectorAll("style, script, meta, title, link"))
            element.Remove();
        RemoveComments(body);
        foreach (var element in body.QuerySelectorAll("*"))
        {
            var style = StyleText.Write(StyleText.Declarations(element.GetAttribute("style") ?? "").Where(declaration => KnownToWord.Contains(declaration.Property)));
            foreach (var attribute in element.Attributes.Select(attribute => attribute.Name).Where(name => name is not ("href" or "width" or "border" or "cellpadding" or "cellspacing" or "align")).ToList())
                element.RemoveAttribute(attribute);
            if (style.Length > 0)
                element.SetAttribute("style", style);
            if (element.LocalName is "p" or "li")
                element.SetAttribute("class", "MsoNormal");
            else if (element.LocalName == "table")
                element.SetAttribute("class", "MsoNormalTable");
        }

        return Forward(original, "FW: ", $$"""
            <html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word" xmlns="http://www.w3.org/TR/REC-html40"><head><meta name=Generator content="Microsoft Word 15 (filtered medium)"><style><!--
            p.MsoNormal, li.MsoNormal, div.MsoNormal {margin:0cm; font-size:11.0pt; font-family:"Calibri",sans-serif;}
            --></style></head><body lang=EN-GB link="#0563C1" vlink="#954F72" style='word-wrap:break-word'><div class=WordSection1><p class=MsoNormal>Worth a look.<o:p></o:p></p><div><div style='border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm'><p class=MsoNormal><b>From:</b> {{original.From.Mailboxes.Single().Name}} &lt;pulse@sender.example&gt; <br><b>Sent:</b> 04 March 2030 09:00<br><b>To:</b> Ann Reader &lt;{{Reader}}&gt;<br><b>Subject:</b> {{original.Subject}}<o:p></o:p></p></div></div>{{body.InnerHtml}}</div></body></html>
            """);
    }

    /// <summary>Either program, when asked to forward as an attachment.</summary>
    public static MimeMessage AsAttachment(MimeMessage original)
    {
        var message = Forward(original, "FW: ", "<p>Worth a look.</p>");
        message.Body = new Multipart("mixed", message.Body!, new MessagePart { Message = original, ContentDisposition = new ContentDisposition(ContentDisposition.Attachment) });
        return message;
    }

    private static MimeMessage Forward(MimeMessage original, string prefix, string html)
    {
        var message = new MimeMessage { Subject = prefix + original.Subject, Body = new TextPart("html") { Text = html } };
        message.From.Add(new MailboxAddress("Ann Reader", Reader));
        message.To.Add(new MailboxAddress("Bob", Colleague));
        return message;
    }

    private static void RemoveComments(IElement body)
    {
        foreach (var comment in body.Descendants<IComment>().ToList())
            comment.Remove();
    }
}
