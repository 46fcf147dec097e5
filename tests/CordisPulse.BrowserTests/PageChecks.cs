using System.Diagnostics;
using System.Text.Json;

namespace CordisPulse.BrowserTests;

/// <summary>A test that needs Node and the packages that <c>tests/run</c> puts into <c>artifacts/page-checks</c>.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class PageChecksFactAttribute : FactAttribute
{
    public PageChecksFactAttribute() => Skip = PageChecks.Folder is null ? "html-validate and Lighthouse are not installed: tests/run does that where there is Node." : null;
}

internal static class Repository
{
    public static string Folder { get; } = Above(AppContext.BaseDirectory).First(folder => File.Exists(Path.Combine(folder, "CordisPulse.sln")));

    private static IEnumerable<string> Above(string folder)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
            yield return at.FullName;
    }
}

/// <summary>The scripts in <c>PageChecks</c>, which ask the tools and answer in JSON.</summary>
internal static class PageChecks
{
    /// <summary>Null where they are not installed.</summary>
    public static string? Folder { get; } = Path.Combine(Repository.Folder, "artifacts", "page-checks") is var folder && Directory.Exists(Path.Combine(folder, "node_modules", "lighthouse")) ? folder : null;

    public static async Task<T> RunAsync<T>(string script, object pages)
    {
        using var process = Process.Start(new ProcessStartInfo("node", [Path.Combine(AppContext.BaseDirectory, "PageChecks", script), Folder!])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await using (var input = process.StandardInput)
            await input.WriteAsync(JsonSerializer.Serialize(pages, JsonSerializerOptions.Web));
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(20));
        Assert.True(process.ExitCode == 0, await error);
        return JsonSerializer.Deserialize<T>(await output, JsonSerializerOptions.Web)!;
    }
}
