using CordisPulse.Core.Data;
using CordisPulse.Core.Editions;
using CordisPulse.Core.Editions.Checks;
using CordisPulse.Core.Hosting;
using CordisPulse.Core.Mailings;
using CordisPulse.Core.Rendering;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Web.Areas.Editor.Compose;

/// <summary>Reads the board of an edition.</summary>
public sealed class BoardReader(PulseDbContext db, EditionDocumentReader documents, EditionChecks checks, EditionMail mail, UsualCountsReader usual, PublicAddress address)
{
    /// <summary>Null when there is no such edition.</summary>
    public async Task<BoardPage?> ReadAsync(EditionMonth month, int? openItemId, CancellationToken cancellationToken)
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
                Mailing = db.Mailings.Where(mailing => mailing.EditionId == e.Id).OrderByDescending(mailing => mailing.Id).Select(mailing => (MailingState?)mailing.State).FirstOrDefault(),
            })
            .SingleAsync(cancellationToken);
        var places = await db.EditionItems.Where(i => i.EditionId == edition.Id)
            .OrderBy(i => i.Position).ThenBy(i => i.Id)
            .Select(i => new { i.Id, i.SectorId, i.SectionId, Source = i.Source!.Name, i.Title, i.Summary })
            .ToListAsync(cancellationToken);
        var setAside = await db.SetAsideTexts.Where(t => t.EditionId == edition.Id)
            .OrderBy(t => t.Position)
            .Select(t => new BoardSetAside(t.Id, t.AfterItemId, t.AfterItem!.Title, t.Text, t.Reason))
            .ToListAsync(cancellationToken);
        var findings = await checks.RunAsync(document, cancellationToken);
        return new BoardPage
        {
            Month = month,
            PublishedRevision = edition.PublishedRevision,
            ChangedUtc = edition.ChangedUtc,
            Mailing = edition.Mailing,
            FirstPublishedElsewhere = document.FirstPublishedElsewhere,
            Pulse = Pulse.Of(document),
            Texts = new BoardTexts(
                MarkdownRenderer.CountWords(document.Introduction), document.SignOff?.Name, document.SignOff?.Role,
                document.Subject, document.Preheader, edition.Subject is not null, edition.Preheader is not null),
            News = [.. document.News.Select(news => new BoardNews(
                news.NewsItemId, news.Title, MarkdownRenderer.CountWords(news.Body), StateOf(findings, FindingPlace.News, news.NewsItemId)))],
            Sectors = await db.Sectors.OrderBy(s => s.Position).Select(s => new BoardSector(s.Id, s.Name, s.Colour)).ToListAsync(cancellationToken),
            Sections = await db.Sections.OrderBy(s => s.Position).Select(s => new BoardSection(s.Id, s.Name)).ToListAsync(cancellationToken),
            Cards = [.. places.Select(item => new BoardCard(
                item.Id, item.SectorId, item.SectionId, item.Source, item.Title, MarkdownRenderer.CountWords(item.Summary),
                StateOf(findings, FindingPlace.Item, item.Id)))],
            SetAside = setAside,
            Findings = findings,
            MailBytes = (await mail.RenderForLookAsync(document, address.Links, cancellationToken)).HtmlBytes,
            Costliest = mail.Costliest(document, 3),
            Usual = await usual.ReadAsync(month, cancellationToken),
            OpenItemId = openItemId,
        };
    }

    private static string? StateOf(IEnumerable<Finding> findings, FindingPlace place, int id)
        => findings.FirstOrDefault(finding => finding.Place == place && finding.Id == id && finding.LeftBecause is null)?.Kind.Replace('-', ' ');
}
