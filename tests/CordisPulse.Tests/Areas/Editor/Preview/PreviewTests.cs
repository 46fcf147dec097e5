using System.Net;
using CordisPulse.Core.Accounts;
using CordisPulse.Core.Subscriptions;
using CordisPulse.Tests.Builders;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Tests.Areas.Editor.Preview;

public sealed class PreviewTests(PulseApp app) : IClassFixture<PulseApp>
{
    [Theory]
    [InlineData("web", "web-frame")]
    [InlineData("email", "email-frame")]
    [InlineData("print", "web-frame")]
    public async Task The_working_text_is_shown_in_a_frame_that_runs_nothing(string show, string frame)
    {
        var edition = await new EditionBuilder().Item("Unpublished so far").SaveAsync(app);
        using var editor = await app.SignInAsync(Roles.Editor);

        var page = await editor.GetAsync($"/editor/editions/{edition.Month}/preview?show={show}&width=phone");
        var element = page.One("iframe.phone");
        Assert.Equal("", element.GetAttribute("sandbox"));
        Assert.Contains(frame, element.GetAttribute("src"), StringComparison.Ordinal);
        var content = await editor.GetAsync(element.GetAttribute("src")!);
        Assert.Equal(HttpStatusCode.OK, content.Status);
        Assert.Contains("Unpublished so far", content.Text, StringComparison.Ordinal);
        Assert.Contains("sandbox", content.Headers["Content-Security-Policy"], StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'self'", content.Headers["Content-Security-Policy"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Smith, Jane", "By Smith, Jane; Ada Okafor")]
    [InlineData("Jane Smith", "By Jane Smith, Ada Okafor")]
    public async Task Authors_stand_apart_also_where_a_name_has_a_comma(string first, string expected)
    {
        var edition = await new EditionBuilder().Item("Told", item => item.Authors = [first, "Ada Okafor"]).SaveAsync(app);
        using var editor = await app.SignInAsync(Roles.Editor);
        var address = $"/editor/editions/{edition.Month}/preview";

        Assert.Equal(expected, (await editor.GetAsync($"{address}/web-frame")).One(".facts li").TextContent);
        Assert.Contains(expected["By ".Length..], (await editor.GetAsync($"{address}/email-frame")).Text, StringComparison.Ordinal);
        Assert.Contains(expected["By ".Length..], (await editor.GetAsync($"{address}?show=text")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Until_a_width_is_chosen_the_page_is_as_wide_as_the_window()
    {
        var edition = await new EditionBuilder().Item("Wide").SaveAsync(app);
        using var editor = await app.SignInAsync(Roles.Editor);

        var page = await editor.GetAsync($"/editor/editions/{edition.Month}/preview");
        var wide = await editor.SubmitAsync(page, new() { ["width"] = "desktop" }, "#look-form");

        Assert.Equal("This window", page.One("#look-width [selected]").TextContent);
        Assert.NotNull(page.One("iframe.window"));
        Assert.NotNull(wide.One("iframe.desktop"));
    }

    [Theory]
    [InlineData("", "color-scheme: light;", "@media print", "prefers-color-scheme")]
    [InlineData("?dark=true", "color-scheme: dark;", "--paper: #14171a", "prefers-color-scheme")]
    [InlineData("?show=print", "break-inside: avoid", "padding: 18mm", "@media")]
    public async Task The_page_is_seen_in_the_look_that_was_chosen_whatever_the_browser_prefers(string query, string has, string alsoHas, string hasNot)
    {
        var edition = await new EditionBuilder().Item("Seen").SaveAsync(app);
        using var editor = await app.SignInAsync(Roles.Editor);

        var page = await editor.GetAsync($"/editor/editions/{edition.Month}/preview/web-frame{query}");
        using var stranger = app.Visit();
        var sheet = await stranger.GetAsync(page.One("link[rel=stylesheet]").GetAttribute("href")!);

        Assert.Equal(HttpStatusCode.OK, sheet.Status);
        Assert.Contains(has, sheet.Html, StringComparison.Ordinal);
        if (alsoHas == "@media print")
            Assert.DoesNotContain(alsoHas, sheet.Html, StringComparison.Ordinal);
        else
            Assert.Contains(alsoHas, sheet.Html, StringComparison.Ordinal);
        Assert.DoesNotContain(hasNot, sheet.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_text_part_is_shown_as_it_is()
    {
        var edition = await new EditionBuilder().Item("In plain words").SaveAsync(app);
        using var editor = await app.SignInAsync(Roles.Editor);

        var page = await editor.GetAsync($"/editor/editions/{edition.Month}/preview?show=text");

        Assert.Contains("In plain words", page.One("pre").TextContent, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task The_form_of_the_look_leads_to_the_mail_as_the_program_shows_it()
    {
        var edition = await new EditionBuilder().Item("Imitated").SaveAsync(app);
        using var editor = await app.SignInAsync(Roles.Editor);
        var page = await editor.GetAsync($"/editor/editions/{edition.Month}/preview?show=email");

        var seen = await editor.SubmitAsync(page, new() { ["as"] = "outlook-windows", ["dark"] = "true", ["width"] = "phone" }, "#look-form");

        Assert.Contains("Outlook for Windows, classic does to it", seen.Text, StringComparison.Ordinal);
        Assert.Contains("Our own dark colours are not used.", seen.One("#effects").TextContent, StringComparison.Ordinal);
        var frame = await editor.GetAsync(seen.One("iframe.phone").GetAttribute("src")!);
        Assert.DoesNotContain("prefers-color-scheme", frame.Html, StringComparison.Ordinal);
        Assert.Contains("Imitated", frame.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reader_of_some_sectors_is_shown_those_with_their_size()
    {
        var edition = await new EditionBuilder()
            .Item("For adults")
            .Item("For children", sector: "children")
            .Item("For courts", sector: "criminal")
            .News("For all")
            .SaveAsync(app);
        using var editor = await app.SignInAsync(Roles.Editor);
        var all = await editor.GetAsync($"/editor/editions/{edition.Month}/preview?show=email");
        var rows = all.Document.QuerySelectorAll(".sizes tbody tr");
        Assert.Equal(7, rows.Length);

        var row = rows.Single(row => row.QuerySelector("th")!.TextContent == "Children and Young People's Services");
        var some = await editor.GetAsync(row.QuerySelector("a")!.GetAttribute("href")!);

        Assert.Equal($"{row.QuerySelector("td")!.TextContent} of the 102 KB at which Gmail cuts. Over 100 KB it is not sent.", some.One("#size").TextContent);
        Assert.Equal("For children", some.Document.QuerySelectorAll(".mail-line dd")[1].TextContent);
        Assert.Equal("For adults; For children; For courts", all.Document.QuerySelectorAll(".mail-line dd")[1].TextContent);
        var frame = await editor.GetAsync(some.One("iframe").GetAttribute("src")!);
        Assert.Contains("For children", frame.Text, StringComparison.Ordinal);
        Assert.Contains("For all", frame.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("For adults", frame.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("For courts", frame.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_test_goes_to_the_editor_alone()
    {
        var edition = await new EditionBuilder().Item("Tested by one").SaveAsync(app);
        using var editor = await app.SignInAsync(Roles.Editor);
        var page = await editor.GetAsync($"/editor/editions/{edition.Month}/preview?show=email");

        var sent = await editor.SubmitAsync(page, null, "#test-form");

        Assert.Equal(HttpStatusCode.Redirect, sent.Status);
        var mail = Assert.Single(await MailsAboutAsync("Tested by one"));
        Assert.Contains("To: editor-", mail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_test_of_one_sector_goes_to_a_few_colleagues_each_by_itself()
    {
        var edition = await new EditionBuilder().Item("Tested by two").Item("Left out", sector: "criminal").SaveAsync(app);
        using var editor = await app.SignInAsync(Roles.Editor);
        var sector = await app.QueryAsync(db => db.Sectors.Where(s => s.Slug.StartsWith("adult")).Select(s => s.Slug).SingleAsync());
        var page = await editor.GetAsync($"/editor/editions/{edition.Month}/preview?show=email&sectors={sector}");

        var sent = await editor.SubmitAsync(page, new() { ["Form.To"] = "one@example.org, two@example.org\nONE@example.org" }, "#test-form");

        Assert.Equal(HttpStatusCode.Redirect, sent.Status);
        var mails = await MailsAboutAsync("Tested by two");
        Assert.Equal(2, mails.Count);
        Assert.Single(mails, mail => mail.Contains("To: one@example.org", StringComparison.Ordinal));
        Assert.Single(mails, mail => mail.Contains("To: two@example.org", StringComparison.Ordinal));
        Assert.All(mails, mail => Assert.DoesNotContain("Left out", mail, StringComparison.Ordinal));
        Assert.Contains("one@example.org, two@example.org", (await editor.GetAsync(sent.Location!.ToString())).One(".flash").TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "Enter the address")]
    [InlineData("someone", "“someone”: This is not an e-mail address")]
    [InlineData("a@example.org b@example.org", "Enter one e-mail address only.")]
    [InlineData("a@example.org,b@example.org,c@example.org,d@example.org,e@example.org,f@example.org", "5 addresses at most; these are 6")]
    [InlineData("<script>@example.org", "is not an e-mail address")]
    public async Task Addresses_that_are_none_are_told_at_the_field_and_kept(string to, string problem)
    {
        var edition = await new EditionBuilder().Item("Not tested").SaveAsync(app);
        using var editor = await app.SignInAsync(Roles.Editor);
        var page = await editor.GetAsync($"/editor/editions/{edition.Month}/preview?show=email");

        var refused = await editor.SubmitAsync(page, new() { ["Form.To"] = to }, "#test-form");

        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Contains(problem, refused.One("#Form_To-error").TextContent, StringComparison.Ordinal);
        Assert.Equal(to, refused.One("#Form_To").TextContent.TrimStart('\n'));
        Assert.Empty(await MailsAboutAsync("Not tested"));
    }

    [Fact]
    public async Task A_test_to_an_address_that_left_is_refused_and_the_others_get_theirs()
    {
        await app.QueryAsync(async db =>
        {
            db.Add(new Suppression { NormalizedEmail = "gone@example.org", Reason = SuppressionReason.Unsubscribed, SinceUtc = DateTime.UtcNow });
            return await db.SaveChangesAsync();
        });
        var edition = await new EditionBuilder().Item("Tested by those who stay").SaveAsync(app);
        using var editor = await app.SignInAsync(Roles.Editor);
        var page = await editor.GetAsync($"/editor/editions/{edition.Month}/preview?show=email");

        var refused = await editor.SubmitAsync(page, new() { ["Form.To"] = "Gone@example.org\nhere@example.org" }, "#test-form");

        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Contains("Not sent to Gone@example.org: this address must not be mailed.", refused.One("#Form_To-error").TextContent, StringComparison.Ordinal);
        Assert.Contains("To: here@example.org", Assert.Single(await MailsAboutAsync("Tested by those who stay")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("?show=nothing&width=9&dark=perhaps&as=x%00y&sectors=none")]
    [InlineData("?show=email&as=%3Cscript%3E&sectors=%F0%9F%98%80&sectors=")]
    public async Task Odd_looks_are_taken_for_usual_ones(string query)
    {
        var edition = await new EditionBuilder().Item("Odd").SaveAsync(app);
        using var editor = await app.SignInAsync(Roles.Editor);

        Assert.Equal(HttpStatusCode.OK, (await editor.GetAsync($"/editor/editions/{edition.Month}/preview{query}")).Status);
        Assert.Equal(HttpStatusCode.OK, (await editor.GetAsync($"/editor/editions/{edition.Month}/preview/email-frame{query}")).Status);
        Assert.Equal(HttpStatusCode.OK, (await editor.GetAsync($"/editor/editions/{edition.Month}/preview/web-frame{query}")).Status);
    }

    private async Task<List<string>> MailsAboutAsync(string title)
    {
        var mails = new List<string>();
        foreach (var file in Directory.Exists(app.Outbox) ? Directory.GetFiles(app.Outbox, "*.eml") : [])
            if (await File.ReadAllTextAsync(file) is var mail && mail.Contains(title, StringComparison.Ordinal))
                mails.Add(mail);
        return mails;
    }
}
