using Microsoft.AspNetCore.Mvc;

namespace CordisPulse.Web.Features.Archive;

public sealed class ArchiveController : PublicController
{
    [HttpGet("/")]
    public IActionResult Home() => NotFound();
}
