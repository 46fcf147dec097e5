using System.Net;
using CordisPulse.Core.Accounts;
using CordisPulse.Core.Audit;
using CordisPulse.Core.Subscriptions;
using CordisPulse.Tests.Areas.Editor.Subscribers;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CordisPulse.Tests.Areas.Editor.DataProtection;

/// <summary>Who has seen whom, and for how long it is kept.</summary>
public sealed class DataProtectionTests(PulseApp app) : IClassFixture<PulseApp>
{
    private const string Root = "/editor/subscribers";

    [Fact]
    public async Task Who_has_seen_a_person_is_found_by_person_account_and_act_page_by_page()
    {
        using var publisher = await app.SignInAsync(Roles.Publisher, "first@looks.example");
        using var colleague = await app.SignInAsync(Roles.Publisher, "second@looks.example");
        var (seen, other) = (await AddedPerson.AddAsync(app, publisher, "seen@looks.example"), await AddedPerson.AddAsync(app, publisher, "unseen@looks.example"));
        var page = await publisher.GetAsync($"{Root}/{seen}");
        Assert.Null(page.Document.QuerySelector("#looks"));
        await publisher.SubmitAsync(page, form: "#export");
        await colleague.GetAsync($"{Root}/{seen}");

        page = await publisher.GetAsync($"{Root}/{seen}");
        Assert.Equal(["opened the page", "exported all we hold", "opened the page"], page.Texts("#looks td[data-label=What]"));
        Assert.Equal(["second@looks.example", "first@looks.example", "first@looks.example"], page.Texts("#looks td[data-label=Who]"));
        var all = await publisher.GetAsync(page.One("#all-looks").GetAttribute("href")!.Split('#')[0]);
        Assert.Equal(4, all.Texts("#readings tbody th").Count());
        Assert.All(all.Texts("#readings td[data-label=Whose]"), whose => Assert.Equal($"subscriber {seen}", whose));
        Assert.Contains("is kept: for 730 days", all.One("main").TextContent, StringComparison.Ordinal);

        var account = await app.QueryAsync(db => db.Users.Where(user => user.Email == "second@looks.example").Select(user => user.Id).SingleAsync());
        var narrowed = await FindAsync(all, new() { ["Account"] = $"{account}", ["Act"] = AuditedActs.ReadPerson });
        Assert.Equal(["second@looks.example"], narrowed.Texts("#readings td[data-label=Who]"));
        Assert.Equal($"{seen}", narrowed.One("#Person").GetAttribute("value"));
        Assert.Contains("Nothing matches.", (await FindAsync(narrowed, new() { ["Person"] = $"{other}" })).One("main").TextContent, StringComparison.Ordinal);
        // By address too, which does not come to stand in that of the page.
        var byAddress = await publisher.SubmitAsync(all, new() { ["Person"] = " Seen@looks.example " }, "#find");
        Assert.Equal($"/editor/data-protection?Person={seen}#seen", byAddress.Location!.ToString());
        foreach (var typed in new[] { "Ann", "nobody@looks.example" })
        {
            var odd = await publisher.SubmitAsync(narrowed, new() { ["Person"] = typed }, "#find");
            Assert.Equal((HttpStatusCode.BadRequest, typed), (odd.Status, odd.One("#Person").GetAttribute("value")));
            Assert.Contains("Nobody is held with this number or address", odd.One("#Person-error").TextContent, StringComparison.Ordinal);
            Assert.Equal("#Person", odd.One(".error-summary a").GetAttribute("href"));
            Assert.Equal($"{account}", odd.One("#Account option[selected]").GetAttribute("value"));
        }

        Assert.Equal(HttpStatusCode.BadRequest, (await publisher.GetAsync("/editor/data-protection?Person=Ann")).Status);

        await app.QueryAsync(db =>
        {
            for (var i = 0; i < 60; i++)
                db.Add(new AuditEntry { AtUtc = DateTime.UtcNow, AccountId = account, Act = AuditedActs.ExportPerson, SubscriberId = other });
            return db.SaveChangesAsync();
        });
        var newest = await publisher.GetAsync($"/editor/data-protection?Person={other}");
        var older = await publisher.GetAsync(newest.One("a[rel=next]").GetAttribute("href")!.Split('#')[0]);
        Assert.Equal((50, 10), (newest.Texts("#readings tbody th").Count(), older.Texts("#readings tbody th").Count()));
        Assert.Null(older.Document.QuerySelector("a[rel=next]"));

        async Task<WebPage> FindAsync(WebPage from, Dictionary<string, string?> values)
        {
            var found = await publisher.SubmitAsync(from, values, "#find");
            return await publisher.GetAsync(found.Location!.ToString().Split('#')[0]);
        }
    }

    [Fact]
    public async Task Who_was_taken_off_again_with_a_list_is_counted_and_shown_apart_from_who_has_not_confirmed()
    {
        await using var own = new PulseApp();
        using var publisher = await own.SignInAsync(Roles.Publisher);
        await own.QueryAsync(db =>
        {
            Add("asked", ConsentEvent.Requested);
            Add("taken", ConsentEvent.Imported, ConsentEvent.ImportUndone);
            Add("back", ConsentEvent.Imported, ConsentEvent.ImportUndone, ConsentEvent.Requested);
            return db.SaveChangesAsync();

            void Add(string name, params ConsentEvent[] story) => db.Add(new Subscriber
            {
                Email = $"{name}@pending.example",
                NormalizedEmail = $"{name}@pending.example",
                Status = SubscriberStatus.Pending,
                UnsubscribeToken = SecretToken.Create(),
                CreatedUtc = DateTime.UtcNow,
                Consent = [.. story.Select(what => new ConsentRecord { Event = what, AtUtc = DateTime.UtcNow, Note = "", Way = Ways.Csv })],
            });
        });

        var held = (await publisher.GetAsync("/editor/data-protection")).Document.QuerySelectorAll("#held tbody tr")
            .ToDictionary(row => row.QuerySelector("th")!.TextContent, row => row.QuerySelector("td[data-label=Now]")!.TextContent);
        Assert.Equal("2", held["The same of people who asked to join and have not confirmed"]);
        Assert.Equal("1", held["The same of people whom staff had added, and took off again with the list that they were on"]);
        var list = await publisher.GetAsync(Root);
        Assert.Equal(["back@pending.example", "taken@pending.example", "asked@pending.example"], list.Texts("table tbody th"));
        Assert.Equal(["Not confirmed", "Taken off again", "Not confirmed"], list.Texts("table td[data-label=Status]").Select(text => text.Trim()));
        var person = await publisher.GetAsync(list.Document.QuerySelectorAll("table tbody th a")[1].GetAttribute("href")!);
        Assert.Equal(("Taken off again", "never"), (person.One("#status").TextContent.Trim(), person.One("#readings").TextContent));
        Assert.Equal("once", (await publisher.GetAsync(person.Path)).One("#readings").TextContent);
    }
}
