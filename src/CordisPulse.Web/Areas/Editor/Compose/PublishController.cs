using CordisPulse.Core;
using CordisPulse.Core.Editions;
using CordisPulse.Web.Hosting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace CordisPulse.Web.Areas.Editor.Compose;

/// <summary>Putting an edition before readers and taking it back. Every editor may look at what publishing would do.</summary>
[Route("/editor/editions/{month:month}")]
public sealed class PublishController(PublishReader reader, EditionPublisher publisher, TextDrafts drafts) : EditorController
{
    private const string PublishView = "/Areas/Editor/Compose/Publish.cshtml";
    private const string UnpublishView = "/Areas/Editor/Compose/Unpublish.cshtml";

    [HttpGet("publish")]
    public async Task<IActionResult> Show(EditionMonth month, CancellationToken cancellationToken)
        => await reader.ReadAsync(month, PlaceOf(month), null, cancellationToken) is { } page ? View(PublishView, page) : NotFound();

    [HttpPost("publish")]
    [Authorize(Policies.Publishes)]
    public async Task<IActionResult> Publish(EditionMonth month, [Bind(Prefix = nameof(PublishPage.Form))] PublishForm form, string? seen, CancellationToken cancellationToken)
    {
        if (ModelState.IsValid)
            try
            {
                // Whatever it may be refused for, what was typed is still there after the way to mend it.
                await KeepAsync(month, form, cancellationToken);
                var revision = await publisher.PublishAsync(form.ToPublish(month, AccountId, seen), cancellationToken);
                Flash($"{month.Title} is published, revision {revision}. Readers see it now.", saved: DraftView.CopyOf(PlaceOf(month), form));
                return LocalRedirect($"/editor/editions/{month}");
            }
            catch (RefusedException e)
            {
                ModelState.AddModelError("", e is EditionHasErrorsException ? "The edition has errors, listed below. Mend them, then publish." : e.Message);
            }

        return await RejectedAsync(month, form, cancellationToken);
    }

    /// <summary>Keeps the note and the correction of an edition that can't be published yet.</summary>
    [HttpPost("publish/keep")]
    [Authorize(Policies.Publishes)]
    public async Task<IActionResult> Keep(EditionMonth month, [Bind(Prefix = nameof(PublishPage.Form))] PublishForm form, CancellationToken cancellationToken)
    {
        if (ModelState.IsValid)
            try
            {
                if (await drafts.KeepAsync(form.ToDraft(PlaceOf(month)), cancellationToken) is null)
                    return NotFound();
                Flash("Kept for you alone, until the edition is published.");
                return LocalRedirect($"/editor/editions/{month}/publish");
            }
            catch (RefusedException e)
            {
                ModelState.AddModelError("", e.Message);
            }

        return await RejectedAsync(month, form, cancellationToken);
    }

    [HttpGet("unpublish")]
    [Authorize(Policies.Publishes)]
    public async Task<IActionResult> ShowUnpublish(EditionMonth month, CancellationToken cancellationToken)
        => await reader.IsPublishedAsync(month, cancellationToken) ? View(UnpublishView, new UnpublishPage(month, new UnpublishForm())) : NotFound();

    [HttpPost("unpublish")]
    [Authorize(Policies.Publishes)]
    public async Task<IActionResult> Unpublish(EditionMonth month, [Bind(Prefix = nameof(UnpublishPage.Form))] UnpublishForm form, CancellationToken cancellationToken)
    {
        if (ModelState.IsValid)
            try
            {
                await publisher.WithdrawAsync(new WithdrawEdition { Month = month, ById = AccountId, Reason = form.Reason! }, cancellationToken);
                Flash($"{month.Title} is taken back. Readers see nothing of it now.");
                return LocalRedirect($"/editor/editions/{month}");
            }
            catch (RefusedException e)
            {
                ModelState.AddModelError("", e.Message);
            }

        return Rejected(UnpublishView, new UnpublishPage(month, form));
    }

    private async Task KeepAsync(EditionMonth month, PublishForm form, CancellationToken cancellationToken)
    {
        try
        {
            if (!form.IsEmpty)
                await drafts.KeepAsync(form.ToDraft(PlaceOf(month)), cancellationToken);
        }
        catch (KeptElsewhereException)
        {
            // What another window has kept stays; what this one says is published, or stands in the form again.
        }
    }

    private DraftPlace PlaceOf(EditionMonth month) => new(AccountId, month, RevisedText.Publication, 0);

    private async Task<IActionResult> RejectedAsync(EditionMonth month, PublishForm form, CancellationToken cancellationToken)
        => await reader.ReadAsync(month, PlaceOf(month), form, cancellationToken) is { } page ? Rejected(PublishView, page) : NotFound();
}
