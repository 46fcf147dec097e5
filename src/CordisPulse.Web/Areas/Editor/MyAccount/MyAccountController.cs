using CordisPulse.Core;
using CordisPulse.Core.Accounts;
using CordisPulse.Core.Hosting;
using CordisPulse.Web.Areas.Editor.SignIn;
using CordisPulse.Web.Hosting;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace CordisPulse.Web.Areas.Editor.MyAccount;

/// <summary>How one signs in: one's own password and second factor.</summary>
[Route("/editor/my-account")]
[WithoutSecondFactor]
public sealed class MyAccountController(SecondFactors factors, SignInManager<Account> signIn, IDataProtectionProvider protection, IOptions<SiteOptions> site) : EditorController
{
    /// <summary>A key lies in the form alone until a code has proved that the app has it.</summary>
    private readonly TimedSeal _seal = new(protection, "CordisPulse.AuthenticatorKey", TimeSpan.FromHours(1));

    [HttpGet("")]
    public async Task<IActionResult> Show() => View(nameof(Show), await PageAsync(new SecondFactorForm()));

    [HttpPost("password")]
    public Task<IActionResult> ChangePassword([Bind(Prefix = "Change")] PasswordForm form, [FromServices] OwnPassword own, CancellationToken cancellationToken)
        => ActAsync("Change", new SecondFactorForm(), async () =>
        {
            await own.ChangeAsync(AccountId, form.Password, form.NewPassword!, cancellationToken);
            await StaySignedInAsync();
            Flash("Your password is changed. Wherever else you were signed in, you are signed out.");
            return LocalRedirect("/editor/my-account");
        });

    [HttpPost("second-factor")]
    public Task<IActionResult> TurnOn([Bind(Prefix = "Form")] SecondFactorForm form, CancellationToken cancellationToken)
        => ActAsync("Form", form, async () =>
        {
            if (_seal.Open(form.Key) is not { } key)
                throw new AccountRefusedException(nameof(form.Code), "The page was open for too long. Here is a new key: have the app read it, and enter the code that it shows.");
            return await CodesAsync(await factors.TurnOnAsync(AccountId, key, form.Code, form.Password, cancellationToken), "Your second factor is on");
        });

    [HttpPost("recovery-codes")]
    public Task<IActionResult> RenewCodes([Bind(Prefix = "Form")] SecondFactorForm form, CancellationToken cancellationToken)
        => ActAsync("Form", form, async () => await CodesAsync(await factors.RenewCodesAsync(AccountId, form.Password, cancellationToken), "Your new recovery codes"));

    [HttpPost("second-factor/off")]
    public Task<IActionResult> TurnOff([Bind(Prefix = "Form")] SecondFactorForm form, CancellationToken cancellationToken)
        => ActAsync("Form", form, async () =>
        {
            await factors.TurnOffAsync(AccountId, form.Password, cancellationToken);
            await StaySignedInAsync();
            Flash("Your second factor is off. Your password alone signs you in.");
            return LocalRedirect("/editor/my-account");
        });

    /// <param name="sent">What the fields of the form that was sent begin with.</param>
    /// <param name="form">What the page shows again when the act is refused.</param>
    /// <param name="act">What is done.</param>
    private async Task<IActionResult> ActAsync(string sent, SecondFactorForm form, Func<Task<IActionResult>> act)
    {
        if (ModelState.IsValid)
            try
            {
                return await act();
            }
            catch (RefusedException e)
            {
                ModelState.AddModelError(e is AccountRefusedException { Field: { } field } ? $"{sent}.{field}" : "", e.Message);
            }

        return Rejected(nameof(Show), await PageAsync(form));
    }

    private async Task<IActionResult> CodesAsync(IReadOnlyList<string> codes, string title)
    {
        await StaySignedInAsync();
        return View("Codes", new RecoveryCodesPage(title, codes));
    }

    /// <summary>The change has ended every sign-in of this account, this one among them.</summary>
    private async Task StaySignedInAsync()
    {
        if (await signIn.UserManager.GetUserAsync(User) is { } account)
            await signIn.RefreshSignInAsync(account);
    }

    private async Task<MyAccountPage> PageAsync(SecondFactorForm form)
    {
        var factor = await factors.ReadAsync(AccountId);
        if (factor.IsOn)
            return new MyAccountPage(OwnAddress, factor, null, form);
        var key = _seal.Open(form.Key) ?? AuthenticatorCodes.NewKey();
        form.Key = _seal.Seal(key);
        return new MyAccountPage(OwnAddress, factor, new AuthenticatorKey(key, site.Value.Name, OwnAddress), form);
    }
}
