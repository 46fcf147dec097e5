namespace CordisPulse.Core.Editions;

/// <summary>What differs between two states of one edition, in words. Items are the same by key, so an older state wants the keys of today (<see cref="EditionDocument.With"/>).</summary>
public static class EditionChanges
{
    /// <summary>A line each; empty when a reader would see no difference.</summary>
    public static IReadOnlyList<string> Between(EditionDocument before, EditionDocument now) => [.. Lines(before, now)];

    /// <summary>Keys of the items that are in both and do not say the same.</summary>
    public static IReadOnlyList<int> ItemsBetween(EditionDocument before, EditionDocument now)
    {
        var known = before.Items.ToDictionary(placed => placed.Item.ItemId, Said);
        return [.. now.Items
            .Where(placed => known.TryGetValue(placed.Item.ItemId, out var said) && said != Said(placed))
            .Select(placed => placed.Item.ItemId)];
    }

    private static IEnumerable<string> Lines(EditionDocument before, EditionDocument now)
    {
        if (before.Introduction != now.Introduction || before.SignOff != now.SignOff)
            yield return "The introduction or the sign-off is changed.";
        if (before.Subject != now.Subject || before.Preheader != now.Preheader)
            yield return "The subject or the preheader of the e-mail is changed.";
        if (!before.News.Select(news => news with { NewsItemId = 0 }).SequenceEqual(now.News.Select(news => news with { NewsItemId = 0 })))
            yield return "The news is changed.";
        if (before.FirstPublishedElsewhere != now.FirstPublishedElsewhere || (now.FirstPublishedElsewhere && before.PublishedAt != now.PublishedAt))
            yield return "The day on which it was first published is changed.";
        if (!Names(before).SequenceEqual(Names(now)))
            yield return "The sectors or sections that it has, or their names, are changed.";
        if (IsReordered(before, now))
            yield return "The order of the items is changed.";
        var known = before.Items.ToDictionary(placed => placed.Item.ItemId, Said);
        foreach (var placed in now.Items)
            if (!known.Remove(placed.Item.ItemId, out var said))
                yield return $"New: {placed.Item.Title}";
            else if (said != Said(placed))
                yield return $"Changed: {placed.Item.Title}";
        foreach (var gone in before.Items.Where(placed => known.ContainsKey(placed.Item.ItemId)))
            yield return $"Removed: {gone.Item.Title}";
    }

    private static IEnumerable<(string, int, string)> Names(EditionDocument edition)
        => edition.Sectors.SelectMany(sector => sector.Sections.Select(section => (sector.Name, sector.Colour, section.Name)));

    /// <summary>Items that are in both stand in another order; those that moved to another sector or section are told of by themselves.</summary>
    private static bool IsReordered(EditionDocument before, EditionDocument now)
    {
        static IEnumerable<(int, string?, string?)> Order(EditionDocument edition) => edition.Items.Select(placed => (placed.Item.ItemId, placed.Sector.Slug, placed.Section.Slug));
        var (old, young) = (Order(before).ToList(), Order(now).ToList());
        return !old.Where(young.Contains).SequenceEqual(young.Where(old.Contains));
    }

    private static string Said(PlacedItem placed) => string.Join('\0', [
        placed.Sector.Slug ?? "", placed.Section.Slug ?? "", placed.Item.Source ?? "", placed.Item.Title, placed.Item.Url ?? "", placed.Item.Summary,
        placed.Item.PublishedOn?.ToString() ?? "", placed.Item.Doi ?? "", .. placed.Item.Authors, .. (placed.Item.Topics ?? []).Select(topic => topic.Name)]);
}
