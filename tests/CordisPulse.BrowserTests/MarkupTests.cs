namespace CordisPulse.BrowserTests;

/// <summary>The HTML of every kind of page as html-validate judges it. What it is not asked for, and why, is in <c>PageChecks/validate.mjs</c>.</summary>
public sealed class MarkupTests(DeskPageTests.Desk desk) : IClassFixture<DeskPageTests.Desk>
{
    [PageChecksFact]
    public async Task Html_validate_has_nothing_to_report()
    {
        using var reader = desk.Chromium.App.Visit();
        using var administrator = await desk.Chromium.App.SignInAsync();
        List<Page> pages = [];
        foreach (var kind in ReadingPages.All)
            pages.Add(new($"{kind.Kind} {kind.Path}", (await reader.ReadAsync(kind)).Html));
        foreach (var path in desk.Pages)
        {
            var answer = await administrator.GetAsync(path);
            pages.Add(new(path, (answer.Location is null ? answer : await administrator.FollowAsync(answer)).Html));
        }

        var found = await PageChecks.RunAsync<string[]>("validate.mjs", pages);
        Assert.True(found.Length == 0, string.Join('\n', found));
    }

    [PageChecksFact]
    public async Task What_is_wrong_is_found()
    {
        var found = await PageChecks.RunAsync<string[]>("validate.mjs", new[] { new Page("wrong", "<!doctype html><html lang=\"en\"><head><title>A page</title></head><body><p><div></div><h3>Deep</h3></body></html>") });

        Assert.Contains(found, line => line.Contains("heading-level", StringComparison.Ordinal));
    }

    private sealed record Page(string Name, string Html);
}
