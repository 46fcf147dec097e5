using CordisPulse.Core;
using CordisPulse.Core.Editions;
using Microsoft.AspNetCore.Mvc;

namespace CordisPulse.Web.Areas.Editor.Compose;

/// <summary>Base of the pages with the form of a text that several people may save at the same time.</summary>
public abstract class TextFormController : EditorController
{
    /// <summary>Each finds that somebody has saved once more.</summary>
    private const int Tries = 3;

    /// <summary>
    /// Saves what was typed; where it can't be saved, the form comes again with it and with what is in the way. What somebody else saved in
    /// between in other fields stays beside it.
    /// </summary>
    /// <typeparam name="TText">What a colleague may have saved in between.</typeparam>
    /// <param name="view">The page.</param>
    /// <param name="form">As it was posted.</param>
    /// <param name="save">Saves, says so, and gives the page to go to. It is not asked when a field is wrong.</param>
    /// <param name="read">The form as it begins with such a text.</param>
    /// <param name="beside">What a colleague saved in between beside what was typed.</param>
    /// <param name="again">The page around the form, as that of a new text where the old one is gone; null when there is none.</param>
    protected async Task<IActionResult> TrySaveAsync<TText>(
        string view, DraftedForm form, Func<Task<IActionResult>> save, Func<TText, DraftedForm> read, Func<StoredText<TText>, ConflictPage> beside,
        Func<bool, ConflictPage?, Task<object?>> again)
    {
        var (isGone, conflict) = (false, (ConflictPage?)null);
        var followed = "";
        for (var tries = 1; ModelState.IsValid; tries++)
            try
            {
                var saved = await save();
                AlsoSay(followed);
                return saved;
            }
            catch (TextConflictException<TText> e)
            {
                var follows = e.Stored.Began is { } began ? form.Follow(read(began), read(e.Stored.Text)) : null;
                form.Version = e.Stored.Version;
                if (follows is { IsApart: true } && tries < Tries)
                {
                    followed += follows.Taken.Count == 0 ? "" : $" {beside(e.Stored).SavedBy} had saved {string.Join(", ", follows.Taken)} in between; that stays too.";
                    continue;
                }

                conflict = beside(e.Stored);
                break;
            }
            catch (TextGoneException e)
            {
                isGone = true;
                ModelState.AddModelError("", $"{e.Message} What you typed is below; saving adds it as a new one.");
            }
            catch (RefusedException e)
            {
                ModelState.AddModelError("", e.Message);
            }

        if (await again(isGone, conflict) is not { } page)
            return NotFound();
        return conflict is null ? Rejected(view, page) : Conflict(view, page);
    }
}
