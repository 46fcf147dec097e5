using System.Globalization;
using CordisPulse.Core;
using CordisPulse.Core.Editions;
using CordisPulse.Core.Editions.Covered;
using CordisPulse.Core.Intake;
using CordisPulse.Web.Areas.Editor.Compose;
using CordisPulse.Web.Areas.Editor.History;
using Microsoft.AspNetCore.Mvc;

namespace CordisPulse.Web.Areas.Editor.Intake;

/// <summary>What waits for an edition: links are pasted, read, filled in, and put where they belong.</summary>
[Route("/editor/intake")]
public sealed class IntakeController(IntakeReader reader, EditionComposer composer, CoveredBefore covered) : TextFormController
{
    private const string ListPage = "/Areas/Editor/Intake/List.cshtml";
    private const string ItemPage = "/Areas/Editor/Intake/Item.cshtml";

    [HttpGet("")]
    public async Task<IActionResult> List([FromQuery] IntakeFilter filter, int page = 1, int suggestions = 1, CancellationToken cancellationToken = default)
        => View(ListPage, await reader.ReadAsync(new LinksForm(), filter, AccountId, page, suggestions, cancellationToken));

    [HttpPost("")]
    public async Task<IActionResult> Paste([Bind(Prefix = nameof(IntakePage.Form))] LinksForm form, CancellationToken cancellationToken)
    {
        if (!ModelState.IsValid)
            return Rejected(ListPage, await reader.ReadAsync(form, new IntakeFilter(), AccountId, 1, 1, cancellationToken));
        var found = form.Found;
        Flash(PastedWords.Of(found, await composer.AddLinksAsync(new AddLinks { Links = found.Links, ById = AccountId }, cancellationToken)));
        return LocalRedirect("/editor/intake#intake");
    }

    /// <summary>Which of these items' pages are still being read; small, and smaller still while nothing has changed.</summary>
    [HttpGet("readings")]
    public async Task<IActionResult> Readings([FromQuery] List<int> item, CancellationToken cancellationToken)
    {
        var waiting = await reader.BeingReadAsync(item, cancellationToken);
        var tag = $"\"{string.Join('.', waiting)}\"";
        Response.Headers.ETag = tag;
        return Request.Headers.IfNoneMatch == tag ? StatusCode(StatusCodes.Status304NotModified) : Json(waiting);
    }

    /// <summary>Opened by the bookmarklet; changes nothing.</summary>
    [HttpGet("add")]
    public async Task<IActionResult> New(string? url, string? title, bool typed, CancellationToken cancellationToken)
        => View(ItemPage, await reader.ReadNewItemAsync(Place(null), typed, url, title, cancellationToken));

    [HttpPost("add")]
    public async Task<IActionResult> Add([Bind(Prefix = nameof(IntakeItemPage.Form))] ItemForm form, CancellationToken cancellationToken)
    {
        if (ModelState.IsValid)
            try
            {
                var add = new AddToIntake { SectorId = form.SectorId, SectionId = form.SectionId, Text = form.ToText(), ById = AccountId, Draft = form.Mark };
                return await SavedAsync(null, form, await composer.AddToIntakeAsync(add, cancellationToken), cancellationToken);
            }
            catch (RefusedException e)
            {
                ModelState.AddModelError("", e.Message);
            }

        return Rejected(ItemPage, await reader.ItemPageAsync(Place(null), form, null, cancellationToken));
    }

    [HttpGet("{id:int}")]
    public async Task<IActionResult> Edit(int id, bool typed, CancellationToken cancellationToken)
        => await reader.ReadItemAsync(Place(id), typed, cancellationToken) is { } page ? View(ItemPage, page) : NotFound();

    [HttpPost("{id:int}")]
    public Task<IActionResult> Save(int id, [Bind(Prefix = nameof(IntakeItemPage.Form))] ItemForm form, [FromForm] PutForm put, CancellationToken cancellationToken)
    {
        if (!put.IsPlaced(form))
            ModelState.AddModelError($"{nameof(IntakeItemPage.Form)}.{nameof(form.Place)}", "Choose the place that it goes to.");
        return TrySaveAsync<ItemText>(
            ItemPage,
            form,
            async () => put.Into is { } month
                ? await PutAsync(id, month, form, await composer.SaveIntoEditionAsync(month, put.ToSave(id, form, AccountId), cancellationToken), cancellationToken)
                : await SavedAsync(id, form, await composer.SaveIntakeItemAsync(put.ToSave(id, form, AccountId), cancellationToken), cancellationToken),
            text => ItemForm.Of(text, 0, null, null),
            stored => new ConflictPage("This item", stored.SavedBy is null ? "The reading of its page" : SavedBy.Write(stored), $"/editor/intake/{id}", [.. form.Beside(stored.Text)]),
            async (isNew, conflict) => await reader.ItemPageAsync(Place(isNew ? null : id), form, conflict, cancellationToken));
    }

    [HttpPost("{id:int}/put")]
    public Task<IActionResult> Put(int id, [FromQuery] IntakeFilter filter, [FromForm] EditionMonth? edition, [FromForm] string? place, [FromForm] string? source, CancellationToken cancellationToken)
    {
        if (!ModelState.IsValid || edition is not { } month || !MovePlace.TryParse(place, out var to))
            return Task.FromResult<IActionResult>(BadRequest());
        return ActAsync(async () =>
        {
            if (to.SectorId is null)
                throw new RefusedException("Choose the place that it goes to, then press “Put there”.");
            var put = await composer.PutIntoEditionAsync(
                new PutIntoEdition { Month = month, Id = id, SectorId = to.SectorId, SectionId = to.SectionId, Source = source, ById = AccountId }, cancellationToken);
            FlashPut(month, put);
        }, new IntakeFilter { Edition = month, Who = filter.Who, Stage = filter.Stage });
    }

    [HttpPost("{id:int}/read")]
    public Task<IActionResult> ReadAgain(int id, [FromQuery] IntakeFilter filter, CancellationToken cancellationToken) => ActAsync(async () =>
    {
        await composer.ReadAgainAsync(id, cancellationToken);
        Flash("Its page is being read again.");
    }, filter);

    [HttpPost("{id:int}/remove")]
    public Task<IActionResult> Remove(int id, [FromQuery] IntakeFilter filter, CancellationToken cancellationToken) => ActAsync(async () =>
    {
        var name = await composer.RemoveFromIntakeAsync(new RemoveFromIntake { Id = id, ById = AccountId }, cancellationToken);
        Flash($"“{name}” is removed.", putBack: $"/editor/intake/{id}/put-back");
    }, filter);

    [HttpPost("{id:int}/put-back")]
    public Task<IActionResult> PutBack(int id, CancellationToken cancellationToken) => ActAsync(async () =>
    {
        await composer.PutBackIntoIntakeAsync(new PutBackIntoIntake { Id = id, ById = AccountId }, cancellationToken);
        Flash("It is back in the intake.");
    }, new IntakeFilter());

    private async Task<IActionResult> SavedAsync(int? id, ItemForm form, SavedItem saved, CancellationToken cancellationToken)
    {
        var before = CoveredWords.Behind(await covered.FindAsync(form.ToQuestion(saved.Id), cancellationToken));
        Flash($"“{form.Title!.Trim()}” is saved.{PastedWords.OfSource(saved.NewSource)}{before}", saved: DraftView.CopyOf(Place(id), form));
        return LocalRedirect($"/editor/intake#item-{saved.Id}");
    }

    private async Task<IActionResult> PutAsync(int id, EditionMonth month, ItemForm form, PutText put, CancellationToken cancellationToken)
    {
        var before = CoveredWords.Behind(await covered.FindAsync(form.ToQuestion(id), cancellationToken));
        FlashPut(month, put, before, DraftView.CopyOf(Place(id), form));
        return LocalRedirect("/editor/intake#intake");
    }

    private void FlashPut(EditionMonth month, PutText put, string? before = null, string? saved = null) => Flash(
        $"{month.Title}: {MovedWords.Of(put.Moved)}{PastedWords.OfSource(put.NewSource)}{before}", undo: UndoAddress.Of(month, UndoPage.Intake, put.Moved.OrderId), saved: saved);

    private DraftPlace Place(int? id) => new(AccountId, null, RevisedText.Item, id ?? 0);

    /// <param name="act">Says what it did.</param>
    /// <param name="filter">What was chosen on the page, and is kept.</param>
    private async Task<IActionResult> ActAsync(Func<Task> act, IntakeFilter filter)
    {
        try
        {
            await act();
        }
        catch (RefusedException e)
        {
            Flash(e.Message);
        }

        return LocalRedirect($"/editor/intake{filter.Query}#intake");
    }
}

/// <summary>What became of what was pasted: how many of what, and the first of each.</summary>
internal static class PastedWords
{
    private const int MostNamed = 3;
    private const int LongestNamed = 60;

    /// <summary>Behind what else is said of an item.</summary>
    public static string OfSource(string? added) => added is null ? "" : $" “{added}” is a new source.";

    /// <param name="found">What was pasted.</param>
    /// <param name="known">Those of its links that were in the intake already.</param>
    public static string Of(PastedText found, IReadOnlyList<string> known)
    {
        var added = found.Links.Count - known.Count;
        return string.Join(' ', new[]
        {
            (added, known.Count) switch
            {
                (0, 1) => "This link is in the intake already.",
                (0, _) => "All of these links are in the intake already.",
                (1, _) => "The link is added, and its page is being read.",
                _ => $"{Counted.Of(added, "link")} are added, and their pages are being read.",
            },
            added == 0 ? null : Left(known, "was in the intake already", "were in the intake already"),
            Left(found.Repeated, "stood there more than once", "stood there more than once"),
            Left(found.Refused, "is no link to a web page", "are no links to web pages"),
            Left(found.LinesWithout, "line holds no link", "lines hold no link"),
        }.OfType<string>());
    }

    private static string? Left(IReadOnlyList<string> left, string one, string many)
        => left.Count == 0 ? null : $"{Counted.Of(left.Count, one, many)}: {string.Join(", ", left.Take(MostNamed).Select(Named))}{(left.Count > MostNamed ? $" and {Counted.Of(left.Count - MostNamed, "more", "more")}" : "")}.";

    private static string Named(string text)
    {
        var line = new StringInfo(text);
        return line.LengthInTextElements > LongestNamed ? $"“{line.SubstringByTextElements(0, LongestNamed)}…”" : $"“{text}”";
    }
}
