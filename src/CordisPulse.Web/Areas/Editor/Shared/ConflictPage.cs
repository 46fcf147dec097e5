using CordisPulse.Core.Rendering;

namespace CordisPulse.Web.Areas.Editor;

/// <summary>
/// Two people changed one text: what stands now beside what the second typed, for the partial view <c>_Conflict</c>. The form below it
/// carries the version that stands now, so that saving once more decides.
/// </summary>
/// <param name="What">"These details", at the beginning of a sentence.</param>
/// <param name="SavedBy">Null when nobody can be named.</param>
/// <param name="Reload">Address that shows what stands now and drops what was typed.</param>
public sealed record ConflictPage(string What, string? SavedBy, string Reload, IReadOnlyList<ConflictField> Fields)
{
    public IEnumerable<ConflictField> Differing => Fields.Where(one => one.Differs);
}

/// <param name="Name">Of the field in its form; null where nothing leads to it.</param>
public sealed record ConflictField(string Label, string? Theirs, string? Yours, string? Name = null)
{
    public bool Differs => Normal(Theirs) != Normal(Yours);

    public WordChanges Changes => WordChanges.Between(Normal(Theirs), Normal(Yours));

    /// <summary>Browsers send line ends of their own.</summary>
    private static string Normal(string? text) => (text ?? "").ReplaceLineEndings("\n").Trim();
}
