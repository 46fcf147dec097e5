using CordisPulse.Core.Site;

namespace CordisPulse.BrowserTests;

public sealed class AccessibilityStatementTests
{
    /// <summary>With this set, what differs is written anew in place of a failure.</summary>
    private const string Switch = "CORDISPULSE_TEST_WRITE_STATEMENT";

    [Fact]
    public async Task The_statement_says_what_the_tests_check()
    {
        var file = Path.Combine(Repository.Folder, "src", "CordisPulse.Core", "SitePages", "accessibility.md");
        var statement = await File.ReadAllTextAsync(file);
        if (statement.Contains($"## How we test\n\n{AccessibilityStatement.Checks.ReplaceLineEndings("\n")}\n\n", StringComparison.Ordinal))
            return;
        Assert.True(Environment.GetEnvironmentVariable(Switch) == "1", $"The accessibility statement tells other checks than the tests make: run this with {Switch}=1, and read it.");
        await File.WriteAllTextAsync(file, AccessibilityStatement.Rewrite(statement, DateOnly.FromDateTime(DateTime.UtcNow)));
    }

    [Fact]
    public void The_statement_is_a_page_of_the_site()
    {
        var page = SitePageReader.ReadDefault("accessibility")!;

        Assert.Equal("Accessibility statement", page.Title);
        Assert.All((string[])["## How accessible", "## What we know", "## Tell us", "## How we test"], heading => Assert.Contains(heading, page.Body, StringComparison.Ordinal));
    }
}
