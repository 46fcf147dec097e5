using CordisPulse.Core.Data;
using CordisPulse.Core.Editions;
using CordisPulse.Core.Editions.Checks;
using CordisPulse.Web.Areas.Editor.Compose;
using Microsoft.AspNetCore.Mvc;

namespace CordisPulse.Web.Areas.Editor.Checks;

/// <summary>Tells what the checks say of a text while it is typed. A script asks for it; nothing is saved.</summary>
[Route("/editor/editions/{month:month}/typed")]
public sealed class TypedController(TypedChecks typed) : EditorController
{
    private const string TooLong = "This is too long to be saved: a text can have 200,000 characters.";

    [HttpPost("item/{id:int}")]
    public async Task<IActionResult> Item(EditionMonth month, int id, [Bind(Prefix = "Form")] ItemForm form, CancellationToken cancellationToken)
        => form.Summary?.Length > Limits.Text ? StatusCode(StatusCodes.Status413PayloadTooLarge, TooLong) : Answer(await typed.OfItemAsync(month, id, form, cancellationToken));

    [HttpPost("news/{id:int}")]
    public async Task<IActionResult> News(EditionMonth month, int id, [Bind(Prefix = "Form")] NewsForm form, CancellationToken cancellationToken)
        => form.Body?.Length > Limits.Text ? StatusCode(StatusCodes.Status413PayloadTooLarge, TooLong) : Answer(await typed.OfNewsAsync(month, id, form, cancellationToken));

    [HttpPost("edition/{id:int}")]
    public async Task<IActionResult> Texts(EditionMonth month, [Bind(Prefix = "Form")] TextsForm form, CancellationToken cancellationToken)
        => form.Introduction?.Length > Limits.Text ? StatusCode(StatusCodes.Status413PayloadTooLarge, TooLong) : Answer(await typed.OfTextsAsync(month, form, cancellationToken));

    private IActionResult Answer(IReadOnlyList<Finding>? findings)
        => findings is null ? NotFound() : PartialView("/Areas/Editor/Compose/_FindingList.cshtml", findings);
}
