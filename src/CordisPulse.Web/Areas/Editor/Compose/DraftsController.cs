using System.Text.Json;
using CordisPulse.Core;
using CordisPulse.Core.Editions;
using CordisPulse.Core.Site;
using Microsoft.AspNetCore.Mvc;

namespace CordisPulse.Web.Areas.Editor.Compose;

/// <summary>Keeps what is typed into the forms of an edition and of the intake while it is not saved. A script calls it; letting go is a form of its own.</summary>
[Route("/editor/editions/{month:month}/drafts")]
public sealed class DraftsController(TextDrafts drafts) : EditorController
{
    private const string OtherWindowView = "/Areas/Editor/Compose/_OtherWindow.cshtml";

    [HttpPost("item/{id:int}")]
    public Task<IActionResult> KeepItem(EditionMonth month, int id, [Bind(Prefix = "Form")] ItemForm form, DraftState state, CancellationToken cancellationToken)
        => KeepAsync(new DraftPlace(AccountId, month, RevisedText.Item, id), form, form.Beside, state, cancellationToken);

    [HttpPost("news/{id:int}")]
    public Task<IActionResult> KeepNews(EditionMonth month, int id, [Bind(Prefix = "Form")] NewsForm form, DraftState state, CancellationToken cancellationToken)
        => KeepAsync(new DraftPlace(AccountId, month, RevisedText.News, id), form, form.Beside, state, cancellationToken);

    [HttpPost("edition/{id:int}")]
    public Task<IActionResult> KeepTexts(EditionMonth month, int id, [Bind(Prefix = "Form")] TextsForm form, DraftState state, CancellationToken cancellationToken)
        => KeepAsync(new DraftPlace(AccountId, month, RevisedText.Edition, id), form, form.Beside, state, cancellationToken);

    [HttpPost("publication/{id:int}")]
    public Task<IActionResult> KeepPublication(EditionMonth month, int id, [Bind(Prefix = "Form")] PublishForm form, DraftState state, CancellationToken cancellationToken)
        => KeepAsync(new DraftPlace(AccountId, month, RevisedText.Publication, id), form, form.Beside, state, cancellationToken);

    [HttpPost("item/{id:int}/let-go")]
    public Task<IActionResult> LetItemGo(EditionMonth month, int id, [Bind(Prefix = "Form")] LetGoForm form, CancellationToken cancellationToken)
        => LetGoAsync(new DraftPlace(AccountId, month, RevisedText.Item, id), form, cancellationToken);

    [HttpPost("news/{id:int}/let-go")]
    public Task<IActionResult> LetNewsGo(EditionMonth month, int id, [Bind(Prefix = "Form")] LetGoForm form, CancellationToken cancellationToken)
        => LetGoAsync(new DraftPlace(AccountId, month, RevisedText.News, id), form, cancellationToken);

    [HttpPost("edition/{id:int}/let-go")]
    public Task<IActionResult> LetTextsGo(EditionMonth month, int id, [Bind(Prefix = "Form")] LetGoForm form, CancellationToken cancellationToken)
        => LetGoAsync(new DraftPlace(AccountId, month, RevisedText.Edition, id), form, cancellationToken);

    [HttpPost("publication/{id:int}/let-go")]
    public Task<IActionResult> LetPublicationGo(EditionMonth month, int id, [Bind(Prefix = "Form")] LetGoForm form, CancellationToken cancellationToken)
        => LetGoAsync(new DraftPlace(AccountId, month, RevisedText.Publication, id), form, cancellationToken);

    [HttpPost("/editor/intake/drafts/item/{id:int}")]
    public Task<IActionResult> KeepIntakeItem(int id, [Bind(Prefix = "Form")] ItemForm form, DraftState state, CancellationToken cancellationToken)
        => KeepAsync(new DraftPlace(AccountId, null, RevisedText.Item, id), form, form.Beside, state, cancellationToken);

    [HttpPost("/editor/intake/drafts/item/{id:int}/let-go")]
    public Task<IActionResult> LetIntakeItemGo(int id, [Bind(Prefix = "Form")] LetGoForm form, CancellationToken cancellationToken)
        => LetGoAsync(new DraftPlace(AccountId, null, RevisedText.Item, id), form, cancellationToken);

    /// <summary>What is typed is kept whether or not it could be saved as it is, so nobody asks if the form is valid.</summary>
    private async Task<IActionResult> KeepAsync<TForm>(
        DraftPlace place, TForm form, Func<TForm, IEnumerable<ConflictField>> beside, DraftState state, CancellationToken cancellationToken)
        where TForm : DraftedForm
    {
        if (state == DraftState.Left)
        {
            await drafts.LeaveAsync(place, cancellationToken);
            return NoContent();
        }

        try
        {
            var fields = state == DraftState.Typed ? JsonSerializer.Serialize(form, DraftJson.Options) : null;
            return await drafts.KeepAsync(new KeepDraft { Place = place, Version = form.Version, Mark = form.Mark, Fields = fields }, cancellationToken) is { } kept
                ? Json(DraftAnswer.Of(kept, place, OwnAddress))
                : NotFound();
        }
        catch (KeptElsewhereException e)
        {
            Response.StatusCode = StatusCodes.Status409Conflict;
            return PartialView(OtherWindowView, OtherWindow.Of(e.Kept, place, beside));
        }
        catch (RefusedException e)
        {
            return StatusCode(StatusCodes.Status413PayloadTooLarge, e.Message);
        }
    }

    private async Task<IActionResult> LetGoAsync(DraftPlace place, LetGoForm form, CancellationToken cancellationToken)
    {
        await drafts.LetGoAsync(place, form.Mark, cancellationToken);
        Flash("What you had typed is let go.");
        return LocalRedirect(DraftView.FormOf(place));
    }
}

public enum DraftState
{
    /// <summary>The form is open, and nothing new stands in it.</summary>
    Open,

    Typed,

    /// <summary>The form is closed, and nothing was typed into it.</summary>
    Left,
}

/// <param name="Kept">When, by the clock.</param>
/// <param name="EditedBy">Who else has the text open.</param>
/// <param name="SavedSince">What was saved since the form was opened; null when there is nothing.</param>
public sealed record DraftAnswer(string Kept, IReadOnlyList<string> EditedBy, SavedSince? SavedSince)
{
    public static DraftAnswer Of(KeptDraft kept, DraftPlace place, string ownAddress) => new(
        UkTime.Clock(kept.AtUtc), kept.EditedBy,
        kept.SavedSince is { } saved
            ? new SavedSince(
                $"{(saved.SavedBy == ownAddress ? "You, in another window," : saved.SavedBy ?? "Somebody")} saved this at {UkTime.Clock(saved.SavedUtc)}; you will see both when you save.",
                place.Month is { } month ? $"/editor/editions/{month}/history/{saved.RevisionId}" : null)
            : null);
}

/// <param name="Words">Who saved it and when.</param>
/// <param name="Address">Of the page that shows what that save changed; null for an item of the intake, which has none.</param>
public sealed record SavedSince(string Words, string? Address);
