using CordisPulse.Core.Editions;

namespace CordisPulse.Web.Areas.Editor.History;

/// <summary>What was decided of a warning, or of a text that was set aside, as the history tells it.</summary>
internal static class DecisionWords
{
    public static string Say(LeftFinding decided)
    {
        var warning = decided.About is null ? decided.Message : $"“{decided.About}”: {decided.Message}";
        return decided.Reason is { } reason ? $"Warning left, because: {reason} ({warning})" : $"Warning shown again ({warning})";
    }

    public static string Say(SettledText settled) => settled switch
    {
        { IsBack: true } => "Text that was set aside: waits again",
        { Into: { } title } => $"Text that was set aside: added to “{title}”",
        _ => "Text that was set aside: dismissed",
    };

    public static IReadOnlyList<ConflictField> Fields(LeftFinding decided) => [new("Reason to leave it", decided.Before, decided.Reason)];

    public static IReadOnlyList<ConflictField> Fields(SettledText settled)
        => [settled.IsBack ? new("Text that needs a look", null, settled.Text) : new("Text that needs a look", settled.Text, null)];
}
