using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using CordisPulse.Core.Editions;

namespace CordisPulse.Core.Archive;

/// <summary>A published item as lists show it.</summary>
public sealed record ListedItem
{
    /// <summary>Key of the working item, which stays the same whatever its address is.</summary>
    public int EditionItemId { get; init; }

    public required EditionMonth Month { get; init; }

    public required int Position { get; init; }

    public required string Slug { get; init; }

    public required string Title { get; init; }

    public required string? Source { get; init; }

    public required string? SourceSlug { get; init; }

    public required string? Sector { get; init; }

    public required string? SectorSlug { get; init; }

    public required int Colour { get; init; }

    public required string? Section { get; init; }

    public required string SummaryText { get; init; }

    /// <summary>Of an edition that first appeared elsewhere, and so is no news.</summary>
    public bool FirstPublishedElsewhere { get; init; }

    public required DateTime PublishedUtc { get; init; }

    /// <summary>Of its newest correction; null when there is none.</summary>
    public required DateTime? CorrectedUtc { get; init; }

    public required string? Correction { get; init; }
}

/// <summary>
/// Some items of a long list, newest edition first and each edition in its own order. The next page begins after a place and not after
/// a number of rows, so that it costs the same however far down it is and nothing is skipped when an edition is published meanwhile.
/// </summary>
public sealed record ItemPage(IReadOnlyList<ListedItem> Items, ItemPlace? Older)
{
    public const int Size = 20;

    public IEnumerable<IGrouping<EditionMonth, ListedItem>> ByEdition => Items.GroupBy(item => item.Month);
}

/// <summary>Where an item stands among all: its edition and its position there. Written <c>2022-03.12</c>.</summary>
public readonly record struct ItemPlace(EditionMonth Month, int Position)
{
    public static bool TryParse([NotNullWhen(true)] string? text, out ItemPlace place)
    {
        place = default;
        if (text?.Split('.') is not [var month, var position]
            || !EditionMonth.TryParse(month, out var edition)
            || !int.TryParse(position, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            return false;
        place = new ItemPlace(edition, number);
        return true;
    }

    /// <summary>False for what is written but is no place.</summary>
    /// <param name="text">As an address has it; null for the newest.</param>
    /// <param name="place">Null for the newest.</param>
    public static bool TryRead(string? text, out ItemPlace? place)
    {
        place = TryParse(text, out var known) ? known : null;
        return text is null || place is not null;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Month}.{Position}");
}
