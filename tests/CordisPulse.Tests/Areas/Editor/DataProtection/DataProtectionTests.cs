using System.Net;
using CordisPulse.Core.Accounts;
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
        var narrowed = await publisher.SubmitAsync(all, new() { ["Account"] = $"{account}", ["Act"] = AuditedActs.ReadPerson }, "#find");
        Assert.Equal(["second@looks.example"], narrowed.Texts("#readings td[data-label=Who]"));
        Assert.Equal($"{seen}", narrowed.One("#Person").GetAttribute("value"));
        Assert.Contains("Nothing matches.", (await publisher.SubmitAsync(narrowed, new() { ["Person"] = $"{other}" }, "#find")).One("main").TextContent, StringComparison.Ordinal);
        var odd = await publisher.SubmitAsync(narrowed, new() { ["Person"] = "Ann" }, "#find");
        Assert.Equal(HttpStatusCode.BadRequest, odd.Status);
        Assert.Contains("Give the person’s number", odd.One("#Person-error").TextContent, StringComparison.Ordinal);
        Assert.Equal("Ann", odd.One("#Person").GetAttribute("value"));

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
    }
}
