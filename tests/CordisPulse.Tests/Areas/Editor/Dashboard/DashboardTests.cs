using System.Globalization;
using System.Net;
using CordisPulse.Core.Accounts;
using CordisPulse.Core.Editions;
using CordisPulse.Core.Subscriptions;
using CordisPulse.Tests.Builders;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Tests.Areas.Editor.Dashboard;

public sealed class DashboardTests : IDisposable
{
    private readonly PulseApp _app = new();

    public void Dispose() => _app.Dispose();

    [Fact]
    public async Task An_empty_desk_says_how_to_begin_and_where_mail_goes()
    {
        using var editor = await _app.SignInAsync(Roles.Editor);
        var page = await editor.GetAsync("/editor");

        Assert.Contains("There is no edition yet", page.Text, StringComparison.Ordinal);
        Assert.Contains(_app.Outbox, page.Text, StringComparison.Ordinal);
        Assert.Contains("Nothing reaches a real person", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_started_edition_is_listed_with_what_comes_next_and_the_last_sign_off()
    {
        await SaveAsync(new Edition { Month = new EditionMonth(2023, 12), SignOffName = "Sam Bright", SignOffRole = "Editor", PublishedOn = new DateOnly(2023, 12, 4), PublishedRevision = 1 });
        using var editor = await _app.SignInAsync(Roles.Editor);
        var answer = await StartAsync(editor, "2024-02");

        Assert.Equal("/editor/editions/2024-02", answer.Location!.ToString());
        var edition = await _app.QueryAsync(db => db.Editions.SingleAsync(row => row.Month == new EditionMonth(2024, 2)));
        Assert.Equal(("Sam Bright", "Editor", ""), (edition.SignOffName, edition.SignOffRole, edition.Introduction));
        var page = await editor.GetAsync("/editor");
        Assert.Equal(["February 2024", "December 2023"], page.Texts("tbody th"));
        Assert.Equal(["Draft", "Published"], page.Texts("tbody .badge"));
        Assert.Equal(["February 2024"], page.Texts(".current h2"));
        Assert.Contains("Add the first item", page.Texts(".next a"));
    }

    [Fact]
    public async Task A_draft_of_an_older_month_comes_before_what_could_still_be_sent()
    {
        foreach (var month in (int[])[9, 10, 11])
            await SaveAsync(new Edition { Month = new EditionMonth(2024, month), PublishedRevision = 1 });
        await SaveAsync(new Edition { Month = new EditionMonth(2022, 3) });
        using var editor = await _app.SignInAsync(Roles.Editor);

        Assert.Equal(["March 2022", "November 2024"], (await editor.GetAsync("/editor")).Texts(".current h2"));
    }

    [Fact]
    public async Task Only_a_publisher_is_sent_to_the_mailing_and_the_outbox()
    {
        await SaveAsync(new Edition { Month = new EditionMonth(2024, 2), PublishedRevision = 1 });
        using var editor = await _app.SignInAsync(Roles.Editor);
        using var publisher = await _app.SignInAsync(Roles.Publisher);

        Assert.Contains("Send it to the subscribers", (await publisher.GetAsync("/editor")).Texts(".next a"));
        var seenByEditor = (await editor.GetAsync("/editor")).Html;
        Assert.DoesNotContain("/mailing", seenByEditor, StringComparison.Ordinal);
        Assert.DoesNotContain("/outbox\"", seenByEditor, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_draft_shows_its_counts_and_errors()
    {
        await SaveAsync(new Edition
        {
            Month = new EditionMonth(2024, 2),
            Introduction = "Hello.",
            Items =
            [
                new EditionItem { Title = "One", Slug = "one", Url = "#", Summary = "Words.", SectorId = 1, SectionId = 1, Position = 1 },
                new EditionItem { Title = "Two", Slug = "two", Url = "https://example.org/two", Summary = "Words.", SectorId = 1, SectionId = 1, Position = 2 },
            ],
        });
        await SaveAsync(new Subscriber { Email = "a@example.org", NormalizedEmail = "a@example.org", Status = SubscriberStatus.Active, UnsubscribeToken = SecretToken.Create() });
        await SaveAsync(new Subscriber { Email = "b@example.org", NormalizedEmail = "b@example.org", Status = SubscriberStatus.Unsubscribed, UnsubscribeToken = SecretToken.Create() });
        using var publisher = await _app.SignInAsync(Roles.Publisher);
        var page = await publisher.GetAsync("/editor");

        var facts = page.Document.QuerySelectorAll(".current .facts div").ToDictionary(fact => fact.QuerySelector("dt")!.TextContent, fact => fact.QuerySelector("dd")!.TextContent);
        Assert.Equal(("2", "0", "1"), (facts["Items"], facts["News"], facts["Errors"]));
        Assert.Contains("Mend 1 error; until then it cannot be published", page.Texts(".next a"));
        Assert.Equal("1", page.One("a[href='/editor/subscribers']:not(nav a)").TextContent);
    }

    [Fact]
    public async Task What_comes_next_stands_in_the_order_in_which_it_is_done()
    {
        await SaveAsync(new Edition
        {
            Month = new EditionMonth(2024, 2),
            Items =
            [
                new EditionItem { Title = "Told", Slug = "told", Url = "https://example.org/told", Summary = "Words.", SectorId = 1, SectionId = 1, Position = 1 },
                new EditionItem { Title = "To be told", Slug = "to-be-told", Url = "https://example.org/to-be-told", Summary = " ", SectorId = 1, SectionId = 1, Position = 2 },
            ],
        });
        using var editor = await _app.SignInAsync(Roles.Editor);

        var page = await editor.GetAsync("/editor");

        Assert.Equal(["Write 1 summary", "Write the introduction", "Mend 1 error; until then it cannot be published"], page.Texts("ol.next a").Take(3));
        Assert.EndsWith("#Form_Summary", page.One("ol.next a").GetAttribute("href"), StringComparison.Ordinal);
        Assert.Equal(["2", "1", "Nothing"], page.Document.QuerySelectorAll(".by-sector tbody tr")[0].QuerySelectorAll("td").Select(cell => cell.TextContent.Trim()));
    }

    [Fact]
    public async Task A_section_that_usually_holds_something_is_named_while_it_is_empty()
    {
        for (var month = 9; month <= 11; month++)
        {
            var earlier = await new EditionBuilder().With(e => e.Month = new EditionMonth(2023, month)).Item($"Of {month}", sector: "criminal", section: "briefings").SaveAsync(_app);
            using var publisher = await _app.SignInAsync(Roles.Publisher);
            await publisher.SubmitAsync(await publisher.GetAsync($"/editor/editions/{earlier.Month}/publish"), null, "#publish-form");
        }

        await new EditionBuilder().With(e => e.Month = new EditionMonth(2024, 2)).Item("Elsewhere").SaveAsync(_app);
        using var editor = await _app.SignInAsync(Roles.Editor);

        var page = await editor.GetAsync("/editor");

        Assert.Contains("Criminal Justice has nothing yet in Briefings", page.Texts("ol.next a"));
    }

    [Fact]
    public async Task Who_has_what_is_told_by_stage()
    {
        var edition = await new EditionBuilder().Item("One of two").Item("Two of two").Item("Nobody's").SaveAsync(_app);
        using var editor = await _app.SignInAsync(Roles.Editor, "ann@example.org");
        foreach (var item in edition.Items.Take(2))
        {
            var page = await editor.GetAsync($"/editor/editions/{edition.Month}/items/{item.Id}");
            var own = page.Document.QuerySelectorAll("select[name=assignee] option").Single(option => option.TextContent.Contains("ann@example.org", StringComparison.Ordinal));
            await editor.SubmitAsync(page, new() { ["assignee"] = own.GetAttribute("value") }, "form[action$='/assignee']");
        }

        await editor.SubmitAsync(await editor.GetAsync($"/editor/editions/{edition.Month}/items/{edition.Items[0].Id}"), new() { ["stage"] = "Ready" }, "form[action$='/stage']");

        var row = (await editor.GetAsync("/editor")).One(".shares tbody tr");

        Assert.Equal("ann@example.org", row.QuerySelector("th")!.TextContent);
        Assert.Equal(["1", "0", "1"], row.QuerySelectorAll("td").Select(cell => cell.TextContent));
    }

    [Theory]
    [InlineData(0, "today", false)]
    [InlineData(1, "tomorrow", false)]
    [InlineData(12, "in 12 days", false)]
    [InlineData(-1, "yesterday", true)]
    [InlineData(-9, "9 days ago", true)]
    public async Task The_day_on_which_it_goes_out_is_set_and_counted_down(int days, string words, bool isLate)
    {
        await SaveAsync(new Edition { Month = new EditionMonth(2024, 2) });
        using var editor = await _app.SignInAsync(Roles.Editor);
        var day = CordisPulse.Core.Site.UkTime.DateOf(DateTime.UtcNow).AddDays(days);

        var saved = await editor.SubmitAsync(await editor.GetAsync("/editor"), new() { ["Plan.DueOn"] = day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) }, "#plan-2024-02");

        Assert.Equal("/editor", saved.Location!.ToString());
        var left = (await editor.GetAsync("/editor")).Document.QuerySelectorAll(".current .facts div").Single(fact => fact.QuerySelector("dt")!.TextContent == "Goes out").QuerySelector("dd")!;
        Assert.Equal(words, left.TextContent);
        Assert.Equal(isLate, left.ClassList.Contains("late"));
        await editor.SubmitAsync(await editor.GetAsync("/editor"), new() { ["Plan.DueOn"] = "" }, "#plan-2024-02");
        Assert.Null(await _app.QueryAsync(db => db.Editions.Select(edition => edition.DueOn).SingleAsync()));
    }

    [Fact]
    public async Task A_day_that_is_none_is_told_at_its_field_and_kept()
    {
        await SaveAsync(new Edition { Month = new EditionMonth(2024, 2) });
        using var editor = await _app.SignInAsync(Roles.Editor);

        var refused = await editor.SubmitAsync(await editor.GetAsync("/editor"), new() { ["Plan.DueOn"] = "next Monday" }, "#plan-2024-02");

        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Equal("Enter a day like 2022-03-07.", refused.One("#due-2024-02-error").TextContent);
        Assert.Equal("next Monday", refused.One("#DueOn-2024-02").GetAttribute("value"));
        Assert.Equal("#DueOn-2024-02", refused.One(".error-summary a").GetAttribute("href"));
    }

    [Theory]
    [InlineData("2024-02", "There is an edition of February 2024 already.")]
    [InlineData("", "Enter a month like 2024-02.")]
    [InlineData("2024-13", "Enter a month like 2024-02.")]
    [InlineData("February", "Enter a month like 2024-02.")]
    public async Task A_month_that_cannot_be_started_is_refused(string month, string message)
    {
        await SaveAsync(new Edition { Month = new EditionMonth(2024, 2) });
        using var editor = await _app.SignInAsync(Roles.Editor);
        var answer = await StartAsync(editor, month);

        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        Assert.Equal(message, answer.One("#Start_Month-error").TextContent);
        Assert.Equal(1, await _app.QueryAsync(db => db.Editions.CountAsync()));
    }

    [Theory]
    [InlineData(true, "Sam Bright", "Welcome back.", "The digest", new[] { "Who we are" })]
    [InlineData(false, null, "", null, new string[0])]
    public async Task An_edition_begins_with_what_is_ticked_of_the_last_one(bool ticked, string? signedBy, string introduction, string? subject, string[] news)
    {
        await SaveAsync(new Edition
        {
            Month = new EditionMonth(2023, 12),
            SignOffName = "Sam Bright",
            Introduction = "Welcome back.",
            Subject = "The digest",
            News = [new() { Title = "Our event", Position = 1, EventOn = new DateOnly(2023, 12, 9) }, new() { Title = "Who we are", Position = 2, Body = "Words." }],
        });
        using var editor = await _app.SignInAsync(Roles.Editor);
        var value = ticked ? "true" : null;

        await editor.SubmitAsync(
            await editor.GetAsync("/editor"),
            new() { ["Start.Month"] = "2024-01", ["Start.SignOff"] = value, ["Start.Texts"] = value, ["Start.StandingNews"] = value }, "form[action='/editor/editions']");

        var edition = await _app.QueryAsync(db => db.Editions.Include(row => row.News).SingleAsync(row => row.Month == new EditionMonth(2024, 1)));
        Assert.Equal((signedBy, introduction, subject), (edition.SignOffName, edition.Introduction, edition.Subject));
        Assert.Equal(news, edition.News.Select(one => one.Title));
        Assert.Equal(1 + news.Length, await _app.QueryAsync(db => db.Revisions.CountAsync(r => r.EditionId == edition.Id)));
    }

    [Fact]
    public async Task The_next_month_without_an_edition_is_offered()
    {
        var now = EditionMonth.Of(DateOnly.FromDateTime(DateTime.UtcNow));
        await SaveAsync(new Edition { Month = now });
        using var editor = await _app.SignInAsync(Roles.Editor);

        Assert.Equal(now.AddMonths(1).ToString(), (await editor.GetAsync("/editor")).One("#Start_Month").GetAttribute("value"));
    }

    private static async Task<WebPage> StartAsync(Visitor editor, string month)
        => await editor.SubmitAsync(await editor.GetAsync("/editor"), new() { ["Start.Month"] = month }, "form[action='/editor/editions']");

    private Task<int> SaveAsync(object row) => _app.QueryAsync(db =>
    {
        db.Add(row);
        return db.SaveChangesAsync();
    });
}
