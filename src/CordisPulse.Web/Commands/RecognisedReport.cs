using System.Globalization;
using CordisPulse.Core.Import;
using CordisPulse.Core.Rendering;

namespace CordisPulse.Web.Commands;

/// <summary>What an import recognised, as text for a terminal.</summary>
internal static class RecognisedReport
{
    public static async Task WriteAsync(RecognisedEdition edition, TextWriter output)
    {
        await output.WriteLineAsync($"Month         {edition.Month?.Title ?? "not found"}");
        await output.WriteLineAsync($"Introduction  {Words(edition.Introduction)}");
        await output.WriteLineAsync($"Sign-off      {(edition.SignOff is { } signOff ? $"{signOff.Name}{(signOff.Role is null ? "" : $", {signOff.Role}")}" : "none")}");
        await output.WriteLineAsync($"News          {edition.News.Count}");
        foreach (var news in edition.News)
            await output.WriteLineAsync($"  - {news.Title} ({Words(news.Body)})");
        await output.WriteLineAsync($"Items         {edition.Items.Count}");
        foreach (var place in edition.Items.GroupBy(item => (item.Sector, item.Section)))
        {
            await output.WriteLineAsync($"  {place.Key.Sector ?? "no sector"} / {place.Key.Section ?? "no section"}");
            foreach (var item in place)
                await output.WriteLineAsync($"  - {item.Source ?? "(no source)"} | {item.Title} ({Words(item.Summary)})");
        }

        await WriteListAsync(output, "Publisher's details", edition.Publisher.Texts);
        await WriteListAsync(output, "Set aside", [.. edition.SetAside.Select(text => $"{text.Text.ReplaceLineEndings(" / ")} ({text.Why})")]);
        await WriteListAsync(output, "Needs a look", [.. edition.NeedsALook.Select(look =>
            look.Item is { } index ? $"{edition.Items[index].Title}: {look.Reason}" : look.Reason)]);
    }

    /// <summary>A line for each file.</summary>
    public static async Task WriteAsync(IReadOnlyList<ImportedFile> files, TextWriter output)
    {
        List<string[]> lines =
        [
            ["File", "Month", "Items", "News", "Needs a look", "What happened"],
            .. files.Select(file => file.Recognised is { } edition
                ? new[] { file.Name, edition.Month?.ToString() ?? "-", Number(edition.Items.Count), Number(edition.News.Count), Number(edition.NeedsALook.Count), file.Outcome }
                : [file.Name, "-", "-", "-", "-", file.Outcome]),
        ];
        int[] widths = [.. Enumerable.Range(0, lines[0].Length).Select(column => lines.Max(line => line[column].Length))];
        foreach (var line in lines)
            await output.WriteLineAsync(string.Join("  ", line.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
    }

    private static string Number(int count) => count.ToString(CultureInfo.InvariantCulture);

    private static string Words(string markdown) => Counted.Of(MarkdownRenderer.CountWords(markdown), "word");

    private static async Task WriteListAsync(TextWriter output, string title, IReadOnlyList<string> lines)
    {
        await output.WriteLineAsync($"{title,-13} {lines.Count}");
        foreach (var line in lines)
            await output.WriteLineAsync($"  - {line.ReplaceLineEndings(" / ")}");
    }
}
