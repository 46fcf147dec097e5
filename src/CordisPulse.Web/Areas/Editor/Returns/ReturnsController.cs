using CordisPulse.Core;
using CordisPulse.Core.Mail;
using CordisPulse.Core.Mail.Returns;
using CordisPulse.Web.Hosting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace CordisPulse.Web.Areas.Editor.Returns;

/// <summary>What came back to the mailbox, and the replies of people that wait for somebody.</summary>
[Authorize(Policies.Publishes)]
[Route("/editor/returns")]
public sealed class ReturnsController(ReturnDesk desk, IOptions<MailOptions> mail) : EditorController
{
    private const string Root = "/editor/returns";

    [HttpGet("")]
    public async Task<IActionResult> Show(CancellationToken cancellationToken) => View(nameof(Show), await PageAsync(cancellationToken));

    [HttpPost("{id:long}/take-off")]
    public Task<IActionResult> TakeOff(long id, CancellationToken cancellationToken) => ActAsync(async () =>
    {
        await desk.TakeOffAsync(id, AccountId, cancellationToken);
        return "The person is off the list, and no import brings them back.";
    }, cancellationToken);

    [HttpPost("{id:long}/handled")]
    public Task<IActionResult> Handled(long id, CancellationToken cancellationToken) => ActAsync(async () =>
    {
        await desk.SettleAsync(id, AccountId, cancellationToken);
        return "The reply is dealt with.";
    }, cancellationToken);

    private async Task<IActionResult> ActAsync(Func<Task<string>> act, CancellationToken cancellationToken)
    {
        try
        {
            Flash(await act());
            return LocalRedirect(Root);
        }
        catch (RefusedException e)
        {
            ModelState.Clear();
            ModelState.AddModelError("", e.Message);
            return Rejected(nameof(Show), await PageAsync(cancellationToken));
        }
    }

    private async Task<ReturnsPage> PageAsync(CancellationToken cancellationToken)
        => new(await desk.ReadAsync(cancellationToken), mail.Value.Bounces);
}
