using CordisPulse.Core.Import;
using Microsoft.AspNetCore.Mvc;

namespace CordisPulse.Web.Areas.Editor.Import;

/// <summary>Brings in an existing edition: first what was recognised is shown, then, on a second button, it is saved.</summary>
[Route("/editor/import")]
public sealed class ImportController(ImportDesk desk, ImportedFiles files) : EditorController
{
    /// <summary>The largest file and the rest of the form; what is over it gets a message, not a closed connection.</summary>
    private const long LargestBody = EditionFile.MaxBytes + (16L * 1024 * 1024);

    /// <summary>Base64 makes four characters of three bytes.</summary>
    private const int LargestValue = ImportDesk.MostBytes / 3 * 4 + 4096;

    private const long LargestSave = 2L * LargestValue;

    [HttpGet("")]
    public IActionResult Show() => View(nameof(Show), new ImportPage(new ImportForm(), null));

    [HttpPost("")]
    [RequestSizeLimit(LargestBody)]
    [RequestFormLimits(MultipartBodyLengthLimit = LargestBody, ValueLengthLimit = EditionFile.MaxBytes)]
    public async Task<IActionResult> Review([Bind(Prefix = nameof(ImportPage.Form))] ImportForm form, CancellationToken cancellationToken)
    {
        try
        {
            if (form.Files.Count > 1)
                return View("Files", await files.ReadAsync(form, cancellationToken));
            var review = await desk.ReadAsync(form, cancellationToken);
            ModelState.Clear();
            return View(nameof(Review), review);
        }
        catch (ImportRefusedException e)
        {
            return Refused(form, e);
        }
    }

    /// <summary>Finds out where the links lead that count clicks: only when asked, since each is a click.</summary>
    [HttpPost("links")]
    [RequestFormLimits(ValueLengthLimit = LargestValue)]
    [RequestSizeLimit(LargestSave)]
    public async Task<IActionResult> Follow([Bind(Prefix = nameof(ImportReview.Form))] ImportForm form, CancellationToken cancellationToken)
    {
        try
        {
            var review = await desk.FollowAsync(form, cancellationToken);
            ModelState.Clear();
            return View(nameof(Review), review);
        }
        catch (ImportRefusedException e)
        {
            return Refused(form, e);
        }
    }

    [HttpPost("save")]
    [RequestFormLimits(ValueLengthLimit = LargestValue)]
    [RequestSizeLimit(LargestSave)]
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

    /// <summary>Each for itself: what is refused now keeps no other file out.</summary>
    [HttpPost("save-files")]
    [RequestFormLimits(ValueLengthLimit = LargestValue)]
    [RequestSizeLimit(LargestSave)]
    public async Task<IActionResult> SaveFiles([Bind(Prefix = nameof(ImportedFilesPage.Form))] ImportedFilesForm form, CancellationToken cancellationToken)
    {
        var page = await files.SaveAsync(form, AccountId, cancellationToken);
        ModelState.Clear();
        return View("Files", page);
    }

    /// <summary>All that was recognised in one of several files, which go along.</summary>
    [HttpPost("files/review")]
    [RequestFormLimits(ValueLengthLimit = LargestValue)]
    [RequestSizeLimit(LargestSave)]
    public Task<IActionResult> ReviewFile([Bind(Prefix = nameof(ImportedFilesPage.Form))] ImportedFilesForm form, [FromForm] int open, CancellationToken cancellationToken)
        => OpenedAsync(form, () => files.ReviewAsync(form, open, desk, cancellationToken), cancellationToken);

    /// <summary>As <see cref="Follow"/>, for one of several files.</summary>
    [HttpPost("files/links")]
    [RequestFormLimits(ValueLengthLimit = LargestValue)]
    [RequestSizeLimit(LargestSave)]
    public Task<IActionResult> FollowFile([Bind(Prefix = nameof(ImportedFilesPage.Form))] ImportedFilesForm form, [FromForm] int open, CancellationToken cancellationToken)
        => OpenedAsync(form, () => files.FollowAsync(form, open, desk, cancellationToken), cancellationToken);

    [HttpPost("files")]
    [RequestFormLimits(ValueLengthLimit = LargestValue)]
    [RequestSizeLimit(LargestSave)]
    public async Task<IActionResult> Files([Bind(Prefix = nameof(ImportedFilesPage.Form))] ImportedFilesForm form, CancellationToken cancellationToken)
    {
        var page = await files.AgainAsync(form, cancellationToken);
        ModelState.Clear();
        return View(nameof(Files), page);
    }

    private async Task<IActionResult> OpenedAsync(ImportedFilesForm form, Func<Task<ImportReview?>> read, CancellationToken cancellationToken)
    {
        ModelState.Clear();
        try
        {
            return await read() is { } review ? View(nameof(Review), review) : NotFound();
        }
        catch (ImportRefusedException)
        {
            return View("Files", await files.AgainAsync(form, cancellationToken));
        }
    }

    private ViewResult Refused(ImportForm form, ImportRefusedException refusal)
    {
        // A file that could be read is kept in fields that were not posted, or held another.
        foreach (var field in (string[])[nameof(form.Content), nameof(form.FileName), nameof(form.Text)])
            ModelState.Remove($"{nameof(ImportPage.Form)}.{field}");
        ModelState.AddModelError($"{nameof(ImportPage.Form)}.{refusal.Field}", refusal.Message);
        return Rejected(nameof(Show), new ImportPage(form, refusal.Existing));
    }
}
