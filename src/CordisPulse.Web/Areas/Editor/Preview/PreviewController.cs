using System.Security.Claims;
using System.Text;
using CordisPulse.Core;
using CordisPulse.Core.Editions;
using CordisPulse.Web.Hosting;
using Microsoft.AspNetCore.Mvc;

namespace CordisPulse.Web.Areas.Editor.Preview;

/// <summary>The edition as readers would get it now: web page, e-mail and plain text, and a test to oneself.</summary>
[Route("/editor/editions/{month:month}/preview")]
public sealed class PreviewController(EditionPreview preview) : EditorController
{
    private const string WebFrame = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; sandbox";

    /// <summary>Mail carries its styles in its tags; nothing is loaded and nothing runs.</summary>
    private const string MailFrame = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; sandbox";

    [HttpGet("")]
    public async Task<IActionResult> Show(EditionMonth month, PreviewKind show, bool phone, CancellationToken cancellationToken)
        => await preview.ReadAsync(month, show, phone, cancellationToken) is { } page ? View(nameof(Show), page) : NotFound();

    [HttpGet("web-frame")]
    public async Task<IActionResult> Web(EditionMonth month, CancellationToken cancellationToken)
    {
        HttpContext.Features.Set(new ContentSecurity { Policy = WebFrame });
        return await preview.ReadWebPageAsync(month, cancellationToken) is { } page ? View("/Areas/Editor/Preview/Web.cshtml", page) : NotFound();
    }

    [HttpGet("email-frame")]
    public async Task<IActionResult> Email(EditionMonth month, CancellationToken cancellationToken)
    {
        HttpContext.Features.Set(new ContentSecurity { Policy = MailFrame });
        return await preview.RenderMailAsync(month, cancellationToken) is { } mail ? Content(mail.Html, "text/html", Encoding.UTF8) : NotFound();
    }

    [HttpPost("test")]
    public async Task<IActionResult> SendTest(EditionMonth month, CancellationToken cancellationToken)
    {
        var own = User.FindFirstValue(ClaimTypes.Email) ?? User.Identity!.Name!;
        try
        {
            if (!await preview.SendTestAsync(month, own, cancellationToken))
                return NotFound();
            Flash($"A test is sent to {own}.");
            return LocalRedirect($"/editor/editions/{month}/preview?show=email");
        }
        catch (RefusedException e)
        {
            ModelState.AddModelError("", e.Message);
            return Rejected(nameof(Show), (await preview.ReadAsync(month, PreviewKind.Email, false, cancellationToken))!);
        }
    }
}
