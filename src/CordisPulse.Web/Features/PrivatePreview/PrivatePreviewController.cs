using System.Globalization;
using CordisPulse.Core;
using CordisPulse.Core.Data;
using CordisPulse.Core.Editions.Review;
using CordisPulse.Core.Subscriptions;
using CordisPulse.Web.Features.Review;
using CordisPulse.Web.Hosting;
using Microsoft.AspNetCore.Mvc;

namespace CordisPulse.Web.Features.PrivatePreview;

/// <summary>A draft for whoever holds a link to it: reading, and saying what is to be said of it. Nothing else of the desk is reached from here.</summary>
[TokenPage]
[Route("preview/{token}")]
public sealed class PrivatePreviewController(PreviewLinks links, PrivatePreviewReader reader, EditionComments comments, CommentLimit limit) : PublicController
{
    [Reads("")]
    public async Task<IActionResult> Show(string token, int? before, int? sent, CancellationToken cancellationToken)
        => await links.OpenAsync(token, cancellationToken) is { } link ? View(nameof(Show), await reader.ReadAsync(link, before, sent, null, cancellationToken)) : Gone();

    [HttpPost("comments")]
    public async Task<IActionResult> Comment(string token, [FromQuery] int? before, CommentForm form, CancellationToken cancellationToken)
    {
        if (await links.OpenAsync(token, cancellationToken) is not { } link)
            return Gone(form.Text);
        if (limit.Wait(HttpContext.Connection.RemoteIpAddress) is { } wait)
            return await TooSoonAsync(link, before, form, wait, cancellationToken);
        if (PersonText.Clean(form.Name) is not { } name)
            ModelState.AddModelError(nameof(form.Name), "Say who you are.");
        else if (ModelState.IsValid && PersonText.ProblemOf(form.Name, "name") is { } problem)
            ModelState.AddModelError(nameof(form.Name), problem);
        else if (ModelState.IsValid)
            try
            {
                var thread = await comments.AddAsync(form.From(link, name), cancellationToken);
                return LocalRedirect($"/preview/{link.Token}?sent={thread}#sent");
            }
            catch (RefusedException e)
            {
                ModelState.AddModelError("", e.Message);
            }

        return await RejectedAsync(link, before, form, StatusCodes.Status400BadRequest, cancellationToken);
    }

    private Task<IActionResult> TooSoonAsync(OpenedPreviewLink link, int? before, CommentForm form, TimeSpan wait, CancellationToken cancellationToken)
    {
        Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        ModelState.AddModelError("", "These were many comments in a short time. Yours is not sent yet and still in the field: wait a minute, then send it again.");
        return RejectedAsync(link, before, form, StatusCodes.Status429TooManyRequests, cancellationToken);
    }

    private async Task<IActionResult> RejectedAsync(OpenedPreviewLink link, int? before, CommentForm form, int status, CancellationToken cancellationToken)
    {
        Response.StatusCode = status;
        return View(nameof(Show), await reader.ReadAsync(link, before, null, RejectedComment.Of(form, ModelState), cancellationToken));
    }

    /// <summary>The same for a link that was never made, has ended or was taken back.</summary>
    /// <param name="typed">What somebody wrote while the page was open: handed back, and kept nowhere.</param>
    private ViewResult Gone(string? typed = null)
    {
        Response.StatusCode = StatusCodes.Status404NotFound;
        return View(nameof(Gone), ShortText.Of(typed ?? "", Limits.Comment));
    }
}
