using System.Text;
using CordisPulse.Core;
using CordisPulse.Core.Data;
using CordisPulse.Core.Mailings;
using CordisPulse.Core.Subscriptions;
using CordisPulse.Web.Areas.Editor.Mailings;
using CordisPulse.Web.Hosting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace CordisPulse.Web.Areas.Editor.Certificate;

/// <summary>What a mailing came to, as a page and as files.</summary>
[Authorize(Policies.Publishes)]
[Route("/editor/editions/{month:month}/mailing/certificate")]
[Route("/editor/editions/{month:month}/mailing/{which:mailing}/certificate")]
public sealed class CertificateController(MailingCertificates certificates, PulseDbContext db) : EditorController
{
    [HttpGet("")]
    public Task<IActionResult> Show([FromRoute] MailingAddress mailing, CancellationToken cancellationToken)
        => ReadAsync(mailing, async certified => View(nameof(Show), new CertificatePage(certified, await SectorNames.ReadAsync(db, cancellationToken))), cancellationToken);

    [HttpGet("json")]
    public Task<IActionResult> Json([FromRoute] MailingAddress mailing, CancellationToken cancellationToken)
        => ReadAsync(
            mailing,
            certified => Task.FromResult<IActionResult>(File(Encoding.UTF8.GetBytes(certified.Json), "application/json", $"{CertificateCsv.FileName(mailing.Name)}.json")),
            cancellationToken);

    [HttpGet("csv")]
    public Task<IActionResult> Csv([FromRoute] MailingAddress mailing, CancellationToken cancellationToken)
        => ReadAsync(
            mailing,
            async certified => File(await CertificateCsv.OfAsync(certified.Content, cancellationToken), "text/csv; charset=utf-8", $"{CertificateCsv.FileName(mailing.Name)}.csv"),
            cancellationToken);

    private async Task<IActionResult> ReadAsync(MailingAddress mailing, Func<CertifiedMailing, Task<IActionResult>> answer, CancellationToken cancellationToken)
    {
        try
        {
            return await answer(await certificates.ReadAsync(mailing.Name, cancellationToken));
        }
        catch (RefusedException)
        {
            return NotFound();
        }
    }
}
