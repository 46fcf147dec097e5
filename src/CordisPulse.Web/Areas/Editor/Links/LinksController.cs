using CordisPulse.Core;
using CordisPulse.Core.Editions.Links;
using CordisPulse.Web.Areas.Editor.History;
using Microsoft.AspNetCore.Mvc;

namespace CordisPulse.Web.Areas.Editor.Links;

/// <summary>Published links that no longer answer or have moved, each with what can be done.</summary>
[Route("/editor/links")]
public sealed class LinksController(LinksReader reader, PublishedLinks links, PublishedLinkMending mending) : EditorController
{
    private const string NotThere = "No published edition leads there any more.";

    [HttpGet("")]
    public async Task<IActionResult> Index(string? show, string? before, CancellationToken cancellationToken)
        => View(nameof(Index), await reader.ReadAsync(LinksPage.ListOf(show), LinkCursor.TryParse(before, out var cursor) ? cursor : null, cancellationToken));

    [HttpPost("places/{id:long}/use-moved")]
    public Task<IActionResult> UseMoved(long id, string? show, CancellationToken cancellationToken) => UseAsync(id, SuggestedAddress.Moved, show, cancellationToken);

    [HttpPost("places/{id:long}/use-archived")]
    public Task<IActionResult> UseArchived(long id, string? show, CancellationToken cancellationToken) => UseAsync(id, SuggestedAddress.Archived, show, cancellationToken);

    [HttpPost("{id:long}/look-again")]
    public async Task<IActionResult> LookAgain(long id, string? show, CancellationToken cancellationToken)
        => Done(await links.LookAgainAsync(id, cancellationToken) ? "The link is looked at again, in a minute or so." : NotThere, show);

    [HttpPost("{id:long}/leave")]
    public async Task<IActionResult> Leave(long id, string? show, CancellationToken cancellationToken)
        => Done(await links.LeaveAsync(id, AccountId, cancellationToken) ? "The link stays as it is. It is shown here again when what its site says changes." : NotThere, show);

    [HttpPost("{id:long}/show-again")]
    public async Task<IActionResult> ShowAgain(long id, string? show, CancellationToken cancellationToken)
        => Done(await links.LeaveAsync(id, null, cancellationToken) ? "The link is shown again." : NotThere, show);

    private async Task<IActionResult> UseAsync(long id, SuggestedAddress address, string? show, CancellationToken cancellationToken)
    {
        try
        {
            var mended = await mending.MendAsync(new MendPublishedLink { PlaceId = id, Address = address, ById = AccountId }, cancellationToken);
            Flash(
                $"The working text of {mended.Month.Title} leads to {mended.Address} now, in “{mended.Name}”. Readers see it once the edition is published again, with a correction or without.",
                undo: UndoAddress.Of(mended.Month, mended.Undo));
            return LocalRedirect(LinksPage.AddressOf(LinksPage.ListOf(show)));
        }
        catch (RefusedException e)
        {
            ModelState.Clear();
            ModelState.AddModelError("", e.Message);
            return Rejected(nameof(Index), await reader.ReadAsync(LinksPage.ListOf(show), null, cancellationToken));
        }
    }

    private LocalRedirectResult Done(string message, string? show)
    {
        Flash(message);
        return LocalRedirect(LinksPage.AddressOf(LinksPage.ListOf(show)));
    }
}
