using System.Text;
using CordisPulse.Core.Archive;
using CordisPulse.Core.Editions;
using CordisPulse.Core.Hosting;
using CordisPulse.Core.Rendering;
using Microsoft.AspNetCore.Mvc;

namespace CordisPulse.Web.Features.Archive;

/// <summary>The editions: the newest, all of them, those of a year, one, and one item of one.</summary>
[PublishedContent]
public sealed class ArchiveController(EditionPages pages, ArchiveQueries archive, ArchiveCounts counts, PublicAddress address) : PublicController
{
    [Reads("/")]
    public async Task<IActionResult> Home(CancellationToken cancellationToken) => View(await pages.ReadHomeAsync(cancellationToken));

    [Reads("/editions")]
    public async Task<IActionResult> Editions(string? before, CancellationToken cancellationToken)
        => YearsPage.Of(await counts.ReadAsync(cancellationToken), before) is { } page ? View(page) : NotFound();

    [Reads("/editions/{year:year}")]
    public async Task<IActionResult> Year(int year, CancellationToken cancellationToken)
        => YearPage.Of(await counts.ReadAsync(cancellationToken), year) is { } page ? View(page) : NotFound();

    [Reads("/editions/{month:month}")]
    public async Task<IActionResult> Edition(EditionMonth month, CancellationToken cancellationToken)
        => await pages.ReadEditionAsync(month, cancellationToken) is { } page ? View(page) : NotFound();

    [Reads("/editions/{month:month}/{slug}")]
    public async Task<IActionResult> Item(EditionMonth month, string slug, CancellationToken cancellationToken)
    {
        if (await pages.ReadItemAsync(month, slug, cancellationToken) is { } page)
            return View(page);
        return await archive.FindMovedAsync(month, slug, cancellationToken) is { } now
            ? RedirectToActionPermanent(nameof(Item), new { month = now.Month, slug = now.Slug })
            : NotFound();
    }

    [Reads("/editions/{month:month}.md")]
    public Task<IActionResult> Markdown(EditionMonth month, CancellationToken cancellationToken)
        => ExportAsync(month, "text/markdown", EditionMarkdown.Write, cancellationToken);

    [Reads("/editions/{month:month}.txt")]
    public Task<IActionResult> Text(EditionMonth month, CancellationToken cancellationToken)
        => ExportAsync(month, "text/plain", (edition, publisher) => EditionPlainText.Write(edition, publisher, address.Links), cancellationToken);

    [Reads("/editions/{month:month}.json")]
    public Task<IActionResult> Json(EditionMonth month, CancellationToken cancellationToken)
        => ExportAsync(month, "application/json", (edition, _) => EditionJson.Write(edition), cancellationToken);

    [Reads("/editions/{month:month}.csv")]
    public async Task<IActionResult> Csv(EditionMonth month, CancellationToken cancellationToken)
        => await pages.WriteCsvAsync(month, cancellationToken) is { } csv ? File(csv, "text/csv; charset=utf-8", $"edition-{month}.csv") : NotFound();

    [Reads("/editions/{month:month}.docx")]
    public async Task<IActionResult> Word(EditionMonth month, CancellationToken cancellationToken)
        => await pages.WriteWordAsync(month, cancellationToken) is { } word ? File(word, EditionWord.Type, $"edition-{month}.docx") : NotFound();

    private async Task<IActionResult> ExportAsync(
        EditionMonth month, string contentType, Func<EditionDocument, string, string> write, CancellationToken cancellationToken)
        => await pages.WriteAsync(month, write, cancellationToken) is { } text ? Content(text, contentType, Encoding.UTF8) : NotFound();
}
