using CordisPulse.Core.Editions;
using Microsoft.EntityFrameworkCore;

namespace CordisPulse.Tests.Builders;

/// <summary>Working rows of an edition that is fit to be published, with a month of its own; a test says what differs.</summary>
public sealed class EditionBuilder
{
    // Far before the months that tests write by hand, so that however many are made, in whatever order, none is met twice.
    private static readonly EditionMonth Before = new(1901, 1);
    private static int _made;

    private readonly Edition _edition = new()
    {
        Month = Before.AddMonths(Interlocked.Increment(ref _made)),
        Introduction = "Welcome to the **digest**.",
        SignOffName = "Ada Example",
        SignOffRole = "Editor",
        CreatedUtc = DateTime.UtcNow,
        ChangedUtc = DateTime.UtcNow,
    };

    private readonly List<(EditionItem Item, string Sector, string Section)> _items = [];

    public EditionBuilder With(Action<Edition> change)
    {
        change(_edition);
        return this;
    }

    /// <param name="sector">Its slug begins with this.</param>
    /// <param name="section">Its slug begins with this.</param>
    public EditionBuilder Item(string title, Action<EditionItem>? change = null, string sector = "adult", string section = "reports")
    {
        var item = new EditionItem
        {
            Title = title,
            Slug = Slug.From(title),
            Url = $"https://example.org/{_edition.Month}/{Slug.From(title)}",
            Summary = $"What {title} says.",
            Position = _items.Count + 1,
            Source = null,
        };
        change?.Invoke(item);
        _items.Add((item, sector, section));
        return this;
    }

    public EditionBuilder News(string title, Action<NewsItem>? change = null)
    {
        var news = new NewsItem { Title = title, Body = $"About {title}.", Position = _edition.News.Count + 1 };
        change?.Invoke(news);
        _edition.News.Add(news);
        return this;
    }

    public EditionBuilder SetAside(string text, bool afterLastItem = true)
    {
        _edition.SetAside.Add(new SetAsideText { Text = text, Reason = "It looks like a cover.", Position = 1, AfterItem = afterLastItem ? _items[^1].Item : null });
        return this;
    }

    public Task<Edition> SaveAsync(PulseApp app) => app.QueryAsync(async db =>
    {
        foreach (var (item, sector, section) in _items)
        {
            item.SectorId ??= await db.Sectors.Where(s => s.Slug.StartsWith(sector)).Select(s => (int?)s.Id).FirstAsync();
            item.SectionId ??= await db.Sections.Where(s => s.Slug.StartsWith(section)).Select(s => (int?)s.Id).FirstAsync();
            _edition.Items.Add(item);
        }

        db.Add(_edition);
        await db.SaveChangesAsync();
        return _edition;
    });
}
