using System.Globalization;
using System.Text.Json.Serialization;
using CordisPulse.Core.Data;
using CordisPulse.Core.Editions;

namespace CordisPulse.Web.Areas.Editor.Compose;

/// <summary>A form whose fields are kept while they are typed.</summary>
public abstract class DraftedForm
{
    /// <summary>The version of the text that the editor began with.</summary>
    public int Version { get; set; }

    /// <summary>The name that the form goes by among the windows of one person.</summary>
    [JsonIgnore]
    public string? Window { get; set; }

    /// <summary>The draft that the form went on from, as <see cref="NameOf"/> writes it; empty for none.</summary>
    [JsonIgnore]
    public string? TakenUp { get; set; }

    [JsonIgnore]
    public DraftMark Mark => new(
        Window is { Length: > 0 and <= Limits.Window } ? Window : null,
        long.TryParse(TakenUp, NumberStyles.None, CultureInfo.InvariantCulture, out var ticks) && ticks <= DateTime.MaxValue.Ticks ? new DateTime(ticks, DateTimeKind.Utc) : null);

    /// <summary>Its texts in the order of the page; where they stand is none of them.</summary>
    protected virtual IReadOnlyList<FormField> Fields => [];

    /// <summary>Fields that hold what they began with follow what somebody else has saved since.</summary>
    /// <param name="began">The form as it began.</param>
    /// <param name="now">The form as it would begin now.</param>
    public FollowedSave Follow(DraftedForm began, DraftedForm now)
    {
        var (taken, isApart) = (new List<string>(), true);
        foreach (var (mine, was, theirs) in Fields.Zip(began.Fields, now.Fields))
            if (mine.Differs(was))
                isApart &= !theirs.Differs(was) || !theirs.Differs(mine);
            else if (theirs.Differs(was))
            {
                mine.Set(theirs.Value);
                taken.Add(mine.Label);
            }

        return new FollowedSave(taken, isApart);
    }

    protected IEnumerable<ConflictField> Compare(DraftedForm theirs) => Fields.Zip(theirs.Fields, (mine, other) => mine.Beside(other));

    public static string NameOf(FoundDraft draft) => draft.SavedUtc.Ticks.ToString(CultureInfo.InvariantCulture);
}

/// <summary>A text of a form, as typed.</summary>
/// <param name="Name">Of the form's property.</param>
public sealed record FormField(string Label, string Name, string? Value, Action<string?> Set)
{
    public bool Differs(FormField other) => Beside(other).Differs;

    public ConflictField Beside(FormField theirs) => new(Label, theirs.Value, Value, Name);
}

/// <summary>What a form took over from a save that came in between.</summary>
/// <param name="Taken">Labels of the fields that follow it.</param>
/// <param name="IsApart">No field was changed by both, each in another way.</param>
public sealed record FollowedSave(IReadOnlyList<string> Taken, bool IsApart);

/// <summary>What lets a draft go: the form that it was typed into, or the one that offers it.</summary>
public sealed class LetGoForm : DraftedForm;
