namespace CordisPulse.Web.Features;

/// <summary>What a view tells the layout through <c>ViewData</c>. Only a title is needed.</summary>
public static class PageNames
{
    public const string Title = nameof(Title);

    /// <summary>One sentence for search engines and for those who share a link.</summary>
    public const string Description = nameof(Description);

    /// <summary>The page's one true address, relative to the site's.</summary>
    public const string Canonical = nameof(Canonical);

    /// <summary>Open Graph type; a website when left out.</summary>
    public const string Type = nameof(Type);

    /// <summary>Feeds and other forms of this page, as <see cref="AlternateLink"/>s.</summary>
    public const string Alternates = nameof(Alternates);

    /// <summary>What reference managers read of this page, as names and contents of <c>meta</c>.</summary>
    public const string Cited = nameof(Cited);

    /// <summary>True for a page that search engines should leave out.</summary>
    public const string Unlisted = nameof(Unlisted);

    /// <summary>Where this page's text is worked on, as a <see cref="DeskLink"/>: shown to staff who are signed in. Only on pages of published content.</summary>
    public const string Desk = nameof(Desk);

    /// <summary>Address of the style sheet, when it is not the usual one.</summary>
    public const string Styles = nameof(Styles);

    /// <summary>True where nothing may be read from the database: the page that says that something went wrong.</summary>
    public const string Bare = nameof(Bare);
}

/// <summary><paramref name="Path"/> is relative to the site's address.</summary>
public sealed record AlternateLink(string Type, string Title, string Path)
{
    private const string AtomType = "application/atom+xml";

    private const string JsonFeedType = "application/feed+json";

    /// <summary>A feed in both forms.</summary>
    public static IReadOnlyList<AlternateLink> Feed(string title, string atom, string json) => [new(AtomType, title, atom), new(JsonFeedType, title, json)];

    /// <summary>What there is of every page that lists items: its feed in both forms, and the list as JSON.</summary>
    /// <param name="title">Of the page.</param>
    /// <param name="path">Of the page.</param>
    public static IReadOnlyList<AlternateLink> OfList(string title, string path) => [.. Feed(title, $"{path}/feed.atom", $"{path}/feed.json"), Json(title, path)];

    public static AlternateLink Json(string title, string path) => new("application/json", title, $"{path}.json");
}

/// <inheritdoc cref="AlternateLink"/>
public sealed record DeskLink(string Text, string Path);
