using CordisPulse.Core;
using CordisPulse.Core.Catalogue;
using Microsoft.AspNetCore.Mvc;

namespace CordisPulse.Web.Areas.Editor.Settings;

/// <summary>The vocabulary of topics. Not an administrator's alone: editors give topics to items as they work.</summary>
[Route("/editor/settings/topics")]
public sealed class TopicsController(TopicEditor editor) : CatalogueController<Topic>(editor, Kind)
{
    private static readonly CatalogueKind Kind = new("topic", "Topics", "/editor/settings/topics")
    {
        IsOrdered = false,
        OtherNames = "Other names and words that suggest it",
        OtherNamesHint = "One a line. An item that says one of them, in whatever form, is offered the topic; an import knows the topic by them too.",
    };

    [HttpPost("{id:int}/merge")]
    public async Task<IActionResult> Merge(int id, int into, int version, CancellationToken cancellationToken)
    {
        try
        {
            var name = await editor.MergeAsync(new MergeTopics { Id = id, IntoId = into, Version = version, ById = AccountId }, cancellationToken);
            return Saved($"They are one topic now: {name}.");
        }
        catch (RefusedException e)
        {
            Flash(e.Message);
            return LocalRedirect(await editor.FindAsync(id, cancellationToken) is null ? Kind.Address : $"{Kind.Address}/{id}");
        }
    }

    protected override async Task<CatalogueEntryPage> PageAsync(CatalogueRow row, CatalogueForm form, ConflictPage? conflict, CancellationToken cancellationToken)
        => await base.PageAsync(row, form, conflict, cancellationToken) with
        {
            MayJoin = [.. (await editor.ListAsync(cancellationToken)).Where(other => other.Id != row.Id)],
        };
}
