using CordisPulse.Core.Outbound;

namespace CordisPulse.Tests.Outbound;

/// <summary>What a robots.txt asks, by the examples of RFC 9309 and by files as they are found.</summary>
public sealed class RobotsFileTests
{
    /// <summary>Section 5.1.</summary>
    private const string Simple = """
        User-Agent: *
        Disallow: *.gif$
        Disallow: /example/
        Allow: /publications/

        User-Agent: foobot
        Disallow:/
        Allow:/example/page.html
        Allow:/example/allowed.gif

        User-Agent: barbot
        User-Agent: bazbot
        Disallow: /example/page.html

        User-Agent: quxbot
        """;

    [Theory]
    [InlineData("anybot", "/publications/", true)]
    [InlineData("anybot", "/example/page.html", false)]
    [InlineData("anybot", "/pictures/one.gif", false)]
    [InlineData("anybot", "/pictures/one.gif?large", true)]
    [InlineData("anybot", "/", true)]
    [InlineData("foobot", "/example/page.html", true)]
    [InlineData("foobot", "/example/allowed.gif", true)]
    [InlineData("foobot", "/publications/", false)]
    [InlineData("FooBot", "/publications/", false)]
    [InlineData("barbot", "/example/page.html", false)]
    [InlineData("bazbot", "/example/page.html", false)]
    [InlineData("bazbot", "/example/other.html", true)]
    [InlineData("quxbot", "/example/page.html", true)]
    public void A_group_holds_for_those_that_it_names_and_that_for_all_for_the_others(string product, string path, bool isAllowed)
        => Assert.Equal(isAllowed, RobotsFile.Parse(Simple, product).Allows(path));

    [Fact]
    public void The_longest_rule_that_matches_decides_and_of_equals_the_one_that_allows()
    {
        var robots = RobotsFile.Parse("User-Agent: foobot\nAllow: /example/page/\nDisallow: /example/page/disallowed.gif\nDisallow: /same\nAllow: /same", "foobot");

        Assert.False(robots.Allows("/example/page/disallowed.gif"));
        Assert.True(robots.Allows("/example/page/other.gif"));
        Assert.True(robots.Allows("/same/one"));
    }

    [Theory]
    // Section 2.2.2: whatever way the octets are written.
    [InlineData("/foo/bar/ツ", "/foo/bar/%E3%83%84", false)]
    [InlineData("/foo/bar/%e3%83%84", "/foo/bar/%E3%83%84", false)]
    [InlineData("/foo/bar/%62%61%7A", "/foo/bar/baz", false)]
    [InlineData("/foo/bar?baz=quz", "/foo/bar?baz=quz", false)]
    [InlineData("/Foo", "/foo", true)]
    // Section 2.2.3.
    [InlineData("*", "/anything", false)]
    [InlineData("/this/path/exactly$", "/this/path/exactly", false)]
    [InlineData("/this/path/exactly$", "/this/path/exactly/not", true)]
    [InlineData("/this/*/exactly", "/this/path/exactly", false)]
    [InlineData("/this/*/exactly", "/this/exactly", true)]
    [InlineData("/path/file-with-a-%2A.html", "/path/file-with-a-*.html", false)]
    [InlineData("/path/foo-%24", "/path/foo-$", false)]
    [InlineData("/a*b*c$", "/axbxbxc", false)]
    [InlineData("/a*b*c$", "/axbxbxcx", true)]
    [InlineData("/*a$", "/a", false)]
    [InlineData("/a*a$", "/a", true)]
    [InlineData("/ # and a comment", "/anything", false)]
    [InlineData("", "/anything", true)]
    [InlineData("/", "/robots.txt", true)]
    public void A_path_matches_by_its_octets_and_the_two_signs(string rule, string path, bool isAllowed)
        => Assert.Equal(isAllowed, RobotsFile.Parse($"User-agent: *\nDisallow: {rule}", "foobot").Allows(path));

    [Fact]
    public void Groups_for_the_same_name_are_one_and_other_lines_end_none()
    {
        var robots = RobotsFile.Parse(
            "\uFEFFuser-agent: ExampleBot/2.1\r\nSitemap: https://www.example.org/map.xml\r\ndisallow: /foo\r\nCrawl-delay: 10\r\nDISALLOW: /bar\r\rUser-Agent: *\rDisallow: /\n\nUser-Agent: examplebot\nDisallow: /baz",
            "ExampleBot");

        Assert.All(["/foo", "/bar", "/baz"], path => Assert.False(robots.Allows(path)));
        Assert.True(robots.Allows("/other"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Disallow: /")]
    [InlineData("<!doctype html><title>Disallow: /</title>")]
    [InlineData("User-agent\nDisallow")]
    [InlineData("\0\0:\0::::\nuser-agent:::*\ndisallow :%")]
    public void What_is_no_such_file_asks_nothing(string text)
        => Assert.True(RobotsFile.Parse(text, "foobot").Allows("/anything"));
}
