using System.Text.Json.Nodes;

namespace CordisPulse.Tests.Commands;

public sealed class EditionRoundTripTests
{
    [Theory]
    [InlineData("2023-11")]
    [InlineData("2023-12")]
    [InlineData("2024-01")]
    public async Task A_sample_edition_written_as_Markdown_is_read_back_as_the_same_edition(string month)
    {
        await using var from = new PulseApp().With("Sample:Load", "true");
        await using var to = new PulseApp();
        _ = (from.Address, to.Address);
        var file = Path.Combine(from.Directory, "edition.md");
        await RunAsync(from, "edition", "export", month, "--format", "markdown", "--output", file);

        await RunAsync(to, "edition", "import", file);

        Assert.Equal(await ReadAsync(from, month), await ReadAsync(to, month));
    }

    /// <summary>What an edition says, without what publishing adds to it.</summary>
    private static async Task<string> ReadAsync(PulseApp app, string month)
    {
        var document = JsonNode.Parse((await RunAsync(app, "edition", "export", month, "--format", "json")).Output)!.AsObject();
        foreach (var ofPublishing in (string[])["status", "publishedAt"])
            document.Remove(ofPublishing);
        foreach (var item in document["sectors"]!.AsArray().SelectMany(sector => sector!["sections"]!.AsArray()).SelectMany(section => section!["items"]!.AsArray()))
            item!.AsObject().Remove("itemId");
        return document.ToJsonString(new() { WriteIndented = true });
    }

    private static async Task<CommandResult> RunAsync(PulseApp app, params string[] arguments)
    {
        var result = await PulseCommand.RunAsync(app, arguments);
        Assert.True(result.ExitCode == 0, $"{string.Join(' ', arguments)}: {result.Output}\n{result.Error}");
        return result;
    }
}
