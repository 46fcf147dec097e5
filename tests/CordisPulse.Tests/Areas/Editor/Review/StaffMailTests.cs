using System.Globalization;
using System.Net;
using CordisPulse.Core.Accounts;
using CordisPulse.Core.Editions;
using CordisPulse.Core.Mail;
using CordisPulse.Core.Site;
using CordisPulse.Core.Subscriptions;
using CordisPulse.Tests.Builders;
using CordisPulse.Tests.Features;
using CordisPulse.Tests.Mail;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MimeKit;

namespace CordisPulse.Tests.Areas.Editor.Review;

/// <summary>What staff are told by mail, each what they chose.</summary>
public sealed class StaffMailTests : IAsyncDisposable
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    private readonly PulseApp _app = new PulseApp().With("Editions:GatherMailFor", "00:00:00");

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task Comments_go_to_those_who_work_on_the_edition_and_not_to_who_wrote_them()
    {
        var edition = await new EditionBuilder().Item("Talked about").SaveAsync(_app);
        using var author = await _app.SignInAsync(Roles.Editor, "author@example.org");
        using var other = await _app.SignInAsync(Roles.Editor, "other@example.org");
        using var guest = _app.Visit();
        await author.SubmitAsync(await author.GetAsync($"/editor/editions/{edition.Month}/items/{edition.Items[0].Id}"), new() { ["Form.Title"] = "Much talked about" }, "#item-form");
        var path = await PrivatePreviewTests.MakeLinkAsync(other, edition, "Ann");

        await guest.SubmitAsync(await guest.GetAsync(path), new() { ["Text"] = "Is the year right?", ["Name"] = "Ann" }, $"#comments-item-{edition.Items[0].Id} form");

        // One who edited it, and one who let the guest in.
        var mails = await MailsAsync(2);
        Assert.Equal(["author@example.org", "other@example.org"], mails.Select(To).Order());
        Assert.All(mails, mail => Assert.Equal($"1 new comment on {edition.Month.Title}", mail.Subject));
        Assert.All(mails, mail => Assert.Contains("Ann (guest) on “Much talked about”: Is the year right?", mail.TextBody, StringComparison.Ordinal));
        Assert.All(mails, mail => Assert.Contains("Is the year right?", mail.HtmlBody, StringComparison.Ordinal));
        Assert.All(mails, mail => Assert.Contains($"{_app.Address}editor/my-mail", mail.TextBody, StringComparison.Ordinal));
        Assert.All(mails, mail => Assert.Contains($"{_app.Address}editor/my-mail", mail.HtmlBody, StringComparison.Ordinal));
        Assert.All(mails, mail => Assert.Equal("auto-generated", mail.Headers["Auto-Submitted"]));
        Assert.All(mails, mail => Assert.DoesNotContain(path.Split('/')[^1], mail.TextBody, StringComparison.Ordinal));

        // Whoever chose otherwise is told no more.
        await author.SubmitAsync(await author.GetAsync("/editor/my-mail"), new() { ["wanted"] = null }, "#my-mail");
        await other.SubmitAsync(await other.GetAsync($"/editor/editions/{edition.Month}/preview/comments"), new() { ["Text"] = "It is." }, ".thread .say form");
        Assert.Equal(2, await _app.QueryAsync(db => db.QueuedMails.CountAsync()));
        Assert.DoesNotContain("author@", _app.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Publishers_are_asked_to_approve_and_told_that_a_mailing_has_finished_if_they_chose_it()
    {
        var edition = await new EditionBuilder().Item("Approved by mail").SaveAsync(_app);
        var address = $"/editor/editions/{edition.Month}";
        using var editor = await _app.SignInAsync(Roles.Editor, "editor@example.org");
        using var publisher = await _app.SignInAsync(Roles.Publisher, "publisher@example.org");
        Assert.Null((await editor.GetAsync("/editor/my-mail")).Document.QuerySelector("[value=MailingFinished]"));

        var asked = await editor.FollowAsync(await editor.SubmitAsync(await editor.GetAsync($"{address}/preview"), null, "#ask-form"));

        Assert.Contains("1 publisher will be asked by mail", asked.One(".flash").TextContent, StringComparison.Ordinal);
        var mail = Assert.Single(await MailsAsync(1));
        Assert.Equal(("publisher@example.org", $"{edition.Month.Title} is ready to approve"), (To(mail), mail.Subject));
        Assert.Contains($"{_app.Address}editor/editions/{edition.Month}/preview", mail.TextBody, StringComparison.Ordinal);
        var twice = await editor.FollowAsync(await editor.SubmitAsync(await editor.GetAsync($"{address}/preview"), null, "#ask-form"));
        var queued = await _app.QueryAsync(db => db.QueuedMails.SingleAsync());
        Assert.Equal($"You asked for this already, on {UkTime.Minute(queued.QueuedUtc)}. Nobody is asked twice.", twice.One(".flash p").TextContent);
        using (var colleague = await _app.SignInAsync(Roles.Editor))
        {
            var again = await colleague.FollowAsync(await colleague.SubmitAsync(await colleague.GetAsync($"{address}/preview"), null, "#ask-form"));
            Assert.StartsWith("editor@example.org asked for this already, on ", again.One(".flash p").TextContent, StringComparison.Ordinal);
        }

        Assert.Equal(1, await _app.QueryAsync(db => db.QueuedMails.CountAsync()));
        var nobody = await publisher.FollowAsync(await publisher.SubmitAsync(await publisher.GetAsync($"{address}/preview"), null, "#ask-form"));
        Assert.Contains("no other publisher", nobody.One(".flash").TextContent, StringComparison.Ordinal);

        var choices = await publisher.GetAsync("/editor/my-mail");
        Assert.False(choices.One("[value=MailingFinished]").HasAttribute("checked"));
        using (var content = new FormUrlEncodedContent(
        [
            new("wanted", "MailingFinished"), new("wanted", "ConfirmSubscription"), new("wanted", "no such kind"),
            new("__RequestVerificationToken", choices.One("#my-mail [name=__RequestVerificationToken]").GetAttribute("value")!),
        ]))
            Assert.Equal(HttpStatusCode.Redirect, (await publisher.Http.PostAsync("/editor/my-mail", content)).StatusCode);
        Assert.Equal(["MailingFinished"], (await publisher.GetAsync("/editor/my-mail")).Document.QuerySelectorAll("[checked]").Select(box => box.GetAttribute("value")));
        await publisher.SubmitAsync(await publisher.GetAsync("/editor/subscribers/add"), new() { ["Email"] = "reader@example.org", ["Ground"] = nameof(ConsentGround.Consent), ["ObtainedFrom"] = "Asked in person" });
        await publisher.SubmitAsync(await publisher.GetAsync($"{address}/publish"), null, "#publish-form");
        await publisher.SubmitAsync(await publisher.GetAsync($"{address}/mailing"), null, "#start");
        await publisher.SubmitAsync(await publisher.GetAsync($"{address}/mailing"), null, "#send-now");

        var finished = (await MailsAsync(3)).Single(sent => sent.Subject == $"{edition.Month.Title} has been sent");
        Assert.Equal("publisher@example.org", To(finished));
        Assert.Contains("1 of 1 message sent", finished.TextBody, StringComparison.Ordinal);
        Assert.DoesNotContain("reader@", finished.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_asks_and_whoever_is_asked_is_told_of_errors_that_are_open()
    {
        var edition = await new EditionBuilder().Item("Unlinked", item => item.Url = "#").Item("Nowhere", item => item.Url = null).SaveAsync(_app);
        var address = $"/editor/editions/{edition.Month}";
        using var editor = await _app.SignInAsync(Roles.Editor, "editor@example.org");
        await _app.AddAccountAsync("publisher@example.org", Roles.Publisher);

        var preview = await editor.GetAsync($"{address}/preview");
        Assert.StartsWith("2 errors are open: the edition can't be published until they are mended", preview.One("#open-errors").TextContent, StringComparison.Ordinal);
        Assert.Equal($"{address}/checks", preview.One("#open-errors a").GetAttribute("href"));
        Assert.Equal("Ask the publishers to approve all the same", preview.One("#ask-form button").TextContent);
        await editor.SubmitAsync(preview, null, "#ask-form");

        var mail = Assert.Single(await MailsAsync(1));
        Assert.Equal($"{edition.Month.Title}: asked to approve, with 2 errors open", mail.Subject);
        Assert.Contains("2 errors are open", mail.TextBody, StringComparison.Ordinal);
        Assert.Contains("2 errors are open", mail.HtmlBody, StringComparison.Ordinal);

        foreach (var item in edition.Items)
            await editor.SubmitAsync(await editor.GetAsync($"{address}/items/{item.Id}"), new() { ["Form.Url"] = $"https://example.org/mended/{item.Id}" }, "#item-form");
        var mended = await editor.GetAsync($"{address}/preview");
        Assert.Empty(mended.Document.QuerySelectorAll("#open-errors"));
        Assert.Equal("Ready: ask the publishers to approve", mended.One("#ask-form button").TextContent);
    }

    [Fact]
    public async Task What_was_changed_since_is_asked_for_again()
    {
        var edition = await new EditionBuilder().Item("Asked for").SaveAsync(_app);
        var address = $"/editor/editions/{edition.Month}";
        using var editor = await _app.SignInAsync(Roles.Editor, "editor@example.org");
        await _app.AddAccountAsync("publisher@example.org", Roles.Publisher);
        await editor.SubmitAsync(await editor.GetAsync($"{address}/preview"), null, "#ask-form");
        await MailsAsync(1);
        await editor.SubmitAsync(await editor.GetAsync($"{address}/items/{edition.Items[0].Id}"), new() { ["Form.Title"] = "Asked for again" }, "#item-form");

        var asked = await editor.FollowAsync(await editor.SubmitAsync(await editor.GetAsync($"{address}/preview"), null, "#ask-form"));

        Assert.Contains("1 publisher will be asked by mail", asked.One(".flash").TextContent, StringComparison.Ordinal);
        Assert.Equal(2, (await MailsAsync(2)).Count);
    }

    [Fact]
    public async Task An_item_that_is_given_to_somebody_is_told_to_them_and_not_to_who_took_it()
    {
        var edition = await new EditionBuilder().Item("Yours").Item("Mine").SaveAsync(_app);
        await _app.AddAccountAsync("giver@example.org", Roles.Editor);
        await _app.AddAccountAsync("taker@example.org", Roles.Editor);
        var ids = await _app.QueryAsync(db => db.Users.ToDictionaryAsync(user => user.Email!, user => user.Id));

        await AssignAsync(edition.Items[1].Id, ids["giver@example.org"], ids["giver@example.org"]);
        await AssignAsync(edition.Items[0].Id, ids["taker@example.org"], ids["giver@example.org"]);

        var mail = Assert.Single(await MailsAsync(1));
        Assert.Equal(("taker@example.org", "Yours now: “Yours”"), (To(mail), mail.Subject));
        Assert.Contains($"{_app.Address}editor/editions/{edition.Month}/items/{edition.Items[0].Id}", mail.TextBody, StringComparison.Ordinal);
        Assert.Equal(1, await _app.QueryAsync(db => db.QueuedMails.CountAsync()));
    }

    private Task<bool> AssignAsync(int item, int to, int by) => _app.InScopeAsync(async services =>
    {
        await services.GetRequiredService<StaffMails>().AssignedAsync(new AssignedItem { ItemId = item, ToId = to, ById = by });
        return true;
    });

    private static string To(MimeMessage mail) => ((MailboxAddress)mail.To[0]).Address;

    /// <summary>All that lies in the outbox, once there are so many.</summary>
    private async Task<IReadOnlyList<MimeMessage>> MailsAsync(int count)
    {
        using var limit = new CancellationTokenSource(Soon);
        while (!Directory.Exists(_app.Outbox) || Directory.GetFiles(_app.Outbox, "*.eml").Length < count
            || await _app.QueryAsync(db => db.QueuedMails.AnyAsync(mail => mail.NextAttemptUtc != null)))
            await Task.Delay(50, limit.Token);
        return [.. Directory.GetFiles(_app.Outbox, "*.eml").Select(file => MimeMessage.Load(file))];
    }
}

/// <summary>Comments that follow each other closely.</summary>
public sealed class GatheredMailTests(PulseApp app) : IClassFixture<PulseApp>
{
    [Fact]
    public async Task Several_comments_within_minutes_are_one_mail()
    {
        var edition = await new EditionBuilder().Item("Busy").SaveAsync(app);
        var address = $"/editor/editions/{edition.Month}/preview/comments";
        using var author = await app.SignInAsync(Roles.Editor, "gathered@example.org");
        using var other = await app.SignInAsync(Roles.Editor);
        await author.SubmitAsync(await author.GetAsync($"/editor/editions/{edition.Month}/texts"), new() { ["Form.Introduction"] = "Mine" }, "#texts-form");
        foreach (var text in (string[])["First", "Second", "Third"])
            await other.SubmitAsync(await other.GetAsync(address), new() { ["Text"] = text }, "#comments-whole > .say form");
        var row = await app.QueryAsync(db => db.QueuedMails.SingleAsync());
        Assert.True(row.NextAttemptUtc > row.QueuedUtc.AddMinutes(1), "It waits for what may follow.");
        Assert.Empty(Directory.GetFiles(app.Outbox, "*.eml"));

        await app.QueryAsync(db => db.QueuedMails.ExecuteUpdateAsync(set => set.SetProperty(mail => mail.NextAttemptUtc, DateTime.UtcNow)));

        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (await app.QueryAsync(db => db.QueuedMails.AnyAsync(mail => mail.SentUtc == null)))
            await Task.Delay(50, limit.Token);
        var mail = await MimeMessage.LoadAsync(Assert.Single(Directory.GetFiles(app.Outbox, "*.eml")));
        Assert.Equal($"3 new comments on {edition.Month.Title}", mail.Subject);
        Assert.Contains("First", mail.TextBody, StringComparison.Ordinal);
        Assert.Contains("Third", mail.TextBody, StringComparison.Ordinal);
    }
}

/// <summary>A mailing that can't go on.</summary>
public sealed class StoppedMailingTests : IAsyncDisposable
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    private readonly LoopbackSmtpServer _server = LoopbackSmtpServer.Start();
    private readonly PulseApp _app;
    private Visitor? _publisher;

    public StoppedMailingTests() => _app = new PulseApp()
        .With("Mail:Transport", "Smtp").With("Mail:Smtp:Host", LoopbackSmtpServer.Host)
        .With("Mail:Smtp:Port", _server.Port.ToString(CultureInfo.InvariantCulture))
        .With("Mail:From", "pulse@example.org").With("Editions:GatherMailFor", "00:00:00");

    public async ValueTask DisposeAsync()
    {
        _publisher?.Dispose();
        await _app.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Publishers_are_told_once_that_the_mail_server_does_not_take_a_mailing()
    {
        _server.On(SmtpStage.Rcpt, SmtpReaction.Answer(421, "4.3.2 not now, reader@example.org"), moment => moment.Recipient == "reader@example.org");

        var edition = await StartAsync();

        var mail = Assert.Single(await _server.WaitForMessagesAsync(1, Soon));
        Assert.Equal("publisher@example.org", mail.Recipient);
        Assert.Equal($"The mailing of {edition.Month.Title} waits", mail.Message.Subject);
        Assert.DoesNotContain("reader@", mail.Message.ToString(), StringComparison.Ordinal);
        // Held again and again, it is told once.
        await _server.WaitUntilAsync(() => _server.ConnectionCount >= 4, TimeSpan.FromSeconds(60));
        Assert.Equal(1, await _app.QueryAsync(db => db.QueuedMails.CountAsync()));
    }

    [Fact]
    public async Task Publishers_are_told_that_a_mailing_was_cancelled()
    {
        _server.On(SmtpStage.Rcpt, SmtpReaction.Answer(451, "4.2.2 the box is full"), moment => moment.Recipient == "reader@example.org");
        var edition = await StartAsync();

        await _publisher!.SubmitAsync(await _publisher.GetAsync($"/editor/editions/{edition.Month}/mailing/cancel"), null, "#cancel");

        var mail = Assert.Single(await _server.WaitForMessagesAsync(1, Soon));
        Assert.Equal(("publisher@example.org", $"The mailing of {edition.Month.Title} was cancelled"), (mail.Recipient, mail.Message.Subject));
    }

    private async Task<Edition> StartAsync()
    {
        var edition = await new EditionBuilder().Item("Held up").SaveAsync(_app);
        var address = $"/editor/editions/{edition.Month}";
        _publisher = await _app.SignInAsync(Roles.Publisher, "publisher@example.org");
        await _publisher.SubmitAsync(await _publisher.GetAsync("/editor/subscribers/add"), new() { ["Email"] = "reader@example.org", ["Ground"] = nameof(ConsentGround.Consent), ["ObtainedFrom"] = "Asked in person" });
        await _publisher.SubmitAsync(await _publisher.GetAsync($"{address}/publish"), null, "#publish-form");
        Assert.Equal(HttpStatusCode.Redirect, (await _publisher.SubmitAsync(await _publisher.GetAsync($"{address}/mailing"), null, "#start")).Status);
        Assert.Equal(HttpStatusCode.Redirect, (await _publisher.SubmitAsync(await _publisher.GetAsync($"{address}/mailing"), null, "#send-now")).Status);
        return edition;
    }
}
