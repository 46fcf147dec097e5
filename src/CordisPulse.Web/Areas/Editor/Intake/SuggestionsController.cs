using CordisPulse.Core.Editions;
using CordisPulse.Core.Feeds;
using Microsoft.AspNetCore.Mvc;

namespace CordisPulse.Web.Areas.Editor.Intake;

/// <summary>What watched feeds suggest is taken into the intake, or dismissed for good.</summary>
[Route("/editor/intake/suggestions")]
public sealed class SuggestionsController(EditionComposer composer, FeedSuggestions suggestions) : EditorController
{
    [HttpPost("")]
    public async Task<IActionResult> Settle(SuggestionsForm form, CancellationToken cancellationToken)
    {
        if (!ModelState.IsValid)
            return BadRequest();
        var chosen = new SettleSuggestions { Ids = form.Chosen, ById = AccountId };
        if (chosen.Ids.Count == 0)
            return Done(SuggestionWords.NothingChosen);
        if (form.Takes)
            return Done(SuggestionWords.Taken(await composer.TakeSuggestionsAsync(chosen, cancellationToken), chosen.Ids.Count));
        var dismissed = await suggestions.DismissAsync(chosen, cancellationToken);
        return Done(SuggestionWords.Dismissed(dismissed.Count), dismissed.Count > 0 ? $"/editor/intake/suggestions/put-back?id={string.Join("&id=", dismissed)}" : null);
    }

    [HttpPost("put-back")]
    public async Task<IActionResult> PutBack([FromQuery] List<int> id, CancellationToken cancellationToken)
        => ModelState.IsValid ? Done(SuggestionWords.PutBack(await suggestions.PutBackAsync([.. id.Take(SuggestionReader.PageSize)], cancellationToken))) : BadRequest();

    private LocalRedirectResult Done(string message, string? putBack = null)
    {
        Flash(message, putBack);
        return LocalRedirect("/editor/intake#suggestions");
    }
}
