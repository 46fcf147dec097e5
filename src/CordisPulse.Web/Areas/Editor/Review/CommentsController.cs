using CordisPulse.Core;
using CordisPulse.Core.Editions;
using CordisPulse.Core.Editions.Review;
using CordisPulse.Web.Features.Review;
using Microsoft.AspNetCore.Mvc;

namespace CordisPulse.Web.Areas.Editor.Review;

/// <summary>What is said of a draft, beside what it is said of.</summary>
[Route("/editor/editions/{month:month}/preview/comments")]
public sealed class CommentsController(EditionDocumentReader documents, EditionComments comments) : EditorController
{
    private const string CommentsView = "/Areas/Editor/Review/Comments.cshtml";

    [HttpGet("")]
    public async Task<IActionResult> Show(EditionMonth month, CancellationToken cancellationToken)
        => await ReadAsync(month, null, cancellationToken) is { } page ? View(CommentsView, page) : NotFound();

    [HttpPost("")]
    public async Task<IActionResult> Add(EditionMonth month, CommentForm form, CancellationToken cancellationToken)
    {
        if (ModelState.IsValid)
            try
            {
                return Back(month, await comments.AddAsync(form.From(month, AccountId), cancellationToken));
            }
            catch (RefusedException e)
            {
                ModelState.AddModelError("", e.Message);
            }

        return await RejectedAsync(month, RejectedComment.Of(form, ModelState), cancellationToken);
    }

    [HttpPost("{id:int}/settle")]
    public Task<IActionResult> Settle(EditionMonth month, int id, CancellationToken cancellationToken)
        => ActAsync(month, id, () => comments.SettleAsync(month, id, AccountId, cancellationToken), cancellationToken);

    [HttpPost("{id:int}/reopen")]
    public Task<IActionResult> Reopen(EditionMonth month, int id, CancellationToken cancellationToken)
        => ActAsync(month, id, () => comments.ReopenAsync(month, id, cancellationToken), cancellationToken);

    private async Task<IActionResult> ActAsync(EditionMonth month, int id, Func<Task> act, CancellationToken cancellationToken)
    {
        try
        {
            await act();
            return Back(month, id);
        }
        catch (RefusedException e)
        {
            ModelState.AddModelError("", e.Message);
            return await RejectedAsync(month, null, cancellationToken);
        }
    }

    private LocalRedirectResult Back(EditionMonth month, int thread) => LocalRedirect($"/editor/editions/{month}/preview/comments#comment-{thread}");

    private async Task<IActionResult> RejectedAsync(EditionMonth month, RejectedComment? rejected, CancellationToken cancellationToken)
        => await ReadAsync(month, rejected, cancellationToken) is { } page ? Rejected(CommentsView, page) : NotFound();

    private async Task<CommentsPage?> ReadAsync(EditionMonth month, RejectedComment? rejected, CancellationToken cancellationToken)
        => await documents.ReadDraftAsync(month, cancellationToken) is { } draft
            ? new CommentsPage(draft, new ReviewedDraft(draft, await comments.ListAsync(month, cancellationToken))
            {
                Address = $"/editor/editions/{month}/preview/comments",
                IsStaff = true,
                Rejected = rejected,
            })
            : null;
}
