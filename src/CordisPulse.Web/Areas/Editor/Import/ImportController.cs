using CordisPulse.Core.Import;
using Microsoft.AspNetCore.Mvc;

namespace CordisPulse.Web.Areas.Editor.Import;

/// <summary>Brings in an existing edition: first what was recognised is shown, then, on a second button, it is saved.</summary>
[Route("/editor/import")]
public sealed class ImportController(ImportDesk desk) : EditorController
{
    /// <summary>The largest file and the rest of the form; what is over it gets a message, not a closed connection.</summary>
    private const long LargestBody = EditionFile.MaxBytes + (16L * 1024 * 1024);

    [HttpGet("")]
    public IActionResult Show() => View(nameof(Show), new ImportPage(new ImportForm(), null));

    [HttpPost("")]
    [RequestSizeLimit(LargestBody)]
    [RequestFormLimits(MultipartBodyLengthLimit = LargestBody, ValueLengthLimit = EditionFile.MaxBytes)]
    public async Task<IActionResult> Review([Bind(Prefix = nameof(ImportPage.Form))] ImportForm form, CancellationToken cancellationToken)
    {
        try
        {
            var review = await desk.ReadAsync(form, cancellationToken);
            ModelState.Clear();
            return View(nameof(Review), review);
        }
        catch (ImportRefusedException e)
        {
            return Refused(form, e);
        }
    }

    [HttpPost("save")]
    [RequestFormLimits(ValueLengthLimit = 4 * ImportDesk.MostCharacters)]
    [RequestSizeLimit(16L * 1024 * 1024)]
    public async Task<IActionResult> Save([Bind(Prefix = nameof(ImportReview.Form))] ImportForm form, CancellationToken cancellationToken)
    {
        try
        {
            var month = await desk.SaveAsync(form, AccountId, cancellationToken);
            Flash($"The edition of {month.Title} is brought in as a draft.");
            return LocalRedirect($"/editor/editions/{month}");
        }
        catch (ImportRefusedException e)
        {
            return Refused(form, e);
        }
    }

    private ViewResult Refused(ImportForm form, ImportRefusedException refusal)
    {
        ModelState.AddModelError($"{nameof(ImportPage.Form)}.{refusal.Field}", refusal.Message);
        return Rejected(nameof(Show), new ImportPage(form, refusal.Existing));
    }
}
