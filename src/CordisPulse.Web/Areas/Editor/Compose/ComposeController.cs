using CordisPulse.Core;
using CordisPulse.Core.Editions;
using CordisPulse.Web.Areas.Editor.History;
using Microsoft.AspNetCore.Mvc;

namespace CordisPulse.Web.Areas.Editor.Compose;

/// <summary>The board, and what is done on it without opening a form.</summary>
[Route("/editor/editions/{month:month}")]
public sealed class ComposeController(BoardReader boards, EditionComposer composer) : EditorController
{
    [HttpGet("")]
    public async Task<IActionResult> Board(EditionMonth month, CancellationToken cancellationToken)
        => await boards.ReadAsync(month, AccountId, null, cancellationToken) is { } board ? View(board) : NotFound();

    [HttpPost("items/{id:int}/move")]
    public Task<IActionResult> MoveItem(EditionMonth month, int id, MoveDirection? direction, string? place, long? version, CancellationToken cancellationToken)
    {
        if (!ModelState.IsValid || version is not { } seen || (direction is null && place is null) || !MovePlace.TryParse(place, out var to))
            return Task.FromResult<IActionResult>(BadRequest());
        return ActAsync(month, async () =>
        {
            FlashMoved(month, await composer.MoveItemAsync(
                new MoveItem { Month = month, Id = id, Direction = direction, SectorId = to.SectorId, SectionId = to.SectionId, SeenOrderId = seen, ById = AccountId }, cancellationToken));
            return $"item-{id}";
        }, "board", cancellationToken);
    }

    /// <summary>One card to its place on the board. The version is the order that was looked at.</summary>
    [HttpPost("order")]
    public async Task<IActionResult> Order(EditionMonth month, OrderForm form, CancellationToken cancellationToken)
    {
        if (!ModelState.IsValid || !MovePlace.TryParse(form.Place, out var to))
            return BadRequest();
        try
        {
            FlashMoved(month, await (form.Card == OrderedCard.News
                ? composer.PutNewsAsync(form.ToPutNews(month, AccountId), cancellationToken)
                : composer.PutItemAsync(form.ToPutItem(month, to, AccountId), cancellationToken)));
            return LocalRedirect($"/editor/editions/{month}#{form.Element}");
        }
        catch (RefusedException e)
        {
            return await RefusedAsync(month, e, cancellationToken);
        }
    }

    [HttpPost("items/several")]
    public Task<IActionResult> Several(EditionMonth month, SeveralForm form, CancellationToken cancellationToken)
    {
        if (!ModelState.IsValid || !MovePlace.TryParse(form.Place, out var to))
            return Task.FromResult<IActionResult>(BadRequest());
        return ActAsync(month, async () =>
        {
            if (form.Items.Count == 0)
                throw new RefusedException("Select one item or more first, by the boxes on their cards.");
            if (form.Act == SeveralAct.Remove)
                Flash(
                    SeveralWords.Removed(form.Items.Count, "item"),
                    undo: UndoAddress.Of(month, await composer.RemoveSeveralAsync(form.ToRemove(month, AccountId), cancellationToken)));
            else
                FlashSeveral(month, form, await composer.MoveSeveralAsync(form.ToMove(month, to, AccountId), cancellationToken));
            return form.Act == SeveralAct.Remove ? "board" : $"item-{form.Items[0]}";
        }, "board", cancellationToken);
    }

    [HttpPost("news/several")]
    public Task<IActionResult> SeveralNews(EditionMonth month, SeveralForm form, CancellationToken cancellationToken)
    {
        if (!ModelState.IsValid)
            return Task.FromResult<IActionResult>(BadRequest());
        return ActAsync(month, async () =>
        {
            if (form.Items.Count == 0)
                throw new RefusedException("Select one news item or more first, by the boxes on their cards.");
            if (form.Act == SeveralAct.Remove)
                Flash(
                    SeveralWords.Removed(form.Items.Count, "news item"),
                    undo: UndoAddress.Of(month, await composer.RemoveSeveralNewsAsync(form.ToRemove(month, AccountId), cancellationToken)));
            else
                FlashSeveralNews(month, form, await composer.MoveSeveralNewsAsync(form.ToMoveNews(month, AccountId), cancellationToken));
            return form.Act == SeveralAct.Remove ? "news" : $"news-{form.Items[0]}";
        }, "news", cancellationToken);
    }

    /// <summary>Asked again and again by the board while it is open.</summary>
    [HttpGet("presence")]
    public async Task<IActionResult> Presence(EditionMonth month, CancellationToken cancellationToken)
        => await boards.ReadPresenceAsync(month, AccountId, cancellationToken) is { } presence ? Json(presence) : NotFound();

    [HttpPost("items/{id:int}/remove")]
    public Task<IActionResult> RemoveItem(EditionMonth month, int id, CancellationToken cancellationToken) => ActAsync(month, async () =>
    {
        var removed = await composer.RemoveItemAsync(new RemoveItem { Month = month, Id = id, ById = AccountId }, cancellationToken);
        Flash($"“{removed.Title}” is removed.", undo: UndoAddress.Of(month, removed.OrderId));
        return "board";
    }, "board", cancellationToken);

    [HttpPost("items/{id:int}/put-back")]
    public Task<IActionResult> PutItemBack(EditionMonth month, int id, CancellationToken cancellationToken) => ActAsync(month, async () =>
    {
        var back = await composer.PutItemBackAsync(new PutBack { Month = month, Id = id, ById = AccountId }, cancellationToken);
        Flash("It is back where it stood.", undo: UndoAddress.Of(month, back.OrderId));
        return $"item-{back.Id}";
    }, "board", cancellationToken);

    [HttpPost("news/{id:int}/move")]
    public Task<IActionResult> MoveNews(EditionMonth month, int id, MoveDirection? direction, long? version, CancellationToken cancellationToken)
    {
        if (direction is not { } way || version is not { } seen)
            return Task.FromResult<IActionResult>(BadRequest());
        return ActAsync(month, async () =>
        {
            FlashMoved(month, await composer.MoveNewsAsync(new MoveNews { Month = month, Id = id, Direction = way, SeenOrderId = seen, ById = AccountId }, cancellationToken));
            return $"news-{id}";
        }, "news", cancellationToken);
    }

    [HttpPost("news/{id:int}/remove")]
    public Task<IActionResult> RemoveNews(EditionMonth month, int id, CancellationToken cancellationToken) => ActAsync(month, async () =>
    {
        var removed = await composer.RemoveNewsAsync(new RemoveNews { Month = month, Id = id, ById = AccountId }, cancellationToken);
        Flash($"“{removed.Title}” is removed.", undo: UndoAddress.Of(month, removed.OrderId));
        return "news";
    }, "news", cancellationToken);

    [HttpPost("news/{id:int}/put-back")]
    public Task<IActionResult> PutNewsBack(EditionMonth month, int id, CancellationToken cancellationToken) => ActAsync(month, async () =>
    {
        var back = await composer.PutNewsBackAsync(new PutBack { Month = month, Id = id, ById = AccountId }, cancellationToken);
        Flash("It is back where it stood.", undo: UndoAddress.Of(month, back.OrderId));
        return $"news-{back.Id}";
    }, "news", cancellationToken);

    [HttpPost("set-aside/{id:int}")]
    public Task<IActionResult> SettleSetAside(EditionMonth month, int id, int? item, bool dismiss, CancellationToken cancellationToken) => ActAsync(month, async () =>
    {
        if (!dismiss && item is null)
            throw new RefusedException("Choose the item that the text belongs to.");
        var saves = await composer.SettleSetAsideAsync(new SettleSetAside { Month = month, Id = id, AppendToItemId = dismiss ? null : item, ById = AccountId }, cancellationToken);
        Flash(dismiss ? "The text is dismissed." : "The text now ends the item's summary.", undo: UndoAddress.Of(month, [.. saves]));
        return dismiss ? "board" : $"item-{item}";
    }, $"set-aside-{id}", cancellationToken);

    private void FlashMoved(EditionMonth month, MovedText moved) => Flash(MovedWords.Of(moved), undo: UndoAddress.Of(month, moved.OrderId));

    private void FlashSeveral(EditionMonth month, SeveralForm form, MovedSeveral moved)
        => Flash(SeveralWords.Moved(form.Items.Count, form.Act, moved), undo: UndoAddress.Of(month, moved.OrderId));

    private void FlashSeveralNews(EditionMonth month, SeveralForm form, MovedSeveral moved)
        => Flash(SeveralWords.MovedNews(form.Items.Count, form.Act), undo: UndoAddress.Of(month, moved.OrderId));

    /// <summary>The board as it stands now, and why nothing was moved.</summary>
    private async Task<IActionResult> RefusedAsync(EditionMonth month, RefusedException refused, CancellationToken cancellationToken)
        => await boards.ReadRefusedAsync(month, AccountId, refused, cancellationToken) is { } board ? Conflict(nameof(Board), board) : NotFound();

    /// <param name="month">The edition.</param>
    /// <param name="act">Says what it did and gives the place on the board that it is about.</param>
    /// <param name="whenRefused">The place to go to when it did nothing.</param>
    /// <param name="cancellationToken">Ends the act.</param>
    private async Task<IActionResult> ActAsync(EditionMonth month, Func<Task<string>> act, string whenRefused, CancellationToken cancellationToken)
    {
        var anchor = whenRefused;
        try
        {
            anchor = await act();
        }
        catch (OrderChangedException e)
        {
            return await RefusedAsync(month, e, cancellationToken);
        }
        catch (RefusedException e)
        {
            Flash(e.Message);
        }

        return LocalRedirect($"/editor/editions/{month}#{anchor}");
    }
}
