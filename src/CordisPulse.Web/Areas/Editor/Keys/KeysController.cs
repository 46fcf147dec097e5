using Microsoft.AspNetCore.Mvc;

namespace CordisPulse.Web.Areas.Editor.Keys;

/// <summary>The list of keyboard shortcuts as a page of its own.</summary>
public sealed class KeysController : EditorController
{
    [HttpGet("/editor/keys")]
    public IActionResult Show() => View();
}
