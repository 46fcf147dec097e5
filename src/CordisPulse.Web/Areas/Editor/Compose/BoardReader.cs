using CordisPulse.Core;
using CordisPulse.Core.Data;
using CordisPulse.Core.Editions;
using CordisPulse.Core.Editions.Checks;
using CordisPulse.Core.Hosting;
using CordisPulse.Core.Mailings;
using CordisPulse.Core.Mailings.Messages;
using CordisPulse.Core.Rendering;
using CordisPulse.Core.Site;
using CordisPulse.Web.Areas.Editor.History;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Web.Areas.Editor.Compose;

/// <summary>Reads the board of an edition.</summary>
public sealed class BoardReader(
    PulseDbContext db, EditionDocumentReader documents, EditionChecks checks, EditionMail mail, UsualCountsReader usual, PublicAddress address, TextDrafts drafts, HistoryReader history, TimeProvider clock)
{
    /// <summary>Null when there is no such edition.</summary>
    /// <param name="month">The edition.</param>
    /// <param name="accountId">Who looks.</param>
    /// <param name="openItemId">The item that is open beside the board.</param>
    public async Task<BoardPage?> ReadAsync(EditionMonth month, int accountId, int? openItemId, CancellationToken cancellationToken)
    {
        if (await documents.ReadDraftAsync(month, cancellationToken) is not { } document)
            return null;
        var edition = await db.Editions.Where(e => e.Month == month)
            .Select(e => new
            {
                e.Id,
                e.PublishedRevision,
                e.ChangedUtc,
                e.Subject,
                e.Preheader,
                OrderId = db.Revisions.Where(revision => revision.Text == RevisedText.Order && revision.TextId == e.Id).Max(revision => (long?)revision.Id),
                Mailing = db.Mailings.Where(mailing => mailing.EditionId == e.Id && mailing.Kind == MailingKind.Edition).OrderByDescending(mailing => mailing.Id).Select(mailing => (MailingState?)mailing.State).FirstOrDefault(),
            })
            .SingleAsync(cancellationToken);
        var places = await db.EditionItems.Where(i => i.EditionId == edition.Id)
            .OrderBy(i => i.Position).ThenBy(i => i.Id)
            .Select(i => new { i.Id, i.SectorId, i.SectionId, Source = i.Source!.Name, i.Title, i.Summary, i.NotBeforeUtc })
            .ToListAsync(cancellationToken);
        var setAside = await db.SetAsideTexts.Where(t => t.EditionId == edition.Id)
            .OrderBy(t => t.Position)
            .Select(t => new BoardSetAside(t.Id, t.AfterItemId, t.AfterItem!.Title, t.Text, t.Reason))
            .ToListAsync(cancellationToken);
        var open = await drafts.OpenInAsync(month, accountId, cancellationToken);
        var findings = await checks.RunAsync(document, cancellationToken);
        var now = clock.GetUtcNow().UtcDateTime;
        return new BoardPage
        {
            Month = month,
            OrderId = edition.OrderId ?? 0,
            PublishedRevision = edition.PublishedRevision,
            Unpublished = await documents.ReadUnpublishedChangesAsync(document, cancellationToken),
            ChangedUtc = edition.ChangedUtc,
            Mailing = edition.Mailing,
            FirstPublishedElsewhere = document.FirstPublishedElsewhere,
            Pulse = Pulse.Of(document),
            Texts = new BoardTexts(
                MarkdownRenderer.CountWords(document.Introduction), document.SignOff?.Name, document.SignOff?.Role,
                document.Subject, document.Preheader, edition.Subject is not null, edition.Preheader is not null),
            News = [.. document.News.Select(news => new BoardNews(
                news.NewsItemId, news.Title, MarkdownRenderer.CountWords(news.Body), StateOf(findings, FindingPlace.News, news.NewsItemId),
                EditedBy(open, RevisedText.News, news.NewsItemId)))],
            Sectors = await db.Sectors.OrderBy(s => s.Position).Select(s => new BoardSector(s.Id, s.Name, s.Colour)).ToListAsync(cancellationToken),
            Sections = await db.Sections.OrderBy(s => s.Position).Select(s => new BoardSection(s.Id, s.Name)).ToListAsync(cancellationToken),
            Cards = [.. places.Select(item => new BoardCard(
                item.Id, item.SectorId, item.SectionId, item.Source, item.Title, MarkdownRenderer.CountWords(item.Summary),
                StateOf(findings, FindingPlace.Item, item.Id), item.NotBeforeUtc > now ? UkTime.Minute(item.NotBeforeUtc) : null, EditedBy(open, RevisedText.Item, item.Id)))],
            SetAside = setAside,
            Findings = findings,
            MailBytes = (await mail.RenderForLookAsync(document, address.Links, cancellationToken)).HtmlBytes,
            Sizes = await mail.SizesAsync(document, address.Links, cancellationToken),
            Costliest = mail.Costliest(document, 3),
            Usual = await usual.ReadAsync(month, cancellationToken),
            OpenItemId = openItemId,
        };
    }

    /// <summary>The board as it stands now, for somebody whose move was refused.</summary>
    /// <param name="month">The edition.</param>
    /// <param name="accountId">Whose move it was.</param>
    /// <param name="refused">What stood in the way, such as a colleague's change.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<BoardPage?> ReadRefusedAsync(EditionMonth month, int accountId, RefusedException refused, CancellationToken cancellationToken)
    {
        if (await ReadAsync(month, accountId, null, cancellationToken) is not { } board)
            return null;
        if (refused is not OrderChangedException changed)
            return board with { Refusal = new BoardRefusal(refused.Message, null) };
        return await history.ReadOrderChangeAsync(month, changed.OrderId, cancellationToken) is { } line
            ? board with { Refusal = new BoardRefusal($"{line.SavedBy ?? "Somebody else"} was first ({line.Title}, {UkTime.Clock(line.SavedUtc)}). Nothing of yours was moved; this is the order that stands now.", $"{board.Address}/history/{line.Id}") }
            : null;
    }

    /// <summary>What others have open, card by card, and the last change of the order; null when there is no such edition.</summary>
    public async Task<BoardPresence?> ReadPresenceAsync(EditionMonth month, int accountId, CancellationToken cancellationToken)
    {
        var order = await db.Editions.Where(e => e.Month == month)
            .Select(e => new { OrderId = db.Revisions.Where(revision => revision.Text == RevisedText.Order && revision.TextId == e.Id).Max(revision => (long?)revision.Id) })
            .SingleOrDefaultAsync(cancellationToken);
        if (order is null)
            return null;
        var open = await drafts.OpenInAsync(month, accountId, cancellationToken);
        return new BoardPresence(
            order.OrderId ?? 0,
            open.GroupBy(text => text.Text == RevisedText.Item ? $"item-{text.TextId}" : $"news-{text.TextId}")
                .ToDictionary(card => card.Key, card => BoardCard.EditedByInWords(card.Select(text => text.EditedBy))));
    }

    private static string? EditedBy(IEnumerable<OpenText> open, RevisedText text, int id)
        => open.Where(one => one.Text == text && one.TextId == id).Select(one => one.EditedBy).ToList() is { Count: > 0 } names ? BoardCard.EditedByInWords(names) : null;

    /// <summary>An embargo stands on the card with its end, whatever else is found.</summary>
    private static string? StateOf(IEnumerable<Finding> findings, FindingPlace place, int id)
        => findings.FirstOrDefault(finding => finding.Place == place && finding.Id == id && finding is { LeftBecause: null, Kind: not FindingKinds.Embargo })?.Kind.Replace('-', ' ');
}
