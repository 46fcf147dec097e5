using System.Net;
using CordisPulse.Core.Accounts;
using CordisPulse.Core.Editions;
using CordisPulse.Tests.Areas.Editor.Intake;
using CordisPulse.Tests.Builders;
using CordisPulse.Tests.Outbound;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CordisPulse.Tests.Areas.Editor.Settings;

public sealed class SourceMergeTests(WatchingApp app) : IClassFixture<WatchingApp>
{
    [Fact]
    public async Task All_that_is_of_one_source_becomes_the_others_and_readers_follow()
    {
        await using var site = await LoopbackSite.StartAsync();
        site.On("/feed", new LoopbackFeed().AnswerAsync);
        using var editor = await app.SignInAsync(Roles.Editor);
        var (old, stays) = (await app.AddSourceAsync("Board of Bees"), await app.AddSourceAsync("Bee Board"));
        await SaveAsync(editor, old, "Board of Bees", "BoB", "bees.example");
        await app.WatchAsync(editor, old, site.At("/feed"));
        var edition = await new EditionBuilder().Item("Counting bees", item => item.SourceId = old).SaveAsync(app);
        await app.QueryAsync(async db =>
        {
            db.Add(new EditionItem { Title = "Bees to come", Slug = "bees", SourceId = old, Intake = new() { AddedUtc = DateTime.UtcNow } });
            return await db.SaveChangesAsync();
        });
        await PublishAsync(edition);

        var page = await ChooseAsync(editor, old, "bee", "Bee Board");
        var told = Normal(page.One("#effects").TextContent);
        foreach (var words in (string[])[
            "2 items of the intake and of editions are from Bee Board then.", $"1 published item under Bee Board. The pages of {edition.Month.Title} go on saying “Board of Bees”",
            "1 feed is watched for Bee Board.", "Bee Board is also known by: Board of Bees, BoB, bees.example.", "/sources/board-of-bees leads to /sources/bee-board."])
            Assert.Contains(words, told, StringComparison.Ordinal);
        Assert.True(await app.QueryAsync(db => db.Sources.AnyAsync(source => source.Id == old)));
        var answer = await editor.SubmitAsync(page, form: "#merge-form");

        Assert.Equal($"/editor/settings/sources/{stays}", answer.Location!.ToString());
        Assert.Contains("They are one source now: Bee Board.", (await editor.FollowAsync(answer)).Text, StringComparison.Ordinal);
        var source = await app.QueryAsync(db => db.Sources.SingleAsync(one => one.Id == stays));
        Assert.Equal(["Board of Bees", "BoB"], source.OtherNames);
        Assert.Equal(["bees.example"], source.Domains);
        Assert.Equal((false, 2, 1), await app.QueryAsync(async db => (
            await db.Sources.AnyAsync(one => one.Id == old), await db.EditionItems.CountAsync(item => item.SourceId == stays), await db.SourceFeeds.CountAsync(feed => feed.SourceId == stays))));
        using var reader = app.Visit();
        var moved = await reader.GetAsync("/sources/board-of-bees");
        Assert.Equal((HttpStatusCode.MovedPermanently, "/sources/bee-board"), (moved.Status, moved.Location!.ToString()));
        Assert.Contains("Counting bees", (await reader.FollowAsync(moved)).Text, StringComparison.Ordinal);
        Assert.Contains("Board of Bees", (await reader.GetAsync($"/editions/{edition.Month}")).One("main").TextContent, StringComparison.Ordinal);

        await PublishAsync(edition);
        Assert.DoesNotContain("Board of Bees", (await reader.GetAsync($"/editions/{edition.Month}")).One("main").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_leads_to_the_last_of_sources_that_were_merged_one_after_the_other()
    {
        using var editor = await app.SignInAsync(Roles.Editor);
        var (first, second, third) = (await app.AddSourceAsync("Chain One"), await app.AddSourceAsync("Chain Two"), await app.AddSourceAsync("Chain Three"));
        await new PublishedEditionBuilder("2020-11").With(new BuiltItem("In a chain") { Source = "Chain One" }, new BuiltItem("Also in a chain") { Source = "Chain Two" }).SaveAsync(app);

        await editor.SubmitAsync(await ChooseAsync(editor, first, "Chain", "Chain Two"), form: "#merge-form");
        await editor.SubmitAsync(await ChooseAsync(editor, second, "Chain", "Chain Three"), form: "#merge-form");

        using var reader = app.Visit();
        foreach (var slug in (string[])["chain-one", "chain-two"])
            Assert.Equal("/sources/chain-three", (await reader.GetAsync($"/sources/{slug}")).Location!.ToString());
        Assert.Equal(["Chain Two", "Chain One"], await app.QueryAsync(async db => (await db.Sources.SingleAsync(source => source.Id == third)).OtherNames));
        Assert.Contains("Also in a chain", (await reader.GetAsync("/editions/2020-11/in-a-chain")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_has_changed_since_the_page_was_opened_is_told_and_nothing_is_merged()
    {
        using var editor = await app.SignInAsync(Roles.Editor);
        var (old, stays) = (await app.AddSourceAsync("Moving Mill"), await app.AddSourceAsync("Still Mill"));
        var page = await ChooseAsync(editor, old, "Mill", "Still Mill");
        await new EditionBuilder().Item("Mills", item => item.SourceId = old).SaveAsync(app);

        var refused = await editor.SubmitAsync(page, form: "#merge-form");

        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Contains("has changed since you opened this page", refused.One(".error-summary").TextContent, StringComparison.Ordinal);
        Assert.Contains("1 item of the intake and of editions is from Still Mill then.", Normal(refused.One("#effects").TextContent), StringComparison.Ordinal);
        await SaveAsync(editor, stays, "Still Mill", "", "mill.example");
        Assert.Equal(HttpStatusCode.BadRequest, (await editor.SubmitAsync(refused, form: "#merge-form")).Status);
        Assert.Equal(2, await app.QueryAsync(db => db.Sources.CountAsync(source => source.Id == old || source.Id == stays)));
    }

    [Fact]
    public async Task A_source_that_is_gone_or_the_same_is_looked_for_again()
    {
        using var editor = await app.SignInAsync(Roles.Editor);
        var id = await app.AddSourceAsync("Lonely Lab");

        foreach (var query in (string[])[$"?into={id}", "?into=999999", "?into=x", "?q=nobody%20of%20this%20name"])
            Assert.Null((await editor.GetAsync($"/editor/settings/sources/{id}/merge{query}")).Document.QuerySelector("#merge-form"));
        Assert.Equal(HttpStatusCode.NotFound, (await editor.GetAsync("/editor/settings/sources/999999/merge")).Status);
        Assert.Contains("No other source is found.", (await editor.GetAsync($"/editor/settings/sources/{id}/merge?q=Lonely")).Text, StringComparison.Ordinal);
    }

    /// <summary>The page that tells what will happen.</summary>
    private static async Task<WebPage> ChooseAsync(Visitor editor, int id, string words, string other)
    {
        var source = await editor.GetAsync($"/editor/settings/sources/{id}");
        var found = await editor.SubmitAsync(await editor.GetAsync(source.One("main a[href$='/merge']").GetAttribute("href")!), new() { ["q"] = words }, "#find");
        return await editor.GetAsync(found.Document.QuerySelectorAll("#found a").Single(link => link.TextContent == other).GetAttribute("href")!);
    }

    private static async Task SaveAsync(Visitor editor, int id, string name, string otherNames, string domains)
        => await editor.SubmitAsync(
            await editor.GetAsync($"/editor/settings/sources/{id}"),
            new() { ["Details.Name"] = name, ["Details.OtherNames"] = otherNames, ["Details.Domains"] = domains },
            "#details");

    private Task<int> PublishAsync(Edition edition) => app.InScopeAsync(services => services.GetRequiredService<EditionPublisher>().PublishAsync(
        new PublishEdition { Month = edition.Month, ById = null, Allow = [PublishEdition.AllowAll] }));

    private static string Normal(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
