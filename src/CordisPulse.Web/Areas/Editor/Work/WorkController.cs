using CordisPulse.Core;
using CordisPulse.Core.Editions;
using Microsoft.AspNetCore.Mvc;

namespace CordisPulse.Web.Areas.Editor.Work;

/// <summary>Who works on an item, how far that has come, and notes on it; the item's own page shows all three.</summary>
[Route("/editor")]
public sealed class WorkController(WorkReader reader, ItemWork work) : EditorController
{
    internal static string AddressOf(WorkedItem item) => item.Month is { } month ? $"/editor/editions/{month}/items/{item.Id}" : $"/editor/intake/{item.Id}";

    [HttpPost("items/{id:int}/assignee")]
    public async Task<IActionResult> Assign(int id, int? assignee, CancellationToken cancellationToken)
        => ModelState.IsValid
            ? await ActAsync(id, async () => await work.AssignAsync(new AssignItem { ItemId = id, AssigneeId = assignee, ById = AccountId }, cancellationToken) is { } email
                ? $"The item is assigned to {email}."
                : "The item is assigned to nobody.", cancellationToken)
            : BadRequest();

    [HttpPost("items/{id:int}/stage")]
    public async Task<IActionResult> SetStage(int id, ItemStage? stage, CancellationToken cancellationToken)
        => ModelState.IsValid
            ? await ActAsync(id, async () =>
            {
                await work.SetStageAsync(new SetItemStage { ItemId = id, Stage = stage }, cancellationToken);
                return stage is { } set ? $"The stage is “{WorkWords.Of(set).ToLowerInvariant()}” now." : "The item has no stage now.";
            }, cancellationToken)
            : BadRequest();

    [HttpPost("items/{id:int}/notes")]
    public async Task<IActionResult> AddNote(int id, [Bind(Prefix = nameof(WorkPage.Note))] NoteForm form, CancellationToken cancellationToken)
    {
        if (!ModelState.IsValid)
            return await reader.ReadAsync(id, form, AccountId, cancellationToken) is { } page ? Rejected("/Areas/Editor/Work/Show.cshtml", page) : NotFound();
        return await ActAsync(id, async () =>
        {
            await work.AddNoteAsync(new AddItemNote { ItemId = id, Text = form.Text!.Trim().ReplaceLineEndings("\n"), ById = AccountId }, cancellationToken);
            return "The note is added.";
        }, cancellationToken);
    }

    [HttpPost("notes/{id:int}/take-back")]
    public async Task<IActionResult> TakeBack(int id, CancellationToken cancellationToken)
        => await work.TakeBackNoteAsync(id, AccountId, cancellationToken) is { } item
            ? await ActAsync(item, () => Task.FromResult("The note is taken back."), cancellationToken)
            : NotFound();

    /// <param name="act">Answers what it did.</param>
    private async Task<IActionResult> ActAsync(int itemId, Func<Task<string>> act, CancellationToken cancellationToken)
    {
        try
        {
            Flash(await act());
        }
        catch (RefusedException e)
        {
            Flash(e.Message);
        }

        return LocalRedirect(await work.FindAsync(itemId, cancellationToken) is { } item ? $"{AddressOf(item)}#work" : "/editor/intake");
    }
}
