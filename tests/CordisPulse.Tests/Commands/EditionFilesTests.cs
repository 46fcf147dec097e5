using System.Text.Json.Nodes;
using CordisPulse.Core.Editions;
using CordisPulse.Tests.Import;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Tests.Commands;

/// <summary>Every type of file that an edition comes in, one at a time and several at once.</summary>
public sealed class EditionFilesTests
{
    [Fact]
    public async Task An_edition_in_five_types_of_file_is_exported_as_the_same_JSON()
    {
        await using var app = new PulseApp();
        var exports = new List<string>();
        foreach (var name in (string[])["edition.md", "edition.txt", "edition.html", "edition.eml", "edition.docx"])
        {
            var import = await PulseCommand.RunAsync(app, "edition", "import", await WriteAsync(app, name, EditionFormatTests.Content(name)), "--replace");
            Assert.Equal((0, ""), (import.ExitCode, import.Error));
            exports.Add(Said(await app.EditionJsonAsync(new EditionMonth(2024, 6))));
        }

        Assert.Contains("https://example.org/waiting_(2024)", exports[0], StringComparison.Ordinal);
        Assert.All(exports, export => Assert.Equal(exports[0], export));
    }

    [Fact]
    public async Task Several_files_become_as_many_editions_and_one_table_says_what_happened()
    {
        await using var app = new PulseApp();
        var june = await WriteAsync(app, "june.html", EditionFormatTests.Content("edition.html"));
        var july = await WriteAsync(app, "july.md", System.Text.Encoding.UTF8.GetBytes("# July 2024\n\n## Criminal Justice\n\n### Reports\n\n#### Ofsted. [A title](https://example.org/a)\n\nA summary.\n"));
        var broken = await WriteAsync(app, "broken.docx", "PK"u8.ToArray());

        var import = await PulseCommand.RunAsync(app, "edition", "import", june, broken, july, june);

        Assert.Equal((1, "2 files of 4 refused; the table says why."), (import.ExitCode, import.Error.Trim()));
        var lines = import.Output.Trim().Split('\n').Select(line => line.Trim()).ToList();
        Assert.Equal(5, lines.Count);
        Assert.StartsWith("File", lines[0], StringComparison.Ordinal);
        Assert.Matches("^june.html +2024-06 +3 +1 +[0-9]+ +brought in as a draft$", lines[1]);
        Assert.Contains("is damaged and cannot be opened", lines[2], StringComparison.Ordinal);
        Assert.Matches("^july.md +2024-07 +1 +0 +[0-9]+ +brought in as a draft$", lines[3]);
        Assert.Contains("Another of these files is of June 2024", lines[4], StringComparison.Ordinal);
        Assert.Equal([new EditionMonth(2024, 6), new EditionMonth(2024, 7)], await app.QueryAsync(db => db.Editions.OrderBy(edition => edition.Month).Select(edition => edition.Month).ToListAsync()));

        var month = await PulseCommand.RunAsync(app, "edition", "import", june, july, "--month", "2024-08");
        Assert.Equal(2, month.ExitCode);
        Assert.Contains("--month and --published-on are for one file", month.Error, StringComparison.Ordinal);
    }

    private static async Task<string> WriteAsync(PulseApp app, string name, byte[] content)
    {
        var file = Path.Combine(Directory.CreateDirectory(app.Directory).FullName, name);
        await File.WriteAllBytesAsync(file, content);
        return file;
    }

    /// <summary>Keys of rows are given anew by each import.</summary>
    private static string Said(string json)
    {
        var document = JsonNode.Parse(json)!.AsObject();
        foreach (var item in document["sectors"]!.AsArray().SelectMany(sector => sector!["sections"]!.AsArray()).SelectMany(section => section!["items"]!.AsArray()))
            item!.AsObject().Remove("itemId");
        return document.ToJsonString(new() { WriteIndented = true });
    }
}
