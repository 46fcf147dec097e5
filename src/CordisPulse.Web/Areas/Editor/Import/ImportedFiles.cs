using CordisPulse.Core.Editions;
using CordisPulse.Web.Areas.Editor.Compose;

namespace CordisPulse.Web.Areas.Editor.Import;

/// <summary>
/// Several files at once, into as many editions: first a table of what was recognised, then, on a second button, each is saved or
/// refused for itself.
/// </summary>
public sealed class ImportedFiles(IServiceScopeFactory scopes)
{
    /// <summary>Nothing is saved.</summary>
    /// <exception cref="ImportRefusedException">Something is wrong with a field.</exception>
    public async Task<ImportedFilesPage> ReadAsync(ImportForm form, CancellationToken cancellationToken)
    {
        if (Blank.ToNull(form.Month) is not null)
            throw new ImportRefusedException(nameof(form.Month), "Several files are of several months. Leave this empty, or bring them in one by one.");
        if (Blank.ToNull(form.PublishedOn) is not null)
            throw new ImportRefusedException(nameof(form.PublishedOn), "Several editions did not appear on one day. Leave this empty, or bring them in one by one.");
        if (form.Files.Sum(file => file.Length) > ImportDesk.MostBytes)
            throw new ImportRefusedException(nameof(form.Files), $"Together the files are larger than {ImportDesk.MostBytes / 1024 / 1024} MB. Bring them in in parts, or with the command “edition import”.");
        List<CarriedFile> files = [];
        foreach (var file in form.Files)
        {
            using var content = new MemoryStream();
            await file.CopyToAsync(content, cancellationToken);
            files.Add(new CarriedFile { Name = Path.GetFileName(file.FileName), Content = Convert.ToBase64String(content.ToArray()) });
        }

        return await AgainAsync(new ImportedFilesForm { Files = files, Replace = form.Replace }, cancellationToken);
    }

    /// <summary>The same table once more, on the way back from one of the files.</summary>
    public Task<ImportedFilesPage> AgainAsync(ImportedFilesForm form, CancellationToken cancellationToken) => EachAsync(form, (_, _) => Task.FromResult(false), cancellationToken);

    /// <summary>All that was recognised in one of the files; nothing is saved.</summary>
    /// <returns>Null when there is no such file.</returns>
    /// <exception cref="ImportRefusedException">It can't be read.</exception>
    public async Task<ImportReview?> ReviewAsync(ImportedFilesForm form, int open, ImportDesk desk, CancellationToken cancellationToken)
        => form.Files.ElementAtOrDefault(open) is { } file ? await desk.ReadAsync(FormOf(file, form), cancellationToken) with { Among = form } : null;

    public Task<ImportedFilesPage> SaveAsync(ImportedFilesForm form, int byId, CancellationToken cancellationToken)
        => EachAsync(form, async (desk, one) =>
        {
            await desk.SaveAsync(one, byId, cancellationToken);
            return true;
        }, cancellationToken);

    /// <param name="act">What to do with a file that was read; true when it is saved.</param>
    private async Task<ImportedFilesPage> EachAsync(ImportedFilesForm form, Func<ImportDesk, ImportForm, Task<bool>> act, CancellationToken cancellationToken)
    {
        List<ImportedFileRow> rows = [];
        HashSet<EditionMonth> months = [];
        foreach (var file in form.Files)
        {
            // In a scope of its own, so that what was refused half-way is not saved with the next.
            await using var scope = scopes.CreateAsyncScope();
            var desk = scope.ServiceProvider.GetRequiredService<ImportDesk>();
            try
            {
                var review = await desk.ReadAsync(FormOf(file, form), cancellationToken);
                rows.Add(months.Add(review.Month)
                    ? new ImportedFileRow(file, review, await act(desk, review.Form), null)
                    : new ImportedFileRow(file, review, false, $"Another of these files is of {review.Month.Title} too; the first is taken."));
            }
            catch (ImportRefusedException e)
            {
                rows.Add(new ImportedFileRow(file, null, false, e.Message));
            }
        }

        return new ImportedFilesPage(rows, form);
    }

    private static ImportForm FormOf(CarriedFile file, ImportedFilesForm form) => new() { FileName = file.Name, Content = file.Content, Replace = form.Replace };
}

public sealed class ImportedFilesForm
{
    public List<CarriedFile> Files { get; set; } = [];

    public bool Replace { get; set; }
}

/// <summary>A file on its way through a form.</summary>
public sealed class CarriedFile
{
    public string? Name { get; set; }

    /// <summary>In base64.</summary>
    public string? Content { get; set; }
}

/// <param name="Review">Null for a file that was refused before anything was recognised.</param>
/// <param name="Refusal">Why; null for a file that can be saved or is.</param>
public sealed record ImportedFileRow(CarriedFile File, ImportReview? Review, bool IsSaved, string? Refusal);

/// <param name="Rows">In the order of the form's files.</param>
/// <param name="Form">What saving and opening need again; what was refused stays in the table.</param>
public sealed record ImportedFilesPage(IReadOnlyList<ImportedFileRow> Rows, ImportedFilesForm Form)
{
    public int Savable => Rows.Any(row => row.IsSaved) ? 0 : Rows.Count(row => row.Refusal is null);
}
