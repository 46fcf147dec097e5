using CordisPulse.Core;
using CordisPulse.Core.Catalogue;
using CordisPulse.Core.Feeds;
using Microsoft.AspNetCore.Mvc;

namespace CordisPulse.Web.Areas.Editor.Settings;

/// <summary>The sources, and the feeds that are watched for each. Not an administrator's alone: editors make sources as they work.</summary>
[Route("/editor/settings/sources")]
public sealed class SourcesController(SourceReader reader, SourceEditor sources, SourceMerger merger, SourceRemover remover, FeedEditor feeds) : EditorController
{
    private const string ListPage = "/Areas/Editor/Settings/Sources.cshtml";
    private const string SourcePage = "/Areas/Editor/Settings/Source.cshtml";
    private const string MergePage = "/Areas/Editor/Settings/Merge.cshtml";

    [HttpGet("")]
    public async Task<IActionResult> List(string? q, bool watched, int page = 1, CancellationToken cancellationToken = default)
        => View(ListPage, await reader.ListAsync(new SourceForm(), q, watched, page, cancellationToken));

    [HttpPost("")]
    public async Task<IActionResult> Add([Bind(Prefix = nameof(SourcesPage.Form))] SourceForm form, CancellationToken cancellationToken)
    {
        if (ModelState.IsValid)
            try
            {
                var id = await sources.AddAsync(form.Name!.Trim(), cancellationToken);
                Flash($"“{form.Name!.Trim()}” is a source now.");
                return LocalRedirect($"/editor/settings/sources/{id}");
            }
            catch (RefusedException e)
            {
                ModelState.AddModelError($"{nameof(SourcesPage.Form)}.{nameof(SourceForm.Name)}", e.Message);
            }

        return Rejected(ListPage, await reader.ListAsync(form, null, false, 1, cancellationToken));
    }

    [HttpGet("{id:int}")]
    public async Task<IActionResult> Show(int id, CancellationToken cancellationToken)
        => await reader.FindAsync(id, cancellationToken) is { } page ? View(SourcePage, page) : NotFound();

    [HttpPost("{id:int}")]
    public async Task<IActionResult> Save(int id, [Bind(Prefix = nameof(Settings.SourcePage.Details))] SourceDetailsForm form, CancellationToken cancellationToken)
    {
        SourceLink? takenBy = null;
        if (ModelState.IsValid)
            try
            {
                if (!await sources.SaveAsync(form.ToSave(id, AccountId), cancellationToken))
                    return await reader.FindAsync(id, cancellationToken) is { } now ? Conflict(SourcePage, now.InConflictWith(form)) : NotFound();
                Flash("What the source is known by is saved. Links that are pasted from now on are recognised by it.");
                return LocalRedirect($"/editor/settings/sources/{id}");
            }
            catch (SourceTakenException e)
            {
                takenBy = new SourceLink(e.OtherId, e.OtherName);
                ModelState.AddModelError($"{nameof(Settings.SourcePage.Details)}.{e.Property}", e.Message);
            }
            catch (RefusedException)
            {
                return NotFound();
            }

        return await reader.FindAsync(id, cancellationToken) is { } page ? Rejected(SourcePage, page with { Details = form, TakenBy = takenBy }) : NotFound();
    }

    [HttpPost("{id:int}/remove")]
    public async Task<IActionResult> RemoveSource(int id, CancellationToken cancellationToken)
    {
        try
        {
            var name = await remover.RemoveAsync(new RemoveSource { Id = id, ById = AccountId }, cancellationToken);
            Flash($"“{name}” is removed from the register.", putBack: $"/editor/settings/sources/{id}/put-back");
            return LocalRedirect("/editor/settings/sources");
        }
        catch (RefusedException e)
        {
            Flash(e.Message);
            return LocalRedirect(await reader.FindAsync(id, cancellationToken) is null ? "/editor/settings/sources" : $"/editor/settings/sources/{id}#remove");
        }
    }

    [HttpPost("{id:int}/put-back")]
    public async Task<IActionResult> PutBack(int id, CancellationToken cancellationToken)
    {
        try
        {
            var back = await remover.PutBackAsync(new PutSourceBack { Id = id }, cancellationToken);
            Flash("The source is back, with the names and domains that it had.");
            return LocalRedirect($"/editor/settings/sources/{back}");
        }
        catch (RefusedException e)
        {
            Flash(e.Message);
            return LocalRedirect("/editor/settings/sources");
        }
    }

    /// <summary>Looks for the source that this one is the same as, and tells what will happen; changes nothing.</summary>
    [HttpGet("{id:int}/merge")]
    public async Task<IActionResult> Merge(int id, string? q, int? into, CancellationToken cancellationToken)
        => await reader.FindMergeAsync(id, q, into, cancellationToken) is { } page ? View(MergePage, page) : NotFound();

    [HttpPost("{id:int}/merge")]
    public async Task<IActionResult> Merge(int id, [FromForm] MergeForm form, CancellationToken cancellationToken)
    {
        try
        {
            var name = await merger.MergeAsync(new MergeSources { Id = id, IntoId = form.Into, Seen = form.ToSeen(), ById = AccountId }, cancellationToken);
            Flash($"They are one source now: {name}.");
            return LocalRedirect($"/editor/settings/sources/{form.Into}");
        }
        catch (RefusedException e)
        {
            ModelState.Clear();
            ModelState.AddModelError("", e.Message);
            return await reader.FindMergeAsync(id, null, form.Into, cancellationToken) is { } page ? Rejected(MergePage, page) : NotFound();
        }
    }

    [HttpPost("{id:int}/feeds")]
    public async Task<IActionResult> Watch(int id, [Bind(Prefix = nameof(Settings.SourcePage.Form))] FeedForm form, CancellationToken cancellationToken)
    {
        if (ModelState.IsValid)
            try
            {
                await feeds.WatchAsync(new WatchFeed { SourceId = id, Address = form.Address!.Trim(), ById = AccountId }, cancellationToken);
                Flash("The feed is watched from now on, and is being read for the first time.");
                return LocalRedirect($"/editor/settings/sources/{id}#feeds");
            }
            catch (RefusedException e)
            {
                ModelState.AddModelError($"{nameof(Settings.SourcePage.Form)}.{nameof(FeedForm.Address)}", e.Message);
            }

        return await reader.FindAsync(id, cancellationToken) is { } page ? Rejected(SourcePage, page with { Form = form }) : NotFound();
    }

    [HttpPost("feeds/{id:int}/read")]
    public Task<IActionResult> ReadNow(int id, CancellationToken cancellationToken)
        => ActAsync(id, () => feeds.ReadNowAsync(id, cancellationToken), "The feed is being read.");

    [HttpPost("feeds/{id:int}/pause")]
    public Task<IActionResult> Pause(int id, CancellationToken cancellationToken)
        => ActAsync(id, () => feeds.PauseAsync(id, cancellationToken), "The feed is left alone until you have it read again.");

    [HttpPost("feeds/{id:int}/offer")]
    public Task<IActionResult> TakeOffer(int id, string? offer, CancellationToken cancellationToken)
        => ActAsync(id, () => feeds.TakeOfferAsync(id, offer ?? "", cancellationToken), "The feed that the page names is watched from now on, and is being read for the first time.");

    [HttpPost("feeds/{id:int}/remove")]
    public Task<IActionResult> Remove(int id, CancellationToken cancellationToken)
        => ActAsync(id, () => feeds.RemoveAsync(id, cancellationToken), "The feed is watched no more.");

    /// <param name="act">Answers the key of the source; null when there is no such feed.</param>
    /// <param name="done">What it has done.</param>
    private async Task<IActionResult> ActAsync(int id, Func<Task<int?>> act, string done)
    {
        try
        {
            if (await act() is not { } source)
                return NotFound();
            Flash(done);
            return LocalRedirect($"/editor/settings/sources/{source}#feeds");
        }
        catch (RefusedException e)
        {
            Flash(e.Message);
            return LocalRedirect($"/editor/settings/sources/{await feeds.SourceOfAsync(id)}#feeds");
        }
    }
}
