using System.Net;
using CordisPulse.Core.Accounts;
using CordisPulse.Core.Audit;
using CordisPulse.Core.Subscriptions;
using CordisPulse.Tests.Areas.Editor.Subscribers;
using Microsoft.EntityFrameworkCore;
using MimeKit;
using Microsoft.Extensions.DependencyInjection;

namespace CordisPulse.Tests.Areas.Editor.Person;

/// <summary>One person's page, and what staff do there.</summary>
public sealed class PersonTests(PulseApp app) : IClassFixture<PulseApp>
{
    private const string Root = "/editor/subscribers";

    [Fact]
    public async Task What_is_changed_stands_in_the_story_with_who_asked_and_each_look_is_kept()
    {
        using var publisher = await app.SignInAsync(Roles.Publisher);
        var id = await AddedPerson.AddAsync(app, publisher, "Edith.Old@edit.example");
        var form = await publisher.GetAsync($"{Root}/{id}/edit");
        var sector = form.One("[name='Form.Sectors']").GetAttribute("value")!;
        var missing = await publisher.SubmitAsync(form, new() { ["Form.Name"] = "Edith New" }, "#edit");
        Assert.Equal(HttpStatusCode.BadRequest, missing.Status);
        Assert.Contains("Say who asked", missing.One("#Form_Note-error").TextContent, StringComparison.Ordinal);
        Assert.Equal("Edith New", missing.One("#Form_Name").GetAttribute("value"));

        var page = await publisher.FollowAsync(await publisher.SubmitAsync(
            missing, new() { ["Form.Email"] = "edith.new@edit.example", ["Form.Sectors"] = sector, ["Form.Note"] = "Her letter of 3 March" }, "#edit"));

        Assert.Equal("edith.new@edit.example", page.One("h1").TextContent);
        Assert.Equal(["Chose sectors", "Changed name or organisation", "Changed address", "Put on the list"], page.Texts("#consent tbody th"));
        Assert.Contains("Her letter of 3 March", page.One("#consent").TextContent, StringComparison.Ordinal);
        Assert.Contains("the spring conference", page.One("#basis").TextContent, StringComparison.Ordinal);
        // Found by any part, whatever its accents and letter case.
        Assert.Equal("1", (await publisher.FollowAsync(await publisher.GetAsync($"{Root}?Search=ITH.new@ed"))).One("#found").TextContent);
        Assert.Equal("1", (await publisher.GetAsync($"{Root}?Domain=edit.example&Sector={sector}&Ground=Consent")).One("#found").TextContent);
        Assert.Equal(HttpStatusCode.OK, (await publisher.GetAsync(page.One("#consent a").GetAttribute("href")!)).Status);
        // The form, the form again with what was wrong, and the page; saving shows nothing.
        Assert.Equal(3, await app.QueryAsync(db => db.AuditEntries.CountAsync(entry => entry.SubscriberId == id && entry.Act == AuditedActs.ReadPerson)));
        var readings = (await publisher.GetAsync("/editor/data-protection")).One("#readings").TextContent;
        Assert.Contains($"subscriber {id}", readings, StringComparison.Ordinal);

        var other = await AddedPerson.AddAsync(app, publisher, "other@edit.example");
        var taken = await publisher.SubmitAsync(
            await publisher.GetAsync($"{Root}/{other}/edit"), new() { ["Form.Email"] = "EDITH.new@edit.example", ["Form.Note"] = "A slip" }, "#edit");
        Assert.Equal(2, await app.QueryAsync(db => db.AuditEntries.CountAsync(entry => entry.SubscriberId == other && entry.Act == AuditedActs.ReadPerson)));
        Assert.Equal("other@edit.example", await app.QueryAsync(db => db.Subscribers.Where(row => row.Id == other).Select(row => row.NormalizedEmail).SingleAsync()));
        Assert.Contains($"subscriber {id}", taken.One("#Form_Email-error").TextContent, StringComparison.Ordinal);
        var file = await publisher.SubmitAsync(page, form: "#export");
        Assert.Contains("edith.new@edit.example", file.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_left_stays_away_through_a_merge_and_old_links_lead_to_who_goes_on()
    {
        using var publisher = await app.SignInAsync(Roles.Publisher);
        var kept = await AddedPerson.AddAsync(app, publisher, "kept@merge.example");
        var gone = await AddedPerson.AddAsync(app, publisher, "gone@merge.example");
        var token = await TokenAsync(gone);
        await MergeAsync(publisher, kept, gone);

        Assert.Equal(SubscriberStatus.Active, await StatusAsync(kept));
        Assert.Contains($"subscriber {kept}", (await publisher.GetAsync($"{Root}/{gone}")).One(".notice:not(.flash)").TextContent, StringComparison.Ordinal);
        using var reader = app.Visit();
        await reader.SubmitAsync(await reader.GetAsync($"/unsubscribe/{token}"), form: "#leave");
        Assert.Equal(SubscriberStatus.Unsubscribed, await StatusAsync(kept));

        var third = await AddedPerson.AddAsync(app, publisher, "third@merge.example");
        await MergeAsync(publisher, third, kept);
        Assert.Equal(SubscriberStatus.Unsubscribed, await StatusAsync(third));
        Assert.True(await app.QueryAsync(db => db.Suppressions.AnyAsync(row => row.NormalizedEmail == "third@merge.example")));
    }

    [Fact]
    public async Task What_was_written_to_somebody_goes_before_nothing_tells_any_more_whose_it_was()
    {
        const string email = "written@folder.example";
        using var publisher = await app.SignInAsync(Roles.Publisher);
        using var reader = app.Visit();
        await reader.SubmitAsync(await reader.GetAsync("/subscribe"), new() { ["Email"] = email });
        var mail = await app.MailToAsync(email);
        var file = Directory.GetFiles(app.Outbox, "*.eml").Single(file => MimeMessage.Load(file).MessageId == mail.MessageId);
        var id = await app.QueryAsync(db => db.Subscribers.Where(row => row.Email == email).Select(row => row.Id).SingleAsync());
        var form = await publisher.GetAsync($"{Root}/{id}/erase");

        var erased = await app.QueryAsync(async db =>
        {
            // Their row can't be emptied as long as somebody else has it.
            await using var turn = await db.Database.BeginTransactionAsync();
            await db.Subscribers.Where(row => row.Id == id).ExecuteUpdateAsync(set => set.SetProperty(row => row.CreatedUtc, row => row.CreatedUtc));
            var erasing = publisher.SubmitAsync(form, new() { ["Form.Sure"] = "true" }, "#erase");
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
            while (File.Exists(file))
                await Task.Delay(20, limit.Token);
            Assert.Equal(email, await app.QueryAsync(other => other.Subscribers.Where(row => row.Id == id).Select(row => row.Email).SingleAsync()));
            await turn.RollbackAsync();
            return await erasing;
        });

        Assert.Equal(HttpStatusCode.Redirect, erased.Status);
        Assert.Null(await app.QueryAsync(db => db.Subscribers.Where(row => row.Id == id).Select(row => row.Email).SingleAsync()));
    }

    [Fact]
    public async Task A_suppressed_or_erased_person_comes_back_by_no_act_of_staff()
    {
        using var publisher = await app.SignInAsync(Roles.Publisher);
        var complained = await AddedPerson.AddAsync(app, publisher, "complained@away.example");
        await publisher.SubmitAsync(
            await publisher.GetAsync($"{Root}/{complained}/suppress"), new() { ["Form.Reason"] = nameof(SuppressionReason.Complained), ["Form.Note"] = "Wrote to us" }, "#suppress");
        var erased = await AddedPerson.AddAsync(app, publisher, "erased@away.example");
        var unsure = await publisher.SubmitAsync(await publisher.GetAsync($"{Root}/{erased}/erase"), form: "#erase");
        Assert.Equal(HttpStatusCode.BadRequest, unsure.Status);
        var page = await publisher.FollowAsync(await publisher.SubmitAsync(unsure, new() { ["Form.Sure"] = "true" }, "#erase"));

        Assert.Equal($"Subscriber {erased}", page.One("h1").TextContent);
        Assert.DoesNotContain("conference", page.One("#consent").TextContent, StringComparison.Ordinal);
        foreach (var email in new[] { "Complained@away.example", "ERASED@away.example" })
        {
            var refused = await publisher.SubmitAsync(await publisher.GetAsync($"{Root}/add"), new() { ["Email"] = email, ["Ground"] = nameof(ConsentGround.Consent), ["ObtainedFrom"] = "Another list" }, "#add");
            Assert.Contains("stays off the list", refused.One("#Email-error").TextContent, StringComparison.Ordinal);
            var third = await AddedPerson.AddAsync(app, publisher, $"{Guid.NewGuid():N}@away.example");
            var moved = await publisher.SubmitAsync(await publisher.GetAsync($"{Root}/{third}/edit"), new() { ["Form.Email"] = email, ["Form.Note"] = "A try" }, "#edit");
            Assert.Equal(HttpStatusCode.BadRequest, moved.Status);
            Assert.NotEmpty(moved.One("#Form_Email-error").TextContent);
        }

        // Asking on the page alone brings nobody back; confirming, which only the person can, does.
        using var reader = app.Visit();
        await reader.SubmitAsync(await reader.GetAsync("/subscribe"), new() { ["Email"] = "erased@away.example" });
        await app.SettledAsync();
        Assert.Equal(SubscriberStatus.Pending, await app.QueryAsync(db => db.Subscribers.Where(row => row.NormalizedEmail == "erased@away.example").Select(row => row.Status).SingleAsync()));
        var outcome = await app.InScopeAsync(services => services.GetRequiredService<SubscriberAdmission>().AddAsync(new AddSubscribers
        {
            People = [new NewSubscriber(Parsed("erased@away.example"), null, null)],
            Basis = new StatedBasis { Ground = ConsentGround.Consent, ObtainedFrom = "A list" },
            Way = Ways.Csv,
        }));
        Assert.Equal([AddOutcome.Suppressed], outcome);
    }

    private static EmailAddress Parsed(string email) => EmailAddress.TryParse(email, out var address, out var problem) ? address : throw new InvalidOperationException(problem);

    private static async Task MergeAsync(Visitor publisher, int kept, int gone)
        => await publisher.SubmitAsync(await publisher.GetAsync($"{Root}/{kept}/merge/{gone}"), new() { ["Form.Kept"] = $"{kept}" }, "#merge");

    private Task<SubscriberStatus> StatusAsync(int id) => app.QueryAsync(db => db.Subscribers.Where(row => row.Id == id).Select(row => row.Status).SingleAsync());

    private Task<string> TokenAsync(int id) => app.QueryAsync(db => db.Subscribers.Where(row => row.Id == id).Select(row => row.UnsubscribeToken).SingleAsync());
}
