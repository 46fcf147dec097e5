using System.Text.Json;
using CordisPulse.Core.Editions;

namespace CordisPulse.Web.Areas.Editor.Compose;

/// <summary>Forms with what was typed into them and not saved.</summary>
public sealed class DraftedForms(TextDrafts drafts)
{
    /// <summary>The form with what this person typed and did not save, or with what is saved and an offer of the other.</summary>
    public async Task<(TForm Form, DraftView Draft)> ReadAsync<TForm>(
        DraftPlace place, bool typed, TForm stored, Func<TForm, IEnumerable<ConflictField>> beside, CancellationToken cancellationToken)
        where TForm : class, IDraftedForm
    {
        var view = new DraftView { Place = place, EditedBy = await drafts.EditedByAsync(place, cancellationToken) };
        if (await drafts.FindAsync(place, cancellationToken) is not { } found)
            return (stored, view);
        var form = JsonSerializer.Deserialize<TForm>(found.Fields, DraftJson.Options)!;
        form.Version = found.TextVersion;
        if (typed)
            return (form, view with { IsTyped = true });
        List<string> differing = [.. beside(form).Where(field => field.Differs).Select(field => field.Label)];
        return (stored, differing.Count == 0 ? view : view with { Offered = new OfferedDraft(found.SavedUtc, differing) });
    }

    /// <summary>Of a form that was posted.</summary>
    public async Task<DraftView> PostedAsync(DraftPlace place, CancellationToken cancellationToken)
        => new() { Place = place, IsTyped = true, EditedBy = await drafts.EditedByAsync(place, cancellationToken) };
}
