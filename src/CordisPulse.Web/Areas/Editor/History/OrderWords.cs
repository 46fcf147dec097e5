using System.Text;
using CordisPulse.Core.Editions;

namespace CordisPulse.Web.Areas.Editor.History;

/// <summary>Writes the order of an edition, and what was done to it, in titles and names.</summary>
/// <param name="titles">Of what is in the edition, and of what was removed.</param>
/// <param name="sectors">Names by key.</param>
/// <param name="sections">Names by key.</param>
internal sealed class OrderWords(
    IReadOnlyDictionary<TextKey, string> titles, IReadOnlyDictionary<int, string> sectors, IReadOnlyDictionary<int, string> sections)
{
    /// <summary>Such as <c>“A report” moved, 2 removed</c>.</summary>
    public string Say(OrderChange change)
    {
        var (items, news) = (change.Items(), change.News());
        var said = new[]
        {
            Say(items.Moved, news.Moved, "moved"),
            Say(items.Added, news.Added, "added"),
            Say(items.Removed, news.Removed, "removed"),
        };
        return string.Join(", ", said.OfType<string>());
    }

    /// <summary>A line a title, below the name of its place.</summary>
    public string Write(BoardOrder order)
    {
        var text = new StringBuilder();
        foreach (var place in order.Items.GroupBy(PlaceOf).OrderBy(place => RankOf(place.First())))
            Append(place.Key, place.Select(item => TitleOf(RevisedText.Item, item.Id)));
        if (order.News.Count > 0)
            Append("News", order.News.Select(id => TitleOf(RevisedText.News, id)));
        return text.ToString();

        void Append(string place, IEnumerable<string> lines) => text.Append(place).Append('\n').AppendJoin("", lines.Select(line => $"  {line}\n")).Append('\n');
    }

    private string? Say(IReadOnlyList<int> items, IReadOnlyList<int> news, string what) => (items.Count + news.Count) switch
    {
        0 => null,
        1 => $"“{(items.Count == 1 ? TitleOf(RevisedText.Item, items[0]) : TitleOf(RevisedText.News, news[0]))}” {what}",
        var many => $"{Counted.Of(many, "item")} {what}",
    };

    private string TitleOf(RevisedText text, int id) => titles.GetValueOrDefault(new TextKey(text, id)) is { Length: > 0 } title ? title : "Without a title";

    private string PlaceOf(OrderedItem item)
        => item is { SectorId: { } sector, SectionId: { } section } && sectors.TryGetValue(sector, out var one) && sections.TryGetValue(section, out var other)
            ? $"{one}, {other}"
            : "Not placed yet";

    private (int, int) RankOf(OrderedItem item) => (RankOf(sectors, item.SectorId), RankOf(sections, item.SectionId));

    private static int RankOf(IReadOnlyDictionary<int, string> names, int? id) => names.Keys.ToList().FindIndex(key => key == id);
}
