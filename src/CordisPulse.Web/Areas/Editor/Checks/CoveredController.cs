using CordisPulse.Core.Editions.Covered;
using CordisPulse.Web.Areas.Editor.Compose;
using Microsoft.AspNetCore.Mvc;

namespace CordisPulse.Web.Areas.Editor.Checks;

/// <summary>Tells where the report of an item was covered before, while its title, link or DOI is typed. A script asks for it; nothing is saved.</summary>
[Route("/editor/covered")]
public sealed class CoveredController(CoveredBefore covered) : EditorController
{
    /// <param name="id">The item that is written, which is not its own forerunner; 0 for one that is to be added.</param>
    /// <param name="form">As it stands; nobody asks whether it could be saved.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    [HttpPost("{id:int}")]
    public async Task<IActionResult> Find(int id, [Bind(Prefix = "Form")] ItemForm form, CancellationToken cancellationToken)
        => PartialView("_Covered", await covered.FindAsync(form.ToQuestion(id), cancellationToken));
}
