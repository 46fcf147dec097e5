using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using CordisPulse.Core.Accounts;
using CordisPulse.Core.Data;
using CordisPulse.Core.Mail;
using CordisPulse.Core.Subscriptions;
using CordisPulse.Tests.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CordisPulse.Tests.Features;

/// <summary>What a mailed link can do, and what only a link that is mailed to the address can.</summary>
public sealed partial class YourDataTests
{
    [Fact]
    public async Task The_link_of_a_mail_chooses_pauses_and_resumes_and_shows_no_name_and_no_address()
    {
        await using var app = new PulseApp();
        var token = await AddAsync(app, "chooser@example.org", "Chloe Chooser");
        using var visitor = app.Visit();
        var page = await visitor.GetAsync($"/preferences/{token}");
        Assert.DoesNotContain("chooser@", page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("Chloe", page.Html, StringComparison.Ordinal);
        var sector = page.One("#sectors input").GetAttribute("value")!;

        var chosen = await visitor.FollowAsync(await visitor.SubmitAsync(page, new() { ["Sectors"] = sector }, "#sectors"));
        var paused = await visitor.FollowAsync(await visitor.SubmitAsync(chosen, new() { ["months"] = "3" }, "#pause"));

        Assert.Contains("Your choice is saved", chosen.One("[role=status]").TextContent, StringComparison.Ordinal);
        Assert.Contains("It is paused until", paused.Text, StringComparison.Ordinal);
        var person = await PersonAsync(app);
        Assert.Equal(sector, person.Sectors);
        Assert.InRange(person.PausedUntilUtc!.Value, DateTime.UtcNow.AddMonths(3).AddDays(-1), DateTime.UtcNow.AddMonths(3));
        var resumed = await visitor.FollowAsync(await visitor.SubmitAsync(paused, form: "#resume"));
        Assert.Contains("The pause is over", resumed.Text, StringComparison.Ordinal);
        Assert.Null((await PersonAsync(app)).PausedUntilUtc);
        using var odd = new FormUrlEncodedContent([new("Sectors", "99"), new("Sectors", sector)]);
        using var refused = await visitor.Http.PostAsync($"/preferences/{token}/sectors", odd);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Equal([ConsentEvent.SectorsChosen, ConsentEvent.Paused, ConsentEvent.Resumed], await EventsAsync(app));
    }

    [Fact]
    public async Task Somebody_takes_their_data_moves_to_a_new_address_and_is_erased_everywhere()
    {
        await using var app = new PulseApp();
        var token = await AddAsync(app, "mover.person@example.org", "Morag Mover");
        using var visitor = app.Visit();
        await visitor.SubmitAsync(await visitor.GetAsync($"/preferences/{token}"), form: "#your-data");
        var link = await LinkAsync(app, "mover.person@example.org", "holds about you");

        // Scanners open links: nothing is shown, and nothing used up.
        var closed = await visitor.GetAsync(link);
        Assert.DoesNotContain("mover.person", closed.Html, StringComparison.Ordinal);
        var open = await visitor.SubmitAsync(closed, form: "#open");
        Assert.Contains("mover.person@example.org", open.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Gone, (await visitor.GetAsync(link)).Status);

        var file = await visitor.SubmitAsync(open, form: "#download");
        Assert.Equal("application/json", file.Headers["Content-Type"]);
        Assert.Contains("\"name\": \"Morag Mover\"", file.Html, StringComparison.Ordinal);

        var tooLong = await visitor.SubmitAsync(open, new() { ["Name"] = new string('n', 301), ["Organisation"] = "Typed House" }, "#name");
        Assert.Equal(HttpStatusCode.BadRequest, tooLong.Status);
        Assert.Equal("#Name", tooLong.One(".error-summary a").GetAttribute("href"));
        Assert.StartsWith("Error: ", tooLong.Document.Title, StringComparison.Ordinal);
        Assert.Equal("Typed House", tooLong.One("#Organisation").GetAttribute("value"));

        var renamed = await visitor.SubmitAsync(open, new() { ["Name"] = "Morag Moved" }, "#name");
        Assert.Contains("are saved", renamed.One("[role=status]").TextContent, StringComparison.Ordinal);
        var asked = await visitor.SubmitAsync(renamed, new() { ["Email"] = "moved.person@example.org" }, "#address");
        Assert.Contains("Until it is confirmed there, nothing changes", asked.Text, StringComparison.Ordinal);
        var confirm = await visitor.GetAsync(await LinkAsync(app, "moved.person@example.org", "new address"));
        Assert.Equal("mover.person@example.org", (await PersonAsync(app)).NormalizedEmail);
        await visitor.SubmitAsync(confirm, form: "#confirm");
        Assert.Equal(("moved.person@example.org", "Morag Moved"), ((await PersonAsync(app)).NormalizedEmail, (await PersonAsync(app)).Name));

        var unsure = await visitor.SubmitAsync(open, form: "#erase");
        Assert.Equal(HttpStatusCode.BadRequest, unsure.Status);
        var erased = await visitor.FollowAsync(await visitor.SubmitAsync(unsure, new() { ["Sure"] = "true" }, "#erase"));

        Assert.Equal("Your data is erased", erased.One("h1").TextContent);
        Assert.Equal(HttpStatusCode.Gone, (await visitor.SubmitAsync(open, form: "#download")).Status);
        var person = await PersonAsync(app);
        Assert.Equal((null, null, null, SubscriberStatus.Suppressed), (person.Email, person.Name, person.SearchText, person.Status));
        var suppressions = await app.QueryAsync(db => db.Suppressions.OrderBy(row => row.Reason).ToListAsync());
        Assert.Equal([(null, 64, SuppressionReason.Erased), (null, 64, SuppressionReason.Moved)], suppressions.Select(row => (row.NormalizedEmail, row.EmailHash!.Length, row.Reason)));
        // The link in an old mail still answers, and knows nobody.
        Assert.Contains("We hold nothing about you any more", (await visitor.GetAsync($"/unsubscribe/{token}")).Text, StringComparison.Ordinal);
        using var oneClick = new FormUrlEncodedContent([new("List-Unsubscribe", "One-Click")]);
        using var answer = await visitor.Http.PostAsync($"/unsubscribe/{token}", oneClick);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);

        // No list brings them back, and neither does staff's form.
        using var publisher = await app.SignInAsync(Roles.Publisher);
        var refused = await publisher.SubmitAsync(
            await publisher.GetAsync("/editor/subscribers/add"), new() { ["Email"] = "Moved.Person@example.org", ["Ground"] = nameof(ConsentGround.Consent), ["ObtainedFrom"] = "An old list" }, "#add");
        Assert.Contains("stays off the list", refused.One("#Email-error").TextContent, StringComparison.Ordinal);
        await app.InScopeAsync(async services =>
        {
            await services.GetRequiredService<Core.Data.Database>().ForgetAsync();
            return true;
        });
        foreach (var text in new[] { "moved.person", "Moved.Person", "Morag", token })
            Assert.Empty(FilesWith(app.Directory, text));
        // The address that they had moved away from was theirs as well.
        Assert.Empty(FilesWith(app.Directory, "mover.person"));
    }

    [Fact]
    public async Task Another_new_address_is_written_to_at_once_and_the_same_one_not_again()
    {
        await using var app = new PulseApp();
        var token = await AddAsync(app, "here@example.org", "Hera Here");
        using var visitor = app.Visit();
        await visitor.SubmitAsync(await visitor.GetAsync($"/preferences/{token}"), form: "#your-data");
        var open = await visitor.SubmitAsync(await visitor.GetAsync(await LinkAsync(app, "here@example.org", "holds about you")), form: "#open");

        foreach (var email in new[] { "ther@example.org", "there@example.org", "there@example.org" })
        {
            await visitor.SubmitAsync(open, new() { ["Email"] = email }, "#address");
            await app.SettledAsync();
        }

        await app.MailToAsync("ther@example.org", "new address");
        await app.MailToAsync("there@example.org", "new address");
        Assert.Equal(2, await app.QueryAsync(db => db.QueuedMails.CountAsync(mail => mail.Kind == QueuedMailKind.ConfirmAddress)));
    }

    [Fact]
    public async Task What_stays_as_it_is_is_not_written_down_and_the_address_that_is_held_gets_no_link()
    {
        await using var app = new PulseApp();
        var token = await AddAsync(app, "same@example.org", "Sam Same");
        using var visitor = app.Visit();
        await visitor.SubmitAsync(await visitor.GetAsync($"/preferences/{token}"), form: "#your-data");
        var open = await visitor.SubmitAsync(await visitor.GetAsync(await LinkAsync(app, "same@example.org", "holds about you")), form: "#open");

        // The second time as a browser does it that loads the answer again.
        for (var times = 0; times < 2; times++)
            Assert.Contains("are saved", (await visitor.SubmitAsync(open, new() { ["Name"] = "Sam Other" }, "#name")).One("[role=status]").TextContent, StringComparison.Ordinal);
        var own = await visitor.SubmitAsync(open, new() { ["Email"] = "Same@EXAMPLE.org" }, "#address");

        Assert.Equal((HttpStatusCode.BadRequest, "Same@EXAMPLE.org"), (own.Status, own.One("#Email").GetAttribute("value")));
        Assert.StartsWith("This is the address that we use already", own.One("#email-problem").TextContent, StringComparison.Ordinal);
        Assert.Equal("#Email", own.One(".error-summary a").GetAttribute("href"));
        Assert.Equal([ConsentEvent.DataAsked, ConsentEvent.NameChanged], await EventsAsync(app));
        Assert.Equal(0, await app.QueryAsync(db => db.AddressRequests.CountAsync()));
    }

    [Fact]
    public async Task The_link_to_what_is_held_is_mailed_only_so_often_a_day()
    {
        await using var app = new PulseApp().With("Joining:MailsPerAddressPerDay", "2");
        var token = await AddAsync(app, "often@example.org", "Olive Often");
        using var visitor = app.Visit();
        for (var times = 0; times < 3; times++)
        {
            await visitor.SubmitAsync(await visitor.GetAsync($"/preferences/{token}"), form: "#your-data");
            await app.QueryAsync(db => db.QueuedMails.ExecuteUpdateAsync(set => set
                .SetProperty(mail => mail.QueuedUtc, mail => DateTime.UtcNow.AddHours(-1)).SetProperty(mail => mail.NextAttemptUtc, (DateTime?)null)));
        }

        Assert.Equal(2, await app.QueryAsync(db => db.QueuedMails.CountAsync(mail => mail.Kind == QueuedMailKind.OwnDataLink)));
    }

    [Fact]
    public async Task The_page_loads_again_where_it_was_opened_and_nowhere_else_until_it_is_closed()
    {
        await using var app = new PulseApp();
        var token = await AddAsync(app, "again@example.org", "Agnes Again");
        using var visitor = app.Visit();
        await visitor.SubmitAsync(await visitor.GetAsync($"/preferences/{token}"), form: "#your-data");
        var link = await LinkAsync(app, "again@example.org", "holds about you");
        var (closed, elsewhere) = (await visitor.GetAsync(link), await visitor.GetAsync(link));

        var open = await visitor.SubmitAsync(closed, form: "#open");
        var again = await visitor.SubmitAsync(closed, form: "#open");

        Assert.All([open, again], page => Assert.Contains("again@example.org", page.One(".held").TextContent, StringComparison.Ordinal));
        Assert.Equal(open.One("#close input").GetAttribute("value"), again.One("#close input").GetAttribute("value"));
        // Whoever finds the link in the mailbox later, and whoever had it open at the time.
        Assert.Equal(HttpStatusCode.Gone, (await visitor.GetAsync(link)).Status);
        Assert.Equal(HttpStatusCode.Gone, (await visitor.SubmitAsync(elsewhere, form: "#open")).Status);
        Assert.Equal(HttpStatusCode.Gone, (await visitor.SubmitAsync(closed, new() { ["opening"] = "" }, "#open")).Status);

        var done = await visitor.FollowAsync(await visitor.SubmitAsync(again, form: "#close"));
        Assert.Equal("The page is closed", done.One("h1").TextContent);
        Assert.Equal(HttpStatusCode.Gone, (await visitor.SubmitAsync(closed, form: "#open")).Status);
        Assert.Equal(HttpStatusCode.Gone, (await visitor.SubmitAsync(open, form: "#download")).Status);
    }

    [SqliteFact]
    public async Task An_erased_address_that_is_typed_again_does_not_stay_in_the_files()
    {
        await using var app = new PulseApp();
        await app.InScopeAsync(async services =>
        {
            var (db, hash) = (services.GetRequiredService<PulseDbContext>(), services.GetRequiredService<AddressHash>());
            db.Add(new Suppression { EmailHash = hash.Of("typed.again@example.org"), Reason = SuppressionReason.Erased, SinceUtc = DateTime.UtcNow });
            return await db.SaveChangesAsync();
        });
        using var visitor = app.Visit();

        foreach (var path in new[] { "/your-data", "/unsubscribe" })
            await visitor.SubmitAsync(await visitor.GetAsync(path), new() { ["Email"] = "Typed.Again@example.org" });
        await app.SettledAsync();

        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (FilesWith(app.Directory, "yped.again").Concat(FilesWith(app.Directory, "yped.Again")).Any())
            await Task.Delay(50, limit.Token);
        Assert.Equal(0, await app.QueryAsync(db => db.AddressRequests.CountAsync()));
    }

    [Fact]
    public async Task Whoever_asks_for_the_link_is_told_whether_one_is_mailed()
    {
        await using var app = new PulseApp().With("Joining:MailsPerAddressPerDay", "2");
        var token = await AddAsync(app, "told@example.org", "Tilda Told");
        using var visitor = app.Visit();

        Assert.StartsWith("An e-mail with the link is on its way", await AskAsync(), StringComparison.Ordinal);
        await app.MailedAsync();
        Assert.StartsWith("The link was asked for a moment ago already", await AskAsync(), StringComparison.Ordinal);
        // Used up, it is no use to whoever asks again.
        await visitor.SubmitAsync(await visitor.GetAsync(await LinkAsync(app, "told@example.org", "holds about you")), form: "#open");
        Assert.StartsWith("An e-mail with the link is on its way", await AskAsync(), StringComparison.Ordinal);
        await app.MailedAsync();
        await app.QueryAsync(db => db.OneTimeTokens.ExecuteUpdateAsync(set => set.SetProperty(link => link.UsedUtc, DateTime.UtcNow)));
        Assert.StartsWith("No e-mail is sent", await AskAsync(), StringComparison.Ordinal);
        Assert.Equal(2, await app.QueryAsync(db => db.QueuedMails.CountAsync()));

        async Task<string> AskAsync()
            => (await visitor.FollowAsync(await visitor.SubmitAsync(await visitor.GetAsync($"/preferences/{token}"), form: "#your-data"))).One("[role=status]").TextContent;
    }

    [Fact]
    public async Task A_mail_that_the_server_refused_keeps_nobody_from_the_next()
    {
        await using var app = new PulseApp();
        var token = await AddAsync(app, "refused@example.org", "Ruth Refused");
        using var visitor = app.Visit();
        var page = await visitor.GetAsync($"/preferences/{token}");
        await visitor.SubmitAsync(page, form: "#your-data");
        await app.MailedAsync();
        await app.QueryAsync(db => db.QueuedMails.ExecuteUpdateAsync(set => set.SetProperty(mail => mail.SentUtc, (DateTime?)null).SetProperty(mail => mail.Answer, "550 no")));

        var asked = await visitor.FollowAsync(await visitor.SubmitAsync(page, form: "#your-data"));

        Assert.StartsWith("An e-mail with the link is on its way", asked.One("[role=status]").TextContent, StringComparison.Ordinal);
        Assert.Equal(2, await app.QueryAsync(db => db.QueuedMails.CountAsync()));
    }

    private static Task<Subscriber> PersonAsync(PulseApp app) => app.QueryAsync(db => db.Subscribers.AsNoTracking().SingleAsync());

    private static Task<List<ConsentEvent>> EventsAsync(PulseApp app) => app.QueryAsync(db => db.ConsentRecords.OrderBy(row => row.Id).Select(row => row.Event).ToListAsync());

    private static async Task<string> LinkAsync(PulseApp app, string address, string subject)
        => new Uri(Link().Match((await app.MailToAsync(address, subject)).TextBody!).Value).AbsolutePath;

    private static Task<string> AddAsync(PulseApp app, string email, string name) => app.QueryAsync(async db =>
    {
        var row = db.Add(new Subscriber { Email = email, NormalizedEmail = email, Name = name, Status = SubscriberStatus.Active, UnsubscribeToken = SecretToken.Create() }).Entity;
        await db.SaveChangesAsync();
        return row.UnsubscribeToken;
    });

    private static IEnumerable<string> FilesWith(string folder, string text)
    {
        var sought = Encoding.UTF8.GetBytes(text);
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            // A node's mark that it lives, which it holds, is empty.
            if (Path.GetExtension(file) == ".lock")
                continue;
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var bytes = new MemoryStream();
            stream.CopyTo(bytes);
            if (bytes.GetBuffer().AsSpan(0, (int)bytes.Length).IndexOf(sought) >= 0)
                yield return Path.GetFileName(file);
        }
    }

    [GeneratedRegex(@"https?://\S+")]
    private static partial Regex Link();
}
