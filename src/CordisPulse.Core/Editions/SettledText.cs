namespace CordisPulse.Core.Editions;

/// <summary>What a <see cref="Revision"/> says of a text that was set aside and is settled, or waits again.</summary>
public sealed record SettledText
{
    public required string Text { get; init; }

    public required string Reason { get; init; }

    public int? AfterItemId { get; init; }

    public int Position { get; init; }

    /// <summary>Title of the item whose summary took it; null when no item did.</summary>
    public string? Into { get; init; }

    /// <summary>It waits again.</summary>
    public bool IsBack { get; init; }

    public static SettledText Of(SetAsideText text, string? into, bool isBack = false)
        => new() { Text = text.Text, Reason = text.Reason, AfterItemId = text.AfterItemId, Position = text.Position, Into = into, IsBack = isBack };
}
