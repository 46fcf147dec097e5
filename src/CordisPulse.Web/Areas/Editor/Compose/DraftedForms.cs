using System.Text.Json;
using CordisPulse.Core.Editions;

namespace CordisPulse.Web.Areas.Editor.Compose;

/// <summary>Forms with what was typed into them and not saved.</summary>
public sealed class DraftedForms(TextDrafts drafts)
{
    /// <summary>The form with what this person typed and did not save, or with what is saved and an offer of the other.</summary>
    public async Task<(TForm Form, DraftView Draft)> ReadAsync<TForm>(
        DraftPlace place, bool typed, TForm stored, Func<TForm, IEnumerable<ConflictField>> beside, CancellationToken cancellationToken)
        where TForm : DraftedForm
    {
        stored.Window = Guid.NewGuid().ToString("N");
        var view = new DraftView { Place = place, EditedBy = await drafts.EditedByAsync(place, cancellationToken) };
        if (await drafts.FindAsync(place, cancellationToken) is not { } found)
            return (stored, view);
        var form = JsonSerializer.Deserialize<TForm>(found.Fields, DraftJson.Options)!;
        (form.Version, form.Window, form.TakenUp) = (found.TextVersion, stored.Window, DraftedForm.NameOf(found));
        if (typed)
            return (form, view with { IsTyped = true, KeptUtc = found.SavedUtc });
        List<ConflictField> differing = [.. beside(form).Where(field => field.Differs)];
        if (differing.Count > 0)
            return (stored, view with { Offered = new OfferedDraft(found.SavedUtc, form.TakenUp, found.Window, differing) });
        stored.TakenUp = form.TakenUp;
        return (stored, view);
    }

    /// <summary>Of a form that was posted.</summary>
    public async Task<DraftView> PostedAsync(DraftPlace place, CancellationToken cancellationToken)
        => new() { Place = place, IsTyped = true, EditedBy = await drafts.EditedByAsync(place, cancellationToken) };
}
