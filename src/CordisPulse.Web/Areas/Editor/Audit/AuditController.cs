using CordisPulse.Core.Audit;
using CordisPulse.Core.Subscriptions;
using CordisPulse.Web.Hosting;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;

namespace CordisPulse.Web.Areas.Editor.Audit;

/// <summary>Who did what to what and when.</summary>
[Authorize(Policies.Administers)]
[Route("/editor/audit")]
public sealed class AuditController(AuditTrail trail, StaffReadings staff) : EditorController
{
    [HttpGet("")]
    public async Task<IActionResult> Show(AuditFilter filter, CancellationToken cancellationToken)
    {
        var page = new AuditView(filter, null, await staff.AccountsAsync(cancellationToken));
        return filter.Checked(ModelState) is { } query
            ? View(nameof(Show), page with { Found = await trail.ListAsync(query, cancellationToken) })
            : Rejected(nameof(Show), page);
    }

    [HttpPost("export")]
    public async Task<IActionResult> Export(AuditFilter filter, CancellationToken cancellationToken)
    {
        if (filter.Checked(ModelState) is not { } query)
            return await Show(filter, cancellationToken);
        await trail.NoteAsync(new AuditEntry { Act = AuditedActs.ExportAudit });
        Response.ContentType = "text/csv; charset=utf-8";
        Response.Headers.ContentDisposition = new ContentDispositionHeaderValue("attachment") { FileName = "audit.csv" }.ToString();
        await AuditCsv.WriteAsync(Response.Body, trail.ReadAsync(query with { Before = null }, cancellationToken), cancellationToken);
        return new EmptyResult();
    }
}
