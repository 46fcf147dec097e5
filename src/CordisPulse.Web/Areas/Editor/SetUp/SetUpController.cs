using CordisPulse.Core;
using CordisPulse.Core.Accounts;
using CordisPulse.Core.Subscriptions;
using CordisPulse.Web.Areas.Editor.SignIn;
using CordisPulse.Web.Hosting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace CordisPulse.Web.Areas.Editor.SetUp;

/// <summary>The page behind a set-up link. Opening it changes nothing, since mail programs open links by themselves.</summary>
[AllowAnonymous]
[RequestSizeLimit(WebSetup.LargestForm)]
[Route("/editor/set-up/{token}")]
public sealed class SetUpController(AccountSetUp setUp) : EditorController
{
    [HttpGet]
    public async Task<IActionResult> Show(string token, CancellationToken cancellationToken)
        => await setUp.FindAsync(token, cancellationToken) is { State: TokenState.Valid } link
            ? View(nameof(Show), new SetUpPage(link.Email, new SetUpForm()))
            : await GoneAsync(token, cancellationToken);

    [HttpPost]
    public async Task<IActionResult> Set(string token, [Bind(Prefix = nameof(SetUpPage.Form))] SetUpForm form, [FromServices] PasswordSignIn signIn, CancellationToken cancellationToken)
    {
        if (await setUp.FindAsync(token, cancellationToken) is not { State: TokenState.Valid } link)
            return await GoneAsync(token, cancellationToken);
        if (!ModelState.IsValid)
            return Rejected(nameof(Show), new SetUpPage(link.Email, form));
        try
        {
            await setUp.SetAsync(new ChoosePassword { Token = token, Email = form.Email, Password = form.Password! }, cancellationToken);
        }
        catch (AccountRefusedException e)
        {
            ModelState.AddModelError($"{nameof(SetUpPage.Form)}.{e.Field}", e.Message);
            return Rejected(nameof(Show), new SetUpPage(link.Email, form));
        }
        catch (RefusedException)
        {
            return await GoneAsync(token, cancellationToken);
        }

        if (await signIn.TryAsync(link.Email ?? form.Email!, form.Password!) == SignInOutcome.SignedIn)
        {
            Flash("Your password is set, and you are signed in.");
            return LocalRedirect("/editor");
        }

        Flash("Your password is set. Sign in with it.");
        return LocalRedirect("/editor/sign-in");
    }

    private async Task<IActionResult> GoneAsync(string token, CancellationToken cancellationToken)
    {
        var wasMade = await setUp.FindAsync(token, cancellationToken) is not null;
        Response.StatusCode = wasMade ? StatusCodes.Status410Gone : StatusCodes.Status404NotFound;
        return View("Gone", wasMade);
    }
}
