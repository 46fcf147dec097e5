using System.Text.RegularExpressions;

namespace CordisPulse.Tests.Mail.Received;

/// <summary>RFC 2045 and 2046: how the text is wrapped.</summary>
[Collection(AllReceivedMail.Name)]
public sealed partial class BodyTests(ReceivedMailFixture mail)
{
    private const string Kinds = """^multipart/alternative;\s+boundary="([0-9A-Za-z'()+_,./:=? -]{1,69}[0-9A-Za-z'()+_,./:=?-])"$""";

    /// <summary>RFC 2045 sections 4 and 5, RFC 2046 section 5.1.1: the boundary is in quotes, short, and nowhere in the parts.</summary>
    [Fact]
    public void A_message_is_text_and_html_of_one_thing()
        => Assert.All(mail.All, one =>
        {
            Assert.Equal("1.0", one.Raw.Value("MIME-Version"));
            Assert.Matches(Kinds, one.Raw.Value("Content-Type")!);
            var (parts, before, after) = Parts(one);
            Assert.Equal(("", "\r\n"), (before.Trim(), after));
            Assert.Equal(["text/plain; charset=utf-8", "text/html; charset=utf-8"], parts.Select(part => part.Value("Content-Type")!.ToLowerInvariant().Replace("\"", "", StringComparison.Ordinal)));
            Assert.All(parts, part => Assert.DoesNotContain(Boundary(one), part.Body, StringComparison.Ordinal));
        });

    /// <summary>RFC 2045 section 6.4: a multipart is not encoded itself, and nothing is eight-bit, so that no server has to change a signed message.</summary>
    [Fact]
    public void Nothing_is_left_for_a_server_to_encode()
        => Assert.All(mail.All, one =>
        {
            Assert.Contains(one.Raw.Value("Content-Transfer-Encoding")?.ToLowerInvariant(), (string?[])[null, "7bit"]);
            Assert.Matches(@"^[\x00-\x7F]*$", one.Raw.Body);
            Assert.DoesNotContain("BODY=8BITMIME", one.Received.MailParameters, StringComparison.Ordinal);
            Assert.All(Parts(one).Parts, part => Assert.Equal("quoted-printable", part.Value("Content-Transfer-Encoding")?.ToLowerInvariant()));
        });

    /// <summary>RFC 2045 section 6.7: lines of 76 at most, no blank at an end, and only what may stand unencoded.</summary>
    [Fact]
    public void Quoted_printable_is_in_form()
        => Assert.All(mail.All, one => Assert.All(Parts(one).Parts, part => Assert.All(part.Body.Split("\r\n"), line =>
        {
            Assert.InRange(line.Length, 0, 76);
            Assert.Matches("^(?:[!-<>-~ \t]|=[0-9A-F]{2})*=?$", line);
            Assert.DoesNotMatch("[ \t]$", line);
        })));

    /// <summary>Both parts say what they are for, in words that survive the way.</summary>
    [Fact]
    public void The_text_and_the_html_arrive_whole()
        => Assert.All(mail.All, one =>
        {
            Assert.DoesNotContain('\uFFFD', one.PlainText + one.Html);
            Assert.All(new[] { one.PlainText, one.Html }, part => Assert.Contains(one.What switch
            {
                MailSort.Edition => $"https://pulse.example.org/unsubscribe/{one.Person!.Token}",
                MailSort.Confirmation => "https://pulse.example.org/subscribe/confirm/",
                MailSort.UnsubscribeLink => $"https://pulse.example.org/unsubscribe/{one.Person!.Token}",
                MailSort.OwnDataLink => "https://pulse.example.org/your-data/",
                MailSort.NewAddress => "https://pulse.example.org/your-data/address/",
                MailSort.StillWanted => $"https://pulse.example.org/preferences/{one.Person!.Token}",
                MailSort.Staff => "https://pulse.example.org/editor/",
                MailSort.Test => "https://pulse.example.org/unsubscribe",
                _ => "1 Example Street",
            }, part, StringComparison.Ordinal));
        });

    /// <summary>RFC 5322 section 3.6.4 and RFC 6376 section 5.3: no header of the message stands in a part, and none of a part is doubled.</summary>
    [Fact]
    public void Parts_have_headers_of_their_own_alone()
        => Assert.All(mail.All, one => Assert.All(Parts(one).Parts, part => Assert.All(part.Headers, header => Assert.StartsWith("Content-", header.Name, StringComparison.OrdinalIgnoreCase))));

    private static (IReadOnlyList<RawMessage> Parts, string Before, string After) Parts(Specimen one) => one.Raw.Parts(Boundary(one));

    private static string Boundary(Specimen one) => Kind().Match(one.Raw.Value("Content-Type")!).Groups[1].Value;

    [GeneratedRegex(Kinds)]
    private static partial Regex Kind();
}
