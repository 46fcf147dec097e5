using System.Globalization;
using System.Net;
using CordisPulse.Core.Accounts;
using CordisPulse.Core.Editions;
using CordisPulse.Tests.Builders;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Tests.Areas.Editor.Checks;

/// <summary>Covered before is told while an item is typed, and once it is saved.</summary>
public sealed class CoveredTests(PulseApp app) : IClassFixture<PulseApp>
{
    private const string Fields = "#item-form";

    [Theory]
    [InlineData("items/new")]
    [InlineData("items")]
    [InlineData("/editor/intake/add")]
    public async Task A_known_title_link_or_DOI_is_told_as_it_is_typed_with_where_it_stands(string form)
    {
        using var editor = await app.SignInAsync(Roles.Editor);
        var known = await SaveKnownAsync(editor, "Rain gardens along school roads");
        var here = await new EditionBuilder().Item("Nothing like it").SaveAsync(app);
        var page = await editor.GetAsync(AddressOf(form, here));
        Assert.Empty(page.Document.QuerySelectorAll(".covered"));

        await AssertToldAsync("Form.Title", "Rain garden along school roads: a review", "Nearly the same title");
        await AssertToldAsync("Form.Url", $"http://www.example.org/{known.Month}/rain-gardens-along-school-roads/?utm_source=x#top", "The same link");
        await AssertToldAsync("Form.Doi", $"https://doi.org/10.5555/{known.Month}", "The same DOI");
        Assert.Equal("", (await TypeAsync(editor, page, new() { ["Form.Title"] = "Quite another thing" })).Text.Trim());
        Assert.Equal("", (await TypeAsync(editor, page, new() { ["Form.Title"] = new string('x', 2_000_000), ["Form.Url"] = new string('y', 2_000_000), ["Form.Doi"] = "10." + new string('z', 2_000_000) })).Text.Trim());

        async Task AssertToldAsync(string field, string value, string by)
        {
            var told = await TypeAsync(editor, page, new() { [field] = value });
            Assert.Equal(HttpStatusCode.OK, told.Status);
            Assert.Contains($"{by} in {known.Month.Title}, Adult Social Care and Health, Reports", told.One(".covered li").TextContent, StringComparison.Ordinal);
            Assert.Equal($"/editor/editions/{known.Month}/items/{known.Items[0].Id}", told.One(".covered a").GetAttribute("href"));
        }
    }

    [Theory]
    [InlineData("10.1136/bmj.n71", null, "https://doi.org/10.1136/BMJ.n71")]
    [InlineData("10.1136/bmj.n72", null, "http://dx.doi.org/10.1136%2Fbmj.n72.")]
    [InlineData(null, "https://www.tandfonline.com/doi/epdf/10.1080/0267.2021.18?needAccess=true", "https://www.tandfonline.com/doi/full/10.1080/0267.2021.18")]
    [InlineData(null, "https://onlinelibrary.example/doi/10.1111/cfs.12345/abstract", "https://doi.org/10.1111/cfs.12345")]
    [InlineData("doi:10.1007/s00787-024-1", null, "https://link.example/content/pdf/10.1007/s00787-024-1.pdf")]
    [InlineData("10.1371/journal.pone.0123456", null, "https://journals.example/plosone/article?id=10.1371/journal.pone.0123456")]
    [InlineData("10.1101/2024.01.02.24300111", null, "https://www.medrxiv.org/content/10.1101/2024.01.02.24300111v2.full.pdf")]
    [InlineData("10.48550/arXiv.2401.12345", null, "https://arxiv.org/pdf/2401.12345v2")]
    [InlineData(null, "https://arxiv.org/abs/2401.12346", "https://export.arxiv.org/pdf/2401.12346v1.pdf")]
    [InlineData("arXiv:2401.12347v3", null, "https://doi.org/10.48550/arXiv.2401.12347")]
    public async Task A_DOI_that_stands_in_a_link_is_the_same_DOI(string? knownDoi, string? knownLink, string asked)
    {
        using var editor = await app.SignInAsync(Roles.Editor);
        var known = await SaveKnownAsync(editor, "A paper of its own", new() { ["Form.Doi"] = knownDoi ?? "", ["Form.Url"] = knownLink ?? "https://example.org/paper" });
        var page = await editor.GetAsync("/editor/intake/add");

        Assert.Contains($"The same DOI in {known.Month.Title}", (await TypeAsync(editor, page, new() { ["Form.Url"] = asked })).One(".covered li").TextContent, StringComparison.Ordinal);
        Assert.Empty((await TypeAsync(editor, page, new() { ["Form.Url"] = "https://doi.org/10.1136/bmj.n710" })).Document.QuerySelectorAll(".covered"));
    }

    [Theory]
    [InlineData("https://eur01.safelinks.protection.outlook.com/?url={0}%3Futm_source%3Dmail&data=05%7C01%7Ccolleague%40example.org&reserved=0")]
    [InlineData("https://www.google.com/url?sa=t&url={0}&usg=x")]
    [InlineData("https://www.google.co.uk/url?q={0}")]
    public async Task What_a_mail_program_or_a_search_has_put_around_a_link_is_taken_off(string wrapped)
    {
        using var editor = await app.SignInAsync(Roles.Editor);
        var known = await SaveKnownAsync(editor, "Benches along the canal");
        var link = string.Format(CultureInfo.InvariantCulture, wrapped, Uri.EscapeDataString(known.Items[0].Url!));
        var page = await editor.GetAsync("/editor/intake/add");

        Assert.Contains($"The same link in {known.Month.Title}", (await TypeAsync(editor, page, new() { ["Form.Url"] = link })).One(".covered li").TextContent, StringComparison.Ordinal);
        await editor.SubmitAsync(page, new() { ["Form.Title"] = $"Typed {known.Month}", ["Form.Url"] = link }, Fields);
        Assert.Equal(known.Items[0].Url, await app.QueryAsync(db => db.EditionItems.Where(item => item.Title == $"Typed {known.Month}").Select(item => item.Url).SingleAsync()));
        await editor.SubmitAsync(await editor.GetAsync("/editor/intake"), new() { ["Form.Links"] = $"See <{link.Replace("example.org%2F", "example.org%2Fpasted%2F", StringComparison.Ordinal)}>." }, "#links-form");
        var pasted = known.Items[0].Url!.Replace("example.org/", "example.org/pasted/", StringComparison.Ordinal);
        Assert.True(await app.QueryAsync(db => db.EditionItems.AnyAsync(item => item.Url == pasted)));
    }

    [Fact]
    public async Task An_item_is_never_its_own_forerunner()
    {
        using var editor = await app.SignInAsync(Roles.Editor);
        var known = await SaveKnownAsync(editor, "Shade trees at bus stops");
        var page = await editor.GetAsync($"/editor/editions/{known.Month}/items/{known.Items[0].Id}");

        Assert.Equal("", (await TypeAsync(editor, page, [])).Text.Trim());
        Assert.Equal("", (await TypeAsync(editor, page, new() { ["Form.Title"] = "Shade trees at bus stops: a review" })).Text.Trim());
    }

    [Theory]
    [InlineData("items/new")]
    [InlineData("items")]
    [InlineData("/editor/intake/add")]
    public async Task Once_it_is_saved_the_notice_tells_what_was_covered_before(string form)
    {
        using var editor = await app.SignInAsync(Roles.Editor);
        var known = await SaveKnownAsync(editor, $"Water fountains in town squares {Guid.NewGuid():N}");
        var here = await new EditionBuilder().Item("About to be typed over").SaveAsync(app);

        var saved = await editor.SubmitAsync(await editor.GetAsync(AddressOf(form, here)), new() { ["Form.Title"] = "Another name for it", ["Form.Url"] = known.Items[0].Url }, Fields);

        Assert.Contains(
            $"Covered before: the same link in {known.Month.Title}, Adult Social Care and Health, Reports, “{known.Items[0].Title}”",
            (await editor.FollowAsync(saved)).One(".flash").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_told_without_the_token_of_the_page()
    {
        using var editor = await app.SignInAsync(Roles.Editor);
        using var content = new FormUrlEncodedContent([new("Form.Title", "Forged")]);
        using var forged = await editor.Http.PostAsync("/editor/covered/0", content);

        Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);
    }

    private static string AddressOf(string form, Edition edition) => form switch
    {
        ['/', ..] => form,
        "items" => $"/editor/editions/{edition.Month}/items/{edition.Items[0].Id}",
        _ => $"/editor/editions/{edition.Month}/{form}",
    };

    /// <summary>Through its form, so that it is known from now on.</summary>
    private async Task<Edition> SaveKnownAsync(Visitor editor, string title, Dictionary<string, string?>? values = null)
    {
        var edition = await new EditionBuilder().Item(title).SaveAsync(app);
        var page = await editor.GetAsync($"/editor/editions/{edition.Month}/items/{edition.Items[0].Id}");
        Assert.Equal(HttpStatusCode.Redirect, (await editor.SubmitAsync(page, values ?? new() { ["Form.Doi"] = $"10.5555/{edition.Month}" }, Fields)).Status);
        return edition;
    }

    /// <summary>Posts the rendered form to where a script would.</summary>
    private async Task<WebPage> TypeAsync(Visitor editor, WebPage page, Dictionary<string, string?> values)
    {
        var element = page.One(Fields);
        var (action, before) = (element.GetAttribute("action")!, await CountAsync());
        element.SetAttribute("action", page.One("#covered").GetAttribute("data-address")!);
        var told = await editor.SubmitAsync(page, values, Fields);
        element.SetAttribute("action", action);
        Assert.Equal(before, await CountAsync());
        return told;
    }

    private Task<int> CountAsync() => app.QueryAsync(async db => await db.Revisions.CountAsync() + await db.EditionItems.CountAsync() + await db.TextDrafts.CountAsync());
}
