using System.Net;
using AngleSharp.Html.Dom;
using CordisPulse.Core.Accounts;
using CordisPulse.Core.Catalogue;
using CordisPulse.Core.Editions;
using CordisPulse.Tests.Areas.Editor.Intake;
using CordisPulse.Tests.Builders;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Tests.Areas.Editor.Settings;

public sealed class SourceTests(WatchingApp app) : IClassFixture<WatchingApp>
{
    private const string Details = "#details";

    [Fact]
    public async Task Names_and_domains_are_saved_tidily_and_a_link_stands_for_its_domain()
    {
        using var editor = await app.SignInAsync(Roles.Editor);
        var id = await app.AddSourceAsync("Tidy Trust");

        var answer = await SaveAsync(editor, id, " The Tidy Trust ", "TT\r\n\r\nTidy  Trust\r\ntt\r\nthe tidy trust\r\n\u200B", "https://www.tidy.example/reports?year=2024\r\nTIDY.example.\r\nwww.bücher.example\r\ndata.tidy.example:8443");

        Assert.Equal(HttpStatusCode.Redirect, answer.Status);
        var saved = await SourceAsync(id);
        Assert.Equal(("The Tidy Trust", "tidy-trust", 2), (saved.Name, saved.Slug, saved.Version));
        Assert.Equal(["TT"], saved.OtherNames);
        Assert.Equal(["tidy.example", "xn--bcher-kva.example", "data.tidy.example"], saved.Domains);
        var page = await editor.FollowAsync(answer);
        Assert.Equal("tidy.example\nbücher.example\ndata.tidy.example", Typed(page, "Domains"));
        Assert.Equal([2], await app.QueryAsync(db => db.Revisions.Where(revision => revision.Text == RevisedText.Source && revision.TextId == id).Select(revision => revision.Version).ToListAsync()));
    }

    [Fact]
    public async Task Sources_are_listed_from_A_to_Z_and_found_by_each_of_their_names_whatever_the_case()
    {
        using var editor = await app.SignInAsync(Roles.Editor);
        foreach (var name in (string[])["Shelfmark Zoo", "SHELFMARK Abbey", "The Shelfmark Mill", "Quite Another"])
            await app.AddSourceAsync(name);
        await SaveAsync(editor, await app.AddSourceAsync("Barn of Books"), "Barn of Books", "The Shelfmark Barn", "");

        foreach (var query in (string[])["shelfmark", "SHELFMARK", "Sh%C3%A9lfmark"])
        {
            var list = await editor.GetAsync($"/editor/settings/sources?q={query}");
            Assert.Equal(["Barn of Books", "SHELFMARK Abbey", "The Shelfmark Mill", "Shelfmark Zoo"], list.Document.QuerySelectorAll("tbody th").Select(cell => cell.TextContent));
            Assert.StartsWith("4 sources found", list.One("caption").TextContent, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("", "", "", "Name", "Enter a name.")]
    [InlineData("\u200B", "", "", "Name", "Enter a name.")]
    [InlineData("Kept", "A\nB", "javascript:alert(1)", "Domains", "“javascript:alert(1)” is no domain. One reads like example.org.")]
    [InlineData("Kept", "A", "good.example\nuk", "Domains", "“uk” is no domain.")]
    [InlineData("Kept", "A", "127.0.0.1", "Domains", "“127.0.0.1” is no domain.")]
    [InlineData("Kept", "A", "somebody@example.org", "Domains", "“somebody@example.org” is no domain.")]
    [InlineData("Kept", "A", "two words.example", "Domains", "is no domain.")]
    [InlineData("Kept", "A", "ftp://example.org", "Domains", "is no domain.")]
    [InlineData("Kept", "A", "https://üüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüüü.example", "Domains", "is no domain.")]
    public async Task What_is_wrong_is_told_at_its_field_and_what_was_typed_stays(string name, string otherNames, string domains, string field, string message)
    {
        using var editor = await app.SignInAsync(Roles.Editor);
        var id = await app.AddSourceAsync($"Wrong {Guid.NewGuid():N}");

        var refused = await SaveAsync(editor, id, name, otherNames, domains);

        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Contains(message, refused.One($"#Details_{field}-error").TextContent, StringComparison.Ordinal);
        Assert.Equal((name, otherNames, domains), (refused.One("#Details_Name").GetAttribute("value") ?? "", Typed(refused, "OtherNames"), Typed(refused, "Domains")));
        Assert.Equal(1, (await SourceAsync(id)).Version);
    }

    [Fact]
    public async Task A_name_or_domain_of_another_source_is_refused_with_a_way_to_it()
    {
        using var editor = await app.SignInAsync(Roles.Editor);
        var other = await app.AddSourceAsync("Owning Office");
        await SaveAsync(editor, other, "Owning Office", "The OO", "owning.example");
        var id = await app.AddSourceAsync("Wanting Works");

        foreach (var (name, otherNames, domains, field, message) in new[]
        {
            ("owning  office", "", "", "Name", "“owning  office” is a name of Owning Office already."),
            ("Wanting Works", "the oo", "", "OtherNames", "“the oo” is a name of Owning Office already."),
            ("Wanting Works", "", "https://www.owning.example/", "Domains", "owning.example is a domain of Owning Office already."),
        })
        {
            var refused = await SaveAsync(editor, id, name, otherNames, domains);
            Assert.Equal((HttpStatusCode.BadRequest, message), (refused.Status, refused.One($"#Details_{field}-error").TextContent));
            Assert.Equal("Owning Office", refused.One($"main a[href='/editor/settings/sources/{other}']").TextContent);
        }

        Assert.Equal(1, (await SourceAsync(id)).Version);
        Assert.Equal(HttpStatusCode.Redirect, (await SaveAsync(editor, id, "Wanting Works", "", "below.owning.example")).Status);
    }

    [Fact]
    public async Task The_second_of_two_who_save_sees_both_versions_and_decides()
    {
        using var editor = await app.SignInAsync(Roles.Editor);
        var id = await app.AddSourceAsync("Twice Told");
        var page = await editor.GetAsync($"/editor/settings/sources/{id}");
        await SaveAsync(editor, id, "Twice Told", "", "first.example");

        var conflict = await editor.SubmitAsync(page, new() { ["Details.Domains"] = "second.example" }, Details);

        Assert.Equal(HttpStatusCode.Conflict, conflict.Status);
        Assert.Equal(["first.example", "second.example"], conflict.Texts(".versions pre"));
        Assert.Equal(["first.example"], (await SourceAsync(id)).Domains);
        Assert.Equal(HttpStatusCode.Redirect, (await editor.SubmitAsync(conflict, form: Details)).Status);
        Assert.Equal(["second.example"], (await SourceAsync(id)).Domains);
    }

    [Fact]
    public async Task A_link_that_is_pasted_next_is_recognised_by_the_new_domain()
    {
        using var editor = await app.SignInAsync(Roles.Editor);
        var id = await app.AddSourceAsync("Known Soon");
        await SaveAsync(editor, id, "Known Soon", "", "soon.example");

        await editor.SubmitAsync(await editor.GetAsync("/editor/intake"), new() { ["Form.Links"] = "https://reports.soon.example/2024" }, "#links-form");

        Assert.Equal(id, await app.QueryAsync(db => db.EditionItems.Where(item => item.Url == "https://reports.soon.example/2024").Select(item => item.SourceId).SingleAsync()));
    }

    [Fact]
    public async Task Readers_see_a_new_name_in_lists_at_the_same_address()
    {
        using var editor = await app.SignInAsync(Roles.Editor);
        var id = await app.AddSourceAsync("Renamed Registry");
        await new PublishedEditionBuilder("2021-05").With(new BuiltItem("An item of the registry") { Source = "Renamed Registry" }).SaveAsync(app);

        await SaveAsync(editor, id, "Registry of Renown", "Renamed Registry", "");

        using var reader = app.Visit();
        Assert.Contains("Registry of Renown", (await reader.GetAsync("/sources/renamed-registry")).One("h1").TextContent, StringComparison.Ordinal);
        Assert.Contains("Renamed Registry", (await reader.GetAsync("/editions/2021-05")).One("main").TextContent, StringComparison.Ordinal);
    }

    private static async Task<WebPage> SaveAsync(Visitor editor, int id, string name, string otherNames, string domains)
        => await editor.SubmitAsync(
            await editor.GetAsync($"/editor/settings/sources/{id}"),
            new() { ["Details.Name"] = name, ["Details.OtherNames"] = otherNames, ["Details.Domains"] = domains },
            Details);

    private static string Typed(WebPage page, string field) => ((IHtmlTextAreaElement)page.One($"#Details_{field}")).Value.ReplaceLineEndings("\n");

    private Task<Source> SourceAsync(int id) => app.QueryAsync(db => db.Sources.AsNoTracking().SingleAsync(source => source.Id == id));
}
