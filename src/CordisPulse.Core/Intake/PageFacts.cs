using CordisPulse.Core.Editions;

namespace CordisPulse.Core.Intake;

/// <summary>What a page says of the report on it.</summary>
public sealed record PageFacts
{
    public string? Title { get; init; }

    /// <summary>Every title that it gives itself, the likeliest first: a page's heading and its window title often differ.</summary>
    public IReadOnlyList<string> Titles { get; init; } = [];

    /// <summary>The organisation that the page names as its publisher or site.</summary>
    public string? Publisher { get; init; }

    public IReadOnlyList<string> Authors { get; init; } = [];

    public PartialDate? PublishedOn { get; init; }

    public string? Doi { get; init; }

    public string? Description { get; init; }

    /// <summary>The address that the page, having nothing to read, sends to; null for any other.</summary>
    public string? SendsOnTo { get; init; }
}
