using System.Globalization;
using CordisPulse.Core.Editions.Checks;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Core.Editions;

public sealed partial class EditionComposer
{
    /// <summary>Changes one field of one text where a check found something, and leaves the rest of it as it stands.</summary>
    /// <exception cref="TextConflictException{T}">Of the field as text.</exception>
    /// <exception cref="TextGoneException">The text is no longer in the edition.</exception>
    /// <exception cref="RefusedException">The link within the text is no placeholder any more, or leads elsewhere.</exception>
    public async Task<MendedText> MendAsync(MendText mend, CancellationToken cancellationToken = default)
    {
        var mended = new MendedText(null, null, 0, false, null);
        await ReorderAsync(mend.Month, mend.ById, async (editionId, now) =>
        {
            var (text, textId) = mend switch
            {
                { Place: FindingPlace.Item, Id: { } id } => (RevisedText.Item, id),
                { Place: FindingPlace.News, Id: { } id } => (RevisedText.News, id),
                _ => (RevisedText.Edition, editionId),
            };
            var isInStep = await NewerAsync(text, textId, mend.Version, cancellationToken) is null;
            var (title, newSource, version) = text switch
            {
                RevisedText.Item => await MendAsync(mend, await FindItemAsync(editionId, textId, cancellationToken), now, cancellationToken),
                RevisedText.News => await MendAsync(mend, await FindNewsAsync(editionId, textId, cancellationToken), now, cancellationToken),
                _ => await MendAsync(mend, await db.Editions.SingleAsync(e => e.Id == editionId, cancellationToken), now, cancellationToken),
            };
            mended = new MendedText(title, newSource, version, isInStep, await UndoOfAsync(mend, text, textId, cancellationToken));
        }, cancellationToken);
        return mended;
    }

    /// <summary>Saves a text once more as it was before a save, as long as nobody has saved it since.</summary>
    /// <exception cref="RefusedException">Somebody has, or nothing is known of how it was.</exception>
    public async Task UndoAsync(UndoSave undo, CancellationToken cancellationToken = default)
    {
        var saved = await db.Revisions.AsNoTracking()
            .SingleOrDefaultAsync(r => r.Id == undo.RevisionId && db.Editions.Any(e => e.Id == r.EditionId && e.Month == undo.Month), cancellationToken)
            ?? throw new TextGoneException("This was never in the edition.");
        if ((await LastRevisionAsync(saved.Text, saved.EditionId, saved.TextId, cancellationToken)).Id != saved.Id)
            throw new RefusedException("The text was saved again since, so nothing is undone. Its history has all of it.");
        var before = await BeforeAsync(saved, cancellationToken) ?? throw new RefusedException("Nothing is known of how it was before.");
        await RestoreAsync(new RestoreText { Month = undo.Month, RevisionId = before, ById = undo.ById }, cancellationToken);
    }

    /// <summary>The save that can be undone; null for a place, which an earlier text does not bring back, and for a text that has no earlier one.</summary>
    private async Task<long?> UndoOfAsync(MendText mend, RevisedText text, int textId, CancellationToken cancellationToken)
    {
        if (mend.Field is FindingField.Sector or FindingField.Section)
            return null;
        var saved = await db.Revisions.AsNoTracking()
            .Where(r => r.Text == text && r.TextId == textId)
            .OrderByDescending(r => r.Version).ThenByDescending(r => r.Id)
            .FirstAsync(cancellationToken);
        return await BeforeAsync(saved, cancellationToken) is null ? null : saved.Id;
    }

    private Task<long?> BeforeAsync(Revision saved, CancellationToken cancellationToken)
        => db.Revisions
            .Where(r => r.Text == saved.Text && r.TextId == saved.TextId && r.EditionId == saved.EditionId && r.Version < saved.Version)
            .OrderByDescending(r => r.Version).ThenByDescending(r => r.Id)
            .Select(r => (long?)r.Id)
            .FirstOrDefaultAsync(cancellationToken);

    private async Task<(string? Title, string? NewSource, int Version)> MendAsync(MendText mend, EditionItem item, DateTime now, CancellationToken cancellationToken)
    {
        var text = TextOf(item);
        var place = (item.SectorId, item.SectionId);
        var stands = mend.Field switch
        {
            FindingField.Title => text.Title,
            FindingField.Source => text.Source,
            FindingField.Link => text.Url,
            FindingField.Sector => await db.Sectors.Where(sector => sector.Id == item.SectorId).Select(sector => sector.Name).SingleOrDefaultAsync(cancellationToken),
            FindingField.Section => await db.Sections.Where(section => section.Id == item.SectionId).Select(section => section.Name).SingleOrDefaultAsync(cancellationToken),
            _ => text.Summary,
        };
        var value = await MendedAsync(mend, RevisedText.Item, item.Id, item.Version, stands, cancellationToken);
        switch (mend.Field)
        {
            case FindingField.Title:
                text = text with { Title = value ?? "" };
                break;
            case FindingField.Source:
                text = text with { Source = value };
                break;
            case FindingField.Link:
                text = text with { Url = value };
                break;
            case FindingField.Sector:
                place.SectorId = KeyOf(value);
                break;
            case FindingField.Section:
                place.SectionId = KeyOf(value);
                break;
            case FindingField.Text:
                text = text with { Summary = value ?? "" };
                break;
            default:
                throw new RefusedException("An item has no such field to mend here.");
        }

        var saved = await RewriteAsync(
            item.EditionId!.Value, item, new SaveItem { Month = mend.Month, Id = item.Id, Version = mend.Version, SectorId = place.SectorId, SectionId = place.SectionId, Text = text, ById = mend.ById }, now, cancellationToken);
        return (item.Title, saved.NewSource, item.Version);
    }

    private async Task<(string? Title, string? NewSource, int Version)> MendAsync(MendText mend, NewsItem news, DateTime now, CancellationToken cancellationToken)
    {
        var text = TextOf(news);
        var stands = mend.Field switch
        {
            FindingField.Title => text.Title,
            FindingField.Link => text.Url,
            FindingField.Deadline => DayOf(text.Deadline),
            FindingField.EventOn => DayOf(text.EventOn),
            _ => text.Body,
        };
        var value = await MendedAsync(mend, RevisedText.News, news.Id, news.Version, stands, cancellationToken);
        Fill(news, mend.Field switch
        {
            FindingField.Title => text with { Title = value ?? "" },
            FindingField.Link => text with { Url = value },
            FindingField.Deadline => text with { Deadline = DayIn(value) },
            FindingField.EventOn => text with { EventOn = DayIn(value) },
            _ => text with { Body = value ?? "" },
        });
        db.Entry(news).State = EntityState.Modified;
        db.Add(AfterSave(Revisions.Of(news, mend.ById, now)));
        await db.SaveChangesAsync(cancellationToken);
        return (news.Title, null, news.Version);
    }

    private async Task<(string? Title, string? NewSource, int Version)> MendAsync(MendText mend, Edition edition, DateTime now, CancellationToken cancellationToken)
    {
        var value = await MendedAsync(
            mend, RevisedText.Edition, edition.Id, edition.Version, mend.Field == FindingField.Subject ? edition.Subject : edition.Introduction, cancellationToken);
        if (mend.Field == FindingField.Subject)
            edition.Subject = value;
        else
            edition.Introduction = value ?? "";
        db.Entry(edition).State = EntityState.Modified;
        db.Add(AfterSave(Revisions.Of(edition, mend.ById, now)));
        await db.SaveChangesAsync(cancellationToken);
        return (null, null, edition.Version);
    }

    /// <summary>What the field is to hold. A link within a text is known by its place and words, so that a colleague's save of the rest stands in nobody's way.</summary>
    private async Task<string?> MendedAsync(MendText mend, RevisedText text, int textId, int version, string? stands, CancellationToken cancellationToken)
    {
        if (mend.Placeholder is { } link)
            return MarkdownLinks.Fill(stands ?? "", link.At, link.Words, mend.Value ?? "")
                ?? throw new RefusedException($"The text has changed since: “{link.Words}” leads nowhere no more, or is gone.");
        if (mend.Replaces is { } address)
            return MarkdownLinks.Replace(stands ?? "", address, mend.Value ?? "")
                ?? throw new RefusedException($"The text has changed since: it does not lead to {address} any more.");
        if (await NewerAsync(text, textId, mend.Version, cancellationToken) is { } newer)
            throw new TextConflictException<string>(new StoredText<string>(stands ?? "", version, newer.SavedUtc, newer.SavedBy));
        return mend.Value;
    }

    private static int? KeyOf(string? value) => int.TryParse(value, CultureInfo.InvariantCulture, out var key) ? key : null;

    private static string? DayOf(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static DateOnly? DayIn(string? value) => value is null ? null : DateOnly.ParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}

/// <summary>One field of one text with what it is to hold.</summary>
public sealed record MendText
{
    public required EditionMonth Month { get; init; }

    public required FindingPlace Place { get; init; }

    /// <summary>Key of the item or news item; null for the edition's own texts.</summary>
    public int? Id { get; init; }

    public required FindingField Field { get; init; }

    /// <summary>The link within the text that <see cref="Value"/> is the address of; without it and <see cref="Replaces"/> the whole field is replaced.</summary>
    public PlaceholderLink? Placeholder { get; init; }

    /// <summary>The address within the text that <see cref="Value"/> takes the place of, wherever the text leads to it.</summary>
    public string? Replaces { get; init; }

    /// <summary>The version that the editor began with.</summary>
    public required int Version { get; init; }

    /// <summary>As the field's form holds it: a sector by its key, a day as 2022-03-07. Null empties the field.</summary>
    public required string? Value { get; init; }

    public required int ById { get; init; }
}

/// <param name="NewSource">Name of a source that it made; null when it made none.</param>
/// <param name="Version">Of the text after the save.</param>
/// <param name="IsInStep">Nobody had saved the text since the version that the editor began with.</param>
/// <param name="Undo">Key of the save, to undo it; null when it can't be undone.</param>
public sealed record MendedText(string? Title, string? NewSource, int Version, bool IsInStep, long? Undo);

public sealed record UndoSave
{
    public required EditionMonth Month { get; init; }

    /// <summary>Of the save.</summary>
    public required long RevisionId { get; init; }

    public required int ById { get; init; }
}

/// <param name="At">Its place among the links of the text with the same words that lead nowhere yet, from 0.</param>
public sealed record PlaceholderLink(int At, string Words);
