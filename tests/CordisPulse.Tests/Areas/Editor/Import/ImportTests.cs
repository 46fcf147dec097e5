using System.Net;
using System.Text;
using CordisPulse.Core.Accounts;
using CordisPulse.Core.Editions;
using CordisPulse.Tests.Builders;
using CordisPulse.Tests.Import;
using CordisPulse.Tests.Outbound;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Tests.Areas.Editor.Import;

public sealed class ImportTests(PulseApp app) : IClassFixture<PulseApp>
{
    private const string Text = """
        # CordisPulse: {0}

        Dear colleagues, welcome to this month's selection.

        Best wishes,

        Ada Example

        Head of Research

        ## Criminal Justice

        ### Reports

        #### [National Crime Agency. A report on examples](https://example.org/report)

        The report counts examples and says what they cost.
        """;

    [Fact]
    public async Task What_was_recognised_is_shown_before_it_is_saved()
    {
        using var editor = await app.SignInAsync(Roles.Editor);
        var review = await ReviewAsync(editor, new() { ["Form.Text"] = Edition("May 2019"), ["Form.PublishedOn"] = "2019-05-07" });

        Assert.Equal(HttpStatusCode.OK, review.Status);
        Assert.Equal("1", review.One("#item-count").TextContent);
        Assert.Contains("A report on examples", review.One("details summary").TextContent, StringComparison.Ordinal);
        Assert.Contains("The report counts examples", review.One("details p").TextContent, StringComparison.Ordinal);
        Assert.Contains("Dear colleagues", review.One("#introduction p").TextContent, StringComparison.Ordinal);
        Assert.Contains("Criminal Justice, Reports", review.Text, StringComparison.OrdinalIgnoreCase);
        Assert.False(await ExistsAsync("2019-05"));

        var saved = await editor.SubmitAsync(review, null, "#save-form");

        Assert.Equal("/editor/editions/2019-05", saved.Location!.ToString());
        Assert.Equal(new DateOnly(2019, 5, 7), await app.QueryAsync(db => db.Editions.Where(e => e.Month == EditionMonth.Parse("2019-05", null)).Select(e => e.PublishedOn).SingleAsync()));
        Assert.Equal(HttpStatusCode.OK, (await editor.FollowAsync(saved)).Status);
    }

    [Fact]
    public async Task A_file_is_read_as_well_as_pasted_text()
    {
        using var editor = await app.SignInAsync(Roles.Editor);
        var review = await UploadAsync(editor, "edition.md", Encoding.UTF8.GetBytes(Edition("June 2019")));

        var saved = await editor.SubmitAsync(review, null, "#save-form");

        Assert.Equal("/editor/editions/2019-06", saved.Location!.ToString());
    }

    [Theory]
    [InlineData("edition.html")]
    [InlineData("edition.eml")]
    [InlineData("edition.docx")]
    public async Task A_page_a_message_and_a_document_are_shown_and_saved_as_text_is(string name)
    {
        await using var own = new PulseApp();
        using var editor = await own.SignInAsync(Roles.Editor);
        var file = Path.Combine(own.Directory, name);
        await File.WriteAllBytesAsync(file, EditionFormatTests.Content(name));

        var review = await ReviewAsync(editor, new() { ["Form.Files"] = file });
        Assert.Equal("3", review.One("#item-count").TextContent);
        var saved = await editor.SubmitAsync(review, null, "#save-form");

        Assert.Equal("/editor/editions/2024-06", saved.Location!.ToString());
        Assert.Contains("Waiting for care: a review of the figures", (await editor.FollowAsync(saved)).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_that_names_no_month_says_when_it_was_sent_and_is_kept_while_one_gives_it()
    {
        using var editor = await app.SignInAsync(Roles.Editor);
        var message = "Subject: The digest\r\nDate: Mon, 01 Jul 2019 09:00:00 +0000\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n" + Edition("the digest");
        var refused = await UploadAsync(editor, "message.eml", Encoding.UTF8.GetBytes(message));
        Assert.Contains("it was sent in July 2019 (2019-07)", refused.One(".error").TextContent, StringComparison.Ordinal);

        var review = await editor.SubmitAsync(refused, new() { ["Form.Month"] = "2019-10" }, "#import-form");
        var saved = await editor.SubmitAsync(review, null, "#save-form");

        Assert.Equal("/editor/editions/2019-10", saved.Location!.ToString());
    }

    [Fact]
    public async Task Several_files_are_shown_in_one_table_and_saved_as_as_many_drafts()
    {
        await using var own = new PulseApp();
        using var editor = await own.SignInAsync(Roles.Editor);
        var paths = new[] { ("june.docx", EditionFormatTests.Content("edition.docx")), ("july.md", Encoding.UTF8.GetBytes(Edition("July 2024"))), ("broken.docx", "PK"u8.ToArray()), ("again.html", EditionFormatTests.Content("edition.html")) }
            .Select(file =>
            {
                var path = Path.Combine(own.Directory, file.Item1);
                File.WriteAllBytes(path, file.Item2);
                return path;
            });

        var table = await ReviewAsync(editor, new() { ["Form.Files"] = string.Join('\n', paths) });
        Assert.Equal(
            ["june.docx June 2024 3 1", "july.md July 2024 1 0", "broken.docx – – –", "again.html June 2024 3 1"],
            table.Document.QuerySelectorAll("#files tbody tr").Select(row => string.Join(' ', row.Children.Take(4).Select(cell => cell.TextContent.Trim()))));
        Assert.Equal(0, await own.QueryAsync(db => db.Editions.CountAsync()));

        var saved = await editor.SubmitAsync(table, null, "#save-form");

        Assert.Equal(HttpStatusCode.OK, saved.Status);
        Assert.Equal(["/editor/editions/2024-06", "/editor/editions/2024-07"], saved.Document.QuerySelectorAll("#files a").Select(link => link.GetAttribute("href")));
        Assert.Equal(2, await own.QueryAsync(db => db.Editions.CountAsync()));

        var refused = await ReviewAsync(editor, new() { ["Form.Files"] = string.Join('\n', paths), ["Form.Month"] = "2024-08" });
        Assert.Contains("Several files are of several months", refused.One(".error").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_of_several_files_is_opened_and_the_others_are_kept()
    {
        await using var own = new PulseApp();
        using var editor = await own.SignInAsync(Roles.Editor);
        string[] paths = [Path.Combine(own.Directory, "june.docx"), Path.Combine(own.Directory, "july.md"), Path.Combine(own.Directory, "broken.docx")];
        await File.WriteAllBytesAsync(paths[0], EditionFormatTests.Content("edition.docx"));
        await File.WriteAllTextAsync(paths[1], Edition("July 2024"));
        await File.WriteAllTextAsync(paths[2], "PK");
        var table = await ReviewAsync(editor, new() { ["Form.Files"] = string.Join('\n', paths) });
        Assert.Equal(["Open june.docx", "Open july.md"], table.Texts("#files button"));

        var review = await editor.SubmitAsync(table, null, "#save-form", "button[value='1']");
        Assert.Equal("1", review.One("#item-count").TextContent);
        Assert.Contains("The report counts examples", review.One("details p").TextContent, StringComparison.Ordinal);
        Assert.Null(review.Document.QuerySelector("#save-form"));
        var back = await editor.SubmitAsync(review, null, "#back-form");
        Assert.Equal(table.Texts("#files tbody tr"), back.Texts("#files tbody tr"));
        await editor.SubmitAsync(back, null, "#save-form");

        Assert.Equal(2, await own.QueryAsync(db => db.Editions.CountAsync()));
    }

    [Fact]
    public async Task A_refused_row_of_several_asks_for_what_is_wanting_and_is_saved_with_it()
    {
        await using var own = new PulseApp();
        var existing = await new EditionBuilder().Item("Already here").SaveAsync(own);
        using var editor = await own.SignInAsync(Roles.Editor);
        var table = await ReviewFilesAsync(own, editor, ("july.md", Edition("July 2024")), ("none.md", Edition("the digest")), ("there.md", Edition(existing.Month.Title)), ("again.md", Edition("July 2024")));

        var saved = await editor.SubmitAsync(table, new() { ["Form.Files[1].Month"] = "June" }, "#save-form", "#save");

        Assert.Equal(["/editor/editions/2024-07"], saved.Document.QuerySelectorAll("#files a").Select(link => link.GetAttribute("href")));
        Assert.Equal("June", saved.One("[name='Form.Files[1].Month']").GetAttribute("value"));
        Assert.Equal("Refused: Enter a month like 2022-03.", saved.One("#refusal-1").TextContent);
        Assert.Null(saved.Document.QuerySelector("#save"));

        var read = await editor.SubmitAsync(
            saved, new() { ["Form.Files[1].Month"] = "2024-06", ["Form.Files[2].Replace"] = "true", ["Form.Files[3].Month"] = "2024-08" }, "#save-form", "#again");
        Assert.Equal("Save 3 drafts", read.One("#save").TextContent);
        Assert.Contains("saving replaces the edition", read.One("#files tbody tr:nth-child(3)").TextContent, StringComparison.Ordinal);
        Assert.Equal("Already here", await own.QueryAsync(db => db.EditionItems.Where(item => item.EditionId == existing.Id).Select(item => item.Title).SingleAsync()));
        var all = await editor.SubmitAsync(read, null, "#save-form", "#save");

        Assert.Equal(
            ["/editor/editions/2024-07", "/editor/editions/2024-06", $"/editor/editions/{existing.Month}", "/editor/editions/2024-08"],
            all.Document.QuerySelectorAll("#files a").Select(link => link.GetAttribute("href")));
        Assert.Equal("A report on examples", await own.QueryAsync(db => db.EditionItems.Where(item => item.EditionId == existing.Id).Select(item => item.Title).SingleAsync()));
        Assert.Equal(4, await own.QueryAsync(db => db.Editions.CountAsync()));
    }

    [Fact]
    public async Task Links_of_one_of_several_files_are_followed_when_asked_and_saved_with_it()
    {
        await using var own = new PulseApp().With("Outbound:AllowPrivateAddresses", "true");
        await using var tracker = await LoopbackSite.StartAsync();
        tracker.Redirect("/track/click", "https://example.org/the-real-report");
        using var editor = await own.SignInAsync(Roles.Editor);
        var tracked = Edition("May 2020").Replace("https://example.org/report", tracker.At("/track/click?u=1&id=2").AbsoluteUri, StringComparison.Ordinal);
        var table = await ReviewFilesAsync(own, editor, ("june.md", Edition("June 2020")), ("may.md", tracked));
        Assert.Contains("1 link counts clicks: open the file to follow it.", table.One("#files tbody tr:nth-child(2)").TextContent, StringComparison.Ordinal);

        var review = await editor.SubmitAsync(table, null, "#save-form", "button[value='1']");
        Assert.Equal(0, tracker.Requests);
        var followed = await editor.SubmitAsync(review, null, "#back-form", "#tracked button");
        Assert.Contains("1 link leads straight to the page now.", followed.One("#followed").TextContent, StringComparison.Ordinal);
        var back = await editor.SubmitAsync(followed, null, "#back-form");
        Assert.DoesNotContain("clicks", back.One("#files tbody").TextContent, StringComparison.Ordinal);
        await editor.SubmitAsync(back, null, "#save-form", "#save");

        Assert.Equal(1, tracker.Requests);
        Assert.Equal(
            ["https://example.org/report", "https://example.org/the-real-report"],
            await own.QueryAsync(db => db.EditionItems.OrderBy(item => item.Url).Select(item => item.Url).ToListAsync()));
    }

    [Fact]
    public async Task A_file_over_what_the_page_says_is_refused_at_its_field()
    {
        using var editor = await app.SignInAsync(Roles.Editor);
        Assert.Contains("at most 12 MB", (await editor.GetAsync("/editor/import")).Text, StringComparison.Ordinal);

        var answer = await UploadAsync(editor, "edition.html", Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("<p>Words of a page.</p>", 1_000_000))));

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Contains("larger than 12 MB", answer.One(".error").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task That_a_link_was_lost_and_what_was_corrected_are_no_words_of_the_edition()
    {
        using var editor = await app.SignInAsync(Roles.Editor);
        var text = Edition("September 2019")
            .Replace("[National Crime Agency. A report on examples](https://example.org/report)", "National Crime Agency. A report on examples (link not kept)", StringComparison.Ordinal)
            .Replace("Dear colleagues", "**Corrected on 9 March 2022:** It was two, not three.\n\nDear colleagues", StringComparison.Ordinal);

        var review = await ReviewAsync(editor, new() { ["Form.Text"] = text });
        Assert.Contains("It was two, not three.", review.One(".set-aside pre").TextContent, StringComparison.Ordinal);
        await editor.SubmitAsync(review, null, "#save-form");

        var edition = await app.QueryAsync(db => db.Editions.Include(e => e.Items).SingleAsync(e => e.Month == EditionMonth.Parse("2019-09", null)));
        Assert.Equal("A report on examples", Assert.Single(edition.Items).Title);
        Assert.StartsWith("Dear colleagues", edition.Introduction, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_month_that_exists_is_refused_unless_it_is_to_be_replaced()
    {
        var existing = await new EditionBuilder().Item("Already here").SaveAsync(app);
        using var editor = await app.SignInAsync(Roles.Editor);
        var refused = await ReviewAsync(editor, new() { ["Form.Text"] = Edition(existing.Month.Title) });
        Assert.Contains("already", refused.One(".error").TextContent, StringComparison.Ordinal);
        Assert.Equal($"/editor/editions/{existing.Month}", refused.One("#existing").GetAttribute("href"));

        var review = await editor.SubmitAsync(refused, new() { ["Form.Replace"] = "true" }, "#import-form");
        await editor.SubmitAsync(review, null, "#save-form");

        Assert.Equal("A report on examples", await app.QueryAsync(db => db.EditionItems.Where(i => i.Edition!.Month == existing.Month).Select(i => i.Title).SingleAsync()));
    }

    [Fact]
    public async Task Links_that_count_clicks_are_followed_when_asked_and_only_to_the_tracker()
    {
        await using var own = new PulseApp().With("Outbound:AllowPrivateAddresses", "true");
        await using var tracker = await LoopbackSite.StartAsync();
        await using var site = await LoopbackSite.StartAsync();
        tracker.Redirect("/track/click", site.At("/reports/(new)/figures?page=2&utm_source=list&mc_eid=reader").AbsoluteUri).On("/track/click/gone", context =>
        {
            context.Response.StatusCode = 404;
            return Task.CompletedTask;
        });
        using var editor = await own.SignInAsync(Roles.Editor);
        var text = Edition("May 2020")
            .Replace("https://example.org/report", tracker.At("/track/click?u=1&id=2").AbsoluteUri, StringComparison.Ordinal)
            .Replace("says what they cost.", $"says [what they cost]({tracker.At("/track/click?u=1&id=22")}) and [more]({tracker.At("/track/click/gone?id=3")}).", StringComparison.Ordinal);

        var review = await ReviewAsync(editor, new() { ["Form.Text"] = text });
        Assert.Equal(0, tracker.Requests);
        Assert.StartsWith("3 links count clicks", review.One("#tracked").TextContent.Trim(), StringComparison.Ordinal);
        var followed = await editor.SubmitAsync(review, null, "#save-form", "[formaction]");

        Assert.Equal(3, tracker.Requests);
        Assert.Equal(0, site.Requests);
        Assert.Contains("2 links lead straight", followed.One("#followed").TextContent, StringComparison.Ordinal);
        Assert.Contains("It does not lead on.", followed.One("#tracked li").TextContent, StringComparison.Ordinal);
        await editor.SubmitAsync(followed, null, "#save-form");
        var item = await own.QueryAsync(db => db.EditionItems.SingleAsync());
        var target = site.At("/reports/(new)/figures?page=2").AbsoluteUri;
        Assert.Equal(target, item.Url);
        Assert.Contains($"[what they cost]({target})", item.Summary, StringComparison.Ordinal);
        Assert.Contains("/track/click/gone?id=3)", item.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_that_leads_to_a_private_address_or_nowhere_is_kept_with_the_reason()
    {
        using var editor = await app.SignInAsync(Roles.Editor);
        var text = Edition("May 2021").Replace("https://example.org/report", "http://127.0.0.1:9/track/click?id=1", StringComparison.Ordinal);

        var followed = await editor.SubmitAsync(await ReviewAsync(editor, new() { ["Form.Text"] = text }), null, "#save-form", "[formaction]");

        Assert.Contains("private network", followed.One("#tracked li").TextContent, StringComparison.Ordinal);
        Assert.Null(followed.Document.QuerySelector("#followed"));
    }

    [Theory]
    [InlineData("edition.txt", "", "is empty")]
    [InlineData("edition.pdf", "PK", "type that cannot be read")]
    [InlineData("edition.docx", "PK", "damaged")]
    [InlineData("edition.eml", "words", "not an e-mail message")]
    [InlineData("edition.html", "<script>words</script>", "is empty")]
    [InlineData("edition.txt", "\0\u0001\0\u0002\0\0\0", "not")]
    public async Task A_file_that_is_no_edition_is_refused_in_one_line(string name, string content, string message)
    {
        using var editor = await app.SignInAsync(Roles.Editor);

        var answer = await UploadAsync(editor, name, Encoding.UTF8.GetBytes(content));

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Contains(message, answer.One(".error").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_over_50_megabytes_is_refused_in_one_line()
    {
        using var editor = await app.SignInAsync(Roles.Editor);

        var answer = await UploadAsync(editor, "edition.txt", new byte[(50 * 1024 * 1024) + 1]);

        Assert.Contains("50 MB", answer.One(".error").TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Form.Text", "", "Choose a file, or paste the text.")]
    [InlineData("Form.Month", "March", "Enter a month like 2022-03.")]
    [InlineData("Form.PublishedOn", "7 March", "Enter a day like 2022-03-07.")]
    public async Task A_field_that_is_wrong_says_so_and_nothing_is_saved(string field, string value, string message)
    {
        using var editor = await app.SignInAsync(Roles.Editor);

        var answer = await ReviewAsync(editor, new() { ["Form.Text"] = Edition("July 2019"), [field] = value });

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Contains(message, answer.One(".error").TextContent, StringComparison.Ordinal);
        Assert.False(await ExistsAsync("2019-07"));
    }

    [Fact]
    public async Task A_text_without_a_month_asks_for_it()
    {
        using var editor = await app.SignInAsync(Roles.Editor);

        var answer = await ReviewAsync(editor, new() { ["Form.Text"] = Edition("the digest") });

        Assert.Contains("Give the month", answer.One(".error").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sources_in_other_scripts_stay_apart()
    {
        using var editor = await app.SignInAsync(Roles.Editor);
        var text = Edition("August 2019") + """


            #### Ελληνική Αρχή. [A first item](https://example.org/first)

            What the first one says.

            #### Министерство. [A second item](https://example.org/second)

            What the second one says.

            #### ΕΛΛΗΝΙΚΗ ΑΡΧΗ. [A third item](https://example.org/third)

            What the third one says.
            """;

        await editor.SubmitAsync(await ReviewAsync(editor, new() { ["Form.Text"] = text }), null, "#save-form");

        Assert.Equal(
            ["National Crime Agency", "Ελληνική Αρχή", "Министерство", "Ελληνική Αρχή"],
            await app.QueryAsync(db => db.EditionItems.Where(i => i.Edition!.Month == EditionMonth.Parse("2019-08", null)).OrderBy(i => i.Position).Select(i => i.Source!.Name).ToListAsync()));
    }

    [Fact]
    public async Task The_settings_take_the_website_that_an_import_found()
    {
        await using var own = new PulseApp();
        using var administrator = await own.SignInAsync(Roles.Administrator);
        var text = Edition("September 2019").Replace("Head of Research", "Head of Research\n\nWebsite: www.example.org", StringComparison.Ordinal);
        await administrator.SubmitAsync(await ReviewAsync(administrator, new() { ["Form.Text"] = text }), null, "#save-form");

        var settings = await administrator.GetAsync("/editor/settings/publisher");
        Assert.Equal("https://www.example.org", settings.One("[name='Form.Website']").GetAttribute("value"));
        Assert.Equal(HttpStatusCode.Redirect, (await administrator.SubmitAsync(settings, new())).Status);
    }

    private static string Edition(string month) => Text.Replace("{0}", month, StringComparison.Ordinal);

    private static async Task<WebPage> ReviewAsync(Visitor editor, Dictionary<string, string?> fields)
        => await editor.SubmitAsync(await editor.GetAsync("/editor/import"), fields, "#import-form");

    private static async Task<WebPage> ReviewFilesAsync(PulseApp own, Visitor editor, params (string Name, string Text)[] files)
    {
        foreach (var (name, text) in files)
            await File.WriteAllTextAsync(Path.Combine(own.Directory, name), text);
        return await ReviewAsync(editor, new() { ["Form.Files"] = string.Join('\n', files.Select(file => Path.Combine(own.Directory, file.Name))) });
    }

    private async Task<WebPage> UploadAsync(Visitor editor, string name, byte[] content)
    {
        var file = Path.Combine(Directory.CreateDirectory(Path.Combine(app.Directory, Guid.NewGuid().ToString("N"))).FullName, name);
        await File.WriteAllBytesAsync(file, content);
        return await ReviewAsync(editor, new() { ["Form.Files"] = file });
    }

    private Task<bool> ExistsAsync(string month) => app.QueryAsync(db => db.Editions.AnyAsync(e => e.Month == EditionMonth.Parse(month, null)));
}
