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
        var order = await ReorderAsync(mend.Month, mend.ById, async (editionId, now) =>
        {
            var (text, textId) = mend switch
            {
                { Place: FindingPlace.Item, Id: { } id } => (RevisedText.Item, id),
                { Place: FindingPlace.News, Id: { } id } => (RevisedText.News, id),
                _ => (RevisedText.Edition, editionId),
            };
            textId = (await FormerKeys.ReadAsync(db, editionId, text, cancellationToken)).NowOf(textId);
            var isInStep = await NewerAsync(text, textId, mend.Version, cancellationToken) is null;
            var (title, newSource, version) = text switch
            {
                RevisedText.Item => await MendAsync(mend, await FindItemAsync(editionId, textId, cancellationToken), now, cancellationToken),
                RevisedText.News => await MendAsync(mend, await FindNewsAsync(editionId, textId, cancellationToken), now, cancellationToken),
                _ => await MendAsync(mend, await db.Editions.SingleAsync(e => e.Id == editionId, cancellationToken), now, cancellationToken),
            };
            mended = new MendedText(title, newSource, version, isInStep, await UndoOfAsync(text, textId, editionId, cancellationToken));
        }, cancellationToken);
        // Of an item that went elsewhere no word has changed: its order alone is undone.
        return mend.Field is FindingField.Sector or FindingField.Section ? mended with { Undo = order } : mended;
    }

    /// <summary>The save of a text that can be undone; null when it has no earlier one.</summary>
    private async Task<long?> UndoOfAsync(RevisedText text, int textId, int editionId, CancellationToken cancellationToken)
    {
        var saves = await db.Revisions.AsNoTracking()
            .Where(r => r.Text == text && r.TextId == textId && r.EditionId == editionId)
            .OrderByDescending(r => r.Id)
            .Select(r => r.Id)
            .Take(2)
            .ToListAsync(cancellationToken);
        return saves.Count == 2 ? saves[0] : null;
    }

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
        var text = TextOf(edition);
        var stands = mend.Field switch
        {
            FindingField.Subject => text.Subject,
            FindingField.Preheader => text.Preheader,
            _ => text.Introduction,
        };
        var value = await MendedAsync(mend, RevisedText.Edition, edition.Id, edition.Version, stands, cancellationToken);
        Fill(edition, mend.Field switch
        {
            FindingField.Subject => text with { Subject = value },
            FindingField.Preheader => text with { Preheader = value },
            _ => text with { Introduction = value ?? "" },
        });
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

/// <param name="At">Its place among the links of the text with the same words that lead nowhere yet, from 0.</param>
public sealed record PlaceholderLink(int At, string Words);
