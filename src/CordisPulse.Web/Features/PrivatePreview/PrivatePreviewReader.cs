using CordisPulse.Core.Editions;
using CordisPulse.Core.Editions.Review;
using CordisPulse.Core.Rendering;
using CordisPulse.Core.Site;
using CordisPulse.Web.Features.Archive;
using CordisPulse.Web.Features.Review;

namespace CordisPulse.Web.Features.PrivatePreview;

public sealed record PrivatePreviewPage(EditionPage Page, DateTime EndsUtc);

/// <summary>Reads a draft as its public page would look, with what has been said of it.</summary>
public sealed class PrivatePreviewReader(EditionDocumentReader documents, EditionComments comments, Publisher publisher)
{
    public async Task<PrivatePreviewPage> ReadAsync(OpenedPreviewLink link, int? before, RejectedComment? rejected, CancellationToken cancellationToken)
    {
        var draft = await documents.ReadDraftAsync(link.Month, cancellationToken) ?? throw new InvalidOperationException($"The edition of {link.Month} is gone.");
        var review = new ReviewedDraft(draft, await comments.ListAsync(link.Month, before, cancellationToken))
        {
            Page = $"/preview/{link.Token}",
            Address = $"/preview/{link.Token}/comments",
            IsStaff = false,
            GuestName = await comments.GuestNameAsync(link.Id, cancellationToken),
            Rejected = rejected,
        };
        var name = (await publisher.GetAsync(cancellationToken)).Name;
        return new PrivatePreviewPage(new EditionPage(draft, Pulse.Of(draft), name, null, null) { Review = review }, link.EndsUtc);
    }
}
