using System.Net;
using System.Text.Json;
using System.Xml.Linq;
using CordisPulse.Core.Editions;
using CordisPulse.Tests.Builders;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CordisPulse.Tests.Features;

/// <summary>What a researcher asks of the archive, and what becomes of the index that answers.</summary>
public sealed class SearchIndexTests(SearchIndexTests.Library library) : IClassFixture<SearchIndexTests.Library>
{
    [Theory]
    [InlineData("family hubs", "Family hubs in their first year", "Hubs for the whole family")]
    [InlineData("\"family hubs\"", "Family hubs in their first year")]
    [InlineData("“family hubs”", "Family hubs in their first year")]
    [InlineData("hubs -year", "Hubs for the whole family")]
    [InlineData("hubs -\"first year\"", "Hubs for the whole family")]
    [InlineData("hubs –year", "Hubs for the whole family")]
    [InlineData("custody OR hubs family", "Family hubs in their first year", "Hubs for the whole family")]
    [InlineData("commission*", "What commissioners of care learned", "Commissioning for outcomes")]
    [InlineData("commissioners", "What commissioners of care learned")]
    [InlineData("CSE", "Tackling child sexual exploitation", "CSE: a review of reviews")]
    [InlineData("child sexual exploitation", "Tackling child sexual exploitation", "CSE: a review of reviews")]
    [InlineData("dols", "Deprivation of liberty safeguards in practice")]
    [InlineData("covid 19", "COVID19 and care homes", "Covid-19: who was missed", "Covid 19, two years on")]
    [InlineData("covid-19", "COVID19 and care homes", "Covid-19: who was missed", "Covid 19, two years on")]
    [InlineData("COVID19", "COVID19 and care homes", "Covid-19: who was missed", "Covid 19, two years on")]
    [InlineData("co-production", "Co-production at scale", "Coproduction, step by step")]
    [InlineData("children's plan", "The childrens’ plan", "A plan for Children’s Services")]
    [InlineData("childrens plan", "The childrens’ plan", "A plan for Children’s Services")]
    [InlineData("1000 voices", "1,000 voices")]
    [InlineData("etude", "Étude of a café")]
    [InlineData("of the lighthouse -trust -night", "Keeping a lighthouse")]
    [InlineData("how many of these are in a lighthouse -trust -night", "Keeping a lighthouse")]
    [InlineData("hubs NOT year", "Hubs for the whole family")]
    [InlineData("exploitati*", "Tackling child sexual exploitation")]
    [InlineData("SEND", "Special educational needs and disabilities, a guide", "SEND in numbers")]
    [InlineData("special educational needs and disabilities", "Special educational needs and disabilities, a guide", "SEND in numbers")]
    [InlineData("education health and care plans", "Every EHCP counted")]
    [InlineData("integrated care systems", "ICS: the first year")]
    [InlineData("ONS", "What the ONS found")]
    [InlineData("multiagency", "Multi-agency work")]
    [InlineData("multi-agency", "Multi-agency work")]
    [InlineData("reoffending", "Re-offending among the young")]
    [InlineData("coronavirus", "COVID19 and care homes", "Covid-19: who was missed", "Covid 19, two years on")]
    [InlineData("Lodz", "Łódź and Sørensen")]
    [InlineData("sorensen", "Łódź and Sørensen")]
    public async Task Words_find_what_a_researcher_means_by_them(string query, params string[] titles)
    {
        using var visitor = library.Visit();
        var page = await visitor.GetAsync("/search?q=" + Uri.EscapeDataString(query));

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Equal(titles.Order(StringComparer.Ordinal), page.Texts(".hits > .found h3").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_title_counts_for_more_than_a_source_and_a_source_for_more_than_a_summary()
    {
        using var visitor = library.Visit();
        var page = await visitor.GetAsync("/search?q=lighthouse");
        Assert.Equal(["Keeping a lighthouse", "On the rocks", "A night at sea"], page.Texts(".hits > .found h3"));

        var newest = await visitor.GetAsync(page.Document.QuerySelectorAll(".order a").Single(link => link.TextContent == "Put the newest first").GetAttribute("href")!);
        Assert.Equal(["A night at sea", "On the rocks", "Keeping a lighthouse"], newest.Texts(".hits > .found h3"));
    }

    [Fact]
    public async Task What_is_marked_is_what_was_found_in_the_words_of_the_text()
    {
        using var visitor = library.Visit();
        Assert.Equal(["Covid-19", "COVID19"], (await visitor.GetAsync("/search?q=covid-19&year=2020")).Texts(".hits > .found h3 mark"));
        Assert.Equal(["commissioners"], (await visitor.GetAsync("/search?q=commissioner+learn&year=2020")).Texts(".hits > .found h3 mark").Where(text => text != "learned"));
        Assert.Equal(["CSE", "child sexual exploitation"], (await visitor.GetAsync("/search?q=cse")).Texts(".hits > .found h3 mark").Order(StringComparer.Ordinal));
        Assert.Equal(["Children’s", "plan"], (await visitor.GetAsync("/search?q=childrens+plan+services")).Texts(".hits > .found h3 mark").Where(text => text != "Services").Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("\"family hubs\"", "Family hubs")]
    [InlineData("exploitati*", "exploitation")]
    [InlineData("hubs -year", "Hubs")]
    [InlineData("multi-agency", "Multi-agency")]
    [InlineData("etude cafe", "Étude", "café")]
    [InlineData("lodz", "Łódź")]
    [InlineData("1000", "1,000")]
    public async Task Phrases_beginnings_and_words_with_accents_are_marked_whole(string query, params string[] marked)
    {
        using var visitor = library.Visit();
        Assert.Equal(marked, (await visitor.GetAsync("/search?q=" + Uri.EscapeDataString(query))).Texts(".hits > .found h3 mark"));
    }

    [Fact]
    public async Task Whatever_word_was_looked_for_each_result_shows_where_it_stands()
    {
        using var visitor = library.Visit();
        foreach (var word in (await visitor.GetAsync("/search?year=2020")).Texts(".hits > .found h3").SelectMany(title => title.Split([' ', ':', '-', ','], StringSplitOptions.RemoveEmptyEntries)).Distinct())
        {
            var page = await visitor.GetAsync("/search?q=" + Uri.EscapeDataString(word));
            Assert.NotEmpty(page.Document.QuerySelectorAll(".hits > .found .entry"));
            Assert.All(page.Document.QuerySelectorAll(".hits > .found .entry"), hit => Assert.NotEmpty(hit.QuerySelectorAll("mark")));
        }
    }

    [Fact]
    public async Task The_newest_years_are_counted_one_by_one_and_those_before_them_together()
    {
        await using var app = new PulseApp();
        for (var year = 2001; year <= 2018; year++)
            await new PublishedEditionBuilder($"{year}-06").WithIntroduction("").With(new BuiltItem("A yearly report")).SaveAsync(app);
        using var visitor = app.Visit();

        var page = await visitor.GetAsync("/search?q=yearly");
        var years = page.Document.QuerySelectorAll("nav.facets h3").Single(heading => heading.TextContent == "Year").NextElementSibling!;
        Assert.Equal(["Only 2018 1", "Only 2017 1"], years.Children.Take(2).Select(year => year.TextContent));
        var earlier = years.Children[^1];
        Assert.Equal("Only 2003 and earlier 3", earlier.TextContent);
        Assert.Equal(16, years.Children.Length);

        var narrowed = await visitor.GetAsync(earlier.QuerySelector("a")!.GetAttribute("href")!);
        Assert.Equal("3 found for “yearly”", narrowed.One(".total").TextContent.Trim());
        Assert.Contains("To December 2003", narrowed.One(".chips").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task News_and_introductions_are_found_too()
    {
        using var visitor = library.Visit();
        var page = await visitor.GetAsync("/search?q=beekeeping");

        Assert.Equal(["Our own beekeeping", "Introduction to May 2021"], page.Texts(".hits > .found h3"));
        Assert.Equal(["/editions/2021-05#news-1", "/editions/2021-05"], page.Document.QuerySelectorAll(".hits > .found h3 a").Select(link => link.GetAttribute("href")));
    }

    [Fact]
    public async Task Near_misses_stand_below_what_has_all_the_words_and_slips_are_mended()
    {
        using var visitor = library.Visit();
        var near = await visitor.GetAsync("/search?q=family+lighthouse");
        Assert.Equal("Nothing found for “family lighthouse”", near.One(".total").TextContent.Trim());
        Assert.Contains("Keeping a lighthouse", near.Texts(".near h3"));
        Assert.Contains("Family hubs in their first year", near.Texts(".near h3"));

        var slip = await visitor.GetAsync("/search?q=famly+hubs");
        Assert.Equal("family hubs", slip.One("#meant a").TextContent);
        var meant = await visitor.GetAsync(slip.One("#meant a").GetAttribute("href")!);
        Assert.Equal(2, meant.Texts(".hits > .found h3").Count());

        var half = await visitor.GetAsync("/search?q=lighthose+zzqx");
        Assert.Equal("lighthouse", half.One("#meant a").TextContent);
        // An abbreviation of the field is no slip, though nothing has it.
        Assert.Empty((await visitor.GetAsync("/search?q=LPS")).Texts("#meant"));
    }

    [Fact]
    public async Task Near_misses_have_most_of_the_words_where_something_has_all()
    {
        using var visitor = library.Visit();

        var exact = await visitor.GetAsync("/search?q=keeping+lighthouse");
        Assert.Equal(["Keeping a lighthouse"], exact.Texts(".hits > .found h3"));
        Assert.Empty(exact.Texts(".near h3"));
        var most = await visitor.GetAsync("/search?q=hubs+family+rooftop");
        Assert.Equal(["Family hubs in their first year", "Hubs for the whole family"], most.Texts(".near h3").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_search_that_is_narrowed_to_nothing_says_what_there_is_elsewhere()
    {
        using var visitor = library.Visit();

        var narrow = await visitor.GetAsync("/search?q=hubs&year=2021");
        Assert.Equal("When the search is not narrowed, 2 texts are found.", narrow.Texts(".hits > .text").Single());
        Assert.Equal(2, (await visitor.GetAsync(narrow.One(".hits > .text a").GetAttribute("href")!)).Texts(".hits > .found h3").Count());
        var around = await visitor.GetAsync("/search?q=hubs&from=2021-02&to=2020-01");
        Assert.Equal("The months are the wrong way round: nothing is after February 2021 and before January 2020.", around.Texts(".hits > .text").Single());
    }

    [Fact]
    public async Task A_search_by_a_source_that_was_merged_goes_on_with_the_other()
    {
        await using var app = new PulseApp();
        await new PublishedEditionBuilder("2021-01").With(new BuiltItem("A report") { Source = "Trust One" }, new BuiltItem("Another report") { Source = "Trust Two" }).SaveAsync(app);
        await app.QueryAsync(async db =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            var kept = await db.Sources.SingleAsync(row => row.Name == "Trust Two");
            db.Add(new Core.Catalogue.MergedSource { Slug = "trust-that-was", SourceId = kept.Id });
            await db.RaiseContentVersionAsync(DateTime.UtcNow, default);
            await db.SaveChangesAsync();
            await transaction.CommitAsync();
            return kept.Id;
        });
        using var visitor = app.Visit();

        foreach (var path in (string[])["/search", "/search.json", "/search.atom", "/search/feed.json"])
        {
            var moved = await visitor.GetAsync($"{path}?q=report&source=trust-that-was");
            Assert.Equal((HttpStatusCode.MovedPermanently, $"{path}?q=report&source=trust-two"), (moved.Status, moved.Location?.OriginalString));
        }
    }

    [Fact]
    public async Task What_first_appeared_elsewhere_is_found_and_is_no_news()
    {
        await using var app = new PulseApp();
        await new PublishedEditionBuilder("2021-01").FirstPublishedElsewhere().With(new BuiltItem("An old lake")).SaveAsync(app);
        using var visitor = app.Visit();

        Assert.Equal(["An old lake"], (await visitor.GetAsync("/search?q=lake")).Texts(".hits > .found h3"));
        Assert.DoesNotContain("<entry>", (await visitor.GetAsync("/search.atom?q=lake")).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sign_that_is_no_character_harms_neither_the_search_nor_the_desk()
    {
        await using var app = new PulseApp();
        var edition = await new EditionBuilder().Item("A lake").SaveAsync(app);
        using var publisher = await app.SignInAsync(Core.Accounts.Roles.Administrator);
        var address = $"/editor/editions/{edition.Month}/items/{edition.Items[0].Id}";
        var form = await publisher.GetAsync(address);
        Assert.Equal(HttpStatusCode.Redirect, (await publisher.SubmitAsync(form, new() { ["Form.Title"] = "A\uFFFE lake", ["Form.Summary"] = "With \uFFFE fish" }, "#item-form")).Status);
        await app.InScopeAsync(async services =>
        {
            await services.GetRequiredService<EditionPublisher>().PublishAsync(new PublishEdition { Month = edition.Month, ById = null });
            return true;
        });
        using var visitor = app.Visit();

        Assert.Single((await visitor.GetAsync("/search?q=lake")).Texts(".hits > .found h3"));
        foreach (var path in (string[])["/search", "/search.json", "/search.atom", "/search/feed.json"])
            Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync($"{path}?q=%EF%BF%BElake")).Status);
        Assert.Equal(HttpStatusCode.OK, (await publisher.GetAsync(address)).Status);
    }

    [Fact]
    public async Task Results_come_in_numbered_pages_and_there_are_no_others()
    {
        using var visitor = library.Visit();
        var first = await visitor.GetAsync("/search?q=paged");
        Assert.Equal("45 found for “paged”, page 1 of 3", first.One(".total").TextContent.Trim());
        Assert.Equal(["Page 1", "Page 2", "Page 3", "Next"], first.Texts(".pager > *"));
        var last = await visitor.GetAsync(first.Document.QuerySelectorAll(".pager a")[1].GetAttribute("href")!);
        Assert.Equal(5, last.Texts(".hits > .found h3").Count());
        foreach (var odd in (string[])["0", "-1", "+1", "x", "4", "1000000000000"])
            foreach (var form in (string[])["search", "search.json"])
                Assert.Equal(HttpStatusCode.NotFound, (await visitor.GetAsync($"/{form}?q=paged&page={odd}")).Status);
        Assert.Equal(20, (await visitor.GetAsync("/search?q=paged&page=")).Texts(".hits > .found h3").Count());
    }

    [Fact]
    public async Task A_search_is_a_feed_of_what_is_new_and_JSON_for_programs()
    {
        using var visitor = library.Visit();
        var feed = await visitor.GetAsync("/search.atom?q=lighthouse");
        XNamespace atom = "http://www.w3.org/2005/Atom";
        var titles = XDocument.Parse(feed.Html).Root!.Elements(atom + "entry").Select(entry => entry.Element(atom + "title")!.Value);
        Assert.Equal(["Bright: A night at sea", "The Lighthouse Trust: On the rocks", "Bright: Keeping a lighthouse"], titles);

        var json = JsonDocument.Parse((await visitor.GetAsync("/search.json?q=paged&page=2")).Html).RootElement;
        Assert.Equal((45, 2, 3, 20), (json.GetProperty("total").GetInt32(), json.GetProperty("page").GetInt32(), json.GetProperty("pages").GetInt32(), json.GetProperty("results").GetArrayLength()));
        Assert.EndsWith("search.json?q=paged&page=3", json.GetProperty("next").GetString(), StringComparison.Ordinal);
        Assert.Equal("2021", json.GetProperty("facets").GetProperty("year")[0].GetProperty("key").GetString());
    }

    [Fact]
    public async Task No_text_is_an_error_whatever_signs_it_is_made_of()
    {
        using var visitor = library.Visit();
        string[] parts = ["\"", "'", "-", "*", "(", ")", " OR ", " AND ", " NOT ", "NEAR(", "^", ":", "title:", "{", "}", "+", "|", "care", "Covid19", "\0", "\u202E", "\ud83e\udd89", "\ud83e", "\uFFFE", "\uFFFF", "é", "“", "  ", "%", "_", ";--", "ß", "२"];
        var random = new Random(20260401);
        for (var round = 0; round < 200; round++)
        {
            var query = string.Concat(Enumerable.Range(0, random.Next(1, 9)).Select(_ => parts[random.Next(parts.Length)]));
            foreach (var path in (string[])["/search", "/search.json", "/search.atom"])
                Assert.Equal((query, HttpStatusCode.OK), (query, (await visitor.GetAsync($"{path}?q={Escape(query)}")).Status));
        }

        // Half of a pair can't be written in an address by the framework's own way.
        static string Escape(string text) => string.Concat(text.EnumerateRunes().Select(rune => Uri.EscapeDataString(rune.ToString())));
    }

    [Fact]
    public async Task What_is_taken_back_or_not_published_is_never_found()
    {
        await using var app = new PulseApp();
        await new PublishedEditionBuilder("2021-01").With(new BuiltItem("A hidden lake")).SaveAsync(app);
        await new PublishedEditionBuilder("2021-02").TakenBack().With(new BuiltItem("A hidden cave")).SaveAsync(app);
        using var visitor = app.Visit();
        Assert.Equal(["A hidden lake"], (await visitor.GetAsync("/search?q=hidden")).Texts(".hits > .found h3"));

        await app.InScopeAsync(async services =>
        {
            await services.GetRequiredService<EditionPublisher>().WithdrawAsync(new WithdrawEdition { Month = EditionMonth.Parse("2021-01", null), ById = null, Reason = "A mistake" });
            return true;
        });

        Assert.Empty((await visitor.GetAsync("/search?q=hidden")).Texts(".found h3"));
        Assert.DoesNotContain("hidden lake", (await visitor.GetAsync("/search.json?q=hidden")).Text, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task An_item_is_found_by_the_name_that_its_source_has_now()
    {
        await using var app = new PulseApp();
        await new PublishedEditionBuilder("2021-01").With(new BuiltItem("A report") { Source = "Ministry of Old Names" }).SaveAsync(app);
        using var visitor = app.Visit();
        Assert.Single((await visitor.GetAsync("/search?q=ministry")).Texts(".hits > .found h3"));

        await app.QueryAsync(async db =>
        {
            await using var transaction = await db.Database.BeginTransactionAsync();
            var source = await db.Sources.SingleAsync(row => row.Name == "Ministry of Old Names");
            source.Name = "Department of New Ones";
            await db.RaiseContentVersionAsync(DateTime.UtcNow, default);
            await db.SaveChangesAsync();
            await transaction.CommitAsync();
            return source.Id;
        });

        Assert.Empty((await visitor.GetAsync("/search?q=ministry")).Texts(".hits > .found h3"));
        Assert.Single((await visitor.GetAsync("/search?q=department")).Texts(".hits > .found h3"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_index_that_is_lost_or_damaged_is_made_anew(bool isDamaged)
    {
        await using var app = new PulseApp();
        await new PublishedEditionBuilder("2021-01").With(new BuiltItem("A lake")).SaveAsync(app);
        using var visitor = app.Visit();
        Assert.Equal(["A lake"], (await visitor.GetAsync("/search?q=lake")).Texts(".hits > .found h3"));
        var file = Assert.Single(Directory.GetFiles(app.Directory, "search-*.db"));

        if (isDamaged)
        {
            foreach (var part in Directory.GetFiles(app.Directory, "search-*.db*"))
                await File.WriteAllTextAsync(part, new string('x', 200_000));
        }
        else
        {
            foreach (var part in Directory.GetFiles(app.Directory, "search-*.db*"))
                File.Delete(part);
            // It is missed by whoever opens it.
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        }

        // Asked in other words than before, since a page that is kept needs no index.
        Assert.Equal(["A lake"], (await visitor.GetAsync("/search?q=lakes")).Texts(".hits > .found h3"));
    }

    [Fact]
    public async Task An_index_that_is_made_anew_with_other_texts_is_not_taken_for_the_old_one()
    {
        await using var app = new PulseApp();
        await new PublishedEditionBuilder("2021-01").With(new BuiltItem("A lake"), new BuiltItem("A pond")).SaveAsync(app);
        using var visitor = app.Visit();
        Assert.Equal(["A lake"], (await visitor.GetAsync("/search?q=lake")).Texts(".hits > .found h3"));

        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        foreach (var part in Directory.GetFiles(app.Directory, "search-*.db*"))
            File.Delete(part);
        await new PublishedEditionBuilder("2021-02").With([.. Enumerable.Range(1, 30).Select(number => new BuiltItem($"A lake, number {number}"))]).SaveAsync(app);

        Assert.Equal("31 found for “lakes”, page 1 of 2", (await visitor.GetAsync("/search?q=lakes")).One(".total").TextContent.Trim());
        Assert.Equal(["A pond"], (await visitor.GetAsync("/search?q=ponds")).Texts(".hits > .found h3"));
    }

    [Fact]
    public async Task Staff_say_which_words_mean_the_same()
    {
        await using var app = new PulseApp();
        await new PublishedEditionBuilder("2021-01").With(new BuiltItem("Notes on the quokka")).SaveAsync(app);
        using var publisher = await app.SignInAsync(Core.Accounts.Roles.Administrator);
        using var visitor = app.Visit();
        Assert.Empty((await visitor.GetAsync("/search?q=QKA")).Texts(".hits > .found h3"));

        var form = await publisher.GetAsync("/editor/settings/pages/search-words");
        await publisher.SubmitAsync(form, new() { ["Form.Body"] = "These mean the same.\n\n- QKA = quokka = setonix brachyurus\n" }, "form[action='/editor/settings/pages/search-words']");

        Assert.Equal(["Notes on the quokka"], (await visitor.GetAsync("/search?q=QKA")).Texts(".hits > .found h3"));
        Assert.Equal(["Notes on the quokka"], (await visitor.GetAsync("/search?q=setonix+brachyurus")).Texts(".hits > .found h3"));
        Assert.Contains("setonix brachyurus", (await visitor.GetAsync("/search-words")).Text, StringComparison.Ordinal);
    }

    /// <summary>Three editions full of what is looked for.</summary>
    public sealed class Library : PulseApp, IAsyncLifetime
    {
        public async Task InitializeAsync()
        {
            static BuiltItem Item(string title, string source = "Bright", string summary = "Nothing of note.") => new(title) { Source = source, Summary = summary };
            await new PublishedEditionBuilder("2020-04").WithIntroduction("")
                .With(Item("COVID19 and care homes"), Item("What commissioners of care learned"), Item("Family hubs in their first year"), Item("Keeping a lighthouse"), Item("1,000 voices"))
                .SaveAsync(this);
            await new PublishedEditionBuilder("2020-09").WithIntroduction("")
                .With(
                    Item("Covid-19: who was missed"), Item("Commissioning for outcomes"), Item("Hubs for the whole family"), Item("On the rocks", "The Lighthouse Trust"),
                    Item("Tackling child sexual exploitation"), Item("The childrens’ plan"), Item("Étude of a café"), Item("Co-production at scale"), Item("Special educational needs and disabilities, a guide"), Item("SEND in numbers"), Item("Every EHCP counted"),
                    Item("ICS: the first year"), Item("What the ONS found"), Item("On and on"), Item("Multi-agency work"), Item("Re-offending among the young"), Item("Łódź and Sørensen"))
                .SaveAsync(this);
            await new PublishedEditionBuilder("2021-05").WithIntroduction("This month is about **beekeeping** in towns.")
                .WithNews(new DocumentNews { Title = "Our own beekeeping", Url = null, Body = "On the roof." })
                .With(
                    Item("Covid 19, two years on"), Item("A night at sea", summary: "They saw a lighthouse."), Item("CSE: a review of reviews"), Item("Deprivation of liberty safeguards in practice"),
                    Item("A plan for Children’s Services"), Item("Coproduction, step by step"))
                .With([.. Enumerable.Range(1, 45).Select(i => Item($"Paged number {i}"))])
                .SaveAsync(this);
        }

        Task IAsyncLifetime.DisposeAsync() => DisposeAsync().AsTask();
    }
}
