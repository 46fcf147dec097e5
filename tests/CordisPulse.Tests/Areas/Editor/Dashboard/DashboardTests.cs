using System.Globalization;
using System.Net;
using CordisPulse.Core.Accounts;
using CordisPulse.Core.Editions;
using CordisPulse.Core.Import;
using CordisPulse.Core.Mailings;
using CordisPulse.Core.Subscriptions;
using CordisPulse.Tests.Builders;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

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

        var page = await editor.GetAsync("/editor");
        Assert.Equal(["March 2022", "November 2024"], page.Texts(".current h2"));
        Assert.Equal(["October 2024", "September 2024"], page.Texts(".others li > a:first-child"));
    }

    [Fact]
    public async Task What_still_needs_somebody_is_there_whatever_is_newer()
    {
        var published = await new EditionBuilder().Item("Just published").SaveAsync(_app);
        var paused = await new EditionBuilder().With(edition => edition.PublishedOn = new DateOnly(2001, 2, 1)).Item("On its way").SaveAsync(_app);
        using var publisher = await _app.SignInAsync(Roles.Publisher);
        foreach (var edition in (Edition[])[published, paused])
            await publisher.SubmitAsync(await publisher.GetAsync($"/editor/editions/{edition.Month}/publish"), null, "#publish-form");
        await SaveAsync(new Mailing
        {
            EditionId = paused.Id,
            PublishedEditionId = await _app.QueryAsync(db => db.PublishedEditions.Where(one => one.EditionId == paused.Id).Select(one => one.Id).SingleAsync()),
            Number = 1,
            State = MailingState.Paused,
            PublicUrl = _app.Address.ToString(),
            Transport = "Pickup",
        });
        foreach (var month in (int[])[1, 2, 3])
            await SaveAsync(new Edition { Month = new EditionMonth(2040, month) });

        var page = await publisher.GetAsync("/editor");

        Assert.Equal([paused.Month.Title, "March 2040", published.Month.Title], page.Texts(".current h2"));
        Assert.Equal(["Watch the mailing", "Add the first item", "Send it to the subscribers"], page.Texts("ol.next li:first-child a"));
        Assert.Equal(["February 2040", "January 2040"], page.Texts(".others li > a:first-child"));
        using var editor = await _app.SignInAsync(Roles.Editor);
        Assert.Equal(["Add the first item", "A publisher sends it to the subscribers"], (await editor.GetAsync("/editor")).Texts("ol.next li:first-child a"));
    }

    [Fact]
    public async Task What_changed_since_it_was_published_is_to_be_published_before_it_is_sent_and_after()
    {
        var edition = await new EditionBuilder().Item("Published").SaveAsync(_app);
        var address = $"/editor/editions/{edition.Month}";
        using var publisher = await _app.SignInAsync(Roles.Publisher);
        await publisher.SubmitAsync(await publisher.GetAsync($"{address}/publish"), null, "#publish-form");
        async Task RetitleAsync(string title)
            => await publisher.SubmitAsync(await publisher.GetAsync($"{address}/items/{edition.Items[0].Id}"), new() { ["Form.Title"] = title }, "#item-form");
        await RetitleAsync("Changed");

        var changed = await publisher.GetAsync("/editor");
        Assert.Equal(["Publish what changed since revision 1", "Send it to the subscribers"], changed.Texts("ol.next a").TakeLast(2));
        Assert.Equal($"{address}/publish", changed.Document.QuerySelectorAll("ol.next a")[^2].GetAttribute("href"));
        Assert.Contains("Changes not published", changed.Texts(".current .badge"));
        Assert.True(changed.One(".current .next-box").CompareDocumentPosition(changed.One(".current .facts")).HasFlag(AngleSharp.Dom.DocumentPositions.Following));
        using var editor = await _app.SignInAsync(Roles.Editor);
        Assert.Contains("A publisher publishes what changed since revision 1", (await editor.GetAsync("/editor")).Texts("ol.next a"));

        await SaveAsync(new Mailing
        {
            EditionId = edition.Id,
            PublishedEditionId = await _app.QueryAsync(db => db.PublishedEditions.Select(one => one.Id).SingleAsync()),
            Number = 1,
            State = MailingState.Completed,
            PublicUrl = _app.Address.ToString(),
            Transport = "Pickup",
        });
        var sent = await publisher.GetAsync("/editor");
        Assert.Equal([edition.Month.Title], sent.Texts(".current h2"));
        Assert.Equal("Publish what changed since revision 1", sent.Texts("ol.next a").Last());

        // Words that are what they were are no change.
        await RetitleAsync("Published");
        Assert.Empty((await publisher.GetAsync("/editor")).Texts(".current h2"));
    }

    [Fact]
    public async Task What_is_older_than_what_was_sent_waits_for_nobody()
    {
        await SaveAsync(new Edition { Month = new EditionMonth(2024, 1), PublishedRevision = 1 });
        var sent = await new EditionBuilder().With(edition => edition.Month = new EditionMonth(2024, 2)).Item("Sent").SaveAsync(_app);
        using var publisher = await _app.SignInAsync(Roles.Publisher);
        await publisher.SubmitAsync(await publisher.GetAsync("/editor/editions/2024-02/publish"), null, "#publish-form");
        Assert.Equal(["February 2024", "January 2024"], (await publisher.GetAsync("/editor")).Texts(".current h2"));
        await SaveAsync(new Mailing
        {
            EditionId = sent.Id,
            PublishedEditionId = await _app.QueryAsync(db => db.PublishedEditions.Select(one => one.Id).SingleAsync()),
            Number = 1,
            State = MailingState.Completed,
            PublicUrl = _app.Address.ToString(),
            Transport = "Pickup",
        });

        var page = await publisher.GetAsync("/editor");

        Assert.Empty(page.Texts(".current h2"));
        Assert.Contains("No edition waits for anybody.", page.Text, StringComparison.Ordinal);
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

        var sectors = page.Texts(".by-sector tbody th").ToList();
        Assert.Equal(
            ["Write 1 summary", .. sectors.Skip(1).Select(name => $"{name} has nothing yet"), "Write the introduction", "Mend 1 error; until then it cannot be published"],
            page.Texts("ol.next a").Take(sectors.Count + 2));
        Assert.EndsWith("#Form_Summary", page.One("ol.next a").GetAttribute("href"), StringComparison.Ordinal);
        // Nobody knows yet what is usual, so that everything empty is told.
        var sections = await _app.QueryAsync(db => db.Sections.OrderBy(section => section.Position).Select(section => new { section.Id, section.Name }).ToListAsync());
        var empty = page.Texts(".by-sector td:last-child").ToList();
        Assert.Equal(string.Join(", ", sections.Where(section => section.Id != 1).Select(section => section.Name)), empty[0]);
        Assert.All(empty.Skip(1), cell => Assert.Equal("The whole sector", cell));
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

        Assert.Equal(["Criminal Justice has nothing yet in Briefings"], page.Texts("ol.next a").Where(step => step.Contains("nothing yet", StringComparison.Ordinal)));
        Assert.Contains("Usually filled, still empty", page.Texts(".by-sector thead th"));
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
    [InlineData(-1, "1 day late", true)]
    [InlineData(-9, "9 days late", true)]
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
    public async Task A_start_says_what_it_took_over_and_is_undone()
    {
        await SaveAsync(new Edition
        {
            Month = new EditionMonth(2023, 12),
            SignOffName = "Sam Bright",
            Introduction = "Welcome back.",
            News = [new() { Title = "Who we are", Position = 1 }, new() { Title = "Where we are", Position = 2 }],
        });
        using var editor = await _app.SignInAsync(Roles.Editor);
        var board = await editor.FollowAsync(await StartAsync(editor, "2024-01", "Start.Texts", "Start.StandingNews"));
        Assert.Equal("The edition of January 2024 is started. Taken over from December 2023: the sign-off, the introduction and 2 of the news.", board.One(".flash p").TextContent);

        var desk = await editor.FollowAsync(await editor.SubmitAsync(board, null, "#undo"));

        Assert.Equal("The edition of January 2024 is taken away again. Nothing had been put into it.", desk.One(".flash p").TextContent);
        Assert.Equal(["December 2023"], await _app.QueryAsync(async db => (await db.Editions.Select(edition => edition.Month).ToListAsync()).Select(month => month.Title)));
        Assert.Equal(2, await _app.QueryAsync(db => db.NewsItems.CountAsync()));
        Assert.Equal(0, await _app.QueryAsync(db => db.Revisions.CountAsync()));
        Assert.Equal(HttpStatusCode.NotFound, (await editor.GetAsync("/editor/editions/2024-01")).Status);
        Assert.Equal("There is no edition of January 2024.", (await editor.FollowAsync(await editor.SubmitAsync(board, null, "#undo"))).One(".flash p").TextContent);

        var again = await editor.FollowAsync(await StartAsync(editor, "2024-01"));
        Assert.Equal("The edition of January 2024 is started. Taken over from December 2023: the sign-off.", again.One(".flash p").TextContent);
        await editor.SubmitAsync(again, null, "#undo");
        var empty = await editor.FollowAsync(await editor.SubmitAsync(
            await editor.GetAsync("/editor"), new() { ["Start.Month"] = "2024-01", ["Start.SignOff"] = null }, "form[action='/editor/editions']"));
        Assert.Equal("The edition of January 2024 is started. It is empty: nothing was taken over from December 2023.", empty.One(".flash p").TextContent);
    }

    [Fact]
    public async Task News_with_a_day_in_its_words_is_not_standing()
    {
        await SaveAsync(new Edition
        {
            Month = new EditionMonth(2023, 12),
            News =
            [
                new() { Title = "Who we are", Body = "We have met since 3 March 2019.", Position = 1 },
                new() { Title = "Forum", Body = "Please **join us** for tea on Tuesday 9 January 2024.", Position = 2 },
                new() { Title = "Call", Body = "The deadline is 5 February 2024.", Position = 3 },
                new() { Title = "Conference", Body = "We speak there later this month:\n\n- [Leeds, December 19th](https://example.org/leeds)", Position = 4 },
                new() { Title = "Course", Body = "It is held on the 22nd of December in Hull.", Position = 5 },
                new() { Title = "Tea on 9 January", Body = "You are welcome.", Position = 6 },
                new() { Title = "How we work", Body = "In March 2024 we move, as some of us may.", Position = 7 },
            ],
        });
        using var editor = await _app.SignInAsync(Roles.Editor);

        var board = await editor.FollowAsync(await StartAsync(editor, "2024-01", "Start.StandingNews"));

        Assert.Equal(["Who we are", "How we work"], board.Texts("#news li > a"));
    }

    [SeedFact]
    public async Task Of_a_real_editions_news_only_what_names_no_day_is_taken_over()
    {
        await _app.InScopeAsync(async services =>
        {
            var importer = services.GetRequiredService<EditionImporter>();
            await using var file = File.OpenRead(Seed.PathOf("cordispulse-2022-03.txt"));
            return await importer.SaveAsync(new SaveImport { Edition = await importer.RecogniseAsync("march.txt", file, new EditionMonth(2022, 3)), ById = null });
        });
        using var editor = await _app.SignInAsync(Roles.Editor);

        var board = await editor.FollowAsync(await StartAsync(editor, "2022-04", "Start.StandingNews"));

        Assert.Equal(["Research on domestic abuse perpetrator programmes", "Screening and assessment in youth justice interventions"], board.Texts("#news li > a"));
    }

    [Theory]
    [InlineData("text")]
    [InlineData("news removed")]
    [InlineData("item")]
    [InlineData("item removed")]
    [InlineData("typed")]
    [InlineData("comment")]
    [InlineData("day")]
    public async Task A_start_is_not_undone_once_somebody_has_worked_on_it(string work)
    {
        await SaveAsync(new Edition { Month = new EditionMonth(2023, 12), News = [new() { Title = "Who we are", Position = 1 }] });
        using var editor = await _app.SignInAsync(Roles.Editor);
        using var colleague = await _app.SignInAsync(Roles.Editor);
        const string address = "/editor/editions/2024-01";
        var board = await editor.FollowAsync(await StartAsync(editor, "2024-01", "Start.StandingNews"));
        switch (work)
        {
            case "text":
                await colleague.SubmitAsync(await colleague.GetAsync($"{address}/texts"), new() { ["Form.Introduction"] = "Mine." }, "#texts-form");
                break;
            case "news removed":
                var news = await _app.QueryAsync(db => db.NewsItems.MaxAsync(one => one.Id));
                await colleague.SubmitAsync(await colleague.GetAsync($"{address}/news/{news}"), null, "#remove-form");
                break;
            case "item" or "item removed":
                await colleague.SubmitAsync(
                    await colleague.GetAsync($"{address}/items/new?sector=1&section=1"), new() { ["Form.Title"] = "A report", ["Form.Url"] = "https://example.org/a", ["Form.Summary"] = "Words." }, "#item-form");
                if (work == "item removed")
                    await colleague.SubmitAsync(
                        await colleague.GetAsync($"{address}/items/{await _app.QueryAsync(db => db.EditionItems.Select(item => item.Id).SingleAsync())}"), null, "#remove-form");
                break;
            case "typed":
                await SaveAsync(new TextDraft
                {
                    AccountId = await _app.QueryAsync(db => db.Users.MaxAsync(user => user.Id)),
                    EditionId = await _app.QueryAsync(db => db.Editions.MaxAsync(edition => edition.Id)),
                    Text = RevisedText.Edition,
                    Fields = "{}",
                });
                break;
            case "comment":
                await colleague.SubmitAsync(await colleague.GetAsync($"{address}/preview/comments"), new() { ["Text"] = "Shall we?" }, "#comments-whole > .say form");
                break;
            default:
                await colleague.SubmitAsync(await colleague.GetAsync("/editor"), new() { ["Plan.DueOn"] = "2024-01-08" }, "#plan-2024-01");
                break;
        }

        var rows = await CountAsync();
        var desk = await editor.FollowAsync(await editor.SubmitAsync(board, null, "#undo"));

        Assert.Equal("The edition of January 2024 stays: something has been put into it or changed in it since it was started.", desk.One(".flash p").TextContent);
        Assert.Equal(rows, await CountAsync());
        Assert.Equal(HttpStatusCode.OK, (await editor.GetAsync(address)).Status);

        Task<(int, int, int, int)> CountAsync() => _app.QueryAsync(async db => (
            await db.Revisions.CountAsync(), await db.EditionItems.CountAsync(), await db.NewsItems.CountAsync(), await db.TextDrafts.CountAsync()));
    }

    [Fact]
    public async Task An_edition_that_was_not_started_here_is_not_taken_away()
    {
        var edition = await new EditionBuilder().Item("Imported").SaveAsync(_app);
        using var editor = await _app.SignInAsync(Roles.Editor);
        var token = (await editor.GetAsync("/editor")).One("input[name=__RequestVerificationToken]").GetAttribute("value")!;

        using var content = new FormUrlEncodedContent([new("__RequestVerificationToken", token)]);
        using var answer = await editor.Http.PostAsync($"/editor/editions/{edition.Month}/take-away", content);

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal(1, await _app.QueryAsync(db => db.EditionItems.CountAsync()));
    }

    [Fact]
    public async Task The_next_month_without_an_edition_is_offered()
    {
        var now = EditionMonth.Of(DateOnly.FromDateTime(DateTime.UtcNow));
        await SaveAsync(new Edition { Month = now });
        using var editor = await _app.SignInAsync(Roles.Editor);

        Assert.Equal(now.AddMonths(1).ToString(), (await editor.GetAsync("/editor")).One("#Start_Month").GetAttribute("value"));
    }

    /// <param name="ticked">Boxes besides the one that is ticked already.</param>
    private static async Task<WebPage> StartAsync(Visitor editor, string month, params string[] ticked)
    {
        var values = ticked.ToDictionary(box => box, _ => (string?)"true");
        values["Start.Month"] = month;
        return await editor.SubmitAsync(await editor.GetAsync("/editor"), values, "form[action='/editor/editions']");
    }

    private Task<int> SaveAsync(object row) => _app.QueryAsync(db =>
    {
        db.Add(row);
        return db.SaveChangesAsync();
    });
}

/// <summary>What comes next where nothing is published without a second person.</summary>
public sealed class ApprovalStepTests : IDisposable
{
    private readonly PulseApp _app = new PulseApp().With("Editions:TwoPersonRule", "true");

    public void Dispose() => _app.Dispose();

    [Fact]
    public async Task Whoever_may_approve_is_asked_to_and_whoever_may_not_reads_who_is_waited_for()
    {
        var edition = await new EditionBuilder().Item("Waiting").SaveAsync(_app);
        var address = $"/editor/editions/{edition.Month}";
        using var author = await _app.SignInAsync(Roles.Publisher, "author@example.org");
        using var editor = await _app.SignInAsync(Roles.Editor);
        await author.SubmitAsync(await author.GetAsync($"{address}/items/{edition.Items[0].Id}"), new() { ["Form.Title"] = "Waiting still" }, "#item-form");
        Assert.Equal("Waits for approval by another publisher; there is no such account yet", await LastStepAsync(author));
        using var second = await _app.SignInAsync(Roles.Publisher, "second@example.org");

        Assert.Equal("Look at the preview, then approve it", await LastStepAsync(second));
        Assert.Equal("Ask the publishers to approve it", await LastStepAsync(author));
        Assert.Equal("Ask the publishers to approve it", await LastStepAsync(editor));
        Assert.Null((await author.GetAsync($"{address}/preview")).Document.QuerySelector(".asked"));
        await author.SubmitAsync(await author.GetAsync($"{address}/preview"), null, "#ask-form");
        Assert.StartsWith("You asked for this on ", (await author.GetAsync($"{address}/preview")).One(".asked").TextContent, StringComparison.Ordinal);
        Assert.StartsWith("author@example.org asked for this on ", (await editor.GetAsync($"{address}/preview")).One(".asked").TextContent, StringComparison.Ordinal);
        Assert.StartsWith("Waits for approval by second@example.org, asked on ", await LastStepAsync(author), StringComparison.Ordinal);
        Assert.StartsWith("Waits for approval by second@example.org, asked on ", await LastStepAsync(editor), StringComparison.Ordinal);
        await _app.AddAccountAsync("third@example.org", Roles.Publisher);
        await _app.AddAccountAsync("fourth@example.org", Roles.Administrator);
        Assert.StartsWith("Waits for approval by another publisher, asked on ", await LastStepAsync(author), StringComparison.Ordinal);
        Assert.StartsWith("Waits for approval by a publisher, asked on ", await LastStepAsync(editor), StringComparison.Ordinal);

        await second.SubmitAsync(await second.GetAsync($"{address}/preview"), null, "#approve-form");
        Assert.Equal("Look at the preview, then publish", await LastStepAsync(author));
        Assert.Null((await author.GetAsync($"{address}/preview")).Document.QuerySelector(".asked"));
        await author.SubmitAsync(await author.GetAsync($"{address}/items/{edition.Items[0].Id}"), new() { ["Form.Title"] = "Waiting again" }, "#item-form");
        Assert.Equal("Look at the preview, then approve it", await LastStepAsync(second));
    }

    private static async Task<string> LastStepAsync(Visitor visitor) => (await visitor.GetAsync("/editor")).Texts("ol.next a").Last();
}
