using CordisPulse.Core.Accounts;
using CordisPulse.Core.Audit;
using CordisPulse.Web.Hosting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;

namespace CordisPulse.Web.Areas.Editor.SignIn;

[AllowAnonymous]
[RequestSizeLimit(WebSetup.LargestForm)]
public sealed class SignInController : EditorController
{
    private const string Home = "/editor";

    [HttpGet("/editor/sign-in")]
    public IActionResult Show(string? returnTo) => View(nameof(Show), new SignInForm { ReturnTo = Local(returnTo) });

    [HttpPost("/editor/sign-in")]
    public async Task<IActionResult> Enter(SignInForm form, [FromServices] PasswordSignIn signIn, [FromServices] HeldForms heldForms)
    {
        if (!ModelState.IsValid)
            return Rejected(nameof(Show), form);
        var outcome = await signIn.TryAsync(form.Email!, form.Password!);
        if (outcome == SignInOutcome.SignedIn)
            return GoOn(form.Held, form.ReturnTo, heldForms);
        if (outcome == SignInOutcome.NeedsCode)
            return View("Code", new CodeForm { ReturnTo = Local(form.ReturnTo), Held = form.Held });
        ModelState.AddModelError(nameof(SignInForm.Email), outcome == SignInOutcome.Resting
            ? "There were too many wrong tries, so signing in with this address rests for ten minutes. Try again after that, or ask an administrator for a link to choose a new password."
            : "That e-mail address and password do not belong together. Check both and try again.");
        return Rejected(nameof(Show), form);
    }

    /// <summary>Opened anew, it begins at the password.</summary>
    [HttpGet("/editor/sign-in/code")]
    public IActionResult ShowCode() => LocalRedirect("/editor/sign-in");

    [HttpPost("/editor/sign-in/code")]
    public async Task<IActionResult> EnterCode(CodeForm form, [FromServices] PasswordSignIn signIn, [FromServices] HeldForms heldForms)
    {
        if (!ModelState.IsValid)
            return Rejected("Code", form);
        switch (await signIn.TryCodeAsync(form.Code!))
        {
            case SignInOutcome.SignedIn:
                return GoOn(form.Held, form.ReturnTo, heldForms);
            case null:
                ModelState.Clear();
                ModelState.AddModelError(nameof(SignInForm.Email), "That took too long. Enter your password again.");
                return Rejected(nameof(Show), new SignInForm { ReturnTo = Local(form.ReturnTo), Held = form.Held });
            case var outcome:
                ModelState.AddModelError(nameof(form.Code), outcome == SignInOutcome.Resting
                    ? "There were too many wrong tries, so signing in rests for ten minutes."
                    : "That is not the code that the app shows now, or it has been used. Wait for the next one, or enter a recovery code.");
                return Rejected("Code", form);
        }
    }

    [HttpPost("/editor/sign-out")]
    public async Task<IActionResult> Leave([FromServices] SignInManager<Account> signIn, [FromServices] AuditTrail audit)
    {
        if (User.Identity is { IsAuthenticated: true })
            await audit.NoteAsync(new AuditEntry { Act = AuditedActs.SignedOut });
        await signIn.SignOutAsync();
        // What browsers hold of the desk's pages; copies of unsaved texts stay, for whoever typed them (W3C Clear Site Data).
        Response.Headers["Clear-Site-Data"] = "\"cache\"";
        Flash("You are signed out.");
        return LocalRedirect("/editor/sign-in");
    }

    [HttpGet("/editor/not-allowed")]
    public IActionResult NotAllowed()
    {
        Response.StatusCode = StatusCodes.Status403Forbidden;
        return View();
    }

    private IActionResult GoOn(string? sealedForm, string? returnTo, HeldForms heldForms)
        => heldForms.Open(sealedForm) is { } held ? View("GoOn", held) : LocalRedirect(Local(returnTo) ?? Home);

    private string? Local(string? address) => Url.IsLocalUrl(address) ? address : null;
}
