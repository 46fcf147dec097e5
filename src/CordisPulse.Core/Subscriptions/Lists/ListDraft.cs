using System.Text.Json;

namespace CordisPulse.Core.Subscriptions.Lists;

/// <summary>What somebody has typed for a list that waits, complete or not, so that reading it otherwise loses nothing.</summary>
public sealed record ListDraft
{
    public ConsentGround? Ground { get; init; }

    public string? ObtainedFrom { get; init; }

    public DateOnly? ObtainedOn { get; init; }

    public string? Told { get; init; }

    public string? Assessment { get; init; }

    /// <summary>The list was to be imported, but otherwise than it had been looked through.</summary>
    public bool WasToBeImported { get; init; }

    public string ToJson() => JsonSerializer.Serialize(this);

    public static ListDraft? From(string? json) => json is null ? null : JsonSerializer.Deserialize<ListDraft>(json);
}
