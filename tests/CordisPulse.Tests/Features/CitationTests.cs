using System.Net;
using System.Text.RegularExpressions;
using CordisPulse.Tests.Builders;

namespace CordisPulse.Tests.Features;

public sealed class CitationTests(ReadingSite site) : IClassFixture<ReadingSite>
{
    private const string Item = "/editions/2022-03/joining-up-care-for-people-places";

    [Fact]
    public async Task A_report_is_cited_as_bibtex()
    {
        using var visitor = site.Visit();
        var page = await visitor.GetAsync($"{Item}.bib");

        Assert.Equal("application/x-bibtex; charset=utf-8", page.Headers["Content-Type"]);
        Assert.Contains("attachment; filename=joining-up-care-for-people-places.bib", page.Headers["Content-Disposition"], StringComparison.Ordinal);
        Assert.Equal(
            """
            @techreport{joining-up-care-for-people-places-2022-03,
              author = {Writer, A. and Other, B.},
              title = {{Joining up care for people \& places}},
              institution = {{Society for Care}},
              year = {2022},
              month = feb,
              doi = {10.1234/abc},
              url = {https://www.example.org/report},
            }

            """.ReplaceLineEndings("\n"),
            page.Html);
    }

    [Fact]
    public async Task Our_summary_is_cited_apart_from_it()
    {
        using var visitor = site.Visit();
        var page = await visitor.GetAsync($"{Item}/summary.bib");

        Assert.Contains("filename=joining-up-care-for-people-places-summary.bib", page.Headers["Content-Disposition"], StringComparison.Ordinal);
        Assert.Equal(
            """
            @misc{joining-up-care-for-people-places-2022-03-summary,
              author = {{Cordis Bright}},
              title = {{Summary of “Joining up care for people \& places”}},
              howpublished = {CordisPulse, March 2022},
              year = {2022},
              month = mar,
              day = {7},
              url = {https://pulse.example.org/editions/2022-03/joining-up-care-for-people-places},
            }

            """.ReplaceLineEndings("\n"),
            page.Html);
    }

    [Fact]
    public async Task Both_are_cited_as_ris()
    {
        using var visitor = site.Visit();
        var report = await visitor.GetAsync($"{Item}.ris");

        Assert.Equal("application/x-research-info-systems; charset=utf-8", report.Headers["Content-Type"]);
        Assert.Equal(
            "TY  - RPRT\r\nAU  - Writer, A.\r\nAU  - Other, B.\r\nTI  - Joining up care for people & places\r\nPB  - Society for Care\r\nPY  - 2022\r\nDA  - 2022/02//\r\n"
                + "DO  - 10.1234/abc\r\nUR  - https://www.example.org/report\r\nID  - joining-up-care-for-people-places-2022-03\r\nER  - \r\n",
            report.Html);
        Assert.StartsWith("TY  - ELEC\r\nAU  - Cordis Bright\r\nTI  - Summary of “Joining up care for people & places”\r\nT2  - CordisPulse, March 2022\r\n", (await visitor.GetAsync($"{Item}/summary.ris")).Html, StringComparison.Ordinal);
        Assert.StartsWith("TY  - ELEC\r\n", (await visitor.GetAsync("/editions/2022-03/tools-for-first-meetings.ris")).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_reports_of_an_edition_are_one_file_with_a_key_each()
    {
        using var visitor = site.Visit();
        var keys = Regex.Matches((await visitor.GetAsync("/editions/2022-03.bib")).Html, @"^@\w+\{(.+),$", RegexOptions.Multiline).Select(match => match.Groups[1].Value).ToList();

        Assert.Equal(5, keys.Distinct().Count());
        Assert.Equal(5, Regex.Count((await visitor.GetAsync("/editions/2022-03.ris")).Html, "^ER  - \r$", RegexOptions.Multiline));
    }

    [Fact]
    public async Task An_item_says_how_to_cite_both_and_a_page_of_its_own_adds_the_day_of_reading()
    {
        using var visitor = site.Visit();
        var item = await visitor.GetAsync(Item);

        Assert.Equal(
            [
                "Writer, A. and Other, B. (2022) Joining up care for people & places. Society for Care. Available at: https://doi.org/10.1234/abc",
                "Cordis Bright (2022) ‘Summary of “Joining up care for people & places”’, CordisPulse, March 2022. Available at: https://pulse.example.org/editions/2022-03/joining-up-care-for-people-places",
            ],
            item.Texts("details.cite .ready"));
        Assert.Equal([$"{Item}.bib", $"{Item}.ris", $"{Item}/summary.bib", $"{Item}/summary.ris", $"{Item}/cite"], item.Document.QuerySelectorAll("details.cite a").Select(link => link.GetAttribute("href")));
        var page = await visitor.GetAsync($"{Item}/cite");
        Assert.All(page.Texts(".ready"), text => Assert.Matches(@" \(Accessed: \d\d? [A-Z][a-z]+ 20\d\d\)$", text));
        Assert.Contains("no-store", page.Headers["Cache-Control"], StringComparison.Ordinal);
        Assert.Equal("noindex", page.One("meta[name=robots]").GetAttribute("content"));
    }

    [Theory]
    [InlineData(".json")]
    [InlineData(".bib")]
    [InlineData(".ris")]
    [InlineData("/summary.bib")]
    [InlineData("/summary.ris")]
    [InlineData("/cite")]
    public async Task Each_form_follows_an_item_to_its_present_address_and_is_not_there_for_what_is_not_published(string form)
    {
        using var visitor = site.Visit();
        var moved = await visitor.GetAsync($"/editions/2022-03/joining-up{form}");

        Assert.Equal((HttpStatusCode.MovedPermanently, Item + form), (moved.Status, moved.Location?.ToString()));
        Assert.Equal(HttpStatusCode.OK, (await visitor.FollowAsync(moved)).Status);
        foreach (var path in new[] { "/editions/2022-03/no-such-item", "/editions/2022-04/nobody-may-see-this", "/editions/2031-01/nothing" })
            Assert.Equal(HttpStatusCode.NotFound, (await visitor.GetAsync(path + form)).Status);
    }

    [Fact]
    public async Task Nothing_that_somebody_typed_breaks_out_of_its_field()
    {
        await using var own = new PulseApp();
        await new PublishedEditionBuilder("2021-01")
            .With(
                new BuiltItem("A {brace} 50% of £5 & more_or#less~^\\input{x}\r\nER  - \r\nTY  - JOUR") { Slug = "odd", Source = "Café \u0001 {Ltd", Authors = ["Smith, Jane\nER  - ", "}, title={"], Doi = "10.1/a}b\\c", Url = "https://www.example.org/a}b{c" },
                new BuiltItem("Nobody wrote this") { Slug = "nobody", Source = null, Url = null })
            .SaveAsync(own);
        using var visitor = own.Visit();
        var (bib, ris) = ((await visitor.GetAsync("/editions/2021-01/odd.bib")).Html, (await visitor.GetAsync("/editions/2021-01/odd.ris")).Html);

        var depth = 0;
        foreach (var c in bib)
            Assert.True((depth += c switch { '{' => 1, '}' => -1, _ => 0 }) >= 0);
        Assert.Equal(0, depth);
        Assert.Contains(@"\textbraceleft{}brace\textbraceright{} 50\% of £5 \& more\_or\#less\textasciitilde{}\textasciicircum{}\textbackslash{}input\textbraceleft{}x\textbraceright{} ER - TY - JOUR", bib, StringComparison.Ordinal);
        Assert.Contains("doi = {10.1/a%7Db%5Cc}", bib, StringComparison.Ordinal);
        var lines = ris.TrimEnd().Split("\r\n");
        Assert.All(lines, line => Assert.Matches("^[A-Z][A-Z0-9]  -( .*)?$", line));
        Assert.Equal("TY  - RPRT|ER  -", $"{lines[0]}|{lines[^1].TrimEnd()}");
        Assert.Single(lines, line => line.StartsWith("ER", StringComparison.Ordinal));
        Assert.StartsWith("@misc{nobody-2021-01,\n  title = {{Nobody wrote this}},\n}\n", (await visitor.GetAsync("/editions/2021-01/nobody.bib")).Html, StringComparison.Ordinal);
        Assert.Equal("Nobody wrote this (no date).", (await visitor.GetAsync("/editions/2021-01/nobody")).Texts(".ready").First());
    }
}
