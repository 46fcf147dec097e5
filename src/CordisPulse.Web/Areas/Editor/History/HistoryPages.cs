using CordisPulse.Core.Editions;
using CordisPulse.Core.Site;

namespace CordisPulse.Web.Areas.Editor.History;

/// <summary>What was saved in an edition, newest first.</summary>
/// <param name="Of">The one text that is listed; null for all.</param>
/// <param name="OlderThan">The last line, when there is more; else null.</param>
public sealed record HistoryPage(EditionMonth Month, TextKey? Of, IReadOnlyList<SavedLine> Lines, long? OlderThan)
{
    private readonly HashSet<string> _shared = [.. Lines.CountBy(line => UkTime.Minute(line.SavedUtc)).Where(minute => minute.Value > 1).Select(minute => minute.Key)];

    public string Address => $"/editor/editions/{Month}/history";

    /// <summary>To the second where other lines are of the same minute.</summary>
    public string When(SavedLine line) => UkTime.Minute(line.SavedUtc) is var minute && _shared.Contains(minute) ? UkTime.Second(line.SavedUtc) : minute;

    public string Older => Of is { } text ? $"{Address}?text={text.Text}&id={text.Id}&before={OlderThan}" : $"{Address}?before={OlderThan}";
}

public readonly record struct TextKey(RevisedText Text, int Id);

/// <param name="SavedBy">Null when a command or an import at first start saved it.</param>
/// <param name="Title">Null for the texts of the edition itself; of the order, of a warning or of a text that was set aside, what was done to it.</param>
/// <param name="IsRemoval">The save with which the text was taken out.</param>
public sealed record SavedLine(long Id, TextKey Key, DateTime SavedUtc, string? SavedBy, string? Title, bool IsRemoval)
{
    /// <summary>What the save did to the text, in a few words; null where its title says so.</summary>
    public string? Changed { get; init; }

    public bool IsOrder => Key.Text == RevisedText.Order;

    public bool IsDecision => Key.Text is RevisedText.Finding or RevisedText.SetAside;

    public string Name => this switch
    {
        { IsDecision: true } => Title!,
        { IsOrder: true } => $"Order: {Title}",
        { Title: null } => "Texts of the edition",
        _ => $"{(Title.Length == 0 ? "Without a title" : Title)}{(IsRemoval ? ": removed" : "")}",
    };
}

/// <summary>One saved text beside another save of it, or beside what stands now.</summary>
/// <param name="With">The other save; null for what stands now.</param>
/// <param name="Others">All other saves of the text, newest first.</param>
/// <param name="IsThere">The edition still holds the text.</param>
/// <param name="PutBack">Address to post to for having a removed text back; null when it is there or this is not its last save.</param>
/// <param name="BesideBefore">An order, or a decision, stands beside what it took the place of.</param>
public sealed record SavedPage(
    EditionMonth Month, SavedLine Line, SavedLine? With, IReadOnlyList<SavedLine> Others, IReadOnlyList<ConflictField> Differing, bool IsThere, string? PutBack, bool BesideBefore)
{
    public string Address => $"/editor/editions/{Month}/history";

    /// <summary>How many items and news items the change of the order removed.</summary>
    public int Removed { get; init; }

    /// <summary>Whether it did nothing else.</summary>
    public bool OnlyRemoved { get; init; }

    /// <summary>What the button says that brings back what was removed; null when nothing was.</summary>
    public string? PutRemovedBack => Removed switch
    {
        0 => null,
        1 => "Put it back into the edition",
        _ => $"Put the {Counted.Of(Removed, "item")} back",
    };

    /// <summary>What the button says that leads back to it; null when there is no such way.</summary>
    public string? Restore => Line switch
    {
        _ when OnlyRemoved => null,
        { Key.Text: RevisedText.Finding } => null,
        { Key.Text: RevisedText.SetAside } => "Let the text wait under “Needs a look” again",
        { IsOrder: true } => $"Restore the order saved {UkTime.Second(Line.SavedUtc)}",
        _ => $"Restore what was saved {UkTime.Second(Line.SavedUtc)}",
    };

    /// <summary>The same for the save that stands beside it; null when none does.</summary>
    public string? RestoreOther => Restore is null || Line.IsDecision || With is null ? null
        : Line.IsOrder ? $"Restore the order saved {UkTime.Second(With.SavedUtc)}"
        : $"Restore what was saved {UkTime.Second(With.SavedUtc)}";
}
