using CordisPulse.Core.Editions;
using CordisPulse.Web.Areas.Editor.Compose;
using Microsoft.AspNetCore.Mvc.ModelBinding;

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
    public Task<ImportedFilesPage> AgainAsync(ImportedFilesForm form, CancellationToken cancellationToken) => EachAsync(form, (_, _) => Task.FromResult<EditionMonth?>(null), cancellationToken);

    /// <summary>All that was recognised in one of the files; nothing is saved.</summary>
    /// <returns>Null when there is no such file.</returns>
    /// <exception cref="ImportRefusedException">It can't be read.</exception>
    public Task<ImportReview?> ReviewAsync(ImportedFilesForm form, int open, ImportDesk desk, CancellationToken cancellationToken)
        => OpenAsync(form, open, one => desk.ReadAsync(one, cancellationToken));

    /// <summary>The same, and where the links of the file lead that count clicks; they go along with it from then on.</summary>
    /// <inheritdoc cref="ReviewAsync"/>
    public Task<ImportReview?> FollowAsync(ImportedFilesForm form, int open, ImportDesk desk, CancellationToken cancellationToken)
        => OpenAsync(form, open, one => desk.FollowAsync(one, cancellationToken));

    public Task<ImportedFilesPage> SaveAsync(ImportedFilesForm form, int byId, CancellationToken cancellationToken)
        => EachAsync(form, async (desk, one) => await desk.SaveAsync(one, byId, cancellationToken), cancellationToken);

    private static async Task<ImportReview?> OpenAsync(ImportedFilesForm form, int open, Func<ImportForm, Task<ImportReview>> read)
    {
        if (form.Files.ElementAtOrDefault(open) is not { Saved: null } file)
            return null;
        var review = await read(FormOf(file, form));
        file.Links = review.Form.Links;
        return review with { Among = form, Open = open };
    }

    /// <param name="act">What to do with a file that was read; the edition that it has become, or null.</param>
    private async Task<ImportedFilesPage> EachAsync(ImportedFilesForm form, Func<ImportDesk, ImportForm, Task<EditionMonth?>> act, CancellationToken cancellationToken)
    {
        List<ImportedFileRow> rows = [];
        HashSet<EditionMonth> months = [];
        foreach (var file in form.Files)
        {
            if (EditionMonth.TryParse(file.Saved, out var before))
            {
                rows.Add(new ImportedFileRow(file, null, before, null));
                continue;
            }

            // In a scope of its own, so that what was refused half-way is not saved with the next.
            await using var scope = scopes.CreateAsyncScope();
            var desk = scope.ServiceProvider.GetRequiredService<ImportDesk>();
            file.Asks = CarriedFileAsks.Nothing;
            try
            {
                var review = await desk.ReadAsync(FormOf(file, form), cancellationToken);
                if (months.Add(review.Month))
                    rows.Add(Row(file, review, await act(desk, review.Form)));
                else
                    rows.Add(Refused(file, review, CarriedFileAsks.Month, $"Another of these files is of {review.Month.Title} too; the first is taken. Give this one another month, like 2022-03."));
            }
            catch (ImportRefusedException e)
            {
                rows.Add(Refused(file, null, e.Existing is not null ? CarriedFileAsks.MonthOrReplace : e.Field == nameof(ImportForm.Month) ? CarriedFileAsks.Month : CarriedFileAsks.Nothing, e.Message));
            }
        }

        return new ImportedFilesPage(rows, form);
    }

    private static ImportedFileRow Row(CarriedFile file, ImportReview review, EditionMonth? saved)
    {
        // What is saved need not travel any further.
        if (saved is { } month)
            (file.Saved, file.Content, file.Links) = (month.ToString(), null, []);
        return new ImportedFileRow(file, review, saved, null);
    }

    private static ImportedFileRow Refused(CarriedFile file, ImportReview? review, CarriedFileAsks asks, string refusal)
    {
        file.Asks = asks;
        return new ImportedFileRow(file, review, null, refusal);
    }

    private static ImportForm FormOf(CarriedFile file, ImportedFilesForm form)
        => new() { FileName = file.Name, Content = file.Content, Month = file.Month, Replace = form.Replace || file.Replace, Links = file.Links };
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

    /// <summary>Where the file names none, or another is meant.</summary>
    public string? Month { get; set; }

    /// <inheritdoc cref="ImportForm.Replace"/>
    public bool Replace { get; set; }

    /// <inheritdoc cref="ImportForm.Links"/>
    public List<CarriedLink> Links { get; set; } = [];

    /// <summary>The month of the edition that it has become.</summary>
    public string? Saved { get; set; }

    /// <summary>What its row asks for.</summary>
    [BindNever]
    public CarriedFileAsks Asks { get; set; }
}

public enum CarriedFileAsks
{
    Nothing,
    Month,
    MonthOrReplace,
}

/// <param name="Review">Null for a file that was refused before anything was recognised, and for one that was saved before.</param>
/// <param name="Saved">The edition that it has become.</param>
/// <param name="Refusal">Why; null for a file that can be saved or is.</param>
public sealed record ImportedFileRow(CarriedFile File, ImportReview? Review, EditionMonth? Saved, string? Refusal)
{
    public string Month => (Saved ?? Review?.Month)?.Title ?? "–";
}

/// <param name="Rows">In the order of the form's files.</param>
/// <param name="Form">What saving and opening need again; what was refused stays in the table.</param>
public sealed record ImportedFilesPage(IReadOnlyList<ImportedFileRow> Rows, ImportedFilesForm Form)
{
    public int Savable => Rows.Count(row => row.Saved is null && row.Refusal is null);

    public bool IsAsking => Rows.Any(row => row.File.Asks != CarriedFileAsks.Nothing);

    public string Says => (Savable, IsAsking) switch
    {
        ( > 0, _) => $"{(Rows.Any(row => row.Saved is not null) ? "What was only read is not saved yet." : "Nothing is saved yet.")} Open a file to read all that was recognised in it; the others are kept meanwhile.",
        (_, true) => "Each file for itself: what was refused kept no other out, and its row asks for what is wanting.",
        _ => "Each file for itself: what was refused kept no other out.",
    };
}
