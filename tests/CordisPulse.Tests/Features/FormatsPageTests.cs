using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using CordisPulse.Tests.Builders;

namespace CordisPulse.Tests.Features;

/// <summary>The page that says what programs can read: every address on it is asked, with the site's own names for those in braces.</summary>
public sealed partial class FormatsPageTests(ReadingSite site) : IClassFixture<ReadingSite>
{
    private static readonly Dictionary<string, string> Names = new()
    {
        ["edition"] = "2022-03",
        ["item"] = "joining-up-care-for-people-places",
        ["sector"] = "criminal-justice",
        ["section"] = "briefings",
        ["source"] = "society-for-care",
        ["topic"] = "integrated-care",
        ["words"] = "care",
    };

    private static readonly Dictionary<string, string> Types = new()
    {
        [".atom"] = "application/atom+xml",
        ["feed.json"] = "application/feed+json",
        [".json"] = "application/json",
        [".md"] = "text/markdown",
        [".txt"] = "text/plain",
        [".csv"] = "text/csv",
        [".docx"] = "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        [".bib"] = "application/x-bibtex",
        [".ris"] = "application/x-research-info-systems",
        ["/cite"] = "text/html",
    };

    [Fact]
    public async Task Every_address_that_the_page_names_answers_in_the_form_that_it_names()
    {
        using var visitor = site.Visit();
        var page = await visitor.GetAsync("/formats");
        Assert.NotNull((await visitor.GetAsync("/")).One(".foot a[href='/formats']"));
        var addresses = page.Texts("code").Where(code => code.StartsWith('/')).Select(code => Placeholder().Replace(code, match => Names[match.Groups[1].Value])).ToList();

        Assert.True(addresses.Count >= 30);
        foreach (var address in addresses)
        {
            using var answer = await visitor.Http.GetAsync(new Uri(address, UriKind.Relative));
            Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{address}: {answer.StatusCode}");
            Assert.Equal(Types.First(type => address.Split('?')[0].EndsWith(type.Key, StringComparison.Ordinal)).Value, answer.Content.Headers.ContentType!.MediaType);
        }

        foreach (var link in page.Document.QuerySelectorAll("main a").Select(link => link.GetAttribute("href")!))
            Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync(link.Replace(ReadingSite.PublicUrl, "/", StringComparison.Ordinal))).Status);
    }

    [Fact]
    public async Task An_item_as_json_is_what_the_edition_holds_and_where()
    {
        using var visitor = site.Visit();
        using var json = JsonDocument.Parse((await visitor.GetAsync("/editions/2022-03/joining-up-care-for-people-places.json")).Html);
        using var edition = JsonDocument.Parse((await visitor.GetAsync("/editions/2022-03.json")).Html);

        Assert.Equal(["edition", "page", "publishedAt", "sector", "section", "item", "corrections"], json.RootElement.EnumerateObject().Select(field => field.Name));
        Assert.Equal("Adult Social Care and Health", json.RootElement.GetProperty("sector").GetProperty("name").GetString());
        var within = edition.RootElement.GetProperty("sectors")[0].GetProperty("sections")[0].GetProperty("items")[0];
        Assert.True(JsonElement.DeepEquals(within, json.RootElement.GetProperty("item")));
        Assert.False((await visitor.GetAsync("/editions/2022-03/a-poll-of-adults.json")).Html.Contains("javascript", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_long_list_leads_from_part_to_part_to_its_end()
    {
        await using var own = new PulseApp();
        await new PublishedEditionBuilder("2021-01").With([.. Enumerable.Range(1, 45).Select(number => new BuiltItem($"Item {number}") { Source = "One Source" })]).SaveAsync(own);
        using var visitor = own.Visit();
        foreach (var path in new[] { "/sectors/adult-social-care-and-health.json", "/sections/reports.json", "/sources/one-source.json" })
        {
            List<string> titles = [];
            for (var next = path; next is not null;)
            {
                using var json = JsonDocument.Parse((await visitor.GetAsync(next)).Html);
                titles.AddRange(json.RootElement.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("title").GetString()!));
                next = json.RootElement.TryGetProperty("next", out var following) ? new Uri(following.GetString()!).PathAndQuery : null;
            }

            Assert.Equal(Enumerable.Range(1, 45).Select(number => $"Item {number}"), titles);
        }
    }

    [Theory]
    [InlineData("/sectors/no-such.json")]
    [InlineData("/sources/secret-source.json")]
    [InlineData("/editions/2022-04/nobody-may-see-this.json")]
    [InlineData("/editions/2022-13/x.json")]
    [InlineData("/editions/2022-03/..%2f2022-02.json")]
    [InlineData("/sections/.json")]
    public async Task What_is_not_there_is_not_there_as_json(string path)
    {
        using var visitor = site.Visit();
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.GetAsync(path)).Status);
    }

    [Theory]
    [InlineData("/editions/2022-03", "/editions/2022-03.json")]
    [InlineData("/editions/2022-03/children-first", "/editions/2022-03/children-first.json")]
    [InlineData("/editions", "/editions.json")]
    [InlineData("/sources", "/sources.json")]
    [InlineData("/sections/reports", "/sections/reports.json")]
    [InlineData("/search?q=care", "/search.json?q=care")]
    public async Task A_page_names_its_form_as_json(string path, string json)
    {
        using var visitor = site.Visit();
        Assert.Equal(ReadingSite.PublicUrl + json[1..], (await visitor.GetAsync(path)).One("link[rel=alternate][type='application/json']").GetAttribute("href"));
    }

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Placeholder();
}
