using System.Net;
using System.Text;
using CordisPulse.Core.Accounts;
using CordisPulse.Core.Subscriptions;
using CordisPulse.Tests.Areas.Editor.SubscriberImports;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Tests.Areas.Editor.Subscribers;

public sealed class SubscriberPageTests(PulseApp app) : IClassFixture<PulseApp>
{
    private const string Root = "/editor/subscribers";

    [Theory]
    [InlineData("")]
    [InlineData("/add")]
    [InlineData("/import")]
    [InlineData("/export")]
    [InlineData("/1")]
    public async Task Only_publishers_see_the_list(string path)
    {
        using var stranger = app.Visit();
        using var editor = await app.SignInAsync(Roles.Editor);

        Assert.NotEqual(HttpStatusCode.OK, (await stranger.GetAsync(Root + path)).Status);
        var answer = await editor.GetAsync(Root + path);
        Assert.Equal(HttpStatusCode.Redirect, answer.Status);
        Assert.Contains("/editor/not-allowed", answer.Location!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Somebody_is_added_for_the_sectors_that_they_asked_for()
    {
        var email = $"{Guid.NewGuid():N}@example.org";
        var sectors = await app.QueryAsync(db => db.Sectors.OrderBy(sector => sector.Position).Select(sector => sector.Id).ToListAsync());
        using var publisher = await app.SignInAsync(Roles.Publisher);
        var page = await publisher.GetAsync($"{Root}/add");
        Assert.Equal(sectors.Count, page.Document.QuerySelectorAll("#add [name=Sectors]").Length);
        var typed = new Dictionary<string, string?> { ["Email"] = email, ["Ground"] = nameof(ConsentGround.Consent), ["ObtainedFrom"] = "Asked at the spring conference", ["Sectors"] = "4711" };
        var refused = await publisher.SubmitAsync(page, typed, "#add");
        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Contains("removed meanwhile", refused.One("#Sectors-error").TextContent, StringComparison.Ordinal);
        Assert.Equal("Sectors", refused.One("fieldset.wrong[aria-describedby=Sectors-error] legend").TextContent);
        Assert.Equal(email, refused.One("#Email").GetAttribute("value"));

        await publisher.SubmitAsync(refused, new(typed) { ["Sectors"] = $"{sectors[1]}" }, "#add");
        Assert.Equal($"{sectors[1]}", await app.QueryAsync(db => db.Subscribers.Where(row => row.Email == email).Select(row => row.Sectors).SingleAsync()));
    }

    [Fact]
    public async Task Somebody_is_added_found_and_taken_off_and_stays_gone_when_added_or_imported_again()
    {
        using var publisher = await app.SignInAsync(Roles.Publisher);
        var typed = new Dictionary<string, string?>
        {
            ["Email"] = " Ada.Leaver@Reader.Example ",
            ["Name"] = "Ada 50% <Leaver>",
            ["Organisation"] = "Leaver & Sons",
            ["Ground"] = nameof(ConsentGround.Consent),
            ["ObtainedFrom"] = "Asked at the spring conference",
        };
        var added = await publisher.SubmitAsync(await publisher.GetAsync($"{Root}/add"), typed, "#add");
        Assert.Contains("Ada.Leaver@Reader.Example is on the list", (await publisher.FollowAsync(added)).One("[role=status]").TextContent, StringComparison.Ordinal);

        var answered = await publisher.SubmitAsync(
            await publisher.GetAsync(Root), new() { ["Search"] = "50% <leav", ["Status"] = nameof(SubscriberStatus.Active) }, "#find");
        // What was searched for is no part of the address.
        Assert.DoesNotContain("leav", answered.Location!.ToString(), StringComparison.OrdinalIgnoreCase);
        Assert.Contains("Status=Active", answered.Location.ToString(), StringComparison.Ordinal);
        var found = await publisher.FollowAsync(answered);
        Assert.Equal("1", found.One("#found").TextContent);
        Assert.Equal("50% <leav", found.One("#Search").GetAttribute("value"));
        var person = await publisher.GetAsync(found.One("tbody th a").GetAttribute("href")!);
        Assert.Contains("Asked at the spring conference", person.One("#consent").TextContent, StringComparison.Ordinal);
        Assert.Contains("publisher-", person.One("#consent").TextContent, StringComparison.Ordinal);
        Assert.Contains("this desk", person.One("#consent").TextContent, StringComparison.Ordinal);

        var again = await publisher.SubmitAsync(await publisher.GetAsync($"{Root}/add"), typed, "#add");
        Assert.Equal(HttpStatusCode.BadRequest, again.Status);
        Assert.Contains("on the list already", again.One("#Email-error").TextContent, StringComparison.Ordinal);
        Assert.Equal(person.Path, again.One("#there a").GetAttribute("href"));

        var untold = await publisher.SubmitAsync(person, new() { ["Leave.Note"] = " " }, "#unsubscribe");
        Assert.Equal(HttpStatusCode.BadRequest, untold.Status);
        Assert.Contains("how the person asked", untold.One("#Leave_Note-error").TextContent, StringComparison.Ordinal);
        Assert.Equal(SubscriberStatus.Active, await StatusAsync("ada.leaver@reader.example"));

        var left = await publisher.FollowAsync(await publisher.SubmitAsync(untold, new() { ["Leave.Note"] = "Telephoned" }, "#unsubscribe"));
        Assert.Equal("Left", left.One("#status").TextContent.Trim());
        Assert.Contains("Telephoned", left.One("#consent").TextContent, StringComparison.Ordinal);
        Assert.Null(left.Document.QuerySelector("#unsubscribe"));

        var refused = await publisher.SubmitAsync(again, typed, "#add");
        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Contains("stays off the list", refused.One("#Email-error").TextContent, StringComparison.Ordinal);
        Assert.Equal(person.Path, refused.One("#there a").GetAttribute("href"));
        var report = await ImportAsync(publisher, "email\nADA.LEAVER@reader.example\n");
        Assert.Equal(("0", "1"), (report.One("#added").TextContent, report.One("#suppressed").TextContent));
        Assert.Equal("2", report.One("#lines tbody th").TextContent);
        Assert.Equal(SubscriberStatus.Unsubscribed, await StatusAsync("ada.leaver@reader.example"));
        Assert.DoesNotContain("ada.leaver@", app.Log, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("Email", "", "Enter an e-mail address")]
    [InlineData("Email", "nobody", "not an e-mail address")]
    [InlineData("Email", "a@reader.example, b@reader.example", "one e-mail address only")]
    [InlineData("Name", "301", "can have 300 characters")]
    [InlineData("Organisation", "301", "can have 300 characters")]
    [InlineData("ObtainedFrom", " ", "Say where the address is from")]
    [InlineData("ObtainedFrom", "1001", "can have 1000 characters")]
    public async Task What_is_wrong_is_told_at_its_field_and_the_rest_is_kept(string field, string value, string message)
    {
        using var publisher = await app.SignInAsync(Roles.Publisher);
        var typed = new Dictionary<string, string?>
        {
            ["Email"] = "kept@reader.example",
            ["Name"] = "Kept Name",
            ["Organisation"] = "Kept House",
            ["Ground"] = nameof(ConsentGround.SoftOptIn),
            ["ObtainedFrom"] = "Kept words",
        };
        typed[field] = int.TryParse(value, out var length) ? new string('x', length) : value;

        var answer = await publisher.SubmitAsync(await publisher.GetAsync($"{Root}/add"), typed, "#add");

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Contains(message, answer.One($"#{field}-error").TextContent, StringComparison.Ordinal);
        Assert.Equal("true", answer.One($"#{field}").GetAttribute("aria-invalid"));
        foreach (var name in new[] { "Email", "Name", "Organisation" })
            Assert.Equal(typed[name], answer.One($"#{name}").GetAttribute("value"));
        Assert.Equal(nameof(ConsentGround.SoftOptIn), answer.One("[name=Ground][checked]").GetAttribute("value"));
        Assert.Equal(typed["ObtainedFrom"]!.Trim(), answer.One("#ObtainedFrom").TextContent.Trim());
        Assert.False(await app.QueryAsync(db => db.Subscribers.AnyAsync(row => row.NormalizedEmail == "kept@reader.example")));
    }

    [Fact]
    public async Task No_ground_goes_without_saying()
    {
        using var publisher = await app.SignInAsync(Roles.Publisher);
        var page = await publisher.GetAsync($"{Root}/add");
        Assert.Null(page.Document.QuerySelector("[name=Ground][checked]"));

        var answer = await publisher.SubmitAsync(page, new() { ["Email"] = "groundless@reader.example", ["ObtainedFrom"] = "A card" }, "#add");

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Contains("Choose on what ground", answer.One("#Ground-error").TextContent, StringComparison.Ordinal);
        Assert.Equal("#Ground", answer.One(".error-summary a").GetAttribute("href"));
        Assert.Equal("groundless@reader.example", answer.One("#Email").GetAttribute("value"));
        Assert.False(await app.QueryAsync(db => db.Subscribers.AnyAsync(row => row.NormalizedEmail == "groundless@reader.example")));
    }

    [Fact]
    public async Task An_imported_list_is_reported_line_by_line_and_comes_out_as_it_went_in()
    {
        using var publisher = await app.SignInAsync(Roles.Publisher);
        const string Csv = "name;email;organisation\nBea Import;Bea@import.example;House\nNobody;none;\nBea Again;bea@IMPORT.example;\n=SUM(A1);cy@import.example;\n";

        var report = await ImportAsync(publisher, Csv);

        Assert.Equal(("2", "1", "0", "1"), (report.One("#added").TextContent, report.One("#already-there").TextContent,
            report.One("#suppressed").TextContent, report.One("#rejected").TextContent));
        Assert.Equal(["Added", "Rejected", "Already there", "Added"], report.Texts("#lines td[data-label='What became of it']"));
        using var export = await publisher.Http.GetAsync($"{Root}/export");
        Assert.Equal("text/csv", export.Content.Headers.ContentType!.MediaType);
        Assert.Equal("subscribers.csv", export.Content.Headers.ContentDisposition!.FileName);
        var text = await export.Content.ReadAsStringAsync();
        Assert.Contains("Bea@import.example,Bea Import,House,,Active", text, StringComparison.Ordinal);
        Assert.DoesNotContain(",=SUM", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_search_that_is_too_long_is_refused_at_its_field_and_who_is_not_there_is_not_found()
    {
        using var publisher = await app.SignInAsync(Roles.Publisher);

        var answer = await publisher.GetAsync($"{Root}?Search={new string('x', 60_000)}");

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Contains("longer than any", answer.One("#Search-error").TextContent, StringComparison.Ordinal);
        var posted = await publisher.SubmitAsync(await publisher.GetAsync(Root), new() { ["Search"] = new string('x', 400) }, "#find");
        Assert.Equal(HttpStatusCode.BadRequest, posted.Status);
        Assert.Equal(new string('x', 400), posted.One("#Search").GetAttribute("value"));
        var forged = await publisher.GetAsync($"{Root}?Words=CfDJ8nonsense");
        Assert.Equal(HttpStatusCode.BadRequest, forged.Status);
        Assert.Contains("Search again", forged.One("#Search-error").TextContent, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, (await publisher.GetAsync($"{Root}?Status=bogus")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await publisher.GetAsync($"{Root}/999999")).Status);
    }

    [Fact]
    public async Task A_long_list_is_read_page_by_page_with_what_was_looked_for()
    {
        using var publisher = await app.SignInAsync(Roles.Publisher);
        await ImportAsync(publisher, string.Concat(Enumerable.Range(1, 60).Select(i => $"p{i}@paged.example,Paged {i}\n")));

        // A link from elsewhere may still name the words; the address of what it leads to does not.
        var answer = await publisher.GetAsync($"{Root}?Search=paged.example");
        Assert.DoesNotContain("paged", answer.Location!.ToString(), StringComparison.OrdinalIgnoreCase);
        var first = await publisher.FollowAsync(answer);
        var next = first.One("a[rel=next]").GetAttribute("href")!;
        Assert.DoesNotContain("paged", next, StringComparison.OrdinalIgnoreCase);
        var second = await publisher.GetAsync(next);
        Assert.Equal("paged.example", second.One("#Search").GetAttribute("value"));

        Assert.Equal((50, 10), (first.Texts("tbody th").Count(), second.Texts("tbody th").Count()));
        Assert.Equal("p1@paged.example", second.Texts("tbody th").Last());
    }

    [Fact]
    public async Task Thousands_who_are_found_are_counted_and_paged_as_a_few_are()
    {
        await using var own = new PulseApp();
        using var publisher = await own.SignInAsync(Roles.Publisher);
        await own.QueryAsync(db =>
        {
            for (var i = 1; i <= 10055; i++)
            {
                var row = db.Add(new Subscriber { Email = $"p{i}@many.example", NormalizedEmail = $"p{i}@many.example", Status = i > 10054 ? SubscriberStatus.Unsubscribed : SubscriberStatus.Active, UnsubscribeToken = SecretToken.Create() }).Entity;
                row.SearchText = SubscriberSearch.TextOf(row.Email!, row.NormalizedEmail!, null, null);
            }

            return db.SaveChangesAsync();
        });
        async Task<WebPage> FindAsync(string words, string status = "")
            => await publisher.FollowAsync(await publisher.SubmitAsync(await publisher.GetAsync(Root), new() { ["Search"] = words, ["Status"] = status }, "#find"));

        var all = await FindAsync("many.example");
        Assert.Contains("10,055 found, the newest first; page 1 of 202", all.One("caption").TextContent, StringComparison.Ordinal);
        Assert.Equal("p10055@many.example", all.Texts("tbody th").First());
        var last = await publisher.GetAsync(all.One("a[rel=next]").GetAttribute("href")!.Replace("Page=2", "Page=202", StringComparison.Ordinal));
        Assert.Equal(["p5@many.example", "p4@many.example", "p3@many.example", "p2@many.example", "p1@many.example"], last.Texts("tbody th"));
        Assert.Equal("10,054", (await FindAsync("many.example", nameof(SubscriberStatus.Active))).One("#found").TextContent);
        var few = await FindAsync("p100");
        Assert.Equal(("67", "p10055@many.example"), (few.One("#found").TextContent, few.Texts("tbody th").First()));
    }

    [Theory]
    [InlineData("Narrow House", "NARROW HOUSE", "narrow house")]
    [InlineData("Caf\u00e9 \u00c9tude", "CAF\u00c9 \u00c9TUDE", "cafe \u00e9tude")]
    [InlineData("King\u2019s Trust", "KING'S TRUST", "king's trust")]
    public async Task An_organisation_is_one_in_capitals_and_in_small_letters(string name, string capitals, string typed)
    {
        await using var own = new PulseApp();
        using var publisher = await own.SignInAsync(Roles.Publisher);
        await publisher.ConfirmAsync(await publisher.UploadAsync(own, Encoding.UTF8.GetBytes($"email,organisation\na@narrow.example,{name}\nb@narrow.example,{capitals}\nc@narrow.example,{name} Too\n")));

        var found = await publisher.FollowAsync(await publisher.SubmitAsync(await publisher.GetAsync(Root), new() { ["Organisation"] = typed }, "#find"));
        Assert.Equal(["b@narrow.example", "a@narrow.example"], found.Texts("tbody th"));
        Assert.Equal(typed, found.One("#Organisation").GetAttribute("value"));

        var figures = await publisher.GetAsync($"{Root}/figures?Organisation={Uri.EscapeDataString(typed)}");
        Assert.Equal("2", figures.One("#months tbody td").TextContent);
        Assert.Equal([name, $"{name} Too"], figures.Texts("#organisations tbody th"));
        Assert.Equal(["2", "1"], figures.Texts("#organisations tbody td"));
        Assert.Contains($"2 people at {typed}; somebody", figures.One("#sectors caption").TextContent, StringComparison.Ordinal);
        Assert.Equal("2", figures.One("#sectors tbody td").TextContent);
        Assert.Null(figures.Document.QuerySelector("#nobody"));
        var sector = await own.QueryAsync(db => db.Sectors.OrderBy(row => row.Position).Select(row => new { row.Id, row.Name }).FirstAsync());
        var nobody = await publisher.GetAsync($"{Root}/figures?Organisation=Nobody%27s+House&Sector={sector.Id}");
        Assert.Equal($"Nobody at Nobody's House who gets {sector.Name} is on the list now.", nobody.One("#nobody").TextContent);
        Assert.Contains($"of people at Nobody's House who get {sector.Name}", nobody.One("#months caption").TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("O\u2019Brien", "o'brien")]
    [InlineData("O'Connor", "O\u2019CONNOR")]
    [InlineData("D\u00B4Arcy", "d'arcy")]
    [InlineData("Smith\u2011Jones", "smith-jones")]
    public async Task Somebody_is_found_by_the_signs_of_a_keyboard_and_by_those_that_programs_make_of_them(string name, string words)
    {
        using var publisher = await app.SignInAsync(Roles.Publisher);
        var email = $"{Guid.NewGuid():N}@signs.example";
        await ImportAsync(publisher, $"email,name\n{email},{name}\n");

        var found = await publisher.FollowAsync(await publisher.SubmitAsync(await publisher.GetAsync(Root), new() { ["Search"] = words }, "#find"));

        Assert.Contains(email, found.Texts("tbody th"));
    }

    [Theory]
    [InlineData("Name", "Ann \u202Egnp.exe")]
    [InlineData("Organisation", "House\u2066 of\u2069 Cards")]
    [InlineData("Name", "An\u200Bn")]
    public async Task Marks_that_nobody_sees_are_refused_in_names_by_staff_s_forms_and_the_public_ones(string field, string text)
    {
        using var publisher = await app.SignInAsync(Roles.Publisher);
        using var reader = app.Visit();
        var typed = new Dictionary<string, string?> { ["Email"] = "hidden@marks.example", [field] = text };

        var added = await publisher.SubmitAsync(
            await publisher.GetAsync($"{Root}/add"), new(typed) { ["Ground"] = nameof(ConsentGround.Consent), ["ObtainedFrom"] = "A card" }, "#add");
        var joined = await reader.SubmitAsync(await reader.GetAsync("/subscribe"), typed);

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.BadRequest), (added.Status, joined.Status));
        Assert.Contains("characters that nobody sees", added.One($"#{field}-error").TextContent, StringComparison.Ordinal);
        Assert.Contains("characters that nobody sees", joined.Text, StringComparison.Ordinal);
        // A list is not typed anew: what nobody sees is left out.
        var email = $"{Guid.NewGuid():N}@marks.example";
        await ImportAsync(publisher, $"email,{field.ToLowerInvariant()}\n{email},{text}\n");
        var kept = await app.QueryAsync(db => db.Subscribers.Where(row => row.NormalizedEmail == email).Select(row => row.Name ?? row.Organisation).SingleAsync());
        Assert.Contains(kept, (string[])["Ann gnp.exe", "House of Cards", "Ann"]);
    }

    [Fact]
    public async Task The_menu_marks_subscribers_on_each_page_below_and_the_counts_call_nobody_on_the_list_who_is_not()
    {
        using var publisher = await app.SignInAsync(Roles.Publisher);
        Assert.Equal("page", (await publisher.GetAsync(Root)).One(".desk-bar a[href='/editor/subscribers']").GetAttribute("aria-current"));
        foreach (var path in new[] { $"{Root}/add", $"{Root}/import", $"{Root}/figures", "/editor/data-protection", "/editor/returns" })
            Assert.Equal("true", (await publisher.GetAsync(path)).One(".desk-bar a[href='/editor/subscribers']").GetAttribute("aria-current"));
        Assert.DoesNotContain("On the list", (await publisher.GetAsync(Root)).Texts("h2"));
    }

    private async Task<WebPage> ImportAsync(Visitor publisher, string csv)
        => await publisher.ConfirmAsync(await publisher.UploadAsync(app, Encoding.UTF8.GetBytes(csv)));

    private Task<SubscriberStatus> StatusAsync(string email)
        => app.QueryAsync(db => db.Subscribers.Where(row => row.NormalizedEmail == email).Select(row => row.Status).SingleAsync());
}
