using System.Text.Json;
using CordisPulse.Core.Editions;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Tests.Commands;

/// <summary>Bringing an edition in, checking, publishing and exporting it as an operator does.</summary>
public sealed class EditionCommandTests(PulseApp app) : IClassFixture<PulseApp>
{
    private const string Whole = """
        # May 2031

        Welcome to this month's digest.

        **Ann Example**
        Editor

        ## Criminal Justice

        ### Reports

        #### Example Foundation. [Waiting for a hearing](https://example.org/waiting)

        The report counts how long people wait.
        """;

    [Fact]
    public async Task An_edition_comes_in_is_checked_published_and_exported()
    {
        var file = await WriteAsync("whole.md", Whole);

        var dryRun = await PulseCommand.RunAsync(app, "edition", "import", file, "--dry-run");
        Assert.Equal((0, ""), (dryRun.ExitCode, dryRun.Error));
        Assert.Contains("Nothing was saved.", dryRun.Output, StringComparison.Ordinal);
        Assert.Equal(0, await CountAsync(new EditionMonth(2031, 5)));

        Assert.Equal(0, (await PulseCommand.RunAsync(app, "edition", "import", file)).ExitCode);
        var again = await PulseCommand.RunAsync(app, "edition", "import", file);
        Assert.Equal(1, again.ExitCode);
        Assert.Contains("There is an edition of May 2031", again.Error, StringComparison.Ordinal);
        Assert.Contains("--replace", again.Error, StringComparison.Ordinal);
        Assert.Equal(0, (await PulseCommand.RunAsync(app, "edition", "import", file, "--replace")).ExitCode);

        Assert.Equal("[]", (await PulseCommand.RunAsync(app, "edition", "check", "2031-05", "--json")).Output.Trim());
        Assert.Equal(0, (await PulseCommand.RunAsync(app, "edition", "publish", "2031-05")).ExitCode);
        using var reader = app.Visit();
        Assert.Contains("Waiting for a hearing", (await reader.GetAsync("/editions/2031-05")).Text, StringComparison.Ordinal);

        var exported = await PulseCommand.RunAsync(app, "edition", "export", "2031-05", "--format", "json");
        using var json = JsonDocument.Parse(exported.Output);
        Assert.Equal("2031-05", json.RootElement.GetProperty("month").GetString());
        Assert.Equal("Ann Example", json.RootElement.GetProperty("signOff").GetProperty("name").GetString());
        var item = json.RootElement.GetProperty("sectors")[0].GetProperty("sections")[0].GetProperty("items")[0];
        Assert.Equal("Example Foundation", item.GetProperty("source").GetString());
        Assert.Equal("https://example.org/waiting", item.GetProperty("url").GetString());
    }

    [Fact]
    public async Task Errors_stop_publishing_until_their_kind_is_allowed()
    {
        var file = await WriteAsync("no-link.md", Whole.Replace("[Waiting for a hearing](https://example.org/waiting)", "Waiting for a judge", StringComparison.Ordinal));
        Assert.Equal(0, (await PulseCommand.RunAsync(app, "edition", "import", file, "--month", "2031-06")).ExitCode);

        var refused = await PulseCommand.RunAsync(app, "edition", "publish", "2031-06");
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("link-missing", refused.Error, StringComparison.Ordinal);
        Assert.EndsWith("1 error, 0 warnings.", (await PulseCommand.RunAsync(app, "edition", "check", "2031-06")).Output.TrimEnd(), StringComparison.Ordinal);
        Assert.Equal(2, (await PulseCommand.RunAsync(app, "edition", "publish", "2031-06", "--allow", "no-such-kind")).ExitCode);
        Assert.Equal(0, (await PulseCommand.RunAsync(app, "edition", "publish", "2031-06", "--allow", "link-missing")).ExitCode);
    }

    [Theory]
    [InlineData("no-month.md", "## Criminal Justice\n\n### Reports\n\n#### Example Foundation. [A title](https://example.org/a)\n\nWords.", "which month")]
    [InlineData("empty.txt", "", "is empty")]
    [InlineData("picture.png", "x", "type that cannot be read")]
    public async Task A_file_that_is_no_edition_is_refused_in_one_line(string name, string content, string reason)
    {
        var result = await PulseCommand.RunAsync(app, "edition", "import", await WriteAsync(name, content));

        Assert.Equal(1, result.ExitCode);
        Assert.Contains(reason, result.Error, StringComparison.Ordinal);
        Assert.Single(result.Error.Trim().Split('\n'));
    }

    [Fact]
    public async Task A_dry_run_shows_what_was_recognised_and_refuses_a_text_without_a_month()
    {
        var file = await WriteAsync("dry.md", "## Criminal Justice\n\n### Reports\n\n#### Example Foundation. [A title](https://example.org/a)\n\nWords.");
        var result = await PulseCommand.RunAsync(app, "edition", "import", file, "--dry-run");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("A title (1 word)", result.Output, StringComparison.Ordinal);
        Assert.Equal("The text does not say which month it is of. Give the month with --month YYYY-MM.", result.Error.Trim());
    }

    [Fact]
    public async Task Wrong_usage_is_told_from_a_refusal()
    {
        Assert.Equal(2, (await PulseCommand.RunAsync(app, "edition", "check", "2031-13")).ExitCode);
        Assert.Equal(1, (await PulseCommand.RunAsync(app, "edition", "check", "2040-01")).ExitCode);
    }

    [SeedFact]
    public async Task The_March_2022_edition_comes_in_whole()
    {
        Assert.Equal(0, (await PulseCommand.RunAsync(app, "edition", "import", Seed.PathOf("cordispulse-2022-03.txt"), "--published-on", "2022-03-07", "--publish")).ExitCode);
        var exported = await PulseCommand.RunAsync(app, "edition", "export", "2022-03", "--format", "json");

        var edition = EditionDocument.FromJson(exported.Output);
        Assert.Equal(21, edition.Items.Count());
        Assert.Equal(4, edition.News.Count);
        Assert.Equal(new DateTime(2022, 3, 7, 0, 0, 0, DateTimeKind.Utc), edition.PublishedAt);
        using var reader = app.Visit();
        Assert.Contains("link not kept", (await reader.GetAsync("/editions/2022-03")).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("2022-03", (await reader.GetAsync("/feed.atom")).Html, StringComparison.Ordinal);
    }

    private Task<int> CountAsync(EditionMonth month) => app.QueryAsync(db => db.Editions.CountAsync(edition => edition.Month == month));

    private async Task<string> WriteAsync(string name, string content)
    {
        var path = Path.Combine(app.Directory, name);
        await File.WriteAllTextAsync(path, content);
        return path;
    }
}
