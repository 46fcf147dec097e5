using System.Net;
using CordisPulse.Core.Accounts;
using CordisPulse.Core.Catalogue;
using CordisPulse.Core.Editions;
using CordisPulse.Core.Intake;
using CordisPulse.Tests.Builders;
using CordisPulse.Tests.Outbound;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Tests.Areas.Editor.Intake;

public sealed class IntakeTests(IntakeTests.ReadingApp app) : IClassFixture<IntakeTests.ReadingApp>
{
    private const string Links = "#links-form";
    private const string Form = "#item-form";

    /// <summary>Reads pages of this machine, where the sites of the tests are.</summary>
    public sealed class ReadingApp : PulseApp
    {
        public ReadingApp() => With("Outbound:AllowPrivateAddresses", "true");
    }

    [Fact]
    public async Task A_pasted_link_becomes_an_item_with_what_its_page_says()
    {
        await using var site = await LoopbackSite.StartAsync();
        site.Html("/report", """
            <title>Reports | Example</title>
            <meta name="citation_title" content="Counting lampposts in small towns">
            <meta name="citation_author" content="Ada Example"><meta name="citation_author" content="Bob Example">
            <meta name="citation_publication_date" content="2024/02/07"><meta name="citation_doi" content="10.1234/lampposts">
            <meta property="og:site_name" content="Lamppost Institute"><meta name="description" content="How many there are.">
            """);
        using var editor = await app.SignInAsync(Roles.Editor);

        var answer = await PasteAsync(editor, $"Have a look at this: {site.At("/report")}.");

        Assert.Contains("The link is added, and its page is being read.", (await editor.FollowAsync(answer)).Text, StringComparison.Ordinal);
        var item = await SettledAsync(site.At("/report"));
        Assert.Equal(("Counting lampposts in small towns", "10.1234/lampposts", "2024-02-07"), (item.Title, item.Doi, item.PublishedOn.ToString()));
        Assert.Equal(["Ada Example", "Bob Example"], item.Authors);
        var card = (await editor.GetAsync("/editor/intake")).One($"#item-{item.Id}");
        Assert.Contains("New source: Lamppost Institute", card.TextContent, StringComparison.Ordinal);
        Assert.Contains("How many there are.", card.TextContent, StringComparison.Ordinal);
        Assert.False(await app.QueryAsync(db => db.Sources.AnyAsync(source => source.Name == "Lamppost Institute")));
    }

    [Fact]
    public async Task Many_links_become_one_item_each_and_the_same_page_once()
    {
        await using var site = await LoopbackSite.StartAsync();
        using var editor = await app.SignInAsync(Roles.Editor);
        var text = string.Join('\n', Enumerable.Range(1, 40).Select(n => $"{n}. <{site.At($"/many/{n}")}> and again {site.At($"/many/{n}")}/?utm_source=mail#top"));

        await PasteAsync(editor, text);
        var again = await editor.FollowAsync(await PasteAsync(editor, $"{site.At("/many/1")} {site.At("/many/41")}"));

        Assert.Contains($"The link is added, and its page is being read. 1 was in the intake already: “{site.At("/many/1")}”.", again.Text, StringComparison.Ordinal);
        var prefix = site.At("/many/").ToString();
        Assert.Equal(41, await app.QueryAsync(db => db.EditionItems.CountAsync(item => item.EditionId == null && item.Url!.StartsWith(prefix))));
    }

    [Fact]
    public async Task What_was_left_out_of_a_paste_is_counted_and_the_first_of_it_named()
    {
        await using var site = await LoopbackSite.StartAsync();
        using var editor = await app.SignInAsync(Roles.Editor);
        var link = site.At("/left-out");
        var text = $"""
            See {link}, {link}#top and javascript:location='{site.At("/never")}'
            mailto:someone@example.org data:text/html,hello

            Only words stand here
            {new string('w', 80)}
            third.example/report
            a fourth
            """;

        var page = await editor.FollowAsync(await PasteAsync(editor, text));

        Assert.Equal(
            $"The link is added, and its page is being read. 1 stood there more than once: “{link}”. "
            + $"3 are no links to web pages: “javascript:location='{site.At("/never")}”, “mailto:someone@example.org”, “data:text/html,hello”. "
            + $"4 lines hold no link: “Only words stand here”, “{new string('w', 60)}…”, “third.example/report” and 1 more.",
            page.One(".flash p").TextContent);
        Assert.Equal(1, await app.QueryAsync(db => db.EditionItems.CountAsync(item => item.Url!.StartsWith(site.Address.ToString()))));
    }

    [Theory]
    [InlineData("no link here, javascript:alert(1)", "Paste at least one link")]
    [InlineData("", "Paste at least one link")]
    public async Task Text_without_a_link_comes_back_as_it_was(string text, string message)
    {
        using var editor = await app.SignInAsync(Roles.Editor);
        var answer = await PasteAsync(editor, text);

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Contains(message, answer.One(".error-summary").TextContent, StringComparison.Ordinal);
        Assert.Equal(text, answer.One("#Form_Links").TextContent.Trim());
    }

    [Fact]
    public async Task A_link_without_end_is_none()
    {
        using var editor = await app.SignInAsync(Roles.Editor);

        Assert.Contains("Paste at least one link", (await PasteAsync(editor, $"https://example.org/{new string(')', 450_000)}")).One(".error-summary").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task More_links_than_can_be_taken_at_once_are_not_taken()
    {
        using var editor = await app.SignInAsync(Roles.Editor);
        var answer = await PasteAsync(editor, string.Join(' ', Enumerable.Range(1, 201).Select(n => $"https://example.org/too-many/{n}")));

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Contains("These are 201 links; 200 can be added at a time.", answer.Text, StringComparison.Ordinal);
        Assert.False(await app.QueryAsync(db => db.EditionItems.AnyAsync(item => item.Url!.Contains("too-many"))));
    }

    [Fact]
    public async Task What_cannot_be_read_stays_as_a_link_and_says_why()
    {
        await using var site = await LoopbackSite.StartAsync();
        site.Redirect("/round", "/round")
            .On("/picture", context =>
            {
                context.Response.ContentType = "image/png";
                return context.Response.Body.WriteAsync(new byte[] { 0, 1, 2 }).AsTask();
            })
            .On("/lie", context =>
            {
                context.Response.ContentType = "text/html";
                return context.Response.Body.WriteAsync(new byte[] { 0x89, 0, 1, 2 }).AsTask();
            })
            .On("/locked", context =>
            {
                context.Response.ContentType = "application/pdf";
                return context.Response.WriteAsync("%PDF-1.7 and nothing more");
            })
            .On("/large", async context =>
            {
                context.Response.ContentType = "text/html";
                var chunk = new byte[1024 * 1024];
                while (!context.RequestAborted.IsCancellationRequested)
                    await context.Response.Body.WriteAsync(chunk, context.RequestAborted);
            })
            .Html("/nameless", "<p>Nothing.</p>");
        using var editor = await app.SignInAsync(Roles.Editor);

        var expected = new Dictionary<string, string>
        {
            ["/gone"] = "The site has no such page.",
            ["/round"] = "It redirects again and again.",
            ["/picture"] = "It is neither a web page nor a PDF but image/png.",
            ["/lie"] = "It is neither a web page nor a PDF, but its type says text/html.",
            ["/locked"] = "The PDF is damaged or locked.",
            ["/large"] = "It is larger than 20 MB.",
            ["/nameless"] = "The page does not say what it is called.",
        };
        await PasteAsync(editor, string.Join('\n', expected.Keys.Select(path => site.At(path))));

        foreach (var (path, problem) in expected)
        {
            var item = await SettledAsync(site.At(path));
            Assert.Equal(("", problem), (item.Title, item.Intake!.Problem));
            Assert.Contains(problem, (await editor.GetAsync($"/editor/intake/{item.Id}")).Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_site_out_of_order_is_asked_again_later()
    {
        await using var site = await LoopbackSite.StartAsync();
        site.On("/busy", context =>
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            context.Response.Headers.RetryAfter = "7200";
            return Task.CompletedTask;
        });
        using var editor = await app.SignInAsync(Roles.Editor);

        await PasteAsync(editor, site.At("/busy").ToString());

        var item = await ItemAsync(site.At("/busy"), item => item.Intake!.Problem != null);
        Assert.Equal((PageReading.Waiting, "The site is out of order (503)."), (item.Intake!.Reading, item.Intake.Problem));
        Assert.True(item.Intake.NextReadingUtc > DateTime.UtcNow.AddMinutes(100));
        Assert.Contains("It is tried again at", (await editor.GetAsync("/editor/intake")).One($"#item-{item.Id}").TextContent, StringComparison.Ordinal);

        site.Html("/busy", "<title>Open again</title>");
        var list = await editor.GetAsync("/editor/intake");
        await editor.SubmitAsync(list, form: $"form[action='/editor/intake/{item.Id}/read']");
        Assert.Equal("Open again", (await SettledAsync(site.At("/busy"))).Title);
    }

    [Fact]
    public async Task What_a_person_types_while_the_page_is_read_stands()
    {
        await using var site = await LoopbackSite.StartAsync();
        var gate = new TaskCompletionSource();
        var asked = new TaskCompletionSource();
        site.On("/slow", async context =>
        {
            asked.SetResult();
            await gate.Task;
            context.Response.ContentType = "text/html";
            await context.Response.WriteAsync("<title>The page's title</title><meta name=\"citation_doi\" content=\"10.1234/slow\">");
        });
        using var editor = await app.SignInAsync(Roles.Editor);
        await PasteAsync(editor, site.At("/slow").ToString());
        await asked.Task;
        var id = (await ItemAsync(site.At("/slow"), _ => true)).Id;

        var page = await editor.GetAsync($"/editor/intake/{id}");
        var stale = await editor.GetAsync($"/editor/intake/{id}");
        await editor.SubmitAsync(page, new() { ["Form.Title"] = "My own title" }, Form);
        gate.SetResult();

        var item = await SettledAsync(site.At("/slow"));
        Assert.Equal(("My own title", "10.1234/slow"), (item.Title, item.Doi));

        var conflict = await editor.SubmitAsync(stale, new() { ["Form.Title"] = "Another title" }, Form);
        Assert.Equal(HttpStatusCode.Conflict, conflict.Status);
        Assert.Contains("My own title", conflict.One(".versions").TextContent, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, (await editor.SubmitAsync(conflict, null, Form)).Status);
        Assert.Equal("Another title", (await SettledAsync(site.At("/slow"))).Title);
    }

    [Fact]
    public async Task An_unknown_source_is_accepted_by_saving_and_known_by_any_name_the_next_time()
    {
        await using var site = await LoopbackSite.StartAsync();
        site.Html("/one", "<title>Bridges counted</title><meta property=\"og:site_name\" content=\"Bridge Society\">")
            .Html("/two", "<title>Tunnels dug</title><meta property=\"og:site_name\" content=\"BRIDGE  society\">");
        using var editor = await app.SignInAsync(Roles.Editor);
        await PasteAsync(editor, site.At("/one").ToString());
        var one = await SettledAsync(site.At("/one"));

        var page = await editor.GetAsync($"/editor/intake/{one.Id}");
        Assert.Contains("New source: Bridge Society", page.Text, StringComparison.Ordinal);
        var saved = await editor.FollowAsync(await editor.SubmitAsync(page, null, Form));
        Assert.Contains("“Bridge Society” is a new source.", saved.Text, StringComparison.Ordinal);
        await PasteAsync(editor, site.At("/two").ToString());

        Assert.Equal("Bridge Society", (await SettledAsync(site.At("/two"))).Source!.Name);
    }

    [Fact]
    public async Task One_act_puts_an_item_where_those_of_its_source_stood()
    {
        var source = await SourceAsync("Ministry of Gates");
        await new EditionBuilder().Item("Gate one", item => item.SourceId = source, "criminal", "brief").Item("Gate two", item => item.SourceId = source, "criminal", "brief").SaveAsync(app);
        var edition = await new EditionBuilder().Item("First here", null, "criminal", "brief").SaveAsync(app);
        await using var site = await LoopbackSite.StartAsync();
        site.Html("/three", "<title>Gate three</title><meta property=\"og:site_name\" content=\"Ministry of Gates\">");
        using var editor = await app.SignInAsync(Roles.Editor);
        await PasteAsync(editor, site.At("/three").ToString());
        var item = await SettledAsync(site.At("/three"));

        var list = await editor.GetAsync($"/editor/intake?edition={edition.Month}");
        Assert.Contains("2 of 2 items from Ministry of Gates stood there", list.One($"#item-{item.Id}").TextContent, StringComparison.Ordinal);
        Assert.Contains($"Put into {edition.Month.Title}: Criminal Justice, Briefings", list.One($"#item-{item.Id} .put button").TextContent, StringComparison.Ordinal);
        var done = await editor.FollowAsync(await editor.SubmitAsync(list, null, $"#item-{item.Id} .put", "button"));

        Assert.Contains("“Gate three” stands last in Criminal Justice, Briefings now.", done.Text, StringComparison.Ordinal);
        Assert.Null(done.Document.QuerySelector($"#item-{item.Id}"));
        var board = await editor.GetAsync($"/editor/editions/{edition.Month}");
        Assert.Equal(["First here", "Gate three"], board.Texts("#board .card > a"));
        Assert.Equal(2, await app.QueryAsync(db => db.Revisions.Where(r => r.Text == RevisedText.Item && r.TextId == item.Id && r.EditionId == edition.Id || r.TextId == item.Id && r.EditionId == null && r.Version == 1).CountAsync()));
        // The list that was opened before: a second press is told, and changes nothing.
        Assert.Contains("not in the intake any more", (await editor.FollowAsync(await editor.SubmitAsync(list, null, $"#item-{item.Id} .put", "button"))).Text, StringComparison.Ordinal);
        Assert.Equal(2, await app.QueryAsync(db => db.EditionItems.CountAsync(row => row.EditionId == edition.Id)));

        var undone = await editor.FollowAsync(await editor.SubmitAsync(done, null, "#undo"));
        Assert.NotNull(undone.One($"#item-{item.Id}"));
        Assert.Equal(["First here"], (await editor.GetAsync($"/editor/editions/{edition.Month}")).Texts("#board .card > a"));
        Assert.Contains("Order: “Gate three” removed", (await editor.GetAsync($"/editor/editions/{edition.Month}/history")).Text, StringComparison.Ordinal);
        await editor.SubmitAsync(undone, null, "#undo");
        Assert.Equal(["First here", "Gate three"], (await editor.GetAsync($"/editor/editions/{edition.Month}")).Texts("#board .card > a"));
    }

    [Fact]
    public async Task The_form_saves_an_item_and_puts_it_where_it_says_or_where_others_stood()
    {
        var source = await SourceAsync("Office of Hedges");
        await new EditionBuilder().Item("Hedge one", item => item.SourceId = source, "criminal", "brief").Item("Hedge two", item => item.SourceId = source, "criminal", "brief").SaveAsync(app);
        var edition = await new EditionBuilder().With(row => row.Month = new EditionMonth(2099, 1)).Item("First here", null, "criminal", "brief").SaveAsync(app);
        await using var site = await LoopbackSite.StartAsync();
        site.Html("/hedge", "<title>Hedge three</title><meta property=\"og:site_name\" content=\"Office of Hedges\">").Html("/fence", "<title>Fences nobody placed</title>");
        using var editor = await app.SignInAsync(Roles.Editor);
        await PasteAsync(editor, $"{site.At("/hedge")} {site.At("/fence")}");
        var (hedge, fence) = (await SettledAsync(site.At("/hedge")), await SettledAsync(site.At("/fence")));

        var form = await editor.GetAsync($"/editor/intake/{hedge.Id}");
        Assert.Contains("2 of 2 items from Office of Hedges stood there", form.Text, StringComparison.Ordinal);
        var done = await editor.FollowAsync(await editor.SubmitAsync(form, new() { ["Form.Summary"] = "Typed in one go." }, Form, "[name=into]"));
        Assert.Contains("“Hedge three” stands last in Criminal Justice, Briefings now.", done.Text, StringComparison.Ordinal);
        var placed = await app.QueryAsync(db => db.EditionItems.SingleAsync(item => item.Id == hedge.Id));
        Assert.Equal((edition.Id, "Typed in one go."), (placed.EditionId, placed.Summary));

        // The form that was opened before meets nobody's version, but an item that is not in the intake any more.
        Assert.Contains("not in the intake any more", (await editor.SubmitAsync(form, null, Form, "[name=into]")).One(".error-summary").TextContent, StringComparison.Ordinal);

        var unplaced = await editor.SubmitAsync(await editor.GetAsync($"/editor/intake/{fence.Id}"), new() { ["Form.Summary"] = "Kept as typed.", ["Form.Place"] = "1-" }, Form, "[name=into]");
        Assert.Equal(HttpStatusCode.BadRequest, unplaced.Status);
        Assert.Contains("Choose the place that it goes to.", unplaced.One(".error").TextContent, StringComparison.Ordinal);
        Assert.Equal("", (await SettledAsync(site.At("/fence"))).Summary);
        await editor.SubmitAsync(unplaced, new() { ["Form.Place"] = "1-2" }, Form, "[name=into]");
        placed = await app.QueryAsync(db => db.EditionItems.SingleAsync(item => item.Id == fence.Id));
        Assert.Equal((edition.Id, 1, 2, "Kept as typed."), (placed.EditionId, placed.SectorId, placed.SectionId, placed.Summary));
    }

    [Fact]
    public async Task Words_of_the_title_suggest_a_place_and_a_select_puts_it_anywhere()
    {
        await new EditionBuilder()
            .Item("Zebra crossings and pelican signals", null, "children", "tools").Item("Pelican signals near schools, zebra crossings elsewhere", null, "children", "tools")
            .SaveAsync(app);
        var edition = await new EditionBuilder().SaveAsync(app);
        await using var site = await LoopbackSite.StartAsync();
        site.Html("/zebra", "<title>Zebra crossings revisited</title><meta property=\"og:site_name\" content=\"Crossing Council\">");
        using var editor = await app.SignInAsync(Roles.Editor);
        await PasteAsync(editor, site.At("/zebra").ToString());
        var item = await SettledAsync(site.At("/zebra"));

        var list = await editor.GetAsync($"/editor/intake?edition={edition.Month}");
        Assert.Contains("titles with “zebra” and “crossings” stood there", list.One($"#item-{item.Id}").TextContent, StringComparison.Ordinal);
        await editor.SubmitAsync(list, new() { ["place"] = "1-2" }, $"#item-{item.Id} .elsewhere");

        var placed = await app.QueryAsync(db => db.EditionItems.Include(row => row.Source).SingleAsync(row => row.Id == item.Id));
        Assert.Equal((edition.Id, 1, 2, "Crossing Council"), (placed.EditionId, placed.SectorId, placed.SectionId, placed.Source!.Name));
    }

    [Fact]
    public async Task Undoing_leaves_an_item_in_the_intake_as_it_was_and_no_new_source_behind()
    {
        var edition = await new EditionBuilder().SaveAsync(app);
        await using var site = await LoopbackSite.StartAsync();
        site.Html("/quarry", "<title>Quarries unlike any other heading</title><meta property=\"og:site_name\" content=\"Quarry Board of Nowhere\">");
        using var editor = await app.SignInAsync(Roles.Editor);
        await PasteAsync(editor, site.At("/quarry").ToString());
        var item = await SettledAsync(site.At("/quarry"));
        var list = await editor.GetAsync($"/editor/intake?edition={edition.Month}");
        Assert.Equal("Choose a place", list.One($"#item-{item.Id} .elsewhere option").TextContent);

        var nowhere = await editor.FollowAsync(await editor.SubmitAsync(list, null, $"#item-{item.Id} .elsewhere"));
        Assert.Contains("Choose the place that it goes to", nowhere.One(".flash").TextContent, StringComparison.Ordinal);
        var done = await editor.FollowAsync(await editor.SubmitAsync(list, new() { ["place"] = "1-2" }, $"#item-{item.Id} .elsewhere"));
        Assert.Contains("“Quarry Board of Nowhere” is a new source.", done.One(".flash").TextContent, StringComparison.Ordinal);
        var undone = await editor.FollowAsync(await editor.SubmitAsync(done, null, "#undo"));

        var card = undone.One($"#item-{item.Id}");
        Assert.Contains("New source: Quarry Board of Nowhere", card.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("as its form says", card.TextContent, StringComparison.Ordinal);
        var back = await SettledAsync(site.At("/quarry"));
        Assert.Equal((null, null, null), (back.SectorId, back.SectionId, back.SourceId));
        Assert.False(await app.QueryAsync(db => db.Sources.AnyAsync(source => source.Name == "Quarry Board of Nowhere")));

        await editor.SubmitAsync(undone, null, "#undo");
        var placed = await app.QueryAsync(db => db.EditionItems.Include(row => row.Source).SingleAsync(row => row.Id == item.Id));
        Assert.Equal((edition.Id, 1, 2, "Quarry Board of Nowhere"), (placed.EditionId, placed.SectorId, placed.SectionId, placed.Source!.Name));
    }

    [Fact]
    public async Task Clear_words_of_the_title_outweigh_one_item_of_the_source_and_not_a_habit()
    {
        var (seldom, always) = (await SourceAsync("Trust of Ponds"), await SourceAsync("Trust of Becks"));
        var builder = new EditionBuilder()
            .Item("Dragonflies", item => item.SourceId = seldom).Item("Sticklebacks", item => item.SourceId = seldom, "children", "brief")
            .Item("Lighthouse keepers in winter", null, "criminal", "brief").Item("Lighthouse keepers at sea", null, "criminal", "brief");
        foreach (var fish in (string[])["Loach", "Minnow", "Bullhead", "Grayling", "Lamprey"])
            builder.Item(fish, item => item.SourceId = always, "children", "brief");
        await builder.SaveAsync(app);
        using var editor = await app.SignInAsync(Roles.Editor);
        var clear = await AddAsync(editor, "Lighthouse wardens", "Trust of Ponds");
        var habit = await AddAsync(editor, "Lighthouse keepers again", "Trust of Becks");
        var alone = await AddAsync(editor, "Waterlilies", "Trust of Ponds");

        var list = await editor.GetAsync("/editor/intake");

        Assert.Contains("titles with “lighthouse” stood there", list.One($"#item-{clear} .put").TextContent, StringComparison.Ordinal);
        Assert.Contains("Criminal Justice, Briefings", list.One($"#item-{clear} .put button").TextContent, StringComparison.Ordinal);
        Assert.Contains("5 of 5 items from Trust of Becks stood there", list.One($"#item-{habit} .put").TextContent, StringComparison.Ordinal);
        Assert.Contains("1 of 2 items from Trust of Ponds stood there", list.One($"#item-{alone} .put").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_nothing_is_known_of_goes_where_this_person_put_the_last_one()
    {
        await new EditionBuilder().With(row => row.Month = new EditionMonth(2098, 1)).SaveAsync(app);
        using var editor = await app.SignInAsync(Roles.Editor);
        var (first, second) = (await AddAsync(editor, "Quartz", null), await AddAsync(editor, "Feldspar", null));
        Assert.Null((await editor.GetAsync("/editor/intake")).Document.QuerySelector($"#item-{first} .put"));
        await editor.SubmitAsync(await editor.GetAsync($"/editor/intake/{first}"), new() { ["Form.Place"] = "2-1" }, Form, "[name=into]");

        Assert.Contains("where you put the last one", (await editor.GetAsync("/editor/intake")).One($"#item-{second} .put").TextContent, StringComparison.Ordinal);
        using var colleague = await app.SignInAsync(Roles.Editor);
        Assert.Null((await colleague.GetAsync("/editor/intake")).Document.QuerySelector($"#item-{second} .put"));
        var form = await editor.GetAsync($"/editor/intake/{second}");
        Assert.Contains("where you put the last one", form.One(Form).TextContent, StringComparison.Ordinal);
        await editor.SubmitAsync(form, new() { ["Form.Summary"] = "Typed." }, Form, "[name=into]");
        var placed = await app.QueryAsync(db => db.EditionItems.SingleAsync(item => item.Id == second));
        Assert.NotNull(placed.EditionId);
        Assert.Equal((2, 1, "Typed."), (placed.SectorId, placed.SectionId, placed.Summary));
    }

    [Theory]
    [InlineData("nowhere")]
    [InlineData("1-2-3")]
    [InlineData("99999999999-1")]
    public async Task A_place_that_is_none_is_refused_at_its_field_and_what_was_typed_stays(string place)
    {
        using var editor = await app.SignInAsync(Roles.Editor);
        var id = await AddAsync(editor, $"Placed at {place}", null);

        var refused = await editor.SubmitAsync(await editor.GetAsync($"/editor/intake/{id}"), new() { ["Form.Place"] = place, ["Form.Summary"] = "Stays" }, Form);

        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Contains("Choose a place from the list.", refused.One(".error").TextContent, StringComparison.Ordinal);
        Assert.Equal("Stays", refused.One("#Form_Summary").TextContent.Trim());
    }

    [Fact]
    public async Task Links_stand_in_the_order_in_which_they_were_pasted_and_one_that_is_refused_can_be_summarised()
    {
        await using var site = await LoopbackSite.StartAsync();
        site.On("/refused", context =>
        {
            context.Response.StatusCode = 403;
            return Task.CompletedTask;
        });
        string[] links = [site.At("/refused").ToString(), "https://example.org/second-pasted", "https://example.org/third-pasted"];
        using var editor = await app.SignInAsync(Roles.Editor);
        await PasteAsync(editor, string.Join('\n', links));
        var refused = await SettledAsync(site.At("/refused"));

        var list = await editor.GetAsync("/editor/intake");

        Assert.Equal(links, list.Document.QuerySelectorAll(".intake-card > a").Select(link => link.TextContent).Take(3));
        Assert.Equal($"/editor/intake/{refused.Id}#Form_Title", list.Document.QuerySelector($"#item-{refused.Id} .card-foot a")!.GetAttribute("href"));
    }

    [Fact]
    public async Task What_was_covered_before_is_said_in_the_intake_and_on_the_form_of_an_edition()
    {
        var edition = await new EditionBuilder().Item("Hedgehogs in gardens: what councils can do").SaveAsync(app);
        await using var site = await LoopbackSite.StartAsync();
        site.Html("/hedgehogs", "<title>Hedgehogs in gardens: what councils can do</title>");
        using var editor = await app.SignInAsync(Roles.Editor);
        await editor.SubmitAsync(await editor.GetAsync($"/editor/editions/{edition.Month}/items/{edition.Items[0].Id}"), null, Form);
        await PasteAsync(editor, $"{site.At("/hedgehogs")} {edition.Items[0].Url}?utm_medium=email");
        var byTitle = await SettledAsync(site.At("/hedgehogs"));

        var list = await editor.GetAsync("/editor/intake");
        Assert.Contains($"Nearly the same title in {edition.Month.Title}, Adult Social Care and Health, Reports", Normal(list.One($"#item-{byTitle.Id} .covered").TextContent), StringComparison.Ordinal);
        Assert.Equal($"/editor/editions/{edition.Month}/items/{edition.Items[0].Id}", list.One($"#item-{byTitle.Id} .covered a[href*=editions]").GetAttribute("href"));
        Assert.Contains(list.Texts(".covered").Select(Normal), text => text.Contains($"The same link in {edition.Month.Title}", StringComparison.Ordinal));
        Assert.Contains("in the intake", (await editor.GetAsync($"/editor/editions/{edition.Month}/items/{edition.Items[0].Id}")).One(".covered").TextContent, StringComparison.Ordinal);
        // What only waits is nothing that the edition's checks speak of.
        Assert.DoesNotContain("Nearly the same title stands", (await editor.GetAsync($"/editor/editions/{edition.Month}/checks")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bookmark_opens_the_form_filled_in_and_changes_nothing()
    {
        using var editor = await app.SignInAsync(Roles.Editor);
        Assert.StartsWith("javascript:", (await editor.GetAsync("/editor/intake")).One("#bookmarklet").GetAttribute("value")!, StringComparison.Ordinal);

        var page = await editor.GetAsync("/editor/intake/add?url=https%3A%2F%2Fexample.org%2Fmarked&title=A%20%3Cb%3Emarked%3C%2Fb%3E%20page");
        Assert.Equal(("https://example.org/marked", "A <b>marked</b> page"), (page.One("#Form_Url").GetAttribute("value"), page.One("#Form_Title").GetAttribute("value")));
        Assert.False(await app.QueryAsync(db => db.EditionItems.AnyAsync(item => item.Url == "https://example.org/marked")));

        var refused = await editor.SubmitAsync(page, new() { ["Form.Title"] = "", ["Form.Summary"] = "Kept" }, Form);
        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        await editor.SubmitAsync(refused, new() { ["Form.Title"] = "Marked" }, Form);
        Assert.Equal("Kept", await app.QueryAsync(db => db.EditionItems.Where(item => item.Url == "https://example.org/marked").Select(item => item.Summary).SingleAsync()));
    }

    [Fact]
    public async Task A_removed_item_can_be_put_back_once()
    {
        using var editor = await app.SignInAsync(Roles.Editor);
        var add = await editor.GetAsync("/editor/intake/add");
        await editor.SubmitAsync(add, new() { ["Form.Title"] = "Thrown away", ["Form.Summary"] = "And found again", ["Form.Place"] = "2-" }, Form);
        var id = await app.QueryAsync(db => db.EditionItems.Where(item => item.Title == "Thrown away").Select(item => item.Id).SingleAsync());

        var removed = await editor.FollowAsync(await editor.SubmitAsync(await editor.GetAsync($"/editor/intake/{id}"), null, "#remove-form"));
        Assert.Contains("“Thrown away” is removed.", removed.Text, StringComparison.Ordinal);
        Assert.False(await app.QueryAsync(db => db.EditionItems.AnyAsync(item => item.Title == "Thrown away")));
        await editor.SubmitAsync(removed, null, "#put-back");
        Assert.Contains("It is there already.", (await editor.FollowAsync(await editor.SubmitAsync(removed, null, "#put-back"))).Text, StringComparison.Ordinal);

        var back = await app.QueryAsync(db => db.EditionItems.Include(item => item.Intake).SingleAsync(item => item.Title == "Thrown away"));
        Assert.Equal(("And found again", 2, null), (back.Summary, back.SectorId, back.EditionId));
        Assert.NotNull(back.Intake);
    }

    [Fact]
    public async Task Who_saves_an_item_that_is_gone_keeps_what_was_typed()
    {
        using var editor = await app.SignInAsync(Roles.Editor);
        await editor.SubmitAsync(await editor.GetAsync("/editor/intake/add"), new() { ["Form.Title"] = "Soon gone" }, Form);
        var id = await app.QueryAsync(db => db.EditionItems.Where(item => item.Title == "Soon gone").Select(item => item.Id).SingleAsync());
        var page = await editor.GetAsync($"/editor/intake/{id}");
        await editor.SubmitAsync(page, null, "#remove-form");

        var refused = await editor.SubmitAsync(page, new() { ["Form.Summary"] = "Long and careful" }, Form);
        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        await editor.SubmitAsync(refused, null, Form);
        Assert.Equal("Long and careful", await app.QueryAsync(db => db.EditionItems.Where(item => item.Title == "Soon gone").Select(item => item.Summary).SingleAsync()));
    }

    [Fact]
    public async Task The_intake_is_no_part_of_any_edition()
    {
        var edition = await new EditionBuilder().Item("In the edition").SaveAsync(app);
        using var editor = await app.SignInAsync(Roles.Editor);
        await editor.SubmitAsync(await editor.GetAsync("/editor/intake/add"), new() { ["Form.Title"] = "Only waiting", ["Form.Place"] = "1-1" }, Form);
        var id = await app.QueryAsync(db => db.EditionItems.Where(item => item.Title == "Only waiting").Select(item => item.Id).SingleAsync());
        Assert.Contains("Only waiting", (await editor.GetAsync("/editor/intake")).One(".flash").TextContent, StringComparison.Ordinal);

        foreach (var path in (string[])["", "/checks", "/preview/web-frame", "/publish"])
            Assert.DoesNotContain("Only waiting", (await editor.GetAsync($"/editor/editions/{edition.Month}{path}")).Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await editor.GetAsync($"/editor/editions/{edition.Month}/items/{id}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await editor.GetAsync($"/editor/intake/{edition.Items[0].Id}")).Status);
    }

    private async Task<int> AddAsync(Visitor editor, string title, string? source)
    {
        await editor.SubmitAsync(await editor.GetAsync("/editor/intake/add"), new() { ["Form.Title"] = title, ["Form.Source"] = source ?? "" }, Form);
        return await app.QueryAsync(db => db.EditionItems.Where(item => item.Title == title).Select(item => item.Id).SingleAsync());
    }

    private static async Task<WebPage> PasteAsync(Visitor editor, string links)
        => await editor.SubmitAsync(await editor.GetAsync("/editor/intake"), new() { ["Form.Links"] = links }, Links);

    private Task<EditionItem> SettledAsync(Uri address) => ItemAsync(address, item => item.Intake!.NextReadingUtc == null);

    /// <summary>The item of this link, once it is as it should become.</summary>
    private async Task<EditionItem> ItemAsync(Uri address, Func<EditionItem, bool> isSettled)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (true)
        {
            var url = address.ToString();
            var item = await app.QueryAsync(db => db.EditionItems.AsNoTracking().Include(i => i.Intake).Include(i => i.Source).SingleAsync(i => i.Url == url && i.Intake != null));
            if (isSettled(item))
                return item;
            await Task.Delay(50, patience.Token);
        }
    }

    private Task<int> SourceAsync(string name) => app.QueryAsync(async db =>
    {
        var source = new Source { Name = name, Slug = Slug.From(name) };
        db.Add(source);
        await db.SaveChangesAsync();
        return source.Id;
    });

    private static string Normal(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
