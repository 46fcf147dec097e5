using CordisPulse.Core;
using CordisPulse.Core.Accounts;
using CordisPulse.Core.Hosting;
using CordisPulse.Web.Hosting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace CordisPulse.Web.Areas.Editor.Accounts;

[Authorize(Policies.Administers)]
[Route("/editor/accounts")]
public sealed class AccountsController(StaffAccounts accounts, PublicAddress address) : EditorController
{
    [HttpGet("")]
    public async Task<IActionResult> List(CancellationToken cancellationToken)
        => View(nameof(List), new AccountsPage(await accounts.ListAsync(cancellationToken), new AddPersonForm()));

    [HttpPost("")]
    public async Task<IActionResult> Add([Bind(Prefix = nameof(AccountsPage.Add))] AddPersonForm form, CancellationToken cancellationToken)
    {
        if (ModelState.IsValid)
            try
            {
                var added = await accounts.AddAsync(new AddAccount { Email = form.Email!, Role = form.Role! }, cancellationToken);
                return LinkPage(added, isNew: true);
            }
            catch (RefusedException e)
            {
                ModelState.AddModelError($"{nameof(AccountsPage.Add)}.{(e as AccountRefusedException)?.Field ?? nameof(form.Email)}", e.Message);
            }

        return Rejected(nameof(List), new AccountsPage(await accounts.ListAsync(cancellationToken), form));
    }

    [HttpGet("{id:int}")]
    public async Task<IActionResult> Show(int id, CancellationToken cancellationToken)
        => await accounts.FindAsync(id, cancellationToken) is { } account ? View(nameof(Show), new AccountPage(account, id == AccountId)) : NotFound();

    [HttpPost("{id:int}/role")]
    public Task<IActionResult> ChangeRole(int id, string? role, CancellationToken cancellationToken)
        => ActAsync(id, async () => Flash($"{await accounts.ChangeRoleAsync(id, role ?? "", cancellationToken)} now has the role {role}."), cancellationToken);

    [HttpPost("{id:int}/disable")]
    public Task<IActionResult> Disable(int id, CancellationToken cancellationToken)
        => ActAsync(id, async () => Flash($"{await accounts.DisableAsync(id, cancellationToken)} is disabled and signed out within a minute."), cancellationToken);

    [HttpPost("{id:int}/enable")]
    public Task<IActionResult> Enable(int id, CancellationToken cancellationToken)
        => ActAsync(id, async () => Flash($"{await accounts.EnableAsync(id)} may sign in again."), cancellationToken);

    [HttpPost("{id:int}/second-factor/off")]
    public Task<IActionResult> ResetSecondFactor(int id, [FromServices] SecondFactors factors, CancellationToken cancellationToken)
        => ActAsync(id, async () => Flash($"The second factor of {await factors.ResetAsync(id, cancellationToken)} is off."), cancellationToken);

    [HttpPost("{id:int}/link")]
    public async Task<IActionResult> RenewLink(int id, CancellationToken cancellationToken)
    {
        try
        {
            return LinkPage(await accounts.RenewLinkAsync(id, cancellationToken), isNew: false);
        }
        catch (RefusedException e)
        {
            return await RefusedAsync(id, e, cancellationToken);
        }
    }

    private ViewResult LinkPage(AddedAccount account, bool isNew)
        => View("Link", new SetUpLinkPage(account.Email, address.Links.SetUpAccount(account.SetUpToken!), isNew));

    private async Task<IActionResult> ActAsync(int id, Func<Task> act, CancellationToken cancellationToken)
    {
        try
        {
            await act();
            return LocalRedirect("/editor/accounts");
        }
        catch (RefusedException e)
        {
            return await RefusedAsync(id, e, cancellationToken);
        }
    }

    private async Task<IActionResult> RefusedAsync(int id, RefusedException refusal, CancellationToken cancellationToken)
    {
        if (await accounts.FindAsync(id, cancellationToken) is not { } account)
            return NotFound();
        ModelState.AddModelError("", refusal.Message);
        return Rejected(nameof(Show), new AccountPage(account, id == AccountId));
    }
}
