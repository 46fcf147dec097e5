using CordisPulse.Core.Accounts;
using CordisPulse.Core.Mail;
using Microsoft.AspNetCore.Mvc;

namespace CordisPulse.Web.Areas.Editor.Mail;

/// <summary>Which mails a member of staff gets from the desk.</summary>
[Route("/editor/my-mail")]
public sealed class MyMailController(StaffMailChoices choices) : EditorController
{
    private const string ChoicesView = "/Areas/Editor/Mail/MyMail.cshtml";

    [HttpGet("")]
    public async Task<IActionResult> Show(CancellationToken cancellationToken)
        => await choices.ReadAsync(AccountId, cancellationToken) is { } page ? View(ChoicesView, page) : NotFound();

    [HttpPost("")]
    public async Task<IActionResult> Save(QueuedMailKind[] wanted, CancellationToken cancellationToken)
    {
        if (!await choices.SaveAsync(AccountId, wanted, cancellationToken))
            return NotFound();
        Flash("Your choice is saved.");
        return LocalRedirect("/editor/my-mail");
    }
}
