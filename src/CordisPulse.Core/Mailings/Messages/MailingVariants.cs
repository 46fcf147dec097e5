using CordisPulse.Core.Data;
using CordisPulse.Core.Editions;
using CordisPulse.Core.Hosting;
using CordisPulse.Core.Subscriptions;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Core.Mailings.Messages;

/// <summary>Who get the same mail: they want the same, and are told of the same basis.</summary>
/// <param name="Sectors">As <see cref="Subscriber.Sectors"/> has it.</param>
/// <param name="BasisId">As <see cref="Subscriber.NoticeBasisId"/> has it.</param>
public sealed record Wish(string Sectors, int? BasisId = null);

public sealed record WishCount(Wish Wish, int Recipients);

/// <summary>The mails of a mailing, one for each choice of sectors that its recipients have made, rendered once and frozen.</summary>
public sealed class MailingVariants(PulseDbContext db, EditionMail mail, PublicAddress address)
{
    /// <summary>Whom a mailing that started now would go to.</summary>
    public IQueryable<Subscriber> Recipients => db.WhoGetMail();

    /// <summary>What those whom a mailing would go to want, the most frequent first.</summary>
    public Task<List<WishCount>> CountWishesAsync(CancellationToken cancellationToken)
        => Recipients
            .GroupBy(s => new { s.Sectors, s.NoticeBasisId })
            .Select(group => new { group.Key.Sectors, group.Key.NoticeBasisId, Count = group.Count() })
            .OrderByDescending(group => group.Count).ThenBy(group => group.Sectors).ThenBy(group => group.NoticeBasisId)
            .Select(group => new WishCount(new Wish(group.Sectors, group.NoticeBasisId), group.Count))
            .ToListAsync(cancellationToken);

    /// <summary>The mails for all who are recipients now; that of the whole edition when there are none.</summary>
    /// <exception cref="RefusedException">One is larger than mail programs show.</exception>
    public async Task<IReadOnlyList<MailingVariant>> RenderAsync(EditionDocument document, CancellationToken cancellationToken)
    {
        var wishes = (await CountWishesAsync(cancellationToken)).ConvertAll(wish => wish.Wish);
        return await RenderAsync(document, wishes.Count == 0 ? [new Wish(WantedSectors.All)] : wishes, cancellationToken);
    }

    /// <inheritdoc cref="RenderAsync(EditionDocument, CancellationToken)"/>
    public async Task<IReadOnlyList<MailingVariant>> RenderAsync(EditionDocument document, IReadOnlyList<Wish> wishes, CancellationToken cancellationToken)
    {
        var sectors = await SectorNames.ReadAsync(db, cancellationToken);
        var variants = new List<MailingVariant>();
        foreach (var wish in wishes)
        {
            var (wanted, slugs) = Wanted(document, wish.Sectors, sectors);
            var rendered = await mail.RenderAsync(wanted, address.Links, await NoticeAsync(wish.BasisId, cancellationToken), cancellationToken);
            // What was published was measured without the notice, which still fits before Gmail's cut.
            if (rendered.HtmlBytes > (wish.BasisId is null ? EditionMail.MaxHtmlBytes : EditionMail.GmailCutsAt))
                throw new RefusedException(TooLarge(document, rendered.HtmlBytes));
            variants.Add(new MailingVariant
            {
                Wish = wish.Sectors,
                BasisId = wish.BasisId,
                Sectors = slugs,
                Subject = rendered.Subject,
                Html = rendered.Html,
                Text = rendered.Text,
                Sha256 = rendered.Sha256,
            });
        }

        return variants;
    }

    /// <summary>
    /// Enrols everybody, within the transaction that is open. Whoever wants by now what nobody wanted when the variants were rendered gets
    /// a variant of their own.
    /// </summary>
    /// <returns>How many.</returns>
    public async Task<int> EnrolAsync(int mailingId, EditionDocument document, CancellationToken cancellationToken)
    {
        for (var enrolled = 0; ;)
        {
            enrolled += await db.EnrolAsync(mailingId, cancellationToken);
            var missing = await Recipients
                .Where(s => !db.MailingVariants.Any(v => v.MailingId == mailingId && v.Wish == s.Sectors && (v.BasisId ?? 0) == (s.NoticeBasisId ?? 0)))
                .Select(s => new Wish(s.Sectors, s.NoticeBasisId))
                .Distinct()
                .ToListAsync(cancellationToken);
            if (missing.Count == 0)
                return enrolled;
            foreach (var variant in await RenderAsync(document, missing, cancellationToken))
            {
                variant.MailingId = mailingId;
                db.Add(variant);
            }

            await db.SaveChangesAsync(cancellationToken);
        }
    }

    /// <summary>
    /// Whoever has been sent a mail that told them of their basis is told no more. To be called as a mailing begins, so that nothing is
    /// written for it while messages are sent.
    /// </summary>
    public Task SettleNoticesAsync(CancellationToken cancellationToken)
        => db.Subscribers
            .Where(s => s.NoticeBasisId != null
                && db.Deliveries.Any(d => d.SubscriberId == s.Id && d.State == DeliveryState.Sent && db.MailingVariants.Any(v => v.Id == d.VariantId && v.BasisId == s.NoticeBasisId)))
            .ExecuteUpdateAsync(set => set.SetProperty(s => s.NoticeBasisId, (int?)null).SetProperty(s => s.Version, s => s.Version + 1), cancellationToken);

    private async Task<BasisNotice?> NoticeAsync(int? basisId, CancellationToken cancellationToken) => basisId is null
        ? null
        : await db.ConsentBases.Where(basis => basis.Id == basisId).Select(basis => new BasisNotice(basis.Ground, basis.ObtainedFrom, basis.ObtainedOn)).SingleAsync(cancellationToken);

    private static (EditionDocument Document, string Slugs) Wanted(EditionDocument document, string wish, SectorNames sectors)
    {
        var chosen = WantedSectors.Read(wish).Select(id => sectors.Choices.FirstOrDefault(choice => choice.Id == id)).OfType<SectorChoice>().ToList();
        // Whose sectors are all gone would else get nothing of any edition to come.
        if (chosen.Count == 0)
            return (document, "");
        // The edition keeps the names that its sectors had when it was published.
        var wanted = document.Keeping(sector => chosen.Exists(choice => choice.Slug == sector.Slug || choice.IsCalled(sector.Name)));
        return (wanted, wanted.Sectors.Count == 0 ? MailingVariant.NoSectors : string.Join(',', wanted.Sectors.Select(sector => sector.Slug)));
    }

    private static string TooLarge(EditionDocument document, int bytes)
        => $"The e-mail of {document.Title} has {MailSize.Of(bytes)} of HTML. Over {MailSize.Of(EditionMail.MaxHtmlBytes)}, Gmail hides its end, and the unsubscribe link with it. Shorten some summaries, then publish again.";
}
