using System.Globalization;
using CordisPulse.Core.Data;
using CordisPulse.Core.Editions;
using CordisPulse.Core.Editions.Checks;
using CordisPulse.Core.Editions.Links;
using CordisPulse.Core.Outbound;
using CordisPulse.Web.Areas.Editor.Compose;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace CordisPulse.Web.Areas.Editor.Checks;

/// <summary>Reads what the checks found and the fields that mend it.</summary>
public sealed class ChecksReader(PulseDbContext db, EditionDocumentReader documents, EditionChecks checks, LinkLooks looks, IOptions<OutboundOptions> outbound)
{
    /// <summary>Null when there is no such edition.</summary>
    public async Task<ChecksPage?> ReadAsync(EditionMonth month, CancellationToken cancellationToken)
    {
        if (await documents.ReadDraftAsync(month, cancellationToken) is not { } document)
            return null;
        var findings = await checks.RunAsync(document, cancellationToken);
        var left = await db.Acknowledgements.Where(a => a.Edition!.Month == month)
            .Select(a => new { a.FindingKey, a.AcknowledgedUtc, By = db.Users.Where(user => user.Id == a.AcknowledgedById).Select(user => user.Email).FirstOrDefault() })
            .ToDictionaryAsync(a => a.FindingKey, a => new LeftNote(a.By, a.AcknowledgedUtc), cancellationToken);
        var rows = await ReadRowsAsync(document, cancellationToken);
        var room = new FieldRoom();
        return new ChecksPage
        {
            Month = month,
            Found = [.. findings.Select(finding => new FoundThing(
                finding,
                finding.LeftBecause is null ? [.. FieldsOf(finding, rows).Where(room.Takes)] : [],
                finding.LeftBecause is null ? null : left.GetValueOrDefault(finding.Key)))],
            Looks = NoteOf(await looks.OfAsync(document, cancellationToken)),
            Sources = await db.Sources.OrderBy(s => s.Name).Select(s => s.Name).ToListAsync(cancellationToken),
        };
    }

    private LooksNote NoteOf(EditionLinkLooks seen) => new(
        seen,
        outbound.Value.LookAtLinks,
        [.. seen.Seen.Where(one => one.Value.IsUnknown).Select(one => new UnknownLink(one.Key, one.Value.Problem ?? ""))]);

    private async Task<EditionRows> ReadRowsAsync(EditionDocument document, CancellationToken cancellationToken)
    {
        var edition = await db.Editions.Where(e => e.Month == document.Month).Select(e => new { e.Id, e.Version, e.Subject, e.Preheader }).SingleAsync(cancellationToken);
        return new EditionRows(
            document,
            edition.Version,
            edition.Subject,
            edition.Preheader,
            await db.EditionItems.Where(i => i.EditionId == edition.Id).Select(i => new ItemRow(i.Id, i.Version, i.SectorId, i.SectionId)).ToDictionaryAsync(i => i.Id, cancellationToken),
            await db.NewsItems.Where(n => n.EditionId == edition.Id).Select(n => new { n.Id, n.Version }).ToDictionaryAsync(n => n.Id, n => n.Version, cancellationToken),
            await db.Sectors.OrderBy(s => s.Position).Select(s => new MendChoice(s.Id, s.Name)).ToListAsync(cancellationToken),
            await db.Sections.OrderBy(s => s.Position).Select(s => new MendChoice(s.Id, s.Name)).ToListAsync(cancellationToken));
    }

    private static IEnumerable<MendField> FieldsOf(Finding finding, EditionRows rows)
    {
        // An embargo is lifted by time; who would end it sooner does so on the item's own form.
        if (finding.Field is not { } field || field == FindingField.NotBefore || rows.ValueOf(finding.Place, finding.Id, field) is not var (version, value))
            return [];
        var whole = new MendField
        {
            Kind = finding.Kind,
            Place = finding.Place,
            Id = finding.Id,
            Field = field,
            Label = FieldNames.Of(finding.Place, field),
            Version = version,
            // A placeholder is in the way of whoever pastes.
            Value = field == FindingField.Link && MarkdownLinks.IsPlaceholder(value) ? null : value,
            Was = MendStand.PrintOf(field == FindingField.Link && MarkdownLinks.IsPlaceholder(value) ? null : value),
            Choices = field == FindingField.Sector ? rows.Sectors : field == FindingField.Section ? rows.Sections : [],
        };
        if (finding.Address is { } address)
            return [OfAddress(finding, whole, address)];
        var placeholders = finding is { Kind: FindingKinds.LinkPlaceholder, Field: FindingField.Text } ? MarkdownLinks.PlaceholdersIn(value ?? "") : [];
        return placeholders.Count == 0
            ? [whole]
            : placeholders.Select((words, i) => whole with
            {
                Label = $"Link of “{words}”",
                Placeholder = new PlaceholderLink(placeholders.Take(i).Count(before => before == words), words),
                Value = null,
                Was = MendStand.PrintOf(null),
            });
    }

    /// <summary>The field of one address, which holds the new one where it is known: Enter alone saves it.</summary>
    private static MendField OfAddress(Finding finding, MendField whole, string address)
    {
        var offered = finding.NewAddress ?? address;
        if (finding.Field == FindingField.Link)
            return whole with { Value = offered, Was = MendStand.PrintOf(offered) };
        // A link that is written in other letters than it has is mended in the whole text.
        return MarkdownLinks.In(whole.Value ?? "").FirstOrDefault(link => link.Url == address) is { } link && MarkdownLinks.Replace(whole.Value ?? "", address, "") is not null
            ? whole with { Label = link.Text == address ? "Link" : $"Link of “{link.Text}”", Replaces = address, Value = offered, Was = MendStand.PrintOf(offered) }
            : whole;
    }

    /// <summary>What one page can ask for, and a browser can send back at once. The rest is mended in the forms.</summary>
    private sealed class FieldRoom
    {
        private const int MostFields = 300;
        private const int MostLetters = 500_000;

        private readonly HashSet<string> _keys = [];
        private int _letters;

        /// <summary>Of two findings about one field the first has it.</summary>
        public bool Takes(MendField field)
        {
            var letters = field.Value?.Length ?? 0;
            if (_keys.Count >= MostFields || _letters + letters > MostLetters || !_keys.Add(field.Key))
                return false;
            _letters += letters;
            return true;
        }
    }

    private sealed record ItemRow(int Id, int Version, int? SectorId, int? SectionId);

    private sealed record EditionRows(
        EditionDocument Document,
        int Version,
        string? Subject,
        string? Preheader,
        IReadOnlyDictionary<int, ItemRow> Items,
        IReadOnlyDictionary<int, int> News,
        IReadOnlyList<MendChoice> Sectors,
        IReadOnlyList<MendChoice> Sections)
    {
        /// <summary>What a field holds, as its form does, and the version of its text; null when it has no field or has gone in between.</summary>
        public (int Version, string? Value)? ValueOf(FindingPlace place, int? id, FindingField field) => (place, field) switch
        {
            (FindingPlace.Item, _) when Items.GetValueOrDefault(id ?? 0) is { } row => (row.Version, OfItem(row, field)),
            (FindingPlace.News, _) when News.TryGetValue(id ?? 0, out var version) => (version, OfNews(id, field)),
            (FindingPlace.Introduction, FindingField.Text) => (Version, Document.Introduction),
            (FindingPlace.Edition, FindingField.Subject) => (Version, Subject),
            (FindingPlace.Edition, FindingField.Preheader) => (Version, Preheader),
            _ => null,
        };

        private string? OfItem(ItemRow row, FindingField field)
        {
            var item = Document.Items.First(placed => placed.Item.ItemId == row.Id).Item;
            return field switch
            {
                FindingField.Title => item.Title,
                FindingField.Source => item.Source,
                FindingField.Link => item.Url,
                FindingField.Sector => row.SectorId?.ToString(CultureInfo.InvariantCulture),
                FindingField.Section => row.SectionId?.ToString(CultureInfo.InvariantCulture),
                _ => item.Summary,
            };
        }

        private string? OfNews(int? id, FindingField field)
        {
            var news = Document.News.First(one => one.NewsItemId == id);
            return field switch
            {
                FindingField.Title => news.Title,
                FindingField.Link => news.Url,
                FindingField.Deadline => Day.Write(news.Deadline),
                FindingField.EventOn => Day.Write(news.EventOn),
                _ => news.Body,
            };
        }
    }
}
