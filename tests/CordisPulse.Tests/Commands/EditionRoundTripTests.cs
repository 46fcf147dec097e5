using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using CordisPulse.Core.Editions;
using CordisPulse.Core.Rendering;
using Microsoft.Extensions.DependencyInjection;

namespace CordisPulse.Tests.Commands;

public sealed class EditionRoundTripTests
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly string[] Months = ["2023-11", "2023-12", "2024-01"];

    [Theory]
    [InlineData("markdown", ".md")]
    [InlineData("text", ".txt")]
    public async Task The_sample_editions_that_were_written_are_read_back_as_the_same_editions(string format, string ending)
    {
        foreach (var (written, read) in await WriteAndReadAsync(format, ending))
            Assert.Equal(written.ToJsonString(Indented), read.ToJsonString(Indented));
    }

    [Theory]
    [InlineData("html", ".html")]
    [InlineData("eml", ".eml")]
    public async Task Their_own_mail_is_read_back_as_the_same_editions(string format, string ending)
    {
        foreach (var (written, read) in await WriteAndReadAsync(format, ending))
            Assert.Equal(WithoutSmallFacts(written), WithoutSmallFacts(read));
    }

    [Fact]
    public async Task Their_own_public_pages_are_read_back_as_the_same_editions()
    {
        await using var from = new PulseApp().With("Sample:Load", "true");
        await using var to = new PulseApp();
        _ = (from.Address, to.Address);
        using var reader = from.Visit();
        foreach (var month in Months)
            await File.WriteAllTextAsync(FileOf(from, month, ".html"), (await reader.GetAsync($"/editions/{month}")).Html);

        await ImportAsync(to, from, ".html");

        foreach (var month in Months)
        {
            var read = await ReadAsync(to, month, isPlain: false);
            Assert.StartsWith("Research and policy", Assert.Single(read["setAside"]!.AsArray())!["text"]!.GetValue<string>(), StringComparison.Ordinal);
            read["setAside"] = new JsonArray();
            Assert.Equal((await ReadAsync(from, month, isPlain: false)).ToJsonString(Indented), read.ToJsonString(Indented));
        }
    }

    [Fact]
    public async Task Their_own_word_documents_are_read_back_as_the_same_editions()
    {
        await using var from = new PulseApp().With("Sample:Load", "true");
        await using var to = new PulseApp();
        _ = (from.Address, to.Address);
        using var reader = from.Visit();
        foreach (var month in Months)
            await File.WriteAllBytesAsync(FileOf(from, month, ".docx"), await reader.Http.GetByteArrayAsync($"/editions/{month}.docx"));

        await ImportAsync(to, from, ".docx");

        foreach (var month in Months)
            Assert.Equal((await ReadAsync(from, month, isPlain: false)).ToJsonString(Indented), (await ReadAsync(to, month, isPlain: false)).ToJsonString(Indented));
    }

    /// <summary>The mail gives no item's date, DOI and topics.</summary>
    private static string WithoutSmallFacts(JsonObject document)
    {
        foreach (var item in document["sectors"]!.AsArray().SelectMany(sector => sector!["sections"]!.AsArray()).SelectMany(section => section!["items"]!.AsArray()))
            foreach (var fact in (string[])["publishedOn", "doi", "topics"])
                item!.AsObject().Remove(fact);
        return document.ToJsonString(Indented);
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

        var isPlain = ending == ".txt";
        var (written, read) = (await ReadAsync(from, "2024-01", isPlain), await ReadAsync(to, "2024-01", isPlain));
        Assert.Contains("12 per cent", Assert.Single(read["setAside"]!.AsArray())!["text"]!.GetValue<string>(), StringComparison.Ordinal);
        written.Remove("setAside");
        read.Remove("setAside");
        Assert.Equal(written.ToJsonString(Indented), read.ToJsonString(Indented));
    }

    /// <summary>Each edition of the samples as it is, and as another installation has it that imports what the first exports.</summary>
    private static async Task<List<(JsonObject Written, JsonObject Read)>> WriteAndReadAsync(string format, string ending)
    {
        await using var from = new PulseApp().With("Sample:Load", "true");
        await using var to = new PulseApp();
        _ = (from.Address, to.Address);
        foreach (var month in Months)
            await RunAsync(from, "edition", "export", month, "--format", format, "--output", FileOf(from, month, ending));

        await ImportAsync(to, from, ending);

        var isPlain = format == "text";
        List<(JsonObject, JsonObject)> editions = [];
        foreach (var month in Months)
            editions.Add((await ReadAsync(from, month, isPlain), await ReadAsync(to, month, isPlain)));
        return editions;
    }

    private static string FileOf(PulseApp app, string month, string ending) => Path.Combine(app.Directory, month + ending);

    private static Task<CommandResult> ImportAsync(PulseApp to, PulseApp from, string ending)
        => RunAsync(to, ["edition", "import", .. Months.Select(month => FileOf(from, month, ending))]);

    /// <summary>What an edition says, without what publishing adds to it.</summary>
    /// <param name="app">Whose edition it is.</param>
    /// <param name="month">Its month.</param>
    /// <param name="isPlain">Without what plain text cannot show either: bold and italic words.</param>
    private static async Task<JsonObject> ReadAsync(PulseApp app, string month, bool isPlain)
    {
        var document = JsonNode.Parse(await app.EditionJsonAsync(EditionMonth.Parse(month, null)))!.AsObject();
        foreach (var ofPublishing in (string[])["status", "publishedAt"])
            document.Remove(ofPublishing);
        List<JsonObject> items = [.. document["sectors"]!.AsArray().SelectMany(sector => sector!["sections"]!.AsArray()).SelectMany(section => section!["items"]!.AsArray()).Select(item => item!.AsObject())];
        foreach (var item in items)
            item.Remove("itemId");
        if (isPlain)
            foreach (var (text, field) in items.Select(item => (item, "summary")).Concat(document["news"]!.AsArray().Select(news => (news!.AsObject(), "body"))).Append((document, "introduction")))
                text[field] = MarkdownRenderer.ToPlainText(text[field]!.GetValue<string>());
        return document;
    }

    private static async Task<CommandResult> RunAsync(PulseApp app, params string[] arguments)
    {
        var result = await PulseCommand.RunAsync(app, arguments);
        Assert.True(result.ExitCode == 0, $"{string.Join(' ', arguments)}: {result.Output}\n{result.Error}");
        return result;
    }
}
