using System.Globalization;
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
        if (!ModelState.IsValid || (direction is null && place is null) || !MovePlace.TryParse(place, out var to))
            return Task.FromResult<IActionResult>(BadRequest());
        return ActAsync(month, async () =>
        {
            Flash(MovedWords.Of(await composer.MoveItemAsync(
                new MoveItem { Month = month, Id = id, Direction = direction, SectorId = to.SectorId, SectionId = to.SectionId }, cancellationToken)));
            return $"item-{id}";
        }, "board");
    }

    [HttpPost("items/{id:int}/remove")]
    public Task<IActionResult> RemoveItem(EditionMonth month, int id, CancellationToken cancellationToken) => ActAsync(month, async () =>
    {
        var title = await composer.RemoveItemAsync(new RemoveItem { Month = month, Id = id, ById = AccountId }, cancellationToken);
        Flash($"“{title}” is removed.", putBack: $"/editor/editions/{month}/items/{id}/put-back");
        return "board";
    }, "board");

    [HttpPost("items/{id:int}/put-back")]
    public Task<IActionResult> PutItemBack(EditionMonth month, int id, CancellationToken cancellationToken) => ActAsync(month, async () =>
    {
        var back = await composer.PutItemBackAsync(new PutBack { Month = month, Id = id, ById = AccountId }, cancellationToken);
        Flash("It is back where it stood.");
        return $"item-{back}";
    }, "board");

    [HttpPost("news/{id:int}/move")]
    public Task<IActionResult> MoveNews(EditionMonth month, int id, MoveDirection? direction, CancellationToken cancellationToken)
    {
        if (direction is not { } way)
            return Task.FromResult<IActionResult>(BadRequest());
        return ActAsync(month, async () =>
        {
            Flash(MovedWords.Of(await composer.MoveNewsAsync(new MoveNews { Month = month, Id = id, Direction = way }, cancellationToken)));
            return $"news-{id}";
        }, "news");
    }

    [HttpPost("news/{id:int}/remove")]
    public Task<IActionResult> RemoveNews(EditionMonth month, int id, CancellationToken cancellationToken) => ActAsync(month, async () =>
    {
        var title = await composer.RemoveNewsAsync(new RemoveNews { Month = month, Id = id, ById = AccountId }, cancellationToken);
        Flash($"“{title}” is removed.", putBack: $"/editor/editions/{month}/news/{id}/put-back");
        return "news";
    }, "news");

    [HttpPost("news/{id:int}/put-back")]
    public Task<IActionResult> PutNewsBack(EditionMonth month, int id, CancellationToken cancellationToken) => ActAsync(month, async () =>
    {
        var back = await composer.PutNewsBackAsync(new PutBack { Month = month, Id = id, ById = AccountId }, cancellationToken);
        Flash("It is back where it stood.");
        return $"news-{back}";
    }, "news");

    [HttpPost("set-aside/{id:int}")]
    public Task<IActionResult> SettleSetAside(EditionMonth month, int id, int? item, bool dismiss, CancellationToken cancellationToken) => ActAsync(month, async () =>
    {
        if (!dismiss && item is null)
            throw new RefusedException("Choose the item that the text belongs to.");
        await composer.SettleSetAsideAsync(new SettleSetAside { Month = month, Id = id, AppendToItemId = dismiss ? null : item, ById = AccountId }, cancellationToken);
        Flash(dismiss ? "The text is dismissed." : "The text now ends the item's summary.");
        return dismiss ? "board" : $"item-{item}";
    }, $"set-aside-{id}");

    /// <param name="month">The edition.</param>
    /// <param name="act">Says what it did and gives the place on the board that it is about.</param>
    /// <param name="whenRefused">The place to go to when it did nothing.</param>
    private async Task<IActionResult> ActAsync(EditionMonth month, Func<Task<string>> act, string whenRefused)
    {
        var anchor = whenRefused;
        try
        {
            anchor = await act();
        }
        catch (RefusedException e)
        {
            Flash(e.Message);
        }

        return LocalRedirect($"/editor/editions/{month}#{anchor}");
    }
}

/// <summary>Where something that was moved stands now, in a sentence.</summary>
internal static class MovedWords
{
    public static string Of(MovedText moved)
    {
        var place = moved switch
        {
            { Of: 1 } => "stands alone",
            { Place: 1 } => "stands first",
            { Place: var at, Of: var all } when at == all => "stands last",
            _ => string.Create(CultureInfo.InvariantCulture, $"stands at {moved.Place} of {moved.Of}"),
        };
        var names = new[] { moved.Sector, moved.Section }.OfType<string>().ToList();
        return $"“{moved.Title}” {place}{(names.Count == 0 ? "" : $" in {string.Join(", ", names)}")} now.";
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
