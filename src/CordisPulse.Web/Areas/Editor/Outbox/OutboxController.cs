using CordisPulse.Core.Mail;
using CordisPulse.Core.Mailings;
using CordisPulse.Web.Hosting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace CordisPulse.Web.Areas.Editor.Outbox;

/// <summary>
/// The messages that were written to a folder instead of sent. They hold links that act for their readers, so they are for those who
/// look after subscribers.
/// </summary>
[Authorize(Policies.Publishes)]
[Route("/editor/outbox")]
public sealed class OutboxController(PickupFolder folder, IOptions<MailOptions> mail) : EditorController
{
    /// <summary>A mail's HTML is nobody's page: nothing in it runs or loads, and it has no origin.</summary>
    private const string MailPolicy = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox";

    [HttpGet("")]
    public async Task<IActionResult> List(int page = 1, CancellationToken cancellationToken = default)
    {
        var listed = folder.IsUsed ? await folder.ListAsync(page, cancellationToken) : null;
        return listed is not null && listed.Page != page ? NotFound() : View(new OutboxPage(MailingTransport.Describe(mail.Value), listed));
    }

    [HttpGet("{fileName}")]
    public async Task<IActionResult> Show(string fileName, CancellationToken cancellationToken)
        => await FindAsync(fileName, cancellationToken) is { } message
            ? View(new OutboxMessagePage($"/editor/outbox/{Uri.EscapeDataString(message.FileName)}", message))
            : NotFound();

    [HttpGet("{fileName}/html")]
    public async Task<IActionResult> Html(string fileName, CancellationToken cancellationToken)
    {
        if (await FindAsync(fileName, cancellationToken) is not { Html: { } html })
            return NotFound();
        HttpContext.Features.Set(new ContentSecurity { Policy = MailPolicy });
        return Content(html, "text/html; charset=utf-8");
    }

    private Task<PickupMessage?> FindAsync(string fileName, CancellationToken cancellationToken)
        => folder.IsUsed ? folder.FindAsync(fileName, cancellationToken) : Task.FromResult<PickupMessage?>(null);
}
