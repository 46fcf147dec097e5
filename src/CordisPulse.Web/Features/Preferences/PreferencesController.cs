using CordisPulse.Core;
using CordisPulse.Core.Site;
using CordisPulse.Core.Subscriptions;
using Microsoft.AspNetCore.Mvc;

namespace CordisPulse.Web.Features.Preferences;

/// <summary>What was done last.</summary>
public enum PreferencesSaved
{
    None,
    Sectors,
    Paused,
    Resumed,
    Kept,
    Link,
    LinkBefore,
    NoMoreLinks,
}

/// <param name="Token">The one of the page's own address.</param>
public sealed record PreferencesPage(string Token, TokenHolder Holder, IReadOnlyList<SectorChoice> Choices, PreferencesSaved Saved);

/// <summary>
/// Digests get forwarded, so whoever holds the link sees no more than a masked address, and can do no more than choose, pause, leave or
/// come back. What is held about a person needs a link that is mailed to them.
/// </summary>
[TokenPage]
[Route("preferences/{token}")]
public sealed class PreferencesController(SubscriptionPages pages, SubscriptionService subscriptions, OwnData own, Publisher publisher, SaidOnce said) : PublicController
{
    [Reads("")]
    public async Task<IActionResult> Index(string token, string? done, CancellationToken cancellationToken)
        => await pages.FindAsync(token, cancellationToken) is { } holder
            ? View(nameof(Index), new PreferencesPage(token, holder, await pages.SectorsAsync(cancellationToken), Done(token, done)))
            : await UnknownAsync();

    [HttpPost("sectors")]
    public Task<IActionResult> Sectors(string token, List<int> sectors, CancellationToken cancellationToken)
        => ChosenAsync(token, nameof(sectors), () => subscriptions.ChooseSectorsAsync(Act(token), sectors), PreferencesSaved.Sectors, cancellationToken);

    [HttpPost("pause")]
    public Task<IActionResult> Pause(string token, int? months, CancellationToken cancellationToken)
        => ChosenAsync(token, nameof(months), () => subscriptions.PauseAsync(Act(token), months ?? 0), PreferencesSaved.Paused, cancellationToken);

    [HttpPost("resume")]
    public async Task<IActionResult> Resume(string token)
        => await DoneAsync(token, await subscriptions.ResumeAsync(Act(token)), PreferencesSaved.Resumed);

    [HttpPost("keep")]
    public async Task<IActionResult> Keep(string token)
        => await DoneAsync(token, await subscriptions.KeepAsync(Act(token)), PreferencesSaved.Kept);

    /// <summary>Mails the link to what is held to the address that is held.</summary>
    [HttpPost("your-data")]
    public async Task<IActionResult> YourData(string token)
    {
        var outcome = await own.AskAsync(Act(token));
        return await DoneAsync(token, outcome != DataLinkOutcome.Unknown, outcome switch
        {
            DataLinkOutcome.AskedBefore => PreferencesSaved.LinkBefore,
            DataLinkOutcome.MostOfDay => PreferencesSaved.NoMoreLinks,
            _ => PreferencesSaved.Link,
        });
    }

    private ActWithToken Act(string token) => new() { Token = token, Way = Ways.Page, Network = Network };

    /// <summary>What can't be chosen is said at its field, on the same page.</summary>
    private async Task<IActionResult> ChosenAsync(string token, string field, Func<Task<bool>> choose, PreferencesSaved saved, CancellationToken cancellationToken)
    {
        try
        {
            return await DoneAsync(token, await choose(), saved);
        }
        catch (RefusedException e)
        {
            // In place of what the framework says of a value that can't be read.
            ModelState.Remove(field);
            ModelState.AddModelError(field, e.Message);
            Response.StatusCode = StatusCodes.Status400BadRequest;
            return await Index(token, null, cancellationToken);
        }
    }

    /// <summary>Whoever is not on the list any more is shown how things stand.</summary>
    private async Task<IActionResult> DoneAsync(string token, bool isDone, PreferencesSaved saved)
    {
        if (!isDone && await pages.FindAsync(token) is null)
            return await UnknownAsync();
        return RedirectToAction(nameof(Index), new { token, done = isDone ? said.Seal(PageOf(token), saved.ToString()) : null });
    }

    private PreferencesSaved Done(string token, string? done)
        => Enum.TryParse<PreferencesSaved>(said.Open(Request, PageOf(token), done), out var saved) ? saved : PreferencesSaved.None;

    private static string PageOf(string token) => $"/preferences/{token}";

    private async Task<IActionResult> UnknownAsync()
    {
        Response.StatusCode = StatusCodes.Status404NotFound;
        return View("/Features/Unsubscribe/UnknownLink.cshtml", await publisher.GetAsync(HttpContext.RequestAborted));
    }
}
