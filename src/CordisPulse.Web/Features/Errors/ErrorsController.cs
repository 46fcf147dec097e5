using CordisPulse.Web.Hosting;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;

namespace CordisPulse.Web.Features.Errors;

/// <summary>The pages for what is not there, not allowed, or went wrong.</summary>
[ApiExplorerSettings(IgnoreApi = true)]
[AnyBody]
public sealed class ErrorsController : PublicController
{
    public const string ServerErrorPath = "/error";
    public const string StatusPath = "/error/{0}";

    [Route("/error")]
    public IActionResult ServerError()
        => Page(HttpContext.Features.Get<IExceptionHandlerFeature>() is null ? StatusCodes.Status404NotFound : StatusCodes.Status500InternalServerError);

    [Route("/error/{code:int:range(400,599)}")]
    public IActionResult Status(int code)
        => Page(HttpContext.Features.Get<IStatusCodeReExecuteFeature>() is null ? StatusCodes.Status404NotFound : code);

    /// <summary>Any other address, so that a page that is not here is not taken for one that asks to sign in.</summary>
    [Route("/{**path}", Order = int.MaxValue)]
    public IActionResult NotHere() => NotFound();

    /// <summary>Asked for as a page of its own, either is a page that does not exist.</summary>
    private ViewResult Page(int status)
    {
        Response.StatusCode = status;
        var page = new StatusPage(status);
        var asked = HttpContext.Features.Get<IStatusCodeReExecuteFeature>()?.OriginalPath;
        return DeskStatusPage.Of(page, asked) is { } ofDesk ? View("/Areas/Editor/Errors/Status.cshtml", ofDesk) : View(nameof(Status), page);
    }
}
