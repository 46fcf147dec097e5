using System.ComponentModel.DataAnnotations;
using CordisPulse.Core.Accounts;
using CordisPulse.Core.Data;
using CordisPulse.Core.Editions;
using CordisPulse.Core.Editions.Checks;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Web.Areas.Editor.Compose;

public sealed class PublishForm
{
    [StringLength(Limits.Note, ErrorMessage = "The note can have 1,000 characters.")]
    public string? Note { get; set; }

    /// <summary>What of the edition the person saw.</summary>
    public string? Seen { get; set; }
}

public sealed class UnpublishForm
{
    [Required(ErrorMessage = "Say why the edition is taken back.")]
    [StringLength(Limits.Note, ErrorMessage = "The reason can have 1,000 characters.")]
    public string? Reason { get; set; }
}

/// <param name="Revision">What readers see now; null while they see nothing.</param>
/// <param name="Changes">What is different from what readers see, a line each.</param>
/// <param name="Publishers">Addresses of those who may publish.</param>
/// <param name="Seen">Tells the text on this page from what somebody may save meanwhile.</param>
public sealed record PublishPage(
    EditionMonth Month, int? Revision, IReadOnlyList<Finding> Findings, IReadOnlyList<string> Changes, IReadOnlyList<string> Publishers, PublishForm Form, string Seen)
{
    public string Board => $"/editor/editions/{Month}";

    /// <summary>Publishing would change nothing that readers see.</summary>
    public bool IsAsPublished => Revision is not null && Changes.Count == 0;

    public IEnumerable<Finding> Errors => Findings.Where(finding => finding.Severity == FindingSeverity.Error);

    public IEnumerable<Finding> Warnings => Findings.Where(finding => finding is { Severity: FindingSeverity.Warning, LeftBecause: null });
}

public sealed record UnpublishPage(EditionMonth Month, UnpublishForm Form)
{
    public string Board => $"/editor/editions/{Month}";
}

/// <summary>Reads what publishing will do.</summary>
public sealed class PublishReader(PulseDbContext db, EditionDocumentReader documents, EditionChecks checks)
{
    /// <summary>Null when there is no such edition.</summary>
    public async Task<PublishPage?> ReadAsync(EditionMonth month, PublishForm form, CancellationToken cancellationToken)
    {
        if (await documents.ReadDraftAsync(month, cancellationToken) is not { } draft)
            return null;
        var published = await documents.ReadPublishedAsync(month, cancellationToken);
        var publishers = await db.Users
            .Where(user => db.UserRoles.Any(given => given.UserId == user.Id
                && db.Roles.Any(role => role.Id == given.RoleId && (role.Name == Roles.Publisher || role.Name == Roles.Administrator))))
            .OrderBy(user => user.Email)
            .Select(user => user.Email!)
            .ToListAsync(cancellationToken);
        return new PublishPage(
            month,
            await db.Editions.Where(e => e.Month == month).Select(e => e.PublishedRevision).SingleAsync(cancellationToken),
            await checks.RunAsync(draft, cancellationToken),
            published is null ? [] : [.. Changes(published, draft)],
            publishers,
            form,
            draft.FingerprintOfText());
    }

    public Task<bool> IsPublishedAsync(EditionMonth month, CancellationToken cancellationToken)
        => db.Editions.AnyAsync(e => e.Month == month && e.PublishedRevision != null, cancellationToken);

    /// <summary>What is different, a line each.</summary>
    internal static IEnumerable<string> Changes(EditionDocument before, EditionDocument now)
    {
        if (before.Introduction != now.Introduction || before.SignOff != now.SignOff)
            yield return "The introduction or the sign-off is changed.";
        if (before.Subject != now.Subject || before.Preheader != now.Preheader)
            yield return "The subject or the preheader of the e-mail is changed.";
        if (!before.News.Select(news => news with { NewsItemId = 0 }).SequenceEqual(now.News.Select(news => news with { NewsItemId = 0 })))
            yield return "The news is changed.";
        if (before.FirstPublishedElsewhere != now.FirstPublishedElsewhere || (now.FirstPublishedElsewhere && before.PublishedAt != now.PublishedAt))
            yield return "The day on which it was first published is changed.";
        if (!Names(before).SequenceEqual(Names(now)))
            yield return "The sectors or sections that it has, or their names, are changed.";
        if (IsReordered(before, now))
            yield return "The order of the items is changed.";
        var known = before.Items.ToDictionary(placed => placed.Item.ItemId, Said);
        foreach (var placed in now.Items)
            if (!known.Remove(placed.Item.ItemId, out var said))
                yield return $"New: {placed.Item.Title}";
            else if (said != Said(placed))
                yield return $"Changed: {placed.Item.Title}";
        foreach (var gone in before.Items.Where(placed => known.ContainsKey(placed.Item.ItemId)))
            yield return $"Removed: {gone.Item.Title}";
    }

    private static IEnumerable<(string, int, string)> Names(EditionDocument edition)
        => edition.Sectors.SelectMany(sector => sector.Sections.Select(section => (sector.Name, sector.Colour, section.Name)));

    /// <summary>Items that are in both stand in another order; those that moved to another sector or section are told of by themselves.</summary>
    private static bool IsReordered(EditionDocument before, EditionDocument now)
    {
        static IEnumerable<(int, string?, string?)> Order(EditionDocument edition) => edition.Items.Select(placed => (placed.Item.ItemId, placed.Sector.Slug, placed.Section.Slug));
        var (old, young) = (Order(before).ToList(), Order(now).ToList());
        return !old.Where(young.Contains).SequenceEqual(young.Where(old.Contains));
    }

    private static string Said(PlacedItem placed) => string.Join('\0', [
        placed.Sector.Slug ?? "", placed.Section.Slug ?? "", placed.Item.Source ?? "", placed.Item.Title, placed.Item.Url ?? "", placed.Item.Summary,
        placed.Item.PublishedOn?.ToString() ?? "", placed.Item.Doi ?? "", .. placed.Item.Authors]);
}
