using CordisPulse.Core.Accounts;
using CordisPulse.Core.Editions;
using CordisPulse.Core.Editions.Links;
using CordisPulse.Tests.Builders;
using CordisPulse.Tests.Commands;
using CordisPulse.Tests.Outbound;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CordisPulse.Tests.Areas.Editor.Checks;

/// <summary>The links of drafts are looked at in the background.</summary>
public sealed class LinkLookTests(LinkLookTests.LookingApp app) : IClassFixture<LinkLookTests.LookingApp>
{
    /// <summary>Looks at links to this machine, where the sites of the tests are.</summary>
    public sealed class LookingApp : PulseApp
    {
        public LookingApp() => With("Outbound:LookAtLinks", "true").With("Outbound:AllowPrivateAddresses", "true").With("Outbound:Timeout", "00:00:02");
    }

    [Fact]
    public async Task What_is_gone_or_has_another_title_or_moved_is_found_and_what_is_only_shut_is_not()
    {
        await using var site = await LoopbackSite.StartAsync();
        site.Html("/good", "<title>Counting lampposts in small towns | Lamppost Institute</title>")
            .Html("/other", "<title>Cookery for beginners</title>")
            .Html("/wall", "<title>Just a moment...</title>")
            .On("/locked", context => Answer(context, StatusCodes.Status403Forbidden))
            .On("/busy", context => Answer(context, StatusCodes.Status429TooManyRequests))
            .On("/head-refused", context => Answer(context, HttpMethods.IsHead(context.Request.Method) ? StatusCodes.Status405MethodNotAllowed : StatusCodes.Status200OK))
            .On("/moved", context => MovedTo(context, "/new/report"))
            .Html("/new/report", "<title>Moved benches</title>");
        var edition = await new EditionBuilder()
            .With(it => it.Introduction = $"Read [the annex]({site.At("/head-refused")}) and [the appendix]({site.At("/gone/text")}).")
            .Item("Counting lampposts in small towns", item => item.Url = site.At("/good").ToString())
            .Item("Counting benches", item => item.Url = site.At("/other").ToString())
            .Item("Counting walls", item => item.Url = site.At("/wall").ToString())
            .Item("Counting gates", item => item.Url = site.At("/gone").ToString())
            .Item("Counting locks", item => item.Url = site.At("/locked").ToString())
            .Item("Counting bees", item => item.Url = site.At("/busy").ToString())
            .Item("Moved benches", item => item.Url = site.At("/moved").ToString())
            .SaveAsync(app);
        using var editor = await app.SignInAsync(Roles.Editor);
        var address = $"/editor/editions/{edition.Month}/checks";
        await LookedAtAsync(edition);

        var page = await editor.GetAsync(address);
        Assert.Contains("All 9 links were looked at, last on", page.One("#links").TextContent, StringComparison.Ordinal);
        Assert.Equal(["Counting gates", "Introduction"], page.Texts("[data-kind=link-dead] > a").Order());
        Assert.Contains("404", string.Concat(page.Texts("[data-kind=link-dead] > p")), StringComparison.Ordinal);
        Assert.Equal(["Counting benches"], page.Texts("[data-kind=link-title] > a"));
        Assert.Contains("“Cookery for beginners”", page.One("[data-kind=link-title] > p").TextContent, StringComparison.Ordinal);
        Assert.Equal(
            [site.At("/busy").ToString(), site.At("/locked").ToString()],
            page.Texts("#links li a").Order());

        // Enter alone takes the new address.
        const string moved = "[data-kind=link-moved] .mend";
        Assert.Equal(site.At("/new/report").ToString(), page.One($"{moved} [name$='.Value']").GetAttribute("value"));
        page = await editor.FollowAsync(await editor.SubmitAsync(page, null, "#mends", $"{moved} button"));
        Assert.Equal(site.At("/new/report").ToString(), await app.QueryAsync(db => db.EditionItems.Where(i => i.Id == edition.Items[6].Id).Select(i => i.Url).SingleAsync()));

        var inText = page.Document.QuerySelectorAll(".mend").Single(row => row.QuerySelector("label")!.TextContent == "Link of “the appendix”");
        await editor.SubmitAsync(
            page, new() { [inText.QuerySelector("[name$='.Value']")!.GetAttribute("name")!] = "https://example.org/appendix(2)" }, "#mends", $"#{inText.Id} button");
        Assert.Equal(
            $"Read [the annex]({site.At("/head-refused")}) and [the appendix](<https://example.org/appendix(2)>).",
            await app.QueryAsync(db => db.Editions.Where(e => e.Id == edition.Id).Select(e => e.Introduction).SingleAsync()));
    }

    [Fact]
    public async Task A_site_that_is_silent_is_dead_when_it_is_silent_again_and_looked_at_again_on_request()
    {
        await using var site = await LoopbackSite.StartAsync();
        var silent = await LoopbackSite.StartAsync();
        var nowhere = silent.At("/report");
        await silent.DisposeAsync();
        var edition = await new EditionBuilder()
            .Item("There", item => item.Url = site.Html("/there", "<title>There</title>").At("/there").ToString())
            .SaveAsync(app);
        await LookedAtAsync(edition);
        using var editor = await app.SignInAsync(Roles.Editor);
        var form = await editor.GetAsync($"/editor/editions/{edition.Month}/items/{edition.Items[0].Id}");
        await editor.SubmitAsync(form, new() { ["Form.Summary"] = $"See [the report]({nowhere})." }, "#item-form");
        await LookedAtAsync(edition, links: 2);

        var address = $"/editor/editions/{edition.Month}/checks";
        var page = await editor.GetAsync(address);
        Assert.Null(page.Document.QuerySelector("[data-kind=link-dead]"));
        Assert.Contains("The site could not be reached.", page.One("#links li").TextContent, StringComparison.Ordinal);

        page = await editor.FollowAsync(await editor.SubmitAsync(page, null, "#look-again"));
        Assert.Contains("2 links will be looked at again", page.One(".flash").TextContent, StringComparison.Ordinal);
        await LookedAtAsync(edition, links: 2);
        page = await editor.GetAsync(address);
        Assert.Contains("The link of “the report” leads to no page. The site could not be reached.", page.One("[data-kind=link-dead] > p").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_without_a_way_out_calls_no_link_dead()
    {
        await using var offline = new LookingApp();
        var silent = await LoopbackSite.StartAsync();
        var nowhere = silent.At("/report").ToString();
        await silent.DisposeAsync();
        var edition = await new EditionBuilder().Item("Nowhere", item => item.Url = nowhere).SaveAsync(offline);
        using var editor = await offline.SignInAsync(Roles.Editor);
        for (var i = 0; i < 3; i++)
        {
            await LookedAtAsync(edition, on: offline);
            var page = await editor.GetAsync($"/editor/editions/{edition.Month}/checks");
            Assert.Null(page.Document.QuerySelector("[data-kind=link-dead]"));
            Assert.Contains("no way to others", page.One("#links li").TextContent, StringComparison.Ordinal);
            await editor.SubmitAsync(page, null, "#look-again");
        }
    }

    [Fact]
    public async Task Private_addresses_are_not_looked_at()
    {
        await using var guarded = new PulseApp().With("Outbound:LookAtLinks", "true");
        await using var site = await LoopbackSite.StartAsync();
        var edition = await new EditionBuilder().Item("Inside", item => item.Url = site.At("/inside").ToString()).SaveAsync(guarded);

        await LookedAtAsync(edition, on: guarded);

        Assert.Equal(0, site.Requests);
        Assert.Equal([LinkState.Unknown], await guarded.QueryAsync(db => db.LinkLooks.Select(look => look.State!.Value).ToListAsync()));
    }

    [Fact]
    public async Task A_look_is_begun_by_one_node_alone_and_its_end_is_heard_once()
    {
        await using var still = new PulseApp();
        await still.InScopeAsync(async services =>
        {
            var looks = services.GetRequiredService<LinkLooks>();
            EditionLink[] links = [new("https://example.org/one", true)];
            await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => looks.WantAsync(links, again: false, default)));
            var due = Assert.Single(await looks.DueAsync(default));

            var claims = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => looks.ClaimAsync(due, default)));
            var claimed = Assert.Single(claims.OfType<DueLook>());
            Assert.Empty(await looks.DueAsync(default));

            await looks.WantAsync(links, again: true, default);
            var second = await looks.ClaimAsync(Assert.Single(await looks.DueAsync(default)), default);
            await looks.SettleAsync(second!, new SeenLink { State = LinkState.Answers }, LinkSchedule.Steady);
            await looks.SettleAsync(claimed, new SeenLink { State = LinkState.Gone }, null);
            return true;
        });

        var look = await still.QueryAsync(db => db.LinkLooks.SingleAsync());
        Assert.Equal((LinkState.Answers, 2), (look.State, look.Looks));
        Assert.NotNull(look.NextLookUtc);
    }

    [Fact]
    public async Task The_command_says_what_was_not_looked_at()
    {
        await using var still = new PulseApp();
        var edition = await new EditionBuilder().Item("One").Item("Two", item => item.Summary = "See [three](https://example.org/three).").SaveAsync(still);

        var checkedEdition = await PulseCommand.RunAsync(still, "edition", "check", edition.Month.ToString());

        Assert.Contains("3 links were not looked at yet.", checkedEdition.Output, StringComparison.Ordinal);
    }

    /// <summary>Waits until every link that the edition has was looked at since it was last asked for.</summary>
    private async Task LookedAtAsync(Edition edition, int links = 1, PulseApp? on = null)
    {
        for (var i = 0; i < 600; i++)
        {
            var looks = await (on ?? app).InScopeAsync(async services => await services.GetRequiredService<LinkLooks>().OfAsync(
                (await services.GetRequiredService<EditionDocumentReader>().ReadDraftAsync(edition.Month))!, default));
            if (looks.Seen.Count >= links && looks.NotLookedAt == 0 && looks.UnderWay == 0)
                return;
            await Task.Delay(100);
        }

        Assert.Fail("The links were not looked at within a minute.");
    }

    private static Task Answer(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    }

    private static Task MovedTo(HttpContext context, string path)
    {
        context.Response.Redirect(path, permanent: true);
        return Task.CompletedTask;
    }
}
