using System.Net;
using CordisPulse.Core.Accounts;
using CordisPulse.Core.Catalogue;
using CordisPulse.Core.Feeds;
using CordisPulse.Tests.Areas.Editor.Intake;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Tests.Areas.Editor.Settings;

public sealed class SourceRemovalTests(WatchingApp app) : IClassFixture<WatchingApp>
{
    private const string List = "/editor/settings/sources";

    [Fact]
    public async Task A_source_that_nothing_uses_is_removed_and_comes_back_as_it_was()
    {
        var id = await app.AddSourceAsync("Removed Trust");
        using var editor = await app.SignInAsync(Roles.Editor);
        await editor.SubmitAsync(
            await editor.GetAsync($"{List}/{id}"), new() { ["Details.OtherNames"] = "RT", ["Details.Domains"] = "removed.example" }, "#details");

        var gone = await editor.FollowAsync(await editor.SubmitAsync(await editor.GetAsync($"{List}/{id}"), null, "#remove-form"));

        Assert.Equal("“Removed Trust” is removed from the register.", gone.One(".flash p").TextContent);
        Assert.Equal(HttpStatusCode.NotFound, (await editor.GetAsync($"{List}/{id}")).Status);
        var back = await editor.FollowAsync(await editor.SubmitAsync(gone, null, "#put-back"));
        Assert.Equal("Removed Trust", back.One("h1").TextContent);
        Assert.Equal("RT", back.One("#Details_OtherNames").TextContent.Trim());
        Assert.Equal("removed.example", back.One("#Details_Domains").TextContent.Trim());
        var again = await editor.FollowAsync(await editor.SubmitAsync(gone, null, "#put-back"));
        Assert.Equal("“Removed Trust” is a name of Removed Trust now, so it was not put back.", again.One(".flash p").TextContent);
    }

    [Theory]
    [InlineData("item", "It can't be removed, because it has 1 item.")]
    [InlineData("feed", "It can't be removed, because it has 1 feed.")]
    [InlineData("merged", "It can't be removed, because it has 1 source that was merged into it.")]
    public async Task A_source_that_is_used_stays_and_its_page_says_why(string use, string words)
    {
        var id = await app.AddSourceAsync($"Used by {use}");
        using var editor = await app.SignInAsync(Roles.Editor);
        var before = await editor.GetAsync($"{List}/{id}");
        await app.QueryAsync(db =>
        {
            db.Add<object>(use switch
            {
                "item" => new Core.Editions.EditionItem { Title = "Its own", Slug = "its-own", SourceId = id },
                "feed" => new SourceFeed { SourceId = id, Address = "https://feeds.example/used", AddressHash = "used" },
                _ => new MergedSource { Slug = "was-another", SourceId = id },
            });
            return db.SaveChangesAsync();
        });

        var refused = await editor.FollowAsync(await editor.SubmitAsync(before, null, "#remove-form"));

        Assert.Equal($"“Used by {use}” can't be removed: something uses it.", refused.One(".flash p").TextContent);
        Assert.StartsWith(words, refused.One("#remove + .hint").TextContent, StringComparison.Ordinal);
        Assert.Empty(refused.Document.QuerySelectorAll("#remove-form"));
        Assert.True(await app.QueryAsync(db => db.Sources.AnyAsync(source => source.Id == id)));
    }
}
