using System.Text;
using CordisPulse.Core.Intake;

namespace CordisPulse.Tests.Intake;

public sealed class HtmlPageTests
{
    [Fact]
    public void A_repository_page_is_read_by_its_citation_tags()
    {
        var facts = Read("""
            <title>Report | Repository</title>
            <meta name="citation_title" content="Born into need: a review">
            <meta name="citation_author" content="Ward, H."><meta name="citation_author" content="Other, A.">
            <meta name="citation_publication_date" content="2022/03/07">
            <meta name="citation_doi" content="https://doi.org/10.1234/abc.5">
            <meta name="citation_publisher" content="Example Centre">
            <meta property="og:title" content="Not this">
            <meta name="description" content="What it says.">
            """);

        Assert.Equal(("Born into need: a review", "Example Centre", "2022-03-07", "10.1234/abc.5", "What it says."),
            (facts.Title, facts.Publisher, facts.PublishedOn?.ToString(), facts.Doi, facts.Description));
        Assert.Equal(["H. Ward", "A. Other"], facts.Authors);
    }

    [Theory]
    [InlineData("Smith, Jane", "Jane Smith")]
    [InlineData("van der Berg, Anne-Marie", "Anne-Marie van der Berg")]
    [InlineData("Okafor, A. B.", "A. B. Okafor")]
    [InlineData("Jane Smith", "Jane Smith")]
    [InlineData("Jane Smith, PhD", "Jane Smith, PhD")]
    [InlineData("Smith, Jane, Jr", "Smith, Jane, Jr")]
    [InlineData("Department of Lamps, Scotland", "Department of Lamps, Scotland")]
    [InlineData("Lamp Institute, Leeds", "Lamp Institute, Leeds")]
    [InlineData("Smith,", "Smith,")]
    [InlineData("Lamps, 2nd edition", "Lamps, 2nd edition")]
    public void A_person_is_named_with_the_given_name_first(string tag, string expected)
        => Assert.Equal([expected], Read($"<title>T</title><meta name='citation_author' content='{tag}'>").Authors);

    [Fact]
    public void A_page_with_schema_org_is_read_by_it_wherever_it_stands()
    {
        var facts = Read("""
            <script type="application/ld+json">{ broken </script>
            <script type="application/ld+json">{"@context":"https://schema.org","@graph":[{"@type":"WebSite","name":"Site"},
              {"@type":["Report"],"headline":"Family hubs &amp; their costs","author":[{"@type":"Person","name":"A. Writer"},"B. Other"],
               "publisher":{"@type":"Organization","name":"Example Foundation"},"datePublished":"2023-05-02T09:00:00Z","description":"In short."}]}</script>
            """);

        Assert.Equal(("Family hubs &amp; their costs", "Example Foundation", "2023-05-02", "In short."), (facts.Title, facts.Publisher, facts.PublishedOn?.ToString(), facts.Description));
        Assert.Equal(["A. Writer", "B. Other"], facts.Authors);
    }

    [Fact]
    public void An_article_goes_before_the_page_it_stands_on_and_people_described_elsewhere_are_looked_up()
    {
        var facts = Read("""
            <script type="application/ld+json; charset=utf-8">{"@context":"https://schema.org","@graph":[
              {"@type":"WebPage","@id":"#page","name":"Publications","datePublished":"2019-01-01","isPartOf":{"@type":"Article","headline":"Merely mentioned"}},
              {"@type":"CreativeWork","name":"A work"},
              {"@type":"https://schema.org/Report","headline":"Lamps and their posts","datePublished":"2024-03-07","author":[{"@id":"#p1"},{"@id":"#p2"},{"@id":"#nobody"}],"publisher":{"@id":"#house"}},
              {"@type":"Person","@id":"#p1","name":"A. Writer","worksFor":{"@id":"#house"}},
              {"@type":"Organization","@id":"#house","name":"Example House","founder":{"@id":"#p1"}}]}</script>
            <script type="Application/LD+JSON">{"@type":"Person","@id":"#p2","name":"B. Other"}</script>
            """);

        Assert.Equal(("Lamps and their posts", "Example House", "2024-03-07"), (facts.Title, facts.Publisher, facts.PublishedOn?.ToString()));
        Assert.Equal(["A. Writer", "B. Other"], facts.Authors);
        Assert.Equal("A page", Read("<script type='application/ld+json'>{\"@type\":\"WebPage\",\"name\":\"A page\",\"author\":{\"@id\":\"#a\"}}</script>").Title);
    }

    [Fact]
    public void Authors_in_one_tag_are_taken_apart()
        => Assert.Equal(["Jane Smith", "B. Other"], Read("<meta name='citation_authors' content='Smith, Jane; B. Other;'>").Authors);

    [Theory]
    [InlineData("<title>Care in numbers - Example House</title><meta property='og:site_name' content='Example House'>", "Care in numbers", "Example House")]
    [InlineData("<meta property='og:title' content='  Care\n in   numbers '><meta property='og:site_name' content='Example House'>", "Care in numbers", "Example House")]
    [InlineData("<h1>Care <em>in</em> numbers</h1>", "Care in numbers", null)]
    [InlineData("<title></title>", null, null)]
    [InlineData("", null, null)]
    public void A_plain_page_is_read_by_what_every_page_has(string html, string? title, string? publisher)
    {
        var facts = Read(html);

        Assert.Equal((title, publisher), (facts.Title, facts.Publisher));
    }

    [Theory]
    [InlineData("2022", "2022")]
    [InlineData("2022-3", "2022-03")]
    [InlineData("2022/11", "2022-11")]
    [InlineData("2022-11-05T10:00:00+01:00", "2022-11-05")]
    [InlineData("2024/3/7", "2024-03-07")]
    [InlineData("20240307", "2024-03-07")]
    [InlineData("2021/22", "2021")]
    [InlineData("2024-02-31", "2024-02")]
    [InlineData("14 March 2024", "2024-03-14")]
    [InlineData("Thursday, 14th of March 2024, 9am", "2024-03-14")]
    [InlineData("Sept. 4, 2024", "2024-09-04")]
    [InlineData("March 2024", "2024-03")]
    [InlineData("Spring 2024", null)]
    [InlineData("03/04/2024", null)]
    [InlineData("March 12345", null)]
    public void A_date_is_taken_as_exactly_as_it_is_given(string given, string? taken)
        => Assert.Equal(taken, Read($"<meta name='citation_date' content='{given}'>").PublishedOn?.ToString());

    [Fact]
    public void A_page_in_an_old_encoding_is_read_as_the_server_says()
        => Assert.Equal("Café", HtmlPage.Read(PageText.Decode(Encoding.Latin1.GetBytes("<title>Café</title>"), "iso-8859-1")).Title);

    [Fact]
    public void Hostile_pages_give_facts_that_fields_can_hold_or_none()
    {
        var deep = string.Concat(Enumerable.Repeat("<div>", 400_000));
        Assert.Equal("Deep", Read($"<title>Deep</title>{deep}").Title);
        Assert.Equal(500, Read($"<title>{new string('a', 100_000)}</title>").Title!.Length);
        Assert.Null(Read($"<script type='application/ld+json'>{new string('[', 10_000)}</script>").Title);
        Assert.Equal("First", Read($"<script type='application/ld+json'>[{{\"@type\":\"Report\",\"name\":\"First\"}},{string.Join(',', Enumerable.Repeat("{\"@id\":\"#x\"}", 200_000))}]</script>").Title);
        Assert.Equal("Half", Read("<title>Half</title><script type='application/ld+json'>{\"@type\":\"Report\",\"headline\":\"\\ud800\"}</script>").Title);
        Assert.Equal("Seven", HtmlPage.Read(PageText.Decode("<title>Seven</title>"u8.ToArray(), "utf-7")).Title);
        Assert.Equal("a b", Read("<title>a\u0001\u200b\u202e b</title>").Title);
        Assert.Equal(30, Read(string.Concat(Enumerable.Range(0, 500).Select(i => $"<meta name='citation_author' content='A{i}'>"))).Authors.Count);
    }

    private static PageFacts Read(string html) => HtmlPage.Read(html);
}
