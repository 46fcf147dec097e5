using CordisPulse.Core.Editions;
using CordisPulse.Core.Editions.Checks;
using CordisPulse.Core.Editions.Links;
using Microsoft.Extensions.DependencyInjection;

namespace CordisPulse.Tests.Editions.Checks;

/// <summary>What the checks make of what was seen at a link.</summary>
public sealed class SeenLinkTests(PulseApp app) : IClassFixture<PulseApp>
{
    private const string Url = "https://www.example.org/reports/lampposts";

    [Theory]
    [InlineData("Counting lampposts in small towns", "Counting lampposts in small towns", false)]
    [InlineData("Counting lampposts in small towns", "Counting lampposts in small towns | Lamppost Institute", false)]
    [InlineData("Counting lampposts in small towns: a survey of 2021", "Counting Lampposts in Small Towns", false)]
    [InlineData("Lampposts", "Report: Lampposts in England and Wales, 2021 to 2022 - GOV.UK", false)]
    [InlineData("Organisation of lamppost services", "Organization of lamp-post service", false)]
    [InlineData("Counting lampposts in small towns", "Lamppost Institute", false)]
    [InlineData("Counting lampposts in small towns", "403 Forbidden", true)]
    [InlineData("Counting lampposts in small towns", "Just a moment...", false)]
    [InlineData("Counting lampposts in small towns", "Access denied | example.org", false)]
    [InlineData("Counting lampposts in small towns", "…", false)]
    [InlineData("Counting lampposts in small towns", "Publications | Lamppost Institute", true)]
    [InlineData("Counting lampposts in small towns", "Page not found", true)]
    [InlineData("Counting lampposts in small towns", "Cookery for beginners", true)]
    public void Quite_another_title_is_told(string ours, string theirs, bool isTold)
        => Assert.Equal(isTold ? [FindingKinds.LinkTitle] : [], Kinds(FindingKinds.LinkTitle, ours, new SeenLink { State = LinkState.Answers, Titles = [theirs] }));

    [Fact]
    public void One_of_the_titles_of_a_page_is_enough()
        => Assert.Empty(Kinds(FindingKinds.LinkTitle, "Counting lampposts", new SeenLink { State = LinkState.Answers, Titles = ["Research", "Counting lampposts"] }));

    [Theory]
    [InlineData("https://example.org/reports/lampposts/", null)]
    [InlineData("http://www.example.org/reports/lampposts?utm_source=x", null)]
    [InlineData("https://example.org/library/lampposts", "https://example.org/library/lampposts")]
    [InlineData("https://example.org/", "")]
    public void A_page_that_has_moved_is_told_with_where_it_is(string movedTo, string? offered)
    {
        var findings = Check(FindingKinds.LinkMoved, "Lampposts", new SeenLink { State = LinkState.Answers, MovedTo = movedTo });

        Assert.Equal(offered is null ? [] : [offered], findings.Select(finding => finding.NewAddress ?? ""));
    }

    [Theory]
    [InlineData(LinkState.Gone, 0, true)]
    [InlineData(LinkState.Unanswered, 1, false)]
    [InlineData(LinkState.Unanswered, 2, true)]
    [InlineData(LinkState.Unknown, 0, false)]
    [InlineData(LinkState.Answers, 0, false)]
    public void Only_what_leads_to_no_page_is_dead(LinkState state, int unanswered, bool isTold)
        => Assert.Equal(isTold ? [FindingKinds.LinkDead] : [], Kinds(FindingKinds.LinkDead, "Lampposts", new SeenLink { State = state, Unanswered = unanswered, Problem = "Why." }));

    [Fact]
    public void A_warning_left_for_one_address_is_not_left_for_the_next()
    {
        var gone = new SeenLink { State = LinkState.Gone };
        var one = Check(FindingKinds.LinkDead, "Lampposts", gone).Single().Key;
        var other = Check(FindingKinds.LinkDead, "Lampposts", gone, "https://example.org/other").Single().Key;

        Assert.StartsWith("link-dead:item:1:", one, StringComparison.Ordinal);
        Assert.NotEqual(one, other);
    }

    [Theory]
    [InlineData("[a](https://example.org/a), [b](https://example.org/a/b) and *[c](https://example.org/a)*", "[a](https://example.org/new), [b](https://example.org/a/b) and *[c](https://example.org/new)*")]
    [InlineData("<https://example.org/a>", "<https://example.org/new>")]
    [InlineData("See https://example.org/a for more.", "See https://example.org/new for more.")]
    [InlineData("[https://example.org/a](https://example.org/a)", "[https://example.org/a](https://example.org/new)")]
    [InlineData("[a](https://example.org/a \"Title\")", "[a](https://example.org/new \"Title\")")]
    [InlineData("`https://example.org/a` and [b](https://example.org/b)", null)]
    [InlineData("[a][1]\n\n[1]: https://example.org/a", null)]
    public void An_address_is_replaced_where_the_text_leads_to_it_and_nowhere_else(string markdown, string? expected)
        => Assert.Equal(expected, MarkdownLinks.Replace(markdown, "https://example.org/a", "https://example.org/new"));

    private IEnumerable<string> Kinds(string kind, string title, SeenLink seen) => Check(kind, title, seen).Select(finding => finding.Kind);

    private List<Finding> Check(string kind, string title, SeenLink seen, string url = Url)
    {
        var edition = new CheckedEdition
        {
            Document = new EditionDocument
            {
                Month = new EditionMonth(2022, 3),
                Title = "March 2022",
                Subject = "The digest",
                Preheader = "",
                Sectors = [new DocumentSector
                {
                    Name = "Adult Social Care",
                    Slug = "adult-social-care",
                    Sections = [new DocumentSection
                    {
                        Name = "Reports",
                        Slug = "reports",
                        Items = [new DocumentItem { ItemId = 1, Title = title, Slug = "lampposts", Source = "Lamppost Institute", Url = url, Summary = "What it says." }],
                    }],
                }],
            },
            ReadOn = new DateOnly(2022, 3, 7),
            NowUtc = new DateTime(2022, 3, 7, 9, 0, 0, DateTimeKind.Utc),
            Seen = new Dictionary<string, SeenLink> { [url] = seen },
        };
        _ = app.Address;
        return [.. app.Services.GetServices<IEditionCheck>().SelectMany(check => check.Check(edition)).Where(finding => finding.Kind == kind)];
    }
}
