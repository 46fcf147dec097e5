using CordisPulse.Core.Audit;
using CordisPulse.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Core.Subscriptions.Lists;

/// <summary>A file with a list of people.</summary>
public sealed record KeepList
{
    /// <summary>Seekable: it is read more than once.</summary>
    public required Stream File { get; init; }

    public required string FileName { get; init; }

    /// <summary>Null for a command.</summary>
    public int? AccountId { get; init; }
}

/// <summary>How staff want a list to be read.</summary>
public sealed record ReadListAs
{
    public required int ImportId { get; init; }

    public required ListFormat Format { get; init; }

    public required int Sheet { get; init; }

    public required bool HasHeader { get; init; }

    /// <summary>Null to recognise the columns anew, since other letters or separators make others.</summary>
    public IReadOnlyList<ColumnUse>? Uses { get; init; }

    /// <summary>Domains that were found misspelt, and are to be written as offered.</summary>
    public required IReadOnlyCollection<string> Mended { get; init; }

    /// <summary>What was typed beside it.</summary>
    public ListDraft? Draft { get; init; }
}

public sealed record ConfirmList
{
    public required int ImportId { get; init; }

    public required StatedBasis Basis { get; init; }

    /// <summary>How whoever confirms saw it read; null for a command, which changes nothing about that.</summary>
    public ReadListAs? Seen { get; init; }

    public int? AccountId { get; init; }
}

public sealed record UndoImport
{
    public required int ImportId { get; init; }

    public required int? AccountId { get; init; }
}

/// <summary>What staff do with a list that is to be imported, or was.</summary>
public sealed class ListImports(PulseDbContext db, ListParts parts, SubscriberAdmission admission, TimeProvider time)
{
    /// <summary>How long a file waits for somebody to import it.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(1);

    private const string SameMoment = "Something happened to this list at the same moment. Look at it again.";

    private const string NotWaiting = "This list is not waiting any more: somebody has imported or removed it, or it was a day old.";

    /// <summary>Those that nobody has confirmed.</summary>
    private IQueryable<ListImport> Removable
        => db.ListImports.Where(row => row.State == ListImportState.Waiting || row.State == ListImportState.Arriving
            || row.State == ListImportState.Withdrawn || row.State == ListImportState.Discarded);

    private DateTime Now => time.GetUtcNow().UtcDateTime;

    /// <summary>Recognises what a file is written in and keeps it; nobody is added.</summary>
    /// <returns>The key of the import.</returns>
    /// <exception cref="RefusedException">It is no list.</exception>
    public async Task<int> KeepAsync(KeepList keep, CancellationToken cancellationToken = default)
    {
        var isWorkbook = Workbook.IsOne(keep.File);
        if (!isWorkbook && keep.File.Length == 0)
            throw new RefusedException("The file is empty.");
        var format = isWorkbook ? ListFormat.OfSheets : ListText.Recognise(keep.File);
        var import = db.Add(new ListImport
        {
            FileName = PersonText.Clean(keep.FileName) is { } name ? ShortText.Of(name, Limits.Line) : ListImport.Nameless,
            AccountId = keep.AccountId,
            UploadedUtc = Now,
            KeepsWritten = true,
            State = ListImportState.Arriving,
            Encoding = format.Encoding,
            Separator = format.Separator.ToString(),
            Columns = "",
        }).Entity;
        await db.SaveChangesAsync(cancellationToken);
        try
        {
            if (isWorkbook)
                KeepSheets(import, keep.File);
            else
                await KeepTextAsync(import.Id, keep.File, cancellationToken);
            Recognise(import);
            import.State = ListImportState.Waiting;
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (Exception e)
        {
            db.ChangeTracker.Clear();
            await RemoveAsync(import.Id, CancellationToken.None);
            if (e is DbUpdateConcurrencyException)
                throw new RefusedException(WaitingLists.Erased);
            throw;
        }

        // Others look it through; who goes on here must see what they found.
        db.ChangeTracker.Clear();
        return import.Id;
    }

    /// <summary>Reads the waiting list otherwise; it is looked through anew.</summary>
    /// <exception cref="RefusedException">It is not waiting, or can't be read so.</exception>
    public async Task ReadAsAsync(ReadListAs read, CancellationToken cancellationToken = default)
        => await ReadAsAsync(await WaitingAsync(read.ImportId, cancellationToken), read, cancellationToken);

    /// <summary>As <see cref="ReadAsAsync(ReadListAs, CancellationToken)"/>, unless it was looked through just as it is to be read.</summary>
    /// <returns>False where it was.</returns>
    /// <exception cref="RefusedException">It is not waiting, or can't be read so.</exception>
    public async Task<bool> ReadOtherwiseAsync(ReadListAs read, CancellationToken cancellationToken = default)
    {
        var import = await WaitingAsync(read.ImportId, cancellationToken);
        if (import.Preview is not null && IsReadAs(import, read))
            return false;
        await ReadAsAsync(import, read, cancellationToken);
        return true;
    }

    /// <summary>Says on what ground these people are mailed; they are added in the background.</summary>
    /// <exception cref="RefusedException">It is not waiting, can't be read to its end, or something is wrong with the ground.</exception>
    public async Task ConfirmAsync(ConfirmList confirm, CancellationToken cancellationToken = default)
    {
        var import = await WaitingAsync(confirm.ImportId, cancellationToken);
        if (ListPreview.From(import.Preview) is not { } preview)
            throw new RefusedException("The list is still being looked through.");
        if (preview.Problem is { } problem)
            throw new RefusedException(problem);
        if (confirm.Seen is { } seen && !IsReadAs(import, seen))
            throw new RefusedException(SameMoment);
        import.Basis = await admission.BasisAsync(confirm.Basis, confirm.AccountId, cancellationToken);
        (import.State, import.ConfirmedUtc, import.LeaseEndUtc) = (ListImportState.Running, Now, null);
        // What would happen is over, and the basis holds what was typed.
        (import.Preview, import.Draft) = (null, null);
        db.Add(new AuditEntry { AccountId = confirm.AccountId, Act = AuditedActs.ImportList, Subject = $"import {import.Id}" });
        await SaveAsync(cancellationToken);
    }

    /// <summary>Removes a list that was not imported.</summary>
    /// <exception cref="RefusedException">It is not waiting.</exception>
    public async Task DiscardAsync(int importId, CancellationToken cancellationToken = default)
    {
        if (!await RemoveAsync(importId, cancellationToken))
            throw new RefusedException(NotWaiting);
    }

    /// <summary>Takes everybody back whom the import added and with whom nothing has happened since; in the background.</summary>
    /// <exception cref="RefusedException">There is nothing to take back.</exception>
    public async Task UndoAsync(UndoImport undo, CancellationToken cancellationToken = default)
    {
        var import = await db.ListImports.SingleOrDefaultAsync(row => row.Id == undo.ImportId, cancellationToken);
        if (import is not { CanBeTakenBack: true })
            throw new RefusedException("There is nothing to take back: the import is not over, added nobody, or was taken back already.");
        // What it ended early for is over; why the import itself did stays told.
        import.Problem = import.State == ListImportState.UndoFailed ? null : import.Problem;
        (import.State, import.UndoneUtc, import.UndoneById, import.LeaseEndUtc) = (ListImportState.Undoing, Now, undo.AccountId, null);
        db.Add(new AuditEntry { AccountId = undo.AccountId, Act = AuditedActs.UndoImport, Subject = $"import {import.Id}" });
        await SaveAsync(cancellationToken);
    }

    /// <summary>Removes files that nobody has imported for a day, those that an import left behind, and what rejected lines said once it was over for a day.</summary>
    public async Task SweepAsync(CancellationToken cancellationToken = default)
    {
        var before = Now - KeptFor;
        var old = await Removable
            .Where(row => row.UploadedUtc < before || row.State == ListImportState.Discarded)
            .Select(row => row.Id)
            .ToListAsync(cancellationToken);
        foreach (var id in old)
            await RemoveAsync(id, cancellationToken);
        var over = await db.ListImportParts
            .Where(part => db.ListImports.Any(row => row.Id == part.ImportId && row.State != ListImportState.Arriving && row.State != ListImportState.Waiting && row.State != ListImportState.Running))
            .Select(part => part.ImportId)
            .Distinct()
            .ToListAsync(cancellationToken);
        foreach (var id in over)
            await parts.DeleteAsync(id, cancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await WrittenLines.ForgetAsync(db, row => row.EndedUtc < before, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>The first rows, as the import reads them.</summary>
    internal static List<ListRow> FirstRows(ListParts parts, ListImport import, int count)
    {
        using var file = parts.Read(import.Id, import.Sheet);
        return [.. ListRows.Read(file, import.Format).Take(count)];
    }

    private void KeepSheets(ListImport import, Stream file)
    {
        using var workbook = Workbook.Open(file);
        for (var i = 0; i < workbook.Sheets.Count; i++)
        {
            (bool HasAny, int Hidden) sheet;
            using (var part = parts.Write(import.Id, import.Sheets.Count))
                sheet = workbook.Write(i, part);
            if (sheet.HasAny)
            {
                import.Sheets.Add(workbook.Sheets[i]);
                import.HiddenRows.Add(sheet.Hidden);
            }
            else
                parts.Delete(import.Id, import.Sheets.Count);
        }

        if (import.Sheets.Count == 0)
            throw new RefusedException(Workbook.AllHidden);
    }

    private async Task KeepTextAsync(int importId, Stream file, CancellationToken cancellationToken)
    {
        file.Position = 0;
        await using var part = parts.Write(importId, 0);
        await file.CopyToAsync(part, cancellationToken);
    }

    private async Task ReadAsAsync(ListImport import, ReadListAs read, CancellationToken cancellationToken)
    {
        var before = import.ColumnsRead;
        var isOtherFile = read.Sheet != import.Sheet || read.Format.Separator != import.Format.Separator;
        var isOther = isOtherFile || read.Format.Encoding != import.Format.Encoding;
        if (import.Sheets.Count == 0)
            (import.Encoding, import.Separator) = (read.Format.Encoding, read.Format.Separator.ToString());
        else if (read.Sheet >= 0 && read.Sheet < import.Sheets.Count)
            import.Sheet = read.Sheet;
        if (isOther || read.Uses is null)
            Recognise(import);
        // Other letters make the same columns, and what was chosen of them stands.
        var isChosen = !isOther || (!isOtherFile && !IsReadAs(before, read) && import.ColumnsRead.Uses.Count == before.Uses.Count);
        if (isChosen && read.Uses is not null)
            Choose(import, read);
        Mend(import, read.Mended);
        (import.Preview, import.LeaseEndUtc, import.Draft) = (null, null, read.Draft?.ToJson());
        // Whoever looks through it as it was read before has to stop.
        import.LeaseNumber++;
        await SaveAsync(cancellationToken);
    }

    private static void Choose(ListImport import, ReadListAs read)
    {
        var uses = UsesOf(read, import.ColumnsRead.Uses.Count);
        if (uses.Count(use => use == ColumnUse.Email) != 1)
            throw new FieldRefusedException(nameof(import.Columns), "Choose the one column that holds the e-mail addresses.");
        if (uses.Where(use => !ListColumns.MayBeSeveral(use)).GroupBy(use => use).FirstOrDefault(group => group.Count() > 1)?.Key is { } twice)
            throw new FieldRefusedException(nameof(import.Columns), $"Two columns are read as {ListWords.Of(twice)}. Choose one.");
        (import.HasHeader, import.Columns) = (read.HasHeader, ListImport.Write(uses));
    }

    private static void Mend(ListImport import, IEnumerable<string> domains)
    {
        var offers = (ListPreview.From(import.Preview)?.Misspelt ?? []).ToDictionary(one => one.Domain, one => one.Meant, StringComparer.Ordinal);
        foreach (var (domain, meant) in import.MendedDomains)
            offers.TryAdd(domain, meant);
        var mended = string.Join(' ', domains.Distinct().Where(offers.ContainsKey).Order(StringComparer.Ordinal).Select(domain => $"{domain}>{offers[domain]}"));
        import.Mended = mended.Length <= Limits.Comment ? mended : throw new RefusedException("So many misspelt domains are better mended in the file itself.");
    }

    private static bool IsReadAs(ListImport import, ReadListAs read)
        => (import.Sheets.Count > 0 ? import.Sheet == read.Sheet : import.Format == read.Format)
            && IsReadAs(import.ColumnsRead, read) && import.MendedDomains.Keys.ToHashSet(StringComparer.Ordinal).SetEquals(read.Mended);

    private static bool IsReadAs(ListColumns columns, ReadListAs read)
        => columns.HasHeader == read.HasHeader && columns.Uses.SequenceEqual(UsesOf(read, columns.Uses.Count));

    private static List<ColumnUse> UsesOf(ReadListAs read, int count) => [.. Enumerable.Range(0, count).Select(i => read.Uses?.ElementAtOrDefault(i) ?? ColumnUse.LeftOut)];

    private void Recognise(ListImport import)
    {
        var columns = ListColumns.Recognise(FirstRows(parts, import, ListColumns.RowsLookedAt));
        if (columns.Uses.Count == 0)
            throw new RefusedException("The file is empty.");
        (import.HasHeader, import.Columns) = (columns.HasHeader, ListImport.Write(columns.Uses));
    }

    private async Task<ListImport> WaitingAsync(int id, CancellationToken cancellationToken)
        => await db.ListImports.SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is { } import && import.State is ListImportState.Waiting or ListImportState.Withdrawn
            ? import.State == ListImportState.Waiting ? import : throw new RefusedException(import.Problem!)
            : throw new RefusedException(NotWaiting);

    private async Task SaveAsync(CancellationToken cancellationToken)
    {
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            throw new RefusedException(SameMoment);
        }
    }

    /// <summary>Claims it first: whoever confirms it at the same moment either comes before, and it stays, or finds it gone.</summary>
    /// <returns>False for one that is imported, or was.</returns>
    private async Task<bool> RemoveAsync(int id, CancellationToken cancellationToken)
    {
        if (await Removable.Where(row => row.Id == id).ExecuteUpdateAsync(
            set => set.SetProperty(row => row.State, ListImportState.Discarded).SetProperty(row => row.LeaseEndUtc, (DateTime?)null)
                .SetProperty(row => row.LeaseNumber, row => row.LeaseNumber + 1).SetProperty(row => row.Version, row => row.Version + 1),
            cancellationToken) == 0)
            return false;
        await parts.DeleteAsync(id, cancellationToken);
        await db.ListImports.Where(row => row.Id == id && row.State == ListImportState.Discarded).ExecuteDeleteAsync(cancellationToken);
        return true;
    }
}
