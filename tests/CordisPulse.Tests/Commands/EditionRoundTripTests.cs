using System.Text.Json.Nodes;
using CordisPulse.Core.Editions;
using Microsoft.Extensions.DependencyInjection;

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

    [Theory]
    [InlineData(".md")]
    [InlineData(".txt")]
    public async Task What_was_corrected_is_told_in_an_export_and_comes_back_as_no_part_of_the_edition(string ending)
    {
        const string correction = "An item said 12 per cent where its report says 21 per cent, of which it also gave the wrong year.";
        await using var from = new PulseApp().With("Sample:Load", "true");
        await using var to = new PulseApp();
        _ = (from.Address, to.Address);
        await from.InScopeAsync(services => services.GetRequiredService<EditionPublisher>().PublishAsync(
            new() { Month = EditionMonth.Parse("2024-01", null), ById = null, Correction = correction, Allow = [PublishEdition.AllowAll] }));
        using var reader = from.Visit();
        var exported = (await reader.GetAsync($"/editions/2024-01{ending}")).Html;
        Assert.Contains("Corrected on", exported, StringComparison.Ordinal);
        var file = Path.Combine(from.Directory, "edition" + ending);
        await File.WriteAllTextAsync(file, exported);

        await RunAsync(to, "edition", "import", file);

        var (written, read) = (await JsonAsync(from, "2024-01"), await JsonAsync(to, "2024-01"));
        Assert.Contains("12 per cent", Assert.Single(read["setAside"]!.AsArray())!["text"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.StartsWith(written["introduction"]!.GetValue<string>()[..20], read["introduction"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal(Items(written), Items(read));
    }

    private static int Items(JsonObject edition)
        => edition["sectors"]!.AsArray().SelectMany(sector => sector!["sections"]!.AsArray()).Sum(section => section!["items"]!.AsArray().Count);

    private static async Task<JsonObject> JsonAsync(PulseApp app, string month)
        => JsonNode.Parse((await RunAsync(app, "edition", "export", month, "--format", "json")).Output)!.AsObject();

    /// <summary>What an edition says, without what publishing adds to it.</summary>
    private static async Task<string> ReadAsync(PulseApp app, string month)
    {
        var document = await JsonAsync(app, month);
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
