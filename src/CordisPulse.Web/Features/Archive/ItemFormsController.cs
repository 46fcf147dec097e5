using System.Text;
using CordisPulse.Core.Archive;
using CordisPulse.Core.Citations;
using CordisPulse.Core.Editions;
using Microsoft.AspNetCore.Mvc;

namespace CordisPulse.Web.Features.Archive;

/// <summary>An item as JSON, and how to cite it. An address that the item once had leads on, as that of its page does.</summary>
public sealed class ItemFormsController(ItemForms forms, ArchiveQueries archive) : PublicController
{
    private const string BibTexType = "application/x-bibtex";

    private const string RisType = "application/x-research-info-systems";

    [PublishedContent]
    [Reads("/editions/{month:month}/{slug}.json")]
    public async Task<IActionResult> Json(EditionMonth month, string slug, CancellationToken cancellationToken)
        => await forms.WriteJsonAsync(month, slug, cancellationToken) is { } json ? Content(json, "application/json", Encoding.UTF8) : await MovedAsync(month, slug, cancellationToken);

    [PublishedContent]
    [Reads("/editions/{month:month}/{slug}.bib")]
    public async Task<IActionResult> ReportAsBibTex(EditionMonth month, string slug, CancellationToken cancellationToken)
        => await forms.CiteReportAsync(month, slug, cancellationToken) is { } report ? Keep(BibTex.Write(report), BibTexType, $"{slug}.bib") : await MovedAsync(month, slug, cancellationToken);

    [PublishedContent]
    [Reads("/editions/{month:month}/{slug}.ris")]
    public async Task<IActionResult> ReportAsRis(EditionMonth month, string slug, CancellationToken cancellationToken)
        => await forms.CiteReportAsync(month, slug, cancellationToken) is { } report ? Keep(Ris.Write(report), RisType, $"{slug}.ris") : await MovedAsync(month, slug, cancellationToken);

    [PublishedContent]
    [Reads("/editions/{month:month}/{slug}/summary.bib")]
    public async Task<IActionResult> SummaryAsBibTex(EditionMonth month, string slug, CancellationToken cancellationToken)
        => await forms.CiteSummaryAsync(month, slug, cancellationToken) is { } summary ? Keep(BibTex.Write(summary), BibTexType, $"{slug}-summary.bib") : await MovedAsync(month, slug, cancellationToken);

    [PublishedContent]
    [Reads("/editions/{month:month}/{slug}/summary.ris")]
    public async Task<IActionResult> SummaryAsRis(EditionMonth month, string slug, CancellationToken cancellationToken)
        => await forms.CiteSummaryAsync(month, slug, cancellationToken) is { } summary ? Keep(Ris.Write(summary), RisType, $"{slug}-summary.ris") : await MovedAsync(month, slug, cancellationToken);

    /// <summary>Names the day on which it is read, so that no cache may keep it.</summary>
    [ResponseCache(NoStore = true)]
    [Reads("/editions/{month:month}/{slug}/cite")]
    public async Task<IActionResult> Cite(EditionMonth month, string slug, CancellationToken cancellationToken)
        => await forms.ReadCiteAsync(month, slug, cancellationToken) is { } page ? View("/Features/Archive/Cite.cshtml", page) : await MovedAsync(month, slug, cancellationToken);

    [PublishedContent]
    [Reads("/editions/{month:month}.bib")]
    public async Task<IActionResult> EditionAsBibTex(EditionMonth month, CancellationToken cancellationToken)
        => await forms.CiteAllAsync(month, cancellationToken) is { } reports ? Keep(BibTex.Write(reports), BibTexType, $"edition-{month}.bib") : NotFound();

    [PublishedContent]
    [Reads("/editions/{month:month}.ris")]
    public async Task<IActionResult> EditionAsRis(EditionMonth month, CancellationToken cancellationToken)
        => await forms.CiteAllAsync(month, cancellationToken) is { } reports ? Keep(Ris.Write(reports), RisType, $"edition-{month}.ris") : NotFound();

    private FileContentResult Keep(string text, string type, string name) => File(Encoding.UTF8.GetBytes(text), $"{type}; charset=utf-8", name);

    /// <summary>To the same form at the item's present address.</summary>
    private async Task<IActionResult> MovedAsync(EditionMonth month, string slug, CancellationToken cancellationToken)
        => await archive.FindMovedAsync(month, slug, cancellationToken) is { } now
            ? RedirectToActionPermanent(ControllerContext.ActionDescriptor.ActionName, new { month = now.Month, slug = now.Slug })
            : NotFound();
}
