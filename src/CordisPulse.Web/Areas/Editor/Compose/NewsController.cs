using CordisPulse.Core;
using CordisPulse.Core.Editions;
using CordisPulse.Core.Editions.Checks;
using CordisPulse.Web.Areas.Editor.History;
using Microsoft.AspNetCore.Mvc;

namespace CordisPulse.Web.Areas.Editor.Compose;

/// <summary>One news item's form.</summary>
[Route("/editor/editions/{month:month}/news")]
public sealed class NewsController(ComposeReader reader, EditionComposer composer) : TextFormController
{
    private const string Page = "/Areas/Editor/Compose/News.cshtml";

    [HttpGet("{id:int}")]
    public async Task<IActionResult> Edit(EditionMonth month, int id, bool typed, CancellationToken cancellationToken)
    {
        if (await reader.ReadNewsAsync(Place(month, id), typed, cancellationToken) is { } page)
            return View(Page, page);
        // It may have been removed and put back since somebody noted its address.
        return await reader.PlaceNowAsync(Place(month, id), cancellationToken) is { TextId: var now } && now != id
            ? LocalRedirect($"/editor/editions/{month}/news/{now}{Request.QueryString}")
            : NotFound();
    }

    [HttpGet("new")]
    public async Task<IActionResult> New(EditionMonth month, bool typed, CancellationToken cancellationToken)
        => await reader.ReadNewNewsAsync(Place(month, null), typed, cancellationToken) is { } page ? View(Page, page) : NotFound();

    [HttpPost("new")]
    public async Task<IActionResult> Add(EditionMonth month, [Bind(Prefix = nameof(NewsPage.Form))] NewsForm form, CancellationToken cancellationToken)
    {
        if (ModelState.IsValid)
            try
            {
                var added = await composer.AddNewsAsync(new AddNews { Month = month, Text = form.ToText(), ById = AccountId, Draft = form.Mark }, cancellationToken);
                return Saved(month, form, null, null, added.Id, added.OrderId);
            }
            catch (RefusedException e)
            {
                ModelState.AddModelError("", e.Message);
            }

        return await reader.NewsPageAsync(Place(month, null), form, null, cancellationToken) is { } page ? Rejected(Page, page) : NotFound();
    }

    [HttpPost("{id:int}")]
    public Task<IActionResult> Save(EditionMonth month, int id, [Bind(Prefix = nameof(NewsPage.Form))] NewsForm form, bool next, CancellationToken cancellationToken)
        => TrySaveAsync<NewsText>(
            Page,
            form,
            async () =>
            {
                var save = await composer.SaveNewsAsync(new SaveNews { Month = month, Id = id, Version = form.Version, Text = form.ToText(), ById = AccountId, Draft = form.Mark }, cancellationToken);
                return Saved(month, form, id, next ? await reader.NextToMendAsync(month, FindingPlace.News, id, cancellationToken) : null, id, save);
            },
            text => NewsForm.Of(text, 0),
            stored => new ConflictPage("This news item", SavedBy.Write(stored), $"/editor/editions/{month}/news/{id}", [.. form.Beside(stored.Text)]),
            async (isNew, conflict) => await reader.NewsPageAsync(isNew ? Place(month, null) : await reader.PlaceNowAsync(Place(month, id), cancellationToken), form, conflict, cancellationToken));

    private LocalRedirectResult Saved(EditionMonth month, NewsForm form, int? id, string? next, int savedId, long? save)
    {
        Flash($"“{form.Title!.Trim()}” is saved.", saved: DraftView.CopyOf(Place(month, id), form), undo: UndoAddress.Of(month, save));
        return LocalRedirect(next ?? $"/editor/editions/{month}#news-{savedId}");
    }

    private DraftPlace Place(EditionMonth month, int? id) => new(AccountId, month, RevisedText.News, id ?? 0);
}
