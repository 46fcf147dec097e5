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
    public async Task<IActionResult> Show(EditionMonth month, int? before, CancellationToken cancellationToken)
        => await ReadAsync(month, before, null, cancellationToken) is { } page ? View(CommentsView, page) : NotFound();

    [HttpPost("")]
    public async Task<IActionResult> Add(EditionMonth month, [FromQuery] int? before, CommentForm form, CancellationToken cancellationToken)
    {
        if (ModelState.IsValid)
            try
            {
                return Back(month, null, await comments.AddAsync(form.From(month, AccountId), cancellationToken));
            }
            catch (RefusedException e)
            {
                ModelState.AddModelError("", e.Message);
            }

        return await RejectedAsync(month, before, RejectedComment.Of(form, ModelState), cancellationToken);
    }

    [HttpPost("{id:int}/settle")]
    public Task<IActionResult> Settle(EditionMonth month, int id, [FromQuery] int? before, CancellationToken cancellationToken)
        => ActAsync(month, id, before, () => comments.SettleAsync(month, id, AccountId, cancellationToken), cancellationToken);

    [HttpPost("{id:int}/reopen")]
    public Task<IActionResult> Reopen(EditionMonth month, int id, [FromQuery] int? before, CancellationToken cancellationToken)
        => ActAsync(month, id, before, () => comments.ReopenAsync(month, id, cancellationToken), cancellationToken);

    private async Task<IActionResult> ActAsync(EditionMonth month, int id, int? before, Func<Task> act, CancellationToken cancellationToken)
    {
        try
        {
            await act();
            return Back(month, before, id);
        }
        catch (RefusedException e)
        {
            ModelState.AddModelError("", e.Message);
            return await RejectedAsync(month, before, null, cancellationToken);
        }
    }

    private LocalRedirectResult Back(EditionMonth month, int? before, int thread)
        => LocalRedirect($"{AddressOf(month)}{(before is null ? "" : $"?before={before}")}#comment-{thread}");

    private static string AddressOf(EditionMonth month) => $"/editor/editions/{month}/preview/comments";

    private async Task<IActionResult> RejectedAsync(EditionMonth month, int? before, RejectedComment? rejected, CancellationToken cancellationToken)
        => await ReadAsync(month, before, rejected, cancellationToken) is { } page ? Rejected(CommentsView, page) : NotFound();

    private async Task<CommentsPage?> ReadAsync(EditionMonth month, int? before, RejectedComment? rejected, CancellationToken cancellationToken)
        => await documents.ReadDraftAsync(month, cancellationToken) is { } draft
            ? new CommentsPage(draft, new ReviewedDraft(draft, await comments.ListAsync(month, before, cancellationToken))
            {
                Page = AddressOf(month),
                Address = AddressOf(month),
                IsStaff = true,
                Rejected = rejected,
            })
            : null;
}
