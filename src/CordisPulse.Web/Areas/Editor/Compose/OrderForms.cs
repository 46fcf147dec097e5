using System.ComponentModel.DataAnnotations;
using System.Globalization;
using CordisPulse.Core.Editions;

namespace CordisPulse.Web.Areas.Editor.Compose;

public enum OrderedCard
{
    Item,
    News,
}

/// <summary>One card that is put to a place, as the board's script sends it.</summary>
public sealed class OrderForm
{
    [Required]
    public OrderedCard? Card { get; set; }

    [Required]
    public int? Id { get; set; }

    /// <summary>As <see cref="MovePlace"/> reads it; empty for items that are not placed, and for news.</summary>
    public string? Place { get; set; }

    /// <summary>Key of the card that it is to stand before; null for the end.</summary>
    public int? Before { get; set; }

    /// <summary>The order that was looked at.</summary>
    [Required]
    public long? Version { get; set; }

    public string Element => string.Create(CultureInfo.InvariantCulture, $"{(Card == OrderedCard.News ? "news" : "item")}-{Id}");

    /// <summary>Of a form that is valid.</summary>
    public PutItem ToPutItem(EditionMonth month, MovePlace to, int byId) => new()
    {
        Month = month,
        Id = Id!.Value,
        SectorId = to.SectorId,
        SectionId = to.SectionId,
        BeforeId = Before,
        SeenOrderId = Version!.Value,
        ById = byId,
    };

    /// <summary>Of a form that is valid.</summary>
    public PutNews ToPutNews(EditionMonth month, int byId) => new() { Month = month, Id = Id!.Value, BeforeId = Before, SeenOrderId = Version!.Value, ById = byId };
}

public enum SeveralAct
{
    Top,
    End,
    Remove,
}

/// <summary>The cards that are ticked, and what is done with them.</summary>
public sealed class SeveralForm
{
    public List<int> Items { get; set; } = [];

    /// <summary>As <see cref="MovePlace"/> reads it; empty for the place where each of them stands.</summary>
    public string? Place { get; set; }

    [Required]
    public SeveralAct? Act { get; set; }

    /// <summary>The order that was looked at.</summary>
    [Required]
    public long? Version { get; set; }

    /// <summary>Of a form that is valid, as are the others.</summary>
    public MoveSeveral ToMove(EditionMonth month, MovePlace to, int byId)
        => new() { Month = month, Ids = Items, SectorId = to.SectorId, SectionId = to.SectionId, ToTop = Act == SeveralAct.Top, SeenOrderId = Version!.Value, ById = byId };

    public MoveSeveralNews ToMoveNews(EditionMonth month, int byId)
        => new() { Month = month, Ids = Items, ToTop = Act == SeveralAct.Top, SeenOrderId = Version!.Value, ById = byId };

    public RemoveSeveral ToRemove(EditionMonth month, int byId) => new() { Month = month, Ids = Items, ById = byId };
}

/// <summary>What was done with several cards, in a sentence.</summary>
internal static class SeveralWords
{
    /// <param name="what">The name of one.</param>
    public static string Removed(int count, string what) => $"{Counted.Of(count, what)} {(count == 1 ? "is" : "are")} removed.";

    public static string Moved(int count, SeveralAct? act, MovedSeveral moved)
    {
        var place = moved.Sector is null ? count == 1 ? "its box" : "their boxes" : $"{moved.Sector}, {moved.Section}";
        return $"{Counted.Of(count, "item")} {(count == 1 ? "stands" : "stand")} at the {(act == SeveralAct.Top ? "top" : "end")} of {place} now.";
    }

    public static string MovedNews(int count, SeveralAct? act)
        => $"{Counted.Of(count, "news item")} {(count == 1 ? "stands" : "stand")} {(act == SeveralAct.Top ? "first" : "last")} now.";
}

/// <summary>Where something that was moved stands now, in a sentence.</summary>
internal static class MovedWords
{
    public static string Of(MovedText moved)
    {
        var place = moved switch
        {
            { Of: 1 } => "stands alone",
            { Place: 1 } => "stands first",
            { Place: var at, Of: var all } when at == all => "stands last",
            _ => string.Create(CultureInfo.InvariantCulture, $"stands at {moved.Place} of {moved.Of}"),
        };
        var names = new[] { moved.Sector, moved.Section }.OfType<string>().ToList();
        return $"“{moved.Title}” {place}{(names.Count == 0 ? "" : $" in {string.Join(", ", names)}")} now.";
    }
}

/// <summary>A cell of the board in one form field: <c>3-1</c> is the third sector's key and the first section's, each may be missing.</summary>
public readonly record struct MovePlace(int? SectorId, int? SectionId)
{
    public static bool TryParse(string? text, out MovePlace place)
    {
        place = default;
        if (string.IsNullOrEmpty(text))
            return true;
        if (text.Split('-') is not [var sector, var section] || !int.TryParse(sector, out var sectorId) || !int.TryParse(section, out var sectionId))
            return false;
        place = new MovePlace(sectorId, sectionId);
        return true;
    }
}
