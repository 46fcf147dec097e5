using CordisPulse.Core.Editions;
using Microsoft.AspNetCore.Mvc;

namespace CordisPulse.Web.Areas.Editor.Compose;

/// <summary>Introduction, sign-off, subject and preheader.</summary>
[Route("/editor/editions/{month:month}/texts")]
public sealed class TextsController(ComposeReader reader, EditionComposer composer) : TextFormController
{
    private const string Page = "/Areas/Editor/Compose/Texts.cshtml";

    [HttpGet("")]
    public async Task<IActionResult> Edit(EditionMonth month, bool typed, CancellationToken cancellationToken)
        => await reader.ReadTextsAsync(Place(month), typed, cancellationToken) is { } page ? View(Page, page) : NotFound();

    [HttpPost("")]
    public Task<IActionResult> Save(EditionMonth month, [Bind(Prefix = nameof(TextsPage.Form))] TextsForm form, CancellationToken cancellationToken)
        => TrySaveAsync<EditionText>(
            Page,
            form,
            async () =>
            {
                await composer.SaveTextsAsync(new SaveEditionTexts { Month = month, Version = form.Version, Text = form.ToText(), ById = AccountId, Draft = form.Mark }, cancellationToken);
                Flash("The texts are saved.", saved: DraftView.CopyOf(Place(month), form));
                return LocalRedirect($"/editor/editions/{month}#texts");
            },
            text => TextsForm.Of(text, 0),
            stored => new ConflictPage("These texts", SavedBy.Write(stored), $"/editor/editions/{month}/texts", [.. form.Beside(stored.Text)]),
            async (_, conflict) => await reader.TextsPageAsync(Place(month), form, conflict, cancellationToken));

    private DraftPlace Place(EditionMonth month) => new(AccountId, month, RevisedText.Edition, 0);
}
