using CordisPulse.Core;
using CordisPulse.Core.Editions;
using Microsoft.AspNetCore.Mvc;

namespace CordisPulse.Web.Areas.Editor.Compose;

/// <summary>One news item's form.</summary>
[Route("/editor/editions/{month:month}/news")]
public sealed class NewsController(ComposeReader reader, EditionComposer composer) : EditorController
{
    private const string Page = "/Areas/Editor/Compose/News.cshtml";

    [HttpGet("{id:int}")]
    public async Task<IActionResult> Edit(EditionMonth month, int id, CancellationToken cancellationToken)
        => await reader.ReadNewsAsync(month, id, cancellationToken) is { } page ? View(Page, page) : NotFound();

    [HttpGet("new")]
    public async Task<IActionResult> New(EditionMonth month, CancellationToken cancellationToken)
        => await reader.ExistsAsync(month, cancellationToken) ? View(Page, new NewsPage(month, null, new NewsForm(), null)) : NotFound();

    [HttpPost("new")]
    public async Task<IActionResult> Add(EditionMonth month, [Bind(Prefix = nameof(NewsPage.Form))] NewsForm form, CancellationToken cancellationToken)
    {
        if (ModelState.IsValid)
            try
            {
                return Saved(month, await composer.AddNewsAsync(new AddNews { Month = month, Text = form.ToText(), ById = AccountId }, cancellationToken));
            }
            catch (RefusedException e)
            {
                ModelState.AddModelError("", e.Message);
            }

        return Rejected(Page, new NewsPage(month, null, form, null));
    }

    [HttpPost("{id:int}")]
    public async Task<IActionResult> Save(EditionMonth month, int id, [Bind(Prefix = nameof(NewsPage.Form))] NewsForm form, CancellationToken cancellationToken)
    {
        if (!ModelState.IsValid)
            return Rejected(Page, new NewsPage(month, id, form, null));
        try
        {
            await composer.SaveNewsAsync(new SaveNews { Month = month, Id = id, Version = form.Version, Text = form.ToText(), ById = AccountId }, cancellationToken);
            return Saved(month, id);
        }
        catch (TextConflictException<NewsText> e)
        {
            form.Version = e.Stored.Version;
            var conflict = new ConflictPage("This news item", SavedBy.Write(e.Stored), $"/editor/editions/{month}/news/{id}", [.. form.Beside(e.Stored.Text)]);
            return Conflict(Page, new NewsPage(month, id, form, conflict));
        }
        catch (TextGoneException e)
        {
            ModelState.AddModelError("", $"{e.Message} What you typed is below; saving adds it as a new one.");
            return Rejected(Page, new NewsPage(month, null, form, null));
        }
        catch (RefusedException e)
        {
            ModelState.AddModelError("", e.Message);
            return Rejected(Page, new NewsPage(month, id, form, null));
        }
    }

    private LocalRedirectResult Saved(EditionMonth month, int id)
    {
        Flash("The news item is saved.");
        return LocalRedirect($"/editor/editions/{month}#news-{id}");
    }
}
