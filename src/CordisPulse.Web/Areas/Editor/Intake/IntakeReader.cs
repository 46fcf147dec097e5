using System.Globalization;
using CordisPulse.Core.Catalogue;
using CordisPulse.Core.Data;
using CordisPulse.Core.Editions;
using CordisPulse.Core.Editions.Covered;
using CordisPulse.Core.Hosting;
using CordisPulse.Core.Intake;
using CordisPulse.Core.Rendering;
using CordisPulse.Web.Areas.Editor.Checks;
using CordisPulse.Web.Areas.Editor.Compose;
using CordisPulse.Web.Areas.Editor.Work;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Web.Areas.Editor.Intake;

/// <summary>Reads the intake and the forms of its items.</summary>
public sealed class IntakeReader(
    PulseDbContext db, DraftedForms forms, CoveredBefore covered, PlaceSuggestions suggestions, SuggestionReader suggested, WorkReader work, TypedChecks checks,
    PublicAddress address)
{
    private const int PageSize = 30;
    private const int MostEditions = 24;

    /// <param name="form">What was pasted, when it could not be taken.</param>
    /// <param name="filter">Its edition is the one to put items into; the newest draft when it names none, and none when there is no draft.</param>
    /// <param name="accountId">Whoever looks.</param>
    /// <param name="page">From 1; a page beyond the last is the last.</param>
    /// <param name="suggestionsPage">Likewise, of what feeds suggest.</param>
    public async Task<IntakePage> ReadAsync(LinksForm form, IntakeFilter filter, int accountId, int page, int suggestionsPage, CancellationToken cancellationToken)
    {
        var entries = Matching(filter, accountId);
        var found = await entries.CountAsync(cancellationToken);
        var pages = Math.Max(1, (found + PageSize - 1) / PageSize);
        var at = Math.Clamp(page, 1, pages);
        var editions = await EditionsAsync(MostEditions, cancellationToken);
        var places = await PlacesAsync(cancellationToken);
        return new IntakePage
        {
            Form = form,
            Found = found,
            Waiting = filter.IsAll ? found : await db.IntakeEntries.CountAsync(cancellationToken),
            Filter = filter,
            Colleagues = await work.ColleaguesAsync(null, cancellationToken),
            Page = at,
            Pages = pages,
            Editions = editions,
            Into = editions.Any(edition => edition.Month == filter.Edition) ? filter.Edition : NewestDraft(editions),
            Places = places,
            Cards = await CardsAsync(entries, accountId, at, places, cancellationToken),
            Suggestions = await suggested.ReadAsync(suggestionsPage, cancellationToken),
            Bookmarklet = $"javascript:void(open('{address.Links.To("editor/intake/add")}?url='+encodeURIComponent(location.href)+'&title='+encodeURIComponent(document.title)))",
        };
    }

    /// <summary>Those of the items whose pages are being read for the first time, or once more because somebody asked.</summary>
    public async Task<IReadOnlyList<int>> BeingReadAsync(IReadOnlyList<int> ids, CancellationToken cancellationToken)
    {
        var asked = ids.Take(PageSize).ToList();
        return await db.IntakeEntries
            .Where(entry => asked.Contains(entry.ItemId) && entry.Reading == PageReading.Waiting && entry.Problem == null)
            .OrderBy(entry => entry.ItemId)
            .Select(entry => entry.ItemId)
            .ToListAsync(cancellationToken);
    }

    /// <param name="place">Whose form of which item it is.</param>
    /// <param name="typed">Whether the form takes what this person typed and did not save.</param>
    public async Task<IntakeItemPage?> ReadItemAsync(DraftPlace place, bool typed, CancellationToken cancellationToken)
    {
        if (await StandingTexts.Of(db.EditionItems.Where(i => i.Id == place.TextId && i.Intake != null)).SingleOrDefaultAsync(cancellationToken) is not { } item)
            return null;
        var stored = ItemForm.Of(item.Text, item.Version, item.SectorId, item.SectionId);
        var publisher = item.Text.Source is null ? await db.IntakeEntries.Where(entry => entry.ItemId == place.TextId).Select(entry => entry.Publisher).SingleOrDefaultAsync(cancellationToken) : null;
        stored.Source ??= publisher;
        return await ReadAsync(place, typed, stored, stored.ToText(), cancellationToken) with { NewSource = publisher };
    }

    public Task<IntakeItemPage> ReadNewItemAsync(DraftPlace place, bool typed, string? url, string? title, CancellationToken cancellationToken)
        => ReadAsync(place, typed, new ItemForm { Url = url, Title = title }, new ItemText { Url = url, Title = title ?? "" }, cancellationToken);

    /// <summary>The page around a form that was posted.</summary>
    public async Task<IntakeItemPage> ItemPageAsync(DraftPlace place, ItemForm form, ConflictPage? conflict, CancellationToken cancellationToken)
        => await ItemPageAsync(form, await forms.PostedAsync(place, cancellationToken), conflict, cancellationToken);

    private async Task<IntakeItemPage> ReadAsync(DraftPlace place, bool typed, ItemForm stored, ItemText text, CancellationToken cancellationToken)
    {
        var (form, draft) = await forms.ReadAsync(
            place, typed, stored,
            found => found.Beside(text).Append(new ConflictField("Place", $"{stored.SectorId}-{stored.SectionId}", $"{found.SectorId}-{found.SectionId}")),
            cancellationToken);
        return await ItemPageAsync(form, draft, null, cancellationToken);
    }

    private async Task<IntakeItemPage> ItemPageAsync(ItemForm form, DraftView draft, ConflictPage? conflict, CancellationToken cancellationToken)
    {
        int? id = draft.Place.TextId == 0 ? null : draft.Place.TextId;
        var entry = await db.IntakeEntries.Where(e => e.ItemId == id)
            .Select(e => new { e.Problem, e.Description, e.Item!.Title, e.Item.SourceId, Source = e.Item.Source!.Name })
            .SingleOrDefaultAsync(cancellationToken);
        var editions = await EditionsAsync(1, cancellationToken);
        EditionMonth? month = editions is [var first] ? first.Month : null;
        var places = await PlacesAsync(cancellationToken);
        var suggestion = id is not { } item || entry is null ? null
            : (await suggestions.ForAsync([new UnplacedItem(item, entry.SourceId, entry.Source, entry.Title)], draft.Place.AccountId, cancellationToken)).GetValueOrDefault(item);
        return new IntakeItemPage(
            id, form, await db.Sources.OrderBy(s => s.Name).Select(s => s.Name).ToListAsync(cancellationToken), places,
            await covered.FindAsync(form.ToQuestion(id), cancellationToken),
            entry?.Problem, entry?.Description, null, draft, conflict)
        {
            Topics = TopicChoices.Of(await KnownTopics.ReadAsync(db, cancellationToken), form),
            Into = entry is null ? null : NewestDraft(editions),
            CheckedIn = month,
            Findings = month is { } at ? new FormFindings(await checks.OfItemAsync(at, 0, form, cancellationToken) ?? [], false) : FormFindings.None,
            Habit = month is { } among ? await HabitAsync(among, cancellationToken) : null,
            Suggested = places.FirstOrDefault(place => (place.SectorId, place.SectionId) == (suggestion?.SectorId, suggestion?.SectionId)),
            SuggestedReason = suggestion?.Reason,
        };
    }

    /// <summary>Readers of a published edition would miss what is put into it, so nobody is led there unasked.</summary>
    private static EditionMonth? NewestDraft(IReadOnlyList<IntakeEdition> editions) => editions.FirstOrDefault(edition => !edition.IsPublished)?.Month;

    private async Task<int?> HabitAsync(EditionMonth month, CancellationToken cancellationToken)
        => SummaryHabit.Of((await db.EditionItems.Where(item => item.Edition!.Month == month).Select(item => item.Summary).ToListAsync(cancellationToken)).Select(MarkdownRenderer.CountWords));

    /// <summary>Those that an item is most likely meant for come first.</summary>
    private async Task<IReadOnlyList<IntakeEdition>> EditionsAsync(int most, CancellationToken cancellationToken) => await db.Editions
        .OrderBy(edition => edition.PublishedRevision != null).ThenByDescending(edition => edition.Month)
        .Select(edition => new IntakeEdition(edition.Month, edition.PublishedRevision != null))
        .Take(most)
        .ToListAsync(cancellationToken);

    private IQueryable<IntakeEntry> Matching(IntakeFilter filter, int accountId)
    {
        var entries = db.IntakeEntries.AsQueryable();
        if (filter.Who == IntakeFilter.Nobody)
            entries = entries.Where(entry => !db.ItemProgress.Any(row => row.ItemId == entry.ItemId && row.AssigneeId != null));
        else if (filter.Who == IntakeFilter.Me || int.TryParse(filter.Who, NumberStyles.None, CultureInfo.InvariantCulture, out _))
        {
            var who = filter.Who == IntakeFilter.Me ? accountId : int.Parse(filter.Who!, NumberStyles.None, CultureInfo.InvariantCulture);
            entries = entries.Where(entry => db.ItemProgress.Any(row => row.ItemId == entry.ItemId && row.AssigneeId == who));
        }

        // Whatever nobody has said anything of is to be read.
        return filter.Stage switch
        {
            null => entries,
            ItemStage.ToRead => entries.Where(entry => !db.ItemProgress.Any(row => row.ItemId == entry.ItemId && row.Stage != null && row.Stage != ItemStage.ToRead)),
            { } stage => entries.Where(entry => db.ItemProgress.Any(row => row.ItemId == entry.ItemId && row.Stage == stage)),
        };
    }

    private async Task<IReadOnlyList<IntakePlace>> PlacesAsync(CancellationToken cancellationToken)
    {
        var sections = await db.Sections.OrderBy(s => s.Position).Select(s => new { s.Id, s.Name }).ToListAsync(cancellationToken);
        var sectors = await db.Sectors.OrderBy(s => s.Position).Select(s => new { s.Id, s.Name }).ToListAsync(cancellationToken);
        return [.. sectors.SelectMany(sector => sections.Select(section => new IntakePlace($"{sector.Id}-{section.Id}", sector.Id, section.Id, sector.Name, section.Name)))];
    }

    private async Task<IReadOnlyList<IntakeCard>> CardsAsync(IQueryable<IntakeEntry> entries, int accountId, int page, IReadOnlyList<IntakePlace> places, CancellationToken cancellationToken)
    {
        var rows = await entries
            .OrderByDescending(entry => entry.AddedUtc).ThenBy(entry => entry.ItemId)
            .Skip((page - 1) * PageSize)
            .Take(PageSize)
            .Select(entry => new
            {
                entry.ItemId,
                entry.Item!.Title,
                entry.Item.Url,
                entry.Item.Doi,
                entry.Item.SourceId,
                Source = entry.Item.Source!.Name,
                entry.Item.SectorId,
                entry.Item.SectionId,
                entry.Item.PublishedOn,
                entry.Item.NotBeforeUtc,
                entry.Publisher,
                entry.Description,
                entry.Reading,
                entry.Problem,
                entry.NextReadingUtc,
                entry.AddedUtc,
                AddedBy = entry.AddedBy!.Email,
            })
            .ToListAsync(cancellationToken);
        var unplaced = rows.Where(row => row.SectorId is null || row.SectionId is null).Select(row => new UnplacedItem(row.ItemId, row.SourceId, row.Source, row.Title));
        var placed = await suggestions.ForAsync([.. unplaced], accountId, cancellationToken);
        var marks = await work.MarksAsync([.. rows.Select(row => row.ItemId)], cancellationToken);
        var found = await covered.FindAllAsync(
            [.. rows.Select(row => new CoveredQuestion { ItemId = row.ItemId, Title = row.Title, Url = row.Url, Doi = row.Doi })], cancellationToken);
        var cards = new List<IntakeCard>();
        foreach (var (row, before) in rows.Zip(found))
        {
            var suggestion = placed.GetValueOrDefault(row.ItemId);
            var (sector, section) = suggestion is null ? (row.SectorId, row.SectionId) : (suggestion.SectorId, suggestion.SectionId);
            var place = places.FirstOrDefault(one => one.SectorId == sector && one.SectionId == section);
            cards.Add(new IntakeCard
            {
                Id = row.ItemId,
                Title = row.Title,
                Url = row.Url,
                Source = row.Source,
                NewSource = row.SourceId is null ? row.Publisher : null,
                Description = row.Description,
                PublishedOn = row.PublishedOn?.ToDisplay(),
                NotBeforeUtc = row.NotBeforeUtc,
                Reading = row.Reading,
                Problem = row.Problem,
                NextReadingUtc = row.NextReadingUtc,
                AddedUtc = row.AddedUtc,
                AddedBy = row.AddedBy,
                Covered = before,
                Work = marks.GetValueOrDefault(row.ItemId),
                Place = place,
                IsPlaceGuessed = suggestion is { IsOfItem: false },
                PlaceReason = suggestion?.Reason ?? (place is null ? null : "as its form says"),
            });
        }

        return cards;
    }
}
