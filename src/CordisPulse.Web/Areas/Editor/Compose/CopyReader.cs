using CordisPulse.Core.Data;
using CordisPulse.Core.Editions;
using CordisPulse.Core.Editions.Covered;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Web.Areas.Editor.Compose;

/// <summary>Reads what another edition holds beside what this one has.</summary>
public sealed class CopyReader(PulseDbContext db, CoveredBefore covered)
{
    /// <param name="month">The edition that takes the copies.</param>
    /// <param name="from">The edition to copy from; the newest before this one, or else the newest, when it is null or is none.</param>
    /// <param name="form">What is ticked.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>Null when there is no such edition.</returns>
    public async Task<CopyPage?> ReadAsync(EditionMonth month, EditionMonth? from, CopyForm form, CancellationToken cancellationToken)
    {
        if (await FindAsync(month, cancellationToken) is not { } here)
            return null;
        var others = await db.Editions.Where(edition => edition.Month != month).OrderByDescending(edition => edition.Month).Select(edition => edition.Month).ToListAsync(cancellationToken);
        if (others.Count == 0)
            return new CopyPage(month, null, others, CopySource.None, form);
        var chosen = from is { } asked && others.Contains(asked) ? asked : others.Where(other => other < month).DefaultIfEmpty(others[0]).First();
        return new CopyPage(month, chosen, others, await ReadSourceAsync(here, (await FindAsync(chosen, cancellationToken))!, cancellationToken), form);
    }

    private Task<EditionTexts?> FindAsync(EditionMonth month, CancellationToken cancellationToken)
        => db.Editions.Where(edition => edition.Month == month)
            .Select(edition => new EditionTexts(edition.Id, edition.Month, edition.Introduction, edition.SignOffName, edition.SignOffRole, edition.Subject, edition.Preheader))
            .SingleOrDefaultAsync(cancellationToken);

    private async Task<CopySource> ReadSourceAsync(EditionTexts here, EditionTexts there, CancellationToken cancellationToken)
    {
        var news = await db.NewsItems.Where(n => n.EditionId == there.Id)
            .OrderBy(n => n.Position).ThenBy(n => n.Id)
            .Select(n => new CopyNews(n.Id, n.Title, db.NewsItems.Any(own => own.EditionId == here.Id && own.Title == n.Title), n.EventOn != null || n.Deadline != null))
            .ToListAsync(cancellationToken);
        var rows = await db.EditionItems.Where(i => i.EditionId == there.Id)
            .OrderBy(i => i.Sector!.Position).ThenBy(i => i.Section!.Position).ThenBy(i => i.Position).ThenBy(i => i.Id)
            .Select(i => new { i.Id, i.Title, i.Url, i.Doi, Source = i.Source!.Name, Sector = i.Sector!.Name, Section = i.Section!.Name })
            .ToListAsync(cancellationToken);
        var items = new List<CopyItem>();
        var covers = await covered.FindAllAsync([.. rows.Select(row => new CoveredQuestion { ItemId = row.Id, Title = row.Title, Url = row.Url, Doi = row.Doi })], cancellationToken);
        foreach (var (row, found) in rows.Zip(covers))
        {
            var place = row.Sector is null || row.Section is null ? "Not placed yet" : $"{row.Sector}, {row.Section}";
            items.Add(new CopyItem(row.Id, row.Title, row.Source, place, [.. found.OrderByDescending(item => item.Month == here.Month)]));
        }

        return new CopySource([.. TextsOf(here, there)], news, items);
    }

    private static IEnumerable<CopyText> TextsOf(EditionTexts here, EditionTexts there)
    {
        foreach (var part in Enum.GetValues<EditionPart>())
            if (Says(there, part) is { } says)
                yield return new CopyText(part, says, Says(here, part));
    }

    private static string? Says(EditionTexts edition, EditionPart part) => part switch
    {
        EditionPart.Introduction => Blank.ToNull(edition.Introduction),
        EditionPart.SignOff => edition.SignOffName is null ? null : string.Join(", ", new[] { edition.SignOffName, edition.SignOffRole }.OfType<string>()),
        EditionPart.Subject => edition.Subject,
        _ => edition.Preheader,
    };

    private sealed record EditionTexts(int Id, EditionMonth Month, string Introduction, string? SignOffName, string? SignOffRole, string? Subject, string? Preheader);
}
