using CordisPulse.Core;
using CordisPulse.Core.Editions;
using CordisPulse.Core.Editions.Review;
using CordisPulse.Core.Hosting;
using CordisPulse.Core.Subscriptions;
using Microsoft.AspNetCore.Mvc;

namespace CordisPulse.Web.Areas.Editor.Review;

/// <summary>Private links to the draft, for colleagues without an account.</summary>
[Route("/editor/editions/{month:month}/preview/links")]
public sealed class PreviewLinksController(EditionDocumentReader documents, PreviewLinks links, PublicAddress address) : EditorController
{
    private const string LinksView = "/Areas/Editor/Review/Links.cshtml";

    [HttpGet("")]
    public async Task<IActionResult> Show(EditionMonth month, CancellationToken cancellationToken)
        => await documents.ReadDraftAsync(month, cancellationToken) is not null ? View(LinksView, await ReadAsync(month, new PreviewLinkForm(), null, cancellationToken)) : NotFound();

    /// <summary>The answer is the only place where the link is shown: what is kept is its hash.</summary>
    [HttpPost("")]
    public async Task<IActionResult> Make(EditionMonth month, [Bind(Prefix = nameof(PreviewLinksPage.Form))] PreviewLinkForm form, CancellationToken cancellationToken)
    {
        if (!ModelState.IsValid)
            return Rejected(LinksView, await ReadAsync(month, form, null, cancellationToken));
        var forWhom = PersonText.Clean(form.ForWhom)!;
        if (await links.MakeAsync(new MakePreviewLink { Month = month, ForWhom = forWhom, Days = form.Days, ById = AccountId }, cancellationToken) is not { } token)
            return NotFound();
        ModelState.Clear();
        return View(LinksView, await ReadAsync(month, new PreviewLinkForm(), new MadePreviewLink(forWhom, address.Links.To($"preview/{token}")), cancellationToken));
    }

    [HttpPost("{id:int}/revoke")]
    public async Task<IActionResult> Revoke(EditionMonth month, int id, CancellationToken cancellationToken)
    {
        try
        {
            await links.RevokeAsync(month, id, cancellationToken);
            Flash("The link is taken back. It shows nothing now.");
            return LocalRedirect($"/editor/editions/{month}/preview/links");
        }
        catch (RefusedException e)
        {
            ModelState.AddModelError("", e.Message);
            return Rejected(LinksView, await ReadAsync(month, new PreviewLinkForm(), null, cancellationToken));
        }
    }

    private async Task<PreviewLinksPage> ReadAsync(EditionMonth month, PreviewLinkForm form, MadePreviewLink? made, CancellationToken cancellationToken)
        => new(month, await links.ListAsync(month, cancellationToken), form, made);
}
