using System.Text;
using CordisPulse.Core.Mail;
using CordisPulse.Core.Mail.Returns;
using CordisPulse.Core.Mail.Smtp;

namespace CordisPulse.Tests.Mail.Returns;

public sealed class ReturnReaderTests
{
    private const long Delivery = 4711;
    private const string Token = "tokentokentokentokentokeno";
    private const string MessageId = "2030-03.edition.1.7@pulse.example.org";

    private static readonly BouncedMail Sent = new(BouncedKind.Delivery, Delivery);

    private static readonly string Verp = new BounceAddress(ReturnSample.Bounces, ReturnSample.Key).ForDelivery(Delivery);

    [Theory]
    [InlineData("postfix", ReturnKind.Bounce, BounceVerdict.Hard, "5.1.1", 550, "User unknown in local recipient table")]
    [InlineData("postfix-delayed", ReturnKind.Delay, BounceVerdict.Soft, "4.4.1", null, "Connection timed out")]
    [InlineData("postfix-eai", ReturnKind.Bounce, BounceVerdict.Hard, "5.2.1", 550, "mailbox is disabled")]
    [InlineData("exim", ReturnKind.Bounce, BounceVerdict.Hard, "5.0.0", 550, "No Such User Here")]
    [InlineData("exim-old", ReturnKind.Bounce, BounceVerdict.Soft, null, null, "retry time not reached")]
    [InlineData("sendmail", ReturnKind.Bounce, BounceVerdict.Soft, "5.2.2", 552, "Mailbox full")]
    [InlineData("qmail", ReturnKind.Bounce, BounceVerdict.Hard, "5.1.1", null, "no mailbox here by that name")]
    [InlineData("qmail-forwarded", ReturnKind.Bounce, BounceVerdict.Unknown, "5.7.1", 554, "rejected as spam")]
    [InlineData("exchange-2019", ReturnKind.Bounce, BounceVerdict.Hard, "5.1.10", 550, "RecipientNotFound")]
    [InlineData("exchange-5.5", ReturnKind.Bounce, BounceVerdict.Hard, null, null, "recipient name is not recognized")]
    [InlineData("microsoft-365", ReturnKind.Bounce, BounceVerdict.Hard, "5.4.1", 550, "Access denied")]
    [InlineData("microsoft-365-group", ReturnKind.Bounce, BounceVerdict.Unknown, "5.7.133", 550, "SenderNotAuthenticatedForGroup")]
    [InlineData("gmail", ReturnKind.Bounce, BounceVerdict.Hard, "5.1.1", 550, "does not exist")]
    [InlineData("gmail-full", ReturnKind.Bounce, BounceVerdict.Soft, "4.2.2", 452, "out of storage space")]
    [InlineData("yahoo", ReturnKind.Bounce, BounceVerdict.Hard, null, 554, "doesn't have a yahoo.com account")]
    [InlineData("icloud", ReturnKind.Bounce, BounceVerdict.Soft, "5.2.2", 552, "over quota")]
    [InlineData("proofpoint", ReturnKind.Bounce, BounceVerdict.Unknown, "5.7.0", 550, "Local Policy Violation")]
    [InlineData("mimecast", ReturnKind.Bounce, BounceVerdict.Hard, "5.1.1", 550, "User Unknown")]
    [InlineData("amazon-ses", ReturnKind.Bounce, BounceVerdict.Hard, "5.1.1", 550, "user unknown")]
    [InlineData("zimbra", ReturnKind.Bounce, BounceVerdict.Soft, "4.2.2", 452, "Over quota")]
    [InlineData("domino", ReturnKind.Bounce, BounceVerdict.Hard, "5.1.1", null, "not listed in Domino Di")]
    [InlineData("gmx", ReturnKind.Bounce, BounceVerdict.Hard, null, 550, "mailbox unavailable")]
    [InlineData("ironport", ReturnKind.Bounce, BounceVerdict.Hard, "5.1.2", null, "Bad destination host")]
    [InlineData("groupwise", ReturnKind.Bounce, BounceVerdict.Hard, null, null, "user not found")]
    public void Bounces_of_many_mail_systems_lead_to_their_delivery_with_what_they_say_of_the_address(
        string sample, ReturnKind kind, BounceVerdict verdict, string? status, int? code, string words)
    {
        var read = Read(sample);

        Assert.Equal((kind, verdict, status, code), (read.Kind, read.Reason?.Verdict, read.Reason?.Status, read.Reason?.Code));
        Assert.Equal(Sent, read.Origin.Mail);
        Assert.Contains(words, read.Reason!.Text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("gone@", read.Reason.Text, StringComparison.Ordinal);
        Assert.InRange(read.Reason.Text.Length, 1, 300);
    }

    [Theory]
    [InlineData("delivered", ReturnKind.Delivered)]
    [InlineData("yahoo-complaint", ReturnKind.Complaint)]
    [InlineData("microsoft-complaint", ReturnKind.Complaint)]
    [InlineData("not-spam", ReturnKind.Automatic)]
    [InlineData("outlook-away", ReturnKind.Automatic)]
    [InlineData("vacation", ReturnKind.Automatic)]
    [InlineData("away-without-headers", ReturnKind.Automatic)]
    [InlineData("read-receipt", ReturnKind.Automatic)]
    [InlineData("mailto-leave", ReturnKind.Leave)]
    [InlineData("mailto-leave-cut", ReturnKind.AsksToLeave)]
    [InlineData("asks-to-leave", ReturnKind.AsksToLeave)]
    [InlineData("reply", ReturnKind.Reply)]
    [InlineData("advertisement", ReturnKind.NotUnderstood)]
    [InlineData("bounce-of-a-report", ReturnKind.Loop)]
    [InlineData("own-mail", ReturnKind.Loop)]
    [InlineData("forged", ReturnKind.Bounce)]
    public void What_is_no_bounce_is_told_apart(string sample, ReturnKind kind) => Assert.Equal(kind, Read(sample).Kind);

    /// <summary>Bounces, replies and wishes to leave can all come to one mailbox.</summary>
    [Fact]
    public void A_reply_to_a_mailbox_that_takes_wishes_among_other_things_is_none()
    {
        var options = new MailOptions { BounceAddress = ReturnSample.Options.BounceAddress, UnsubscribeMailbox = "Pulse@sender.example", From = "pulse@sender.example" };

        Assert.Equal(ReturnKind.Reply, new ReturnReader(new ReturnMarks(options, ReturnSample.Key)).Read(Load("reply")).Kind);
    }

    [Fact]
    public void Every_sample_has_its_expectation()
    {
        var expected = new[] { nameof(Bounces_of_many_mail_systems_lead_to_their_delivery_with_what_they_say_of_the_address), nameof(What_is_no_bounce_is_told_apart) }
            .SelectMany(theory => typeof(ReturnReaderTests).GetMethod(theory)!.GetCustomAttributesData())
            .Where(attribute => attribute.AttributeType == typeof(InlineDataAttribute))
            .Select(attribute => (string)((IReadOnlyCollection<System.Reflection.CustomAttributeTypedArgument>)attribute.ConstructorArguments[0].Value!).First().Value!);

        Assert.Equal(ReturnSample.Names, expected.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Only_what_we_signed_leads_to_a_delivery_and_a_returned_mail_gives_the_readers_token()
    {
        Assert.Equal(new ReturnedOrigin(null, null, MessageId), Read("forged").Origin);
        Assert.Equal(new ReturnedOrigin(Sent, Token, "0102018e1-replaced@eu-west-1.amazonses.com"), Read("amazon-ses").Origin);
        Assert.Equal(new ReturnedOrigin(null, Token, MessageId), Read("microsoft-complaint").Origin);
        Assert.Equal(new ReturnedOrigin(Sent, Token, MessageId), Read("qmail").Origin);
        Assert.Equal(Sent, Read("yahoo-complaint").Origin.Mail);
        Assert.Null(new ReturnReader(new ReturnMarks(ReturnSample.Options, new byte[32])).Read(Load("postfix")).Origin.Mail);
    }

    [Fact]
    public void A_wish_to_leave_is_the_readers_own_only_with_the_token_and_nothing_beside_it()
    {
        Assert.Equal(Token, Read("mailto-leave").Token);
        Assert.Null(Read("asks-to-leave").Token);
        Assert.Equal(new PersonWords("gone@example.org", "Re: CordisPulse: March 2030 – please take me off your list"), Read("asks-to-leave").Words);
        Assert.Equal("g•••@example.org", Read("asks-to-leave").Words!.ToString());
        Assert.All(
            (string[])[$"Re: unsubscribe {Token}", $"unsubscribe {Token[1..]}", $"unsubscribe {Token}x", $"unsubscribe {Token} please", $"Automatic reply: unsubscribe {Token}"],
            subject => Assert.NotEqual(ReturnKind.Leave, Read("mailto-leave", ("unsubscribe " + Token, subject)).Kind));
        Assert.Equal(Token, Read("mailto-leave", ("unsubscribe " + Token, "Unsubscribe  " + Token.ToUpperInvariant())).Token);
    }

    [Theory]
    [InlineData("Unsubscribe")]
    [InlineData("UNSUBSCRIBE ME")]
    [InlineData("unsubcribe")]
    [InlineData("Re: CordisPulse - remove me please")]
    [InlineData("Fwd: please stop sending these")]
    [InlineData("Opt out")]
    [InlineData("STOP")]
    [InlineData("Please cancel my subscription")]
    public void Subjects_that_ask_to_leave_are_seen(string subject)
        => Assert.Equal(ReturnKind.AsksToLeave, Read("reply", ("Re: CordisPulse: March 2030", subject)).Kind);

    [Theory]
    [InlineData("Re: Stopping violence")]
    [InlineData("Re: Looked-after children who leave care")]
    [InlineData("Re: Remove barriers to work")]
    [InlineData("Re: subscription numbers")]
    public void Other_subjects_are_not_taken_for_it(string subject)
        => Assert.Equal(ReturnKind.Reply, Read("reply", ("Re: CordisPulse: March 2030", subject)).Kind);

    [Theory]
    [InlineData("5.1.1", "550 5.1.1 sender address rejected", BounceVerdict.Unknown)]
    [InlineData("5.1.0", "550 5.1.0 Address rejected. No such user", BounceVerdict.Hard)]
    [InlineData("5.2.1", "554 5.2.1 AOL will not accept delivery of this message", BounceVerdict.Unknown)]
    [InlineData("5.4.4", "Host or domain name not found. Name service error for name=example.org type=A", BounceVerdict.Soft)]
    [InlineData("5.4.7", "delivery time expired", BounceVerdict.Soft)]
    [InlineData("5.5.0", "550 5.5.0 Requested action not taken: mailbox unavailable (S2017062302).", BounceVerdict.Hard)]
    [InlineData("5.6.1", "554 5.6.1 Body type not supported by remote host", BounceVerdict.Unknown)]
    [InlineData("5.3.4", "552 5.3.4 Message size exceeds fixed maximum message size", BounceVerdict.Unknown)]
    [InlineData("4.7.1", "451 4.7.1 Greylisting in action, please come back later", BounceVerdict.Unknown)]
    [InlineData(null, "550 User unknown at host mx1.antispam.example", BounceVerdict.Hard)]
    [InlineData(null, "550-Mail from 192.0.2.1 is listed at zen.example.org, recipient unknown", BounceVerdict.Unknown)]
    [InlineData(null, "554 Service unavailable; Client host [192.0.2.1] blocked using zen.example.org", BounceVerdict.Unknown)]
    [InlineData(null, "550", BounceVerdict.Unknown)]
    [InlineData(null, "550 Administrative prohibition", BounceVerdict.Soft)]
    [InlineData(null, "553 sorry", BounceVerdict.Unknown)]
    [InlineData(null, "gone", BounceVerdict.Unknown)]
    public void The_table_decides_by_code_then_by_words_and_in_doubt_takes_nobody_off(string? status, string text, BounceVerdict verdict)
        => Assert.Equal(verdict, BounceDecisions.Decide(EnhancedCode.At(status ?? ""), text).Verdict);

    [Fact]
    public void Behind_an_address_of_several_people_one_who_is_gone_takes_nobody_off()
    {
        var two = Encoding.UTF8.GetString(Load("postfix")).Replace(
            "Diagnostic-Code: smtp; 550 5.1.1 <gone@example.org>: Recipient address\r\n    rejected: User unknown in local recipient table",
            "Diagnostic-Code: smtp; 550 5.1.1 no\r\n\r\nFinal-Recipient: rfc822; here@example.org\r\nAction: relayed\r\nStatus: 2.0.0", StringComparison.Ordinal);

        Assert.Equal(BounceVerdict.Unknown, ReturnSample.Reader.Read(Encoding.UTF8.GetBytes(two)).Reason!.Verdict);
        Assert.Equal(["gone@example.org", "gone@example.org"], Read("postfix").Recipients);
        Assert.Empty(Read("qmail").Recipients);
    }

    [Fact]
    public void A_report_without_the_action_that_it_must_have_is_read_by_its_status()
    {
        var without = Encoding.UTF8.GetString(Load("postfix")).Replace("Action: failed\r\n", "", StringComparison.Ordinal);

        Assert.Equal((ReturnKind.Bounce, BounceVerdict.Hard), (ReturnSample.Reader.Read(Encoding.UTF8.GetBytes(without)).Kind, ReturnSample.Reader.Read(Encoding.UTF8.GetBytes(without)).Reason!.Verdict));
    }

    [Fact]
    public void A_message_that_goes_round_in_a_circle_is_a_loop()
    {
        var hops = string.Concat(Enumerable.Repeat("Received: from a.example by b.example; Thu, 7 Mar 2030 09:02:10 +0000\r\n", 51));

        Assert.Equal(ReturnKind.Loop, ReturnSample.Reader.Read(Encoding.UTF8.GetBytes(hops + Encoding.UTF8.GetString(Load("reply")))).Kind);
    }

    [Fact]
    public void Nothing_that_is_made_to_hurt_costs_more_than_a_moment()
    {
        var clock = System.Diagnostics.Stopwatch.StartNew();
        foreach (var hostile in Hostile())
        {
            var before = clock.Elapsed;
            _ = ReturnSample.Reader.Read(Encoding.UTF8.GetBytes(hostile));
            Assert.True(clock.Elapsed - before < TimeSpan.FromSeconds(3), $"{clock.Elapsed - before} for {hostile[..Math.Min(60, hostile.Length)]}");
        }
    }

    /// <summary>Cut, swapped, repeated and filled with odd bytes: the reader answers whatever it is given.</summary>
    [Fact]
    public void Damaged_samples_are_read_without_a_failure_and_never_lead_elsewhere()
    {
        var random = new Random(20300307);
        var names = ReturnSample.Names.ToArray();
        var samples = names.Select(Load).ToArray();
        for (var round = 0; round < LongRun.Pick(2000, 100_000); round++)
        {
            var bytes = samples[random.Next(samples.Length)].ToArray();
            for (var change = random.Next(1, 8); change > 0; change--)
                bytes = Damage(random, bytes, samples[random.Next(samples.Length)]);
            var read = ReturnSample.Reader.Read(bytes);
            Assert.True(read.Origin.Mail is null || read.Origin.Mail == Sent, $"Round {round}");
            Assert.True(read.Token is null or { Length: 26 }, $"Round {round}");
        }
    }

    private static byte[] Damage(Random random, byte[] bytes, byte[] other)
    {
        if (bytes.Length == 0)
            return other;
        var at = random.Next(bytes.Length);
        var length = random.Next(Math.Min(400, bytes.Length - at));
        switch (random.Next(7))
        {
            case 0:
                return bytes[..at];
            case 1:
                return [.. bytes[..at], .. bytes[(at + length)..]];
            case 2:
                return [.. bytes[..(at + length)], .. bytes[at..]];
            case 3:
                var from = random.Next(other.Length);
                return [.. bytes[..at], .. other[from..Math.Min(other.Length, from + 400)], .. bytes[at..]];
            case 4:
                random.NextBytes(bytes.AsSpan(at, Math.Min(length, 8)));
                return bytes;
            case 5:
                (bytes[at], bytes[random.Next(bytes.Length)]) = ((byte)"\0\r\n\t -<>@;:=\"(\x80"[random.Next(15)], (byte)'\n');
                return bytes;
            default:
                return bytes[at..];
        }
    }

    private static IEnumerable<string> Hostile()
    {
        const string head = "From: mailer-daemon@example.org\r\nSubject: Undeliverable\r\n";
        const int size = ReturnReader.MostRead;
        yield return "";
        yield return "\0";
        yield return new string('<', size);
        yield return head + "Content-Type: text/html\r\n\r\n" + new string('<', size);
        yield return head + "Content-Type: text/html\r\n\r\n" + string.Concat(Enumerable.Repeat("<style>", size / 7));
        yield return head + "\r\n" + new string('\n', size);
        yield return head + "\r\n" + new string(' ', size);
        yield return head + "\r\n" + new string('-', size);
        yield return head + "\r\n" + string.Concat(Enumerable.Repeat("550 ", size / 4));
        yield return head + "\r\n" + string.Concat(Enumerable.Repeat("a@b.example", size / 11));
        yield return head + "\r\n" + string.Concat(Enumerable.Repeat("Your message ", size / 13));
        yield return head + "To: " + string.Concat(Enumerable.Repeat("bounces+d1-a", size / 12)) + "\r\n\r\n";
        yield return head + "To: " + new string('(', size);
        yield return head + string.Concat(Enumerable.Repeat("a:\r\n", size / 4));
        yield return head + "List-Unsubscribe: " + string.Concat(Enumerable.Repeat("unsubscribe/", size / 12));
        yield return head + "Content-Type: multipart/mixed; boundary=b\r\n\r\n" + string.Concat(Enumerable.Repeat("--b\r\n\r\n", size / 7));
        yield return Nested(head, "multipart/mixed", 3000);
        yield return head + string.Concat(Enumerable.Repeat("Content-Type: message/rfc822\r\n\r\n", 5000));
        yield return head + "Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n--b\r\nContent-Type: message/delivery-status\r\n\r\n" + string.Concat(Enumerable.Repeat("Action: failed\r\n\r\n", size / 18));
        yield return head + "Content-Type: text/plain; charset=utf-7\r\n\r\n+AAAA";
        yield return "Subject: " + string.Concat(Enumerable.Repeat("=?utf-8?q?re=3A?= ", size / 18));
        yield return "Subject: =?utf-8?b?7aCA?= \ud800\r\nFrom: <\ud800@example.org>\r\n\r\n";
    }

    private static string Nested(string head, string type, int depth)
        => head + string.Concat(Enumerable.Range(0, depth).Select(number => $"Content-Type: {type}; boundary=b{number}\r\n\r\n--b{number}\r\n"));

    private static ReturnedMail Read(string sample, (string From, string To)? change = null)
    {
        var bytes = Load(sample);
        return ReturnSample.Reader.Read(change is { } swap ? Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(bytes).Replace(swap.From, swap.To, StringComparison.Ordinal)) : bytes);
    }

    private static byte[] Load(string sample) => ReturnSample.Load(sample, Verp, Token, MessageId);
}
