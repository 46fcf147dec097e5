using System.Globalization;
using System.Security.Claims;
using CordisPulse.Web.Areas.Editor.SignIn;
using CordisPulse.Web.Hosting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace CordisPulse.Web.Areas.Editor;

/// <summary>Base of everything under <c>/editor</c>: closed to all but staff; an action that needs more than an editor says so.</summary>
[Area("Editor")]
[Authorize(Policies.Drafts)]
[TypeFilter<SecondFactorFilter>]
[RequestSizeLimit(LargestForm)]
[RequestFormLimits(ValueLengthLimit = LargestForm)]
public abstract class EditorController : Controller
{
    /// <summary>Room for a pasted page of 20 MB, as browsers encode it, so that the field can say that it is too much and keep it.</summary>
    private const int LargestForm = 64 * 1024 * 1024;

    private const string FlashKey = "Flash";
    private const string PutBackKey = "PutBack";
    private const string SavedKey = "Saved";
    private const string UndoKey = "Undo";

    /// <summary>Key of the signed-in account.</summary>
    protected int AccountId => int.Parse(User.FindFirstValue(ClaimTypes.NameIdentifier)!, CultureInfo.InvariantCulture);

    /// <summary>The signed-in account's e-mail address.</summary>
    protected string OwnAddress => User.FindFirstValue(ClaimTypes.Email) ?? User.Identity!.Name!;

    /// <summary>Says on the next page what has just been done.</summary>
    /// <param name="message">A sentence or two.</param>
    /// <param name="putBack">Address to post to for having it back.</param>
    /// <param name="saved">Key of what a browser may have kept of the text, and needs no longer.</param>
    /// <param name="undo">Address to post to for undoing it.</param>
    protected void Flash(string message, string? putBack = null, string? saved = null, string? undo = null)
    {
        TempData[FlashKey] = message;
        TempData[PutBackKey] = putBack;
        TempData[SavedKey] = saved;
        TempData[UndoKey] = undo;
    }

    /// <summary>Adds to what <see cref="Flash"/> says.</summary>
    protected void AlsoSay(string more)
    {
        if (more.Length > 0)
            TempData[FlashKey] = $"{TempData.Peek(FlashKey)}{more}";
    }

    /// <summary>The same page again with what was typed and what is wrong with it.</summary>
    protected ViewResult Rejected(string view, object model)
    {
        Response.StatusCode = StatusCodes.Status400BadRequest;
        return View(view, model);
    }

    /// <summary>The same page again with both versions: somebody else saved in between. The form in it is told the version that stands now.</summary>
    protected ViewResult Conflict(string view, object model)
    {
        // What was posted, the old version among it, must not win over the model when the form is rendered.
        ModelState.Clear();
        Response.StatusCode = StatusCodes.Status409Conflict;
        return View(view, model);
    }
}
