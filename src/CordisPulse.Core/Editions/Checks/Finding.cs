using System.Globalization;

namespace CordisPulse.Core.Editions.Checks;

public enum FindingSeverity
{
    /// <summary>Blocks publishing.</summary>
    Error,

    /// <summary>Shown; can be left with a reason.</summary>
    Warning,
}

public enum FindingPlace
{
    Edition,
    Introduction,
    News,
    Item,
}

/// <summary>The part of the place that is wrong.</summary>
public enum FindingField
{
    Title,
    Source,
    Link,

    /// <summary>The introduction, a news item's body or an item's summary.</summary>
    Text,
    Sector,
    Section,
    Deadline,
    EventOn,
    NotBefore,
    Subject,
    Preheader,
}

/// <summary>Something that a check found in an edition.</summary>
public sealed record Finding
{
    /// <summary>One of <see cref="FindingKinds"/>.</summary>
    public required string Kind { get; init; }

    public required FindingSeverity Severity { get; init; }

    public required FindingPlace Place { get; init; }

    /// <summary>Null when no one part of the place is to blame.</summary>
    public FindingField? Field { get; init; }

    /// <summary>Key of the news item or item; null for the edition's own texts.</summary>
    public int? Id { get; init; }

    /// <summary>Title of the news item or item, for people.</summary>
    public string? Title { get; init; }

    /// <summary>What is wrong and what to do, in a sentence or two.</summary>
    public required string Message { get; init; }

    /// <summary>The address that it is about, where a place may have several; null where the field says it all.</summary>
    public string? Address { get; init; }

    /// <summary>Tells it from others of its kind in the same place; where words are wrong, a hash of them (<see cref="ShortHash"/>). Null when a place can have but one.</summary>
    public string? Part { get; init; }

    /// <summary>What to put in the place of <see cref="Address"/>; null when nobody knows.</summary>
    public string? NewAddress { get; init; }

    /// <summary>Told by the words alone (<see cref="ITextCheck"/>), so that it can be told anew while they are typed.</summary>
    public bool IsOfWords { get; init; }

    /// <summary>Why an editor left a warning as it is; null while nobody has.</summary>
    public string? LeftBecause { get; init; }

    /// <summary>The same as long as the same thing is wrong in the same place, whatever else is said there.</summary>
    public string Key => string.Join(':', new[] { Kind, Place.ToString().ToLowerInvariant(), Id?.ToString(CultureInfo.InvariantCulture), Part, Address is null ? null : ShortHash.Of(Address) }.OfType<string>());
}
