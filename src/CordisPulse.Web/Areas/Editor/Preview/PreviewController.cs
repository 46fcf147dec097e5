using System.Text;
using CordisPulse.Core.Editions;
using CordisPulse.Web.Features;
using CordisPulse.Web.Hosting;
using Microsoft.AspNetCore.Mvc;

namespace CordisPulse.Web.Areas.Editor.Preview;

/// <summary>The edition as readers would get it now: web page, e-mail, plain text and paper, and a test to a few addresses.</summary>
[Route("/editor/editions/{month:month}/preview")]
public sealed class PreviewController(EditionPreview preview) : EditorController
{
    /// <summary>The public page within one of the desk's.</summary>
    internal const string WebFrame = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; sandbox";

    /// <summary>Mail carries its styles in its tags; nothing is loaded and nothing runs.</summary>
    private const string MailFrame = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'; sandbox";

    [HttpGet("")]
    public async Task<IActionResult> Show(EditionMonth month, [FromQuery] PreviewLook look, CancellationToken cancellationToken)
    {
        ModelState.Clear();
        return await preview.ReadAsync(month, look, new TestForm { To = OwnAddress }, cancellationToken) is { } page ? View(nameof(Show), page) : NotFound();
    }

    [HttpGet("web-frame")]
    public async Task<IActionResult> Web(EditionMonth month, [FromQuery] PreviewLook look, CancellationToken cancellationToken)
    {
        HttpContext.Features.Set(new ContentSecurity { Policy = WebFrame });
        ViewData[PageNames.Styles] = PreviewStyles.AddressOf(look);
        return await preview.ReadWebPageAsync(month, cancellationToken) is { } page ? View("/Areas/Editor/Preview/Web.cshtml", page) : NotFound();
    }

    [HttpGet("email-frame")]
    public async Task<IActionResult> Email(EditionMonth month, [FromQuery] PreviewLook look, CancellationToken cancellationToken)
    {
        HttpContext.Features.Set(new ContentSecurity { Policy = MailFrame });
        return await preview.ReadMailFrameAsync(month, look, cancellationToken) is { } html ? Content(html, "text/html", Encoding.UTF8) : NotFound();
    }

    [HttpPost("test")]
    public async Task<IActionResult> SendTest(
        EditionMonth month, [FromQuery] PreviewLook look, [Bind(Prefix = "Form")] TestForm form, CancellationToken cancellationToken)
    {
        var sent = ModelState.IsValid ? await preview.SendTestAsync(month, look, form, AccountId, cancellationToken) : null;
        foreach (var refusal in sent?.Refusals ?? [])
            ModelState.AddModelError("Form.To", refusal);
        if (sent is null || !ModelState.IsValid)
            return await RejectedAsync(month, look, form, cancellationToken);
        Flash($"A test is sent to {sent.To}.");
        return LocalRedirect($"/editor/editions/{month}/preview{look.ToQuery()}");
    }

    private async Task<IActionResult> RejectedAsync(EditionMonth month, PreviewLook look, TestForm form, CancellationToken cancellationToken)
        => await preview.ReadAsync(month, look, form, cancellationToken) is { } page ? Rejected(nameof(Show), page) : NotFound();
}
