using System.Globalization;
using CordisPulse.Core.Subscriptions;
using CordisPulse.Core.Subscriptions.Lists;
using CsvHelper;

namespace CordisPulse.Web.Areas.Editor.SubscriberImports;

/// <summary>Imports as the desk does them: a short list at once, so that whoever waits sees what became of it; a long one in the background.</summary>
public sealed class SubscriberImportDesk(ListImports imports, ListImportPages pages, ListImportRunner runner)
{
    /// <summary>In bytes.</summary>
    private const long ShortFile = 256 * 1024;

    private const int ShortList = 1000;

    // A spreadsheet would run a field that begins like a formula.
    public async Task<SubscriberImportsPage> ListAsync(ImportFileForm form, CancellationToken cancellationToken)
        => new(form, await pages.ListAsync(cancellationToken));

    public async Task<SubscriberImportPage?> FindAsync(int id, ImportLineFilter filter, CancellationToken cancellationToken)
    {
        if (await pages.FindAsync(id, cancellationToken) is not { } view)
            return null;
        var lines = view.Import.State == ListImportState.Waiting ? null : await pages.LinesAsync(id, filter.Outcome, filter.Page, cancellationToken);
        return new SubscriberImportPage(view, ReadListForm.Of(view.Import), ConfirmListForm.Of(ListDraft.From(view.Import.Draft)), filter, lines);
    }

    /// <returns>The key of the import.</returns>
    public async Task<int> KeepAsync(IFormFile file, int accountId, CancellationToken cancellationToken)
    {
        await using var stream = file.OpenReadStream();
        var id = await imports.KeepAsync(new KeepList { File = stream, FileName = Path.GetFileName(file.FileName), AccountId = accountId }, cancellationToken);
        if (file.Length <= ShortFile)
            await RunAsync(id, cancellationToken);
        return id;
    }

    public async Task ReadAsAsync(ReadListAs read, CancellationToken cancellationToken)
    {
        await imports.ReadAsAsync(read, cancellationToken);
        if (await RowsAsync(read.ImportId, cancellationToken) <= ShortList)
            await RunAsync(read.ImportId, cancellationToken);
    }

    /// <returns>False where the list was looked through just as it is to be read.</returns>
    public async Task<bool> ReadOtherwiseAsync(ReadListAs read, CancellationToken cancellationToken)
    {
        if (!await imports.ReadOtherwiseAsync(read, cancellationToken))
            return false;
        if (await RowsAsync(read.ImportId, cancellationToken) <= ShortList)
            await RunAsync(read.ImportId, cancellationToken);
        return true;
    }

    public async Task ConfirmAsync(ConfirmList confirm, CancellationToken cancellationToken)
    {
        await imports.ConfirmAsync(confirm, cancellationToken);
        if (await RowsAsync(confirm.ImportId, cancellationToken) <= ShortList)
            await RunAsync(confirm.ImportId, cancellationToken);
    }

    public async Task UndoAsync(UndoImport undo, CancellationToken cancellationToken)
    {
        await imports.UndoAsync(undo, cancellationToken);
        if (await RowsAsync(undo.ImportId, cancellationToken) <= ShortList)
            await RunAsync(undo.ImportId, cancellationToken);
    }

    public async Task WriteLinesAsync(int id, Stream output, CancellationToken cancellationToken)
    {
        await using var csv = CsvWriter.Create(output, SubscriberExport.Format, leaveOpen: true);
        await csv.WriteRecordAsync(["line", "outcome", "reason", "written", "subscriber"], cancellationToken);
        await foreach (var line in pages.AllLines(id).WithCancellation(cancellationToken))
            await csv.WriteRecordAsync(
                [line.Line.ToString(CultureInfo.InvariantCulture), ImportWords.Of(line.Outcome), line.Reason ?? "", line.Written ?? "", line.SubscriberId?.ToString(CultureInfo.InvariantCulture) ?? ""], cancellationToken);
        await csv.FlushAsync(cancellationToken);
    }

    private async Task<int> RowsAsync(int id, CancellationToken cancellationToken) => (await pages.FindAsync(id, cancellationToken))?.Import.Rows ?? 0;

    /// <summary>Where another node was faster, that one does it.</summary>
    private async Task RunAsync(int id, CancellationToken cancellationToken)
    {
        if (await runner.ClaimAsync(id, cancellationToken) is { } lease)
            await runner.RunAsync(lease, null, cancellationToken);
    }
}
