using CordisPulse.Core;
using CordisPulse.Core.Editions;
using Microsoft.AspNetCore.Mvc;

namespace CordisPulse.Web.Areas.Editor.Compose;

/// <summary>The board, and what is done on it without opening a form.</summary>
[Route("/editor/editions/{month:month}")]
public sealed class ComposeController(BoardReader boards, EditionComposer composer) : EditorController
{
    [HttpGet("")]
    public async Task<IActionResult> Board(EditionMonth month, CancellationToken cancellationToken)
        => await boards.ReadAsync(month, null, cancellationToken) is { } board ? View(board) : NotFound();

    [HttpPost("items/{id:int}/move")]
    public Task<IActionResult> MoveItem(EditionMonth month, int id, MoveDirection? direction, string? place, CancellationToken cancellationToken)
    {
        if (!ModelState.IsValid || !MovePlace.TryParse(place, out var to))
            return Task.FromResult<IActionResult>(BadRequest());
        return ActAsync(month, $"item-{id}", null, () => composer.MoveItemAsync(
            new MoveItem { Month = month, Id = id, Direction = direction, SectorId = to.SectorId, SectionId = to.SectionId }, cancellationToken));
    }

    [HttpPost("items/{id:int}/remove")]
    public Task<IActionResult> RemoveItem(EditionMonth month, int id, CancellationToken cancellationToken)
        => ActAsync(month, "board", null, async () =>
            Flash($"“{await composer.RemoveItemAsync(new RemoveItem { Month = month, Id = id, ById = AccountId }, cancellationToken)}” is removed. Its words are kept in its history."));

    [HttpPost("news/{id:int}/move")]
    public Task<IActionResult> MoveNews(EditionMonth month, int id, MoveDirection? direction, CancellationToken cancellationToken)
        => direction is { } way
            ? ActAsync(month, $"news-{id}", null, () => composer.MoveNewsAsync(new MoveNews { Month = month, Id = id, Direction = way }, cancellationToken))
            : Task.FromResult<IActionResult>(BadRequest());

    [HttpPost("news/{id:int}/remove")]
    public Task<IActionResult> RemoveNews(EditionMonth month, int id, CancellationToken cancellationToken)
        => ActAsync(month, "news", null, async () =>
            Flash($"“{await composer.RemoveNewsAsync(new RemoveNews { Month = month, Id = id, ById = AccountId }, cancellationToken)}” is removed. Its words are kept in its history."));

    [HttpPost("set-aside/{id:int}")]
    public Task<IActionResult> SettleSetAside(EditionMonth month, int id, int? item, bool dismiss, CancellationToken cancellationToken)
        => dismiss || item is not null
            ? ActAsync(month, dismiss ? "board" : $"item-{item}", dismiss ? "The text is dismissed." : "The text now ends the item's summary.", () => composer.SettleSetAsideAsync(
                new SettleSetAside { Month = month, Id = id, AppendToItemId = dismiss ? null : item, ById = AccountId }, cancellationToken))
            : ActAsync(month, $"set-aside-{id}", null, () => throw new RefusedException("Choose the item that the text belongs to."));

    private async Task<IActionResult> ActAsync(EditionMonth month, string anchor, string? done, Func<Task> act)
    {
        try
        {
            await act();
            if (done is not null)
                Flash(done);
        }
        catch (RefusedException e)
        {
            Flash(e.Message);
        }

        return LocalRedirect($"/editor/editions/{month}#{anchor}");
    }
}

/// <summary>A cell of the board in one form field: <c>3-1</c> is the third sector's key and the first section's, each may be missing.</summary>
public readonly record struct MovePlace(int? SectorId, int? SectionId)
{
    public static bool TryParse(string? text, out MovePlace place)
    {
        place = default;
        if (string.IsNullOrEmpty(text))
            return true;
        if (text.Split('-') is not [var sector, var section] || !int.TryParse(sector, out var sectorId) || !int.TryParse(section, out var sectionId))
            return false;
        place = new MovePlace(sectorId, sectionId);
        return true;
    }
}
