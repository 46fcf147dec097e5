using CordisPulse.Core.Data;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Core.Subscriptions.Lists;

public sealed record ListImportSummary(int Id, string FileName, DateTime UploadedUtc, string? By, ListImportState State, ConsentGround? Ground, int Added, int AlreadyThere, int Suppressed, int Rejected, int TakenBack);

/// <summary>One import as its page shows it.</summary>
/// <param name="HeadingLine">The line that names the columns, where others stand above it.</param>
/// <param name="First">The first rows as they are read, of a list that waits.</param>
/// <param name="Sectors">As they are called now.</param>
/// <param name="Concerned">How many undoing would take back; null where it can't be undone.</param>
public sealed record ListImportView(
    ListImport Import, string? By, string? UndoneBy, ConsentBasis? Basis, ListPreview? Preview, IReadOnlyList<string> Headings, int? HeadingLine, IReadOnlyList<ListedPerson> First, SectorNames Sectors, int? Concerned);

public sealed record ListLineView(int Line, ListLineOutcome Outcome, string? Reason, string? Written, int? SubscriberId);

public sealed record ListLines(IReadOnlyList<ListLineView> Lines, int Found, int Page, int Pages);

/// <summary>Imports as staff see them.</summary>
public sealed class ListImportPages(PulseDbContext db, ListParts parts)
{
    public const int PageSize = 100;

    private const int MostListed = 100;

    private const int RowsShown = 10;

    public async Task<IReadOnlyList<ListImportSummary>> ListAsync(CancellationToken cancellationToken = default) => await db.ListImports
        .Where(row => row.State != ListImportState.Arriving && row.State != ListImportState.Discarded)
        .OrderByDescending(row => row.Id)
        .Take(MostListed)
        .Select(row => new ListImportSummary(
            row.Id, row.FileName, row.UploadedUtc, row.Account!.Email, row.State, row.Basis == null ? null : row.Basis.Ground, row.Added, row.AlreadyThere, row.Suppressed, row.Rejected, row.TakenBack))
        .ToListAsync(cancellationToken);

    public async Task<ListImportView?> FindAsync(int id, CancellationToken cancellationToken = default)
    {
        var import = await db.ListImports.AsNoTracking().Include(row => row.Basis).SingleOrDefaultAsync(
            row => row.Id == id && row.State != ListImportState.Arriving && row.State != ListImportState.Discarded, cancellationToken);
        if (import is null)
            return null;
        var by = await EmailOfAsync(import.AccountId, cancellationToken);
        var undoneBy = await EmailOfAsync(import.UndoneById, cancellationToken);
        var sectors = import.State == ListImportState.Waiting ? await SectorNames.ReadAsync(db, cancellationToken) : new SectorNames([]);
        var (headings, headingLine, first) = import.State == ListImportState.Waiting ? First(import, sectors) : ([], null, []);
        int? concerned = import.CanBeTakenBack
            ? await ImportUndoing.Concerned(db, import).CountAsync(cancellationToken)
            : null;
        return new ListImportView(import, by, undoneBy, import.Basis, ListPreview.From(import.Preview), headings, headingLine, first, sectors, concerned);
    }

    public async Task<ListLines> LinesAsync(int id, ListLineOutcome? outcome, int page, CancellationToken cancellationToken = default)
    {
        var rows = Lines(id, outcome);
        var found = await rows.CountAsync(cancellationToken);
        var pages = Math.Max(1, (found + PageSize - 1) / PageSize);
        var shown = Math.Clamp(page, 1, pages);
        var lines = await rows.OrderBy(line => line.Line).Skip((shown - 1) * PageSize).Take(PageSize)
            .Select(line => new ListLineView(line.Line, line.Outcome, line.Reason, line.Written, line.SubscriberId))
            .ToListAsync(cancellationToken);
        return new ListLines(lines, found, shown, pages);
    }

    /// <summary>All lines, one after another.</summary>
    public IAsyncEnumerable<ListLineView> AllLines(int id)
        => Lines(id, null).OrderBy(line => line.Line).Select(line => new ListLineView(line.Line, line.Outcome, line.Reason, line.Written, line.SubscriberId)).AsAsyncEnumerable();

    private IQueryable<ListImportLine> Lines(int id, ListLineOutcome? outcome)
        => db.ListImportLines.Where(line => line.ImportId == id && (outcome == null || line.Outcome == outcome));

    private Task<string?> EmailOfAsync(int? accountId, CancellationToken cancellationToken)
        => db.Users.Where(user => user.Id == accountId).Select(user => user.Email).SingleOrDefaultAsync(cancellationToken);

    private (IReadOnlyList<string> Headings, int? HeadingLine, IReadOnlyList<ListedPerson> First) First(ListImport import, SectorNames sectors)
    {
        try
        {
            var rows = ListImports.FirstRows(parts, import, ListColumns.RowsLookedAt);
            var heading = ListColumns.HeadingRow(rows);
            var columns = import.ColumnsRead;
            var reader = new ListReader(columns, sectors, import.MendedDomains);
            var headings = Enumerable.Range(0, columns.Uses.Count).Select(i => PersonText.Clean(rows.ElementAtOrDefault(heading)?.Fields.ElementAtOrDefault(i)) is { } text ? ShortText.Of(text, 60) : "");
            return ([.. headings], heading > 0 ? rows[heading].Line : null, columns.Email is null ? [] : [.. reader.Read(rows).Take(RowsShown)]);
        }
        catch (RefusedException)
        {
            // The preview says so.
            return ([.. import.ColumnsRead.Uses.Select(_ => "")], null, []);
        }
    }
}
