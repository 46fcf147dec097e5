using System.ComponentModel.DataAnnotations;
using CordisPulse.Core.Data;
using CordisPulse.Core.Subscriptions;
using CordisPulse.Web.Hosting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace CordisPulse.Web.Areas.Editor.Figures;

/// <summary>Whose figures are looked at.</summary>
public sealed class FiguresFilter
{
    public int? Sector { get; set; }

    [StringLength(Limits.Line, ErrorMessage = "That is longer than any organisation.")]
    public string? Organisation { get; set; }
}

/// <param name="View">Null when what was asked for can't be.</param>
/// <param name="Choices">The sectors there are.</param>
public sealed record FiguresPage(FiguresFilter Filter, FiguresView? View, IReadOnlyList<SectorChoice> Choices)
{
    public string? Organisation => string.IsNullOrWhiteSpace(Filter.Organisation) ? null : Filter.Organisation.Trim();

    public bool IsNarrowed => People.Length > 0;

    /// <summary>Of whom the figures are, behind a word for people; empty for all.</summary>
    public string People => Chosen("get");

    /// <summary>As <see cref="People"/>, behind a word for one person or none.</summary>
    public string Person => Chosen("gets");

    private string Chosen(string get) => (Organisation is { } organisation ? $" at {organisation}" : "")
        + (Choices.FirstOrDefault(sector => sector.Id == Filter.Sector) is { } chosen ? $" who {get} {chosen.Name}" : "");
}

[Authorize(Policies.Publishes)]
[Route("/editor/subscribers/figures")]
public sealed class FiguresController(SubscriberFigures figures, SubscriberDirectory directory) : EditorController
{
    [HttpGet("")]
    public async Task<IActionResult> Show(FiguresFilter filter, CancellationToken cancellationToken)
    {
        var choices = await directory.SectorsAsync(cancellationToken);
        return ModelState.IsValid
            ? View(nameof(Show), new FiguresPage(filter, await figures.ReadAsync(filter.Sector, filter.Organisation, cancellationToken), choices))
            : Rejected(nameof(Show), new FiguresPage(filter, null, choices));
    }
}
