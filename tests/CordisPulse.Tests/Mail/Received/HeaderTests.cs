using System.Globalization;
using System.Text.RegularExpressions;
using MimeKit;

namespace CordisPulse.Tests.Mail.Received;

/// <summary>RFC 5322 and 2047: what stands before the text.</summary>
[Collection(AllReceivedMail.Name)]
public sealed partial class HeaderTests(ReceivedMailFixture mail)
{
    private const string EncodedWord = @"=\?[^?\s]+\?[BbQq]\?[^?\s]*\?=";

    /// <summary>RFC 5322 section 3.6: the fields that may stand once at most.</summary>
    [Theory]
    [InlineData("Date", true)]
    [InlineData("From", true)]
    [InlineData("Sender", false)]
    [InlineData("Reply-To", true)]
    [InlineData("To", true)]
    [InlineData("Cc", false)]
    [InlineData("Bcc", false)]
    [InlineData("Message-ID", true)]
    [InlineData("In-Reply-To", false)]
    [InlineData("References", false)]
    [InlineData("Subject", true)]
    [InlineData("MIME-Version", true)]
    [InlineData("Content-Type", true)]
    public void A_field_stands_once_or_not_at_all(string name, bool isThere)
        => Assert.All(mail.All, one => Assert.Equal(isThere ? 1 : 0, one.Raw.All(name).Count));

    /// <summary>RFC 5322 section 2.1.1, and RFC 5321 section 2.3.8: no CR or LF but together.</summary>
    [Fact]
    public void All_lines_end_with_CRLF_and_hold_no_other_line_end_nor_NUL()
        => Assert.All(mail.All, one =>
        {
            var text = one.Received.Text;
            Assert.EndsWith("\r\n", text, StringComparison.Ordinal);
            Assert.DoesNotMatch(@"[^\r]\n|\r[^\n]|\0", text);
        });

    /// <summary>RFC 5322 section 2.1.1: 78 characters at most where that is possible, which 998 is an outer bound of.</summary>
    [Fact]
    public void No_line_is_longer_than_78_unless_it_is_one_word()
        => Assert.All(mail.All, one => Assert.All(one.Received.Text.Split("\r\n"), line =>
        {
            Assert.InRange(line.Length, 0, 998);
            if (line.Length > 78)
                Assert.DoesNotMatch(@"\S[ \t]+\S", NameAndSpace().Replace(line.Trim(), ""));
        }));

    /// <summary>RFC 5322 section 2.2, and RFC 6532 for the one that needs it.</summary>
    [Fact]
    public void Headers_are_ascii_unless_the_address_is_not()
    {
        Assert.Equal(2, mail.All.Count(one => one.IsInternational));
        Assert.All(mail.All.Where(one => one.IsInternational), one => Assert.Equal("zoë@reader.example", one.Received.Recipient));
        Assert.All(mail.Plain, one => Assert.All(one.Raw.Headers, header => Assert.Matches(@"^[\x20-\x7E\t\r\n]+$", header.Raw)));
    }

    /// <summary>RFC 5322 sections 2.2 and 4.2: a name, a colon at once, and no line of blanks alone within.</summary>
    [Fact]
    public void Fields_are_named_and_folded_as_they_should()
        => Assert.All(mail.All, one => Assert.All(one.Raw.Headers, header =>
        {
            Assert.Matches("^[!-9;-~]+$", header.Name);
            Assert.All(header.Lines.Skip(1), line => Assert.Matches(@"^[ \t]+\S", line));
        }));

    /// <summary>RFC 5322 section 3.3, with the offset in digits.</summary>
    [Fact]
    public void The_date_is_of_the_moment_and_in_form()
        => Assert.All(mail.All, one =>
        {
            var date = one.Raw.Value("Date")!;
            Assert.Matches("^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), [0-3][0-9] [A-Z][a-z]{2} 20[0-9]{2} [0-2][0-9]:[0-5][0-9]:[0-5][0-9] [+-][0-9]{4}$", date);
            Assert.InRange(DateTimeOffset.ParseExact(date[..^2] + ":" + date[^2..], "ddd, dd MMM yyyy HH:mm:ss zzz", CultureInfo.InvariantCulture), DateTimeOffset.UtcNow.AddMinutes(-30), DateTimeOffset.UtcNow.AddMinutes(1));
        });

    /// <summary>RFC 5322 section 3.6.4: unique, in angle brackets, dot-atoms on both sides of the @, at a domain of ours.</summary>
    [Fact]
    public void The_message_ids_are_unique_and_in_form()
    {
        Assert.All(mail.All, one => Assert.Matches(@"^<[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]+@(pulse\.example\.org|sender\.example)>$", one.Raw.Value("Message-ID")!));
        Assert.Equal(mail.All.Count, mail.All.Select(one => one.Raw.Value("Message-ID")).Distinct().Count());
        Assert.All(mail.Editions, one => Assert.Matches(@"^<2024-01\.edition\.1\.[0-9]+@pulse\.example\.org>$", one.Raw.Value("Message-ID")!));
    }

    [Fact]
    public void The_sender_and_where_answers_go_are_the_same_in_all()
        => Assert.All(mail.All, one =>
        {
            Assert.Equal((ReceivedMailFixture.FromName, "pulse@sender.example"), Only(one, "From"));
            Assert.Equal("editors@sender.example", one.Raw.Value("Reply-To"));
        });

    /// <summary>
    /// Whatever a person is called: the address is theirs alone, the name is shown as it is, and nothing else gets into the headers. Mail that anybody
    /// can have sent to an address names nobody.
    /// </summary>
    [Fact]
    public void Each_person_is_addressed_by_their_name_and_by_none_where_the_address_is_not_known_to_be_theirs()
        => Assert.All(mail.All.Where(one => one.Person is not null), one =>
        {
            var (name, address) = Only(one, "To");
            Assert.Equal(one.What is MailSort.Confirmation or MailSort.AlreadySubscribed ? "" : one.Person!.Shown, name);
            Assert.Equal(one.Received.Recipient, address);
            Assert.Equal([one.Received.Recipient], one.Received.Recipients);
        });

    /// <summary>RFC 2047 sections 2 and 5: 75 characters at most, apart from each other, in lines of 76 at most, of whole characters, and never within an address or quotes.</summary>
    [Fact]
    public void Encoded_words_are_short_whole_and_outside_addresses()
    {
        var seen = 0;
        Assert.All(mail.Plain, one => Assert.All(one.Raw.Headers.Where(header => header.Value.Contains("=?", StringComparison.Ordinal)), header =>
        {
            Assert.Contains(header.Name, (string[])["From", "To", "Subject", "List-Id"]);
            foreach (Match word in Words().Matches(header.Raw))
            {
                seen++;
                Assert.InRange(word.Length, 1, 75);
                Assert.Matches(@"(^|[ \t\r\n(])$", header.Raw[(header.Name.Length + 1)..word.Index]);
                Assert.Matches(@"^([ \t\r\n)]|$)", header.Raw[(word.Index + word.Length)..]);
                if (header.Name != "Subject")
                    Assert.Matches(@"^=\?[^?]+\?([Bb]\?[A-Za-z0-9+/=]+|[Qq]\?[A-Za-z0-9!*+/=_-]+)\?=$", word.Value);
                var text = MimeKit.Utils.Rfc2047.DecodeText(System.Text.Encoding.ASCII.GetBytes(word.Value));
                Assert.DoesNotContain('\uFFFD', text);
            }

            Assert.All(header.Lines.Where(line => Words().IsMatch(line)), line => Assert.InRange(line.Length, 1, 76));
            Assert.DoesNotMatch("<[^>]*=\\?[^>]*>", header.Value);
            Assert.DoesNotMatch($"\"[^\"]*{EncodedWord}[^\"]*\"", header.Value);
        }));
        Assert.InRange(seen, 100, int.MaxValue);
    }

    /// <summary>RFC 3834 section 5: said of what goes out by itself to one person, and of a digest that people chose not.</summary>
    [Fact]
    public void Only_mail_that_answers_somebody_is_called_automatic()
        => Assert.All(mail.All, one =>
        {
            Assert.Equal(one.What is MailSort.Edition or MailSort.Test ? null : "auto-generated", one.Raw.Value("Auto-Submitted"));
            Assert.Empty(one.Raw.All("Precedence"));
        });

    /// <summary>RFC 5321 section 4.4 and RFC 3834 section 3.1.2: bounces lead to the delivery, or to the bounce mailbox.</summary>
    [Fact]
    public void Bounces_have_somewhere_to_go()
    {
        Assert.All(mail.Editions, one => Assert.Matches(@"^bounces\+d[0-9]+-[a-z2-7]{8}@sender\.example$", one.Received.Sender));
        Assert.Equal(mail.Editions.Count(), mail.Editions.Select(one => one.Received.Sender).Distinct().Count());
        Assert.Empty(mail.All.SelectMany(one => one.Raw.All("Return-Path")));
    }

    private static (string Name, string Address) Only(Specimen one, string name)
    {
        var header = System.Text.Encoding.UTF8.GetString(System.Text.Encoding.Latin1.GetBytes(one.Raw.Value(name)!));
        var mailbox = Assert.IsType<MailboxAddress>(Assert.Single(InternetAddressList.Parse(header)));
        return (mailbox.Name ?? "", mailbox.GetAddress(idnEncode: true));
    }

    [GeneratedRegex(EncodedWord)]
    private static partial Regex Words();

    [GeneratedRegex(@"^[!-9;-~]+:[ \t]")]
    private static partial Regex NameAndSpace();
}
