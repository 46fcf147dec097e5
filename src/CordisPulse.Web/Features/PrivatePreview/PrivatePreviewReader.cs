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
    /// <param name="link">The link that was opened.</param>
    /// <param name="before">Where the comments listed begin; null for the newest.</param>
    /// <param name="sent">The thread that whoever looks has just written in; null for none.</param>
    /// <param name="rejected">What was posted and not taken.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<PrivatePreviewPage> ReadAsync(OpenedPreviewLink link, int? before, int? sent, RejectedComment? rejected, CancellationToken cancellationToken)
    {
        var draft = await documents.ReadDraftAsync(link.Month, cancellationToken) ?? throw new InvalidOperationException($"The edition of {link.Month} is gone.");
        var review = new ReviewedDraft(draft, await comments.ListAsync(link.Month, before, cancellationToken))
        {
            Page = $"/preview/{link.Token}",
            Address = $"/preview/{link.Token}/comments",
            IsStaff = false,
            GuestName = await comments.GuestNameAsync(link.Id, cancellationToken),
            Rejected = rejected,
            Sent = sent,
        };
        var name = (await publisher.GetAsync(cancellationToken)).Name;
        return new PrivatePreviewPage(new EditionPage(draft, Pulse.Of(draft), name, null, null) { Review = review }, link.EndsUtc);
    }
}
