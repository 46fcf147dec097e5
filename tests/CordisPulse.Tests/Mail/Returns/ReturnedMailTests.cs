using System.Runtime.Versioning;
using CordisPulse.Core.Accounts;
using CordisPulse.Core.Editions;
using CordisPulse.Core.Mail;
using CordisPulse.Core.Mail.Returns;
using CordisPulse.Core.Mail.Returns.Mailbox;
using CordisPulse.Core.Mailings;
using CordisPulse.Core.Subscriptions;
using CordisPulse.Tests.Mailings;
using CordisPulse.Tests.Outbound;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CordisPulse.Tests.Mail.Returns;

/// <summary>What comes back, through a mail server that we did not write, from the mailing that it is about to the page that shows it.</summary>
[SupportedOSPlatform("linux")]
public sealed class ReturnedMailTests
{
    private const int SizeOfLarge = 50 * 1024 * 1024;

    [DovecotFact]
    public async Task What_comes_back_from_a_mailing_takes_off_whom_it_says_to_and_shows_staff_the_rest()
    {
        await using var dovecot = await DovecotServer.StartAsync();
        // So long that what is read at once can only have been told by the server.
        await using var lab = ReturnLab.On(dovecot).With("Mail:Bounces:Imap:PollEvery", "01:00:00");
        var node = lab.StartNode();
        await MailingLab.SeedAsync(node, 7);
        await GiveTokensAsync(node);
        await MailingLab.StartAsync(node);
        await MailingLab.WaitForEndAsync(node);
        await WaitUntilReadAsync(node);

        dovecot.Deliver(ReturnLab.About(lab, 1, "postfix"));
        dovecot.Deliver(ReturnLab.About(lab, 2, "yahoo-complaint"));
        dovecot.Deliver(ReturnLab.About(lab, 3, "mailto-leave"));
        dovecot.Deliver(ReturnLab.About(lab, 4, "asks-to-leave", ("Gone@Example.org", "Reader.4@reader.example")));
        dovecot.Deliver(ReturnLab.About(lab, 5, "gmail-full"));
        dovecot.Deliver(Large(ReturnLab.About(lab, 6, "exchange-2019")));
        foreach (var harmless in (string[])["forged", "advertisement", "outlook-away", "own-mail", "bounce-of-a-report", "postfix-delayed", "delivered"])
            dovecot.Deliver(ReturnLab.About(lab, 7, harmless));
        dovecot.Deliver(OfNoDelivery(lab));
        await dovecot.WaitUntilEmptyAsync();

        Assert.Equal(
            [
                SubscriberStatus.Suppressed, SubscriberStatus.Suppressed, SubscriberStatus.Unsubscribed, SubscriberStatus.Active,
                SubscriberStatus.Active, SubscriberStatus.Suppressed, SubscriberStatus.Active,
            ],
            await node.QueryAsync(db => db.Subscribers.OrderBy(s => s.Id).Select(s => s.Status).ToListAsync()));
        Assert.Equal(
            [
                ("reader.1@reader.example", SuppressionReason.Bounced), ("reader.2@reader.example", SuppressionReason.Complained),
                ("reader.3@reader.example", SuppressionReason.Unsubscribed), ("reader.6@reader.example", SuppressionReason.Bounced),
            ],
            (await node.QueryAsync(db => db.Suppressions.OrderBy(s => s.NormalizedEmail).ToListAsync())).Select(s => (s.NormalizedEmail!, s.Reason)));
        Assert.Equal(
            [("A mail came back for good (5.1.1).", Ways.Returned), ("Reported one of our mails as unwanted.", Ways.Returned), ("Left.", Ways.Mailto), ("A mail came back for good (5.1.10).", Ways.Returned)],
            (await node.QueryAsync(db => db.ConsentRecords.OrderBy(c => c.SubscriberId).Select(c => new { c.Note, c.Way }).ToListAsync())).Select(c => (c.Note, c.Way)));
        Assert.Equal((10, 1, 3), (dovecot.Count("CordisPulse/Done"), dovecot.Count("CordisPulse/Replies"), dovecot.Count("CordisPulse/Not understood")));
        // The ledger keeps what the server answered.
        Assert.Equal(new DeliveryCounts { Sent = 7 }, (await MailingLab.StatusAsync(node)).Deliveries);

        using var publisher = await node.SignInAsync(Roles.Publisher);
        var mailing = await publisher.FollowAsync(await publisher.GetAsync("/editor/editions/2030-03/mailing?address=reader.1@reader.example"));
        Assert.Equal(("7", "3"), (mailing.One("#sent").TextContent, mailing.One("#came-back").TextContent));
        Assert.Contains("no such address: 5.1.1 550 5.1.1", mailing.One("#returned").TextContent, StringComparison.Ordinal);
        Assert.Contains("no such address", (await publisher.GetAsync(mailing.One("#story a").GetAttribute("href")!)).One("#returns").TextContent, StringComparison.Ordinal);
        Assert.Equal("1 reply waits for somebody", (await publisher.GetAsync("/editor")).One("#replies-waiting").TextContent);
        var page = await publisher.GetAsync("/editor/returns");
        Assert.Contains("New mail is read as it comes", page.One("#mailbox").TextContent, StringComparison.Ordinal);
        Assert.Equal(("3", "1", "3"), (page.One("#count-Bounce").TextContent, page.One("#count-Complaint").TextContent, page.One("#count-NotUnderstood").TextContent));
        Assert.Contains("please take me off your list", page.One("#replies").TextContent, StringComparison.Ordinal);
        var taken = await publisher.FollowAsync(await publisher.SubmitAsync(page, form: "#replies form"));
        Assert.Null(taken.Document.QuerySelector("#replies"));
        Assert.Equal(SubscriberStatus.Unsubscribed, await node.QueryAsync(db => db.Subscribers.Where(s => s.NormalizedEmail == "reader.4@reader.example").Select(s => s.Status).SingleAsync()));
        Assert.Null((await node.QueryAsync(db => db.PersonReplies.SingleAsync())).From);
        Assert.Contains("dealt with this reply already", (await publisher.SubmitAsync(page, form: "#replies form")).One("[role=alert]").TextContent, StringComparison.Ordinal);

        // Nothing was sent in answer, and the next edition goes to those who are left.
        Assert.Equal(7, lab.Server.MessageCount);
        var next = new EditionMonth(2030, 4);
        await node.QueryAsync(async db => await PublishedMonth.AddAsync(db, PublishedMonth.Document(next)) + await db.SaveChangesAsync());
        await node.InScopeAsync(services => services.GetRequiredService<MailingStarter>().StartAsync(new StartMailing { Month = next, ById = null }));
        await lab.Server.WaitUntilAsync(() => lab.Server.MessageCount == 9, MailingLab.Soon);
        Assert.Equal(["Reader.5@reader.example", "Reader.7@reader.example"], lab.Server.Messages.Skip(7).Select(m => m.Recipient).Order());

        Assert.DoesNotContain("reader.", MailingLab.Log(node), StringComparison.OrdinalIgnoreCase);
        await lab.StopAsync(node);
        await dovecot.WaitUntilAsync(() => dovecot.Sent > 0);
        Assert.InRange(dovecot.Sent, ReturnReader.MostRead, 2 * 1024 * 1024);
    }

    [DovecotFact]
    public async Task Two_nodes_read_one_mailbox_in_turn_and_a_server_that_was_away_is_read_again()
    {
        await using var dovecot = await DovecotServer.StartAsync();
        await using var lab = ReturnLab.On(dovecot);
        var first = lab.StartNode();
        await MailingLab.SeedAsync(first, 3);
        await MailingLab.StartAsync(first);
        await MailingLab.WaitForEndAsync(first);
        await WaitUntilReadAsync(first);
        var second = lab.StartNode();
        dovecot.Deliver(ReturnLab.About(lab, 1, "postfix"));
        await dovecot.WaitUntilEmptyAsync();
        var owner = await OwnerAsync(first);

        await dovecot.KillAsync();
        await WaitAsync(first, row => row.Problem != null);
        using (var publisher = await first.SignInAsync(Roles.Publisher))
        {
            Assert.Contains("can’t be read since", (await publisher.GetAsync("/editor/returns")).One("#mailbox.wrong").TextContent, StringComparison.Ordinal);
            Assert.NotNull((await publisher.GetAsync("/editor")).One("#mailbox-fails"));
        }

        dovecot.Deliver(ReturnLab.About(lab, 2, "postfix"));
        await dovecot.StartAsync();
        await dovecot.WaitUntilEmptyAsync();
        await WaitAsync(first, row => row.Problem == null && row.LeaseOwner != null);
        await lab.StopAsync(await OwnerAsync(first) == owner ? first : second);
        dovecot.Deliver(ReturnLab.About(lab, 3, "postfix"));
        await dovecot.WaitUntilEmptyAsync();

        var left = lab.StartWatcher();
        Assert.Equal(3, await left.QueryAsync(db => db.ReturnReports.CountAsync()));
        Assert.Equal(3, await left.QueryAsync(db => db.Subscribers.CountAsync(s => s.Status == SubscriberStatus.Suppressed)));
    }

    [DovecotFact]
    public async Task A_message_that_cannot_be_taken_in_is_put_away_and_those_behind_it_are_read()
    {
        await using var dovecot = await DovecotServer.StartAsync();
        await using var lab = ReturnLab.On(dovecot);
        var node = lab.StartNode();
        await MailingLab.SeedAsync(node, 2);
        await MailingLab.StartAsync(node);
        await MailingLab.WaitForEndAsync(node);
        await WaitUntilReadAsync(node);
        await node.QueryAsync(db => db.Database.ExecuteSqlRawAsync("DROP TABLE PersonReplies"));

        dovecot.Deliver(ReturnLab.About(lab, 1, "reply"));
        dovecot.Deliver(ReturnLab.About(lab, 2, "postfix"));
        await dovecot.WaitUntilEmptyAsync();

        Assert.Equal((1, 1), (dovecot.Count("CordisPulse/Not understood"), dovecot.Count("CordisPulse/Done")));
        Assert.Equal(1, await node.QueryAsync(db => db.Subscribers.CountAsync(s => s.Status == SubscriberStatus.Suppressed)));
        Assert.Contains("could not be taken in", MailingLab.Log(node), StringComparison.Ordinal);
    }

    [DovecotFact]
    public async Task Messages_with_the_same_headers_count_each_and_one_that_comes_twice_counts_once()
    {
        await using var dovecot = await DovecotServer.StartAsync();
        await using var lab = ReturnLab.On(dovecot);
        var node = lab.StartNode();
        await MailingLab.SeedAsync(node, 1);
        await MailingLab.StartAsync(node);
        await MailingLab.WaitForEndAsync(node);
        await WaitUntilReadAsync(node);
        var first = ReturnLab.About(lab, 1, "reply");
        byte[] second = [.. first, .. "And another thing.\r\n"u8];

        foreach (var message in (byte[][])[first, second, first, second])
            dovecot.Deliver(message);
        await dovecot.WaitUntilEmptyAsync();

        Assert.Equal(4, dovecot.Count("CordisPulse/Replies"));
        Assert.Equal(2, await node.QueryAsync(db => db.ReturnReports.CountAsync()));
        Assert.Equal(2, await node.QueryAsync(db => db.PersonReplies.CountAsync()));
    }

    [DovecotFact]
    public async Task A_mailbox_is_read_with_a_token_from_a_server_that_neither_tells_nor_moves()
    {
        await using var site = (await LoopbackSite.StartAsync())
            .On("/token", context => context.Response.WriteAsync("""{"access_token":"the-token","expires_in":3600}"""))
            .On("/introspect", async context =>
            {
                var isGood = (await context.Request.ReadFormAsync())["token"] == "the-token";
                await context.Response.WriteAsJsonAsync(new { active = isGood ? "yes" : "no", username = DovecotServer.User });
            });
        await using var dovecot = await DovecotServer.StartAsync(site.At("/introspect"), settings: "imap_capability = IMAP4rev1 LITERAL+ NAMESPACE UIDPLUS");
        var folder = Directory.CreateTempSubdirectory("pulse-secret-").FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "secret"), "the secret");
        await using var lab = ReturnLab.On(dovecot)
            .With("Mail:Bounces:Imap:Auth", "OAuth2").With("Mail:Bounces:Imap:PollEvery", "00:00:01").With("Mail:Bounces:Imap:Handled", "Delete")
            .With("Mail:OAuth2:ClientId", "the-client").With("Mail:OAuth2:ClientSecretFile", Path.Combine(folder, "secret")).With("Mail:OAuth2:TokenEndpoint", site.At("/token").AbsoluteUri);
        var node = lab.StartNode();
        await MailingLab.SeedAsync(node, 2);
        await MailingLab.StartAsync(node);
        await MailingLab.WaitForEndAsync(node);
        await WaitUntilReadAsync(node);

        dovecot.Deliver(ReturnLab.About(lab, 1, "postfix"));
        dovecot.Deliver(ReturnLab.About(lab, 2, "reply"));
        await dovecot.WaitUntilEmptyAsync();

        Assert.Equal((0, 1), (dovecot.Count("CordisPulse/Done"), dovecot.Count("CordisPulse/Replies")));
        Assert.Equal(1, await node.QueryAsync(db => db.Subscribers.CountAsync(s => s.Status == SubscriberStatus.Suppressed)));
        Directory.Delete(folder, recursive: true);
    }

    [DovecotFact]
    public async Task A_mailbox_that_does_not_let_us_in_or_has_no_such_folder_is_told_with_the_setting_and_no_password()
    {
        await using var dovecot = await DovecotServer.StartAsync();
        var options = new ImapOptions { Host = "127.0.0.1", Port = dovecot.Port, UserName = DovecotServer.User, Password = "something else" };
        using var tokens = new AccessTokens(new MailOptions(), TimeProvider.System);

        var refused = await Assert.ThrowsAsync<MailServerUnavailableException>(() => ReturnMailbox.OpenAsync(options, tokens, CancellationToken.None));
        Assert.Contains("see Mail:Bounces:Imap:UserName and Password", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("something else", refused.ToString(), StringComparison.Ordinal);

        (options.Password, options.Folder) = (DovecotServer.Password, "Bounces/2030");
        Assert.Contains("Mail:Bounces:Imap:Folder", (await Assert.ThrowsAsync<MailServerUnavailableException>(() => ReturnMailbox.OpenAsync(options, tokens, CancellationToken.None))).Message, StringComparison.Ordinal);

        options.Port = MailSamples.UnusedPort();
        Assert.Contains("could not be reached", (await Assert.ThrowsAsync<MailServerUnavailableException>(() => ReturnMailbox.OpenAsync(options, tokens, CancellationToken.None))).Message, StringComparison.Ordinal);
    }

    [DovecotFact]
    public async Task Handled_messages_are_removed_after_their_time_and_not_before()
    {
        await using var dovecot = await DovecotServer.StartAsync();
        var options = new ImapOptions { Host = "127.0.0.1", Port = dovecot.Port, UserName = DovecotServer.User, Password = DovecotServer.Password };
        using var tokens = new AccessTokens(new MailOptions(), TimeProvider.System);
        dovecot.Deliver("Subject: one\r\n\r\n"u8);
        await using var mailbox = await ReturnMailbox.OpenAsync(options, tokens, CancellationToken.None);
        var message = Assert.Single(await mailbox.ListAsync(10, CancellationToken.None));
        await mailbox.PutAwayAsync(message, ReturnPlace.Done, CancellationToken.None);

        await mailbox.TidyAsync(DateTime.UtcNow.AddDays(80), CancellationToken.None);
        Assert.Equal(1, dovecot.Count("CordisPulse/Done"));
        await mailbox.TidyAsync(DateTime.UtcNow.AddDays(100), CancellationToken.None);
        Assert.Equal(0, dovecot.Count("CordisPulse/Done"));
        Assert.Null(await mailbox.ReadAsync(message, CancellationToken.None));
    }

    /// <summary>Tokens as the program makes them.</summary>
    private static Task<int> GiveTokensAsync(PulseApp node) => node.QueryAsync(async db =>
    {
        foreach (var subscriber in await db.Subscribers.ToListAsync())
            subscriber.UnsubscribeToken = SecretToken.Create();
        return await db.SaveChangesAsync();
    });

    /// <summary>Signed as ours, for a delivery that the database does not know: it was restored from a backup.</summary>
    private static byte[] OfNoDelivery(MailingLab lab)
    {
        var key = Convert.FromBase64String(File.ReadAllText(Path.Combine(lab.Directory, "secret.key")));
        return ReturnSample.Load("qmail", new BounceAddress(ReturnSample.Bounces, key).ForDelivery(999_999), SecretToken.Create(), "2030-03.edition.1.1@pulse.example.org");
    }

    private static byte[] Large(byte[] message) => [.. message, .. Enumerable.Repeat((byte)'x', SizeOfLarge)];

    private static Task WaitUntilReadAsync(PulseApp node) => WaitAsync(node, row => row.LookedUtc != null);

    private static Task<string?> OwnerAsync(PulseApp node) => node.QueryAsync(db => db.MailboxReadings.Select(row => row.LeaseOwner).SingleAsync());

    private static async Task WaitAsync(PulseApp node, Func<MailboxReading, bool> condition)
    {
        for (var end = DateTime.UtcNow + TimeSpan.FromSeconds(40); ; await Task.Delay(50))
        {
            var row = await node.QueryAsync(db => db.MailboxReadings.AsNoTracking().SingleAsync());
            if (condition(row))
                return;
            Assert.True(DateTime.UtcNow < end, $"{row.LookedUtc} {row.LeaseOwner} {row.Problem}\n{MailingLab.Log(node)}");
        }
    }
}
